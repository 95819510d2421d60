"""Which planner answers is a setting; what it lacks is told before it is missed."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from pydantic import SecretStr

from accounts.models import User
from chat.agent.builtin.planner import BuiltinPlanner
from chat.agent.llm.limits import endpoint_from_settings
from chat.agent.llm.planner import LlmPlanner
from chat.agent.planners import planner_for
from chat.threads import in_thread
from personalais.env import BadEnvironment, read_env
from tests.factories import make_user


def found():
    return {message.id for message in run_checks() if message.id.startswith("personal")}


async def test_rules_answer_where_nothing_is_set():
    assert isinstance(await planner_for(User(planner="llm")), BuiltinPlanner)
    assert found() == set()


async def test_a_model_answers_where_it_is_set_unless_a_listener_wants_none(
    ada, settings
):
    settings.PLANNER = "llm"

    assert isinstance(await planner_for(ada), LlmPlanner)

    # Their socket may be older than the choice.
    await in_thread(User.objects.update)(planner="builtin")
    assert isinstance(await planner_for(ada), BuiltinPlanner)


def test_a_model_without_a_name_or_a_place_is_found_by_a_check(settings):
    settings.PLANNER = "llm"

    assert found() == {"personalais.E003", "personalais.E004"}

    settings.LLM_MODEL = "qwen3"
    settings.OPENAI_BASE_URL = "http://127.0.0.1:11434/v1"
    assert found() == set()


def test_openai_needs_a_key_and_no_address(settings):
    settings.PLANNER, settings.LLM_MODEL = "llm", "gpt-x"
    settings.OPENAI_API_KEY = SecretStr("hush")

    assert found() == set()
    assert "hush" not in repr(endpoint_from_settings())


def test_an_address_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "127.0.0.1:11434")

    with pytest.raises(BadEnvironment, match="OPENAI_BASE_URL: .*http://"):
        read_env()


def test_the_key_is_shown_nowhere(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "hush")

    assert "hush" not in repr(read_env())


@pytest.mark.django_db
def test_the_page_says_who_answers_and_where_words_go(client, settings):
    client.force_login(make_user("ada"))

    assert b"without a language model" in client.get(reverse("chat:show-home")).content

    settings.PLANNER, settings.LLM_MODEL = "llm", "<b>qwen3</b>"
    page = client.get(reverse("chat:show-home")).content.decode()
    assert "language model &lt;b&gt;qwen3&lt;/b&gt;" in page
    assert "sent to OpenAI" in page

    User.objects.update(planner="builtin")
    assert b"without a language model" in client.get(reverse("chat:show-home")).content


async def test_the_first_frame_says_who_answers(ada, open_client, settings):
    settings.PLANNER = "llm"

    client = await open_client(ada)

    assert client.frames[0]["planner"] == "llm"
