"""The log of calls: sums of days, the budget of a day, and what is too old."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from chat.agent.llm.spending import (
    is_used_up,
    llm_calls_prune,
    llm_days,
    tokens_used_today,
)
from chat.models import LLMCall
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def make_call(user, *, days_ago=0, **fields):
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    values = {
        "model": "stand-in",
        "round_number": 1,
        "outcome": "answered",
        "started_at": midnight - timedelta(days=days_ago),
        "first_token_ms": 200,
        "total_ms": 900,
        "tokens_in": 1000,
        "tokens_out": 50,
        "is_estimated": False,
    }
    return LLMCall.objects.create(user=user, **{**values, **fields})


def test_a_listeners_tokens_of_today_count_and_no_others(settings):
    ada, bob = make_user("ada"), make_user("bob")
    make_call(ada)
    make_call(ada, tokens_in=500, outcome="cut")
    make_call(ada, days_ago=1)
    make_call(bob)

    assert tokens_used_today(ada) == 1600
    settings.LLM_DAILY_TOKENS = 1600
    assert is_used_up(ada)
    assert not is_used_up(bob)
    settings.LLM_DAILY_TOKENS = 0
    assert not is_used_up(ada)


def test_days_are_summed_up_newest_first():
    ada, bob = make_user("ada"), make_user("bob")
    make_call(ada, first_token_ms=100)
    make_call(bob, first_token_ms=300)
    make_call(bob, first_token_ms=None, outcome="stalled", tokens_out=0)
    make_call(ada, days_ago=2)
    make_call(ada, days_ago=40)

    today, before = llm_days(14)

    assert (today.calls, today.failed, today.listeners) == (3, 1, 2)
    assert (today.tokens_in, today.tokens_out) == (3000, 100)
    assert today.first_token_ms == 200
    assert before.calls == 1


def test_the_admin_shows_sums_and_calls(admin_client):
    make_call(make_user("ada"), tokens_in=12_345)

    page = admin_client.get(reverse("admin:chat_llmcall_changelist")).content.decode()

    assert "By day (UTC)" in page
    assert "12345" in page
    assert "stand-in" in page


def test_the_sweeper_deletes_what_is_too_old(settings, clean_redis):
    ada = make_user("ada")
    kept = make_call(ada, days_ago=10)
    make_call(ada, days_ago=95)
    out = StringIO()

    call_command("sweep", "--once", stdout=out)

    assert "Deleted 1 old calls" in out.getvalue()
    assert list(LLMCall.objects.all()) == [kept]
    assert llm_calls_prune() == 0
