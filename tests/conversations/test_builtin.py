"""All conversations with the planner that needs nothing but the catalog."""

import pytest

from chat.agent.builtin.planner import BuiltinPlanner
from tests.conversations.scripts import SCRIPTS
from tests.conversations.talk import run_script

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
async def test_the_list_becomes_what_was_asked(script, talks):
    await run_script(script, talks, BuiltinPlanner())
