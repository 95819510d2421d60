"""Conversations over the table's catalog, with either planner.

One worker plays them, so that the table is taken in once. A run plays a third of the
scripts by the rules, and a twelfth with a language model; `--all-scripts` plays all.
"""

import pytest

from chat.agent.builtin.planner import BuiltinPlanner
from chat.agent.llm.planner import LlmPlanner
from tests.conversations.talk import run_script
from tests.conversations_at_large.scripts import SCRIPTS
from tests.llm_server import Reasonable

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.xdist_group("catalog at large"),
]
BY_RULES, WITH_MODEL = 3, 12


def pytest_generate_tests(metafunc):
    """Play a share of the scripts by the rules and a smaller one with a model, or all."""
    share = WITH_MODEL if "model" in metafunc.fixturenames else BY_RULES
    is_all = metafunc.config.getoption("all_scripts")
    played = SCRIPTS if is_all else SCRIPTS[::share]
    metafunc.parametrize("script", played, ids=lambda script: script.name)


async def test_the_list_becomes_what_was_asked(script, talks_at_large):
    await run_script(script, talks_at_large, BuiltinPlanner())


async def test_a_model_is_held_to_what_was_asked(script, talks_at_large, model):
    model(answers=Reasonable(), silence_s=0.3)

    await run_script(script, talks_at_large, LlmPlanner())
