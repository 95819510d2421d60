"""Keys for clients without a browser."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import ApiToken, User
from accounts.services import token_create
from accounts.tokens import user_of_token
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def create_token(*arguments):
    stdout, stderr = StringIO(), StringIO()
    call_command("create_token", *arguments, stdout=stdout, stderr=stderr)
    return stdout.getvalue(), stderr.getvalue()


def test_the_command_prints_the_key_alone():
    make_user("ada")

    printed, told = create_token("ada", "--name", "my script")

    key = printed.removesuffix("\n")
    assert "\n" not in key
    assert "ada" in told
    assert user_of_token(key) == User.objects.get(username="ada")
    assert ApiToken.objects.get().name == "my script"


def test_the_command_makes_a_user_only_when_asked():
    with pytest.raises(CommandError, match="Add --create"):
        create_token("robot")
    assert not User.objects.exists()

    printed, _ = create_token("robot", "--create")

    user = user_of_token(printed.strip())
    assert user == User.objects.get(username="robot")
    assert not user.has_usable_password()


def test_create_takes_a_user_that_is_there():
    ada = make_user("ada")

    printed, _ = create_token("ada", "--create")

    assert user_of_token(printed.strip()) == ada
    assert User.objects.count() == 1


def test_a_malformed_name_is_told_in_one_line():
    with pytest.raises(CommandError, match="valid username"):
        create_token("no spaces please", "--create")


def test_the_key_itself_is_not_stored():
    key = token_create(user=make_user(), name="test")

    stored = ApiToken.objects.values().get()

    assert key not in str(stored)


def test_a_key_that_is_unknown_revoked_or_of_an_inactive_user_opens_nothing():
    ada, bob = make_user("ada"), make_user("bob")
    revoked = token_create(user=ada, name="revoked")
    ApiToken.objects.update(revoked_at=NOON)
    inactive = token_create(user=bob, name="inactive")
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert [user_of_token(k) for k in (revoked, inactive, "unknown", "")] == [None] * 4


def test_use_is_noted_at_most_once_a_minute(django_assert_num_queries):
    key = token_create(user=make_user(), name="test")
    with time_machine.travel(NOON, tick=False):
        user_of_token(key)
    soon = NOON + timedelta(seconds=59)
    with time_machine.travel(soon, tick=False), django_assert_num_queries(1):
        user_of_token(key)
    assert ApiToken.objects.get().last_used_at == NOON

    later = NOON + timedelta(seconds=61)
    with time_machine.travel(later, tick=False):
        user_of_token(key)

    assert ApiToken.objects.get().last_used_at == later


def test_a_key_reads_over_http_and_changes_nothing(client):
    user = make_user("ada")
    key = token_create(user=user, name="script")
    track = make_track()
    as_ada = {"Authorization": f"Token {key}"}

    read = client.get(f"/tracks/{track.uuid}.json", headers=as_ada)
    written = client.post("/account/sign-out/", headers=as_ada)

    assert read.status_code == 200
    assert read.json()["id"] == str(track.uuid)
    assert written.status_code == 403


def test_a_wrong_key_is_refused_over_http(client):
    track = make_track()

    answer = client.get(
        f"/tracks/{track.uuid}.json", headers={"Authorization": "Token nonsense"}
    )

    assert answer.status_code == 401
    assert "unknown" in answer.json()["detail"]
