"""Connecting ListenBrainz by a user token, keeping it, and letting go of it."""

import logging

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from pydantic import SecretStr

from accounts.listenbrainz.connecting import listenbrainz_of
from accounts.models import ServiceAccount
from accounts.sealing import PREFIX, unseal
from accounts.services import ConnectionLost
from tests.factories import make_user
from tests.loopback.faults import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

SERVICES, CONNECT = "/account/services/", "/account/services/listenbrainz/connect/"


@pytest.fixture
def nina(listenbrainz):
    """Somebody with an account there."""
    return listenbrainz.world.add_listener("nina")


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def give(client, token, **form):
    """Give a token; return what is said of it on the next page."""
    answer = client.post(CONNECT, {"token": token, "next": SERVICES, **form})
    assert answer.status_code == 302
    page = client.get(answer.url)
    return [str(message) for message in page.context["messages"]]


def test_trying_token_after_token_is_limited(client, ada, nina, listenbrainz, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "connect": "1/hour"}
    give(client, "00000000-0000-0000-0000-000000000000")
    asked = len(listenbrainz.faults.calls)

    (told,) = give(client, nina.token)

    assert "That were many tries" in told
    assert len(listenbrainz.faults.calls) == asked
    assert not ServiceAccount.objects.exists()


def test_a_token_is_checked_there_sealed_here_and_shown_nowhere(
    client, ada, nina, listenbrainz, caplog
):
    caplog.set_level(logging.DEBUG)
    assert give(client, f"  {nina.token} ") == ["ListenBrainz is connected."]

    account = ServiceAccount.objects.get()
    assert (account.user, account.account, account.expires_at) == (ada, "nina", None)
    assert account.access_sealed.startswith(PREFIX)
    assert unseal(account.access_sealed) == nina.token
    assert account.refresh_sealed == ""
    page = client.get(SERVICES).content.decode()
    assert "Connected as <bdi>nina</bdi>" in page
    assert nina.token not in page + caplog.text
    # It goes in a header, and not into the logs of proxies.
    assert listenbrainz.calls == ["GET /1/validate-token"]


@pytest.mark.parametrize(
    ("token", "fault", "told"),
    [
        ("another-token-of-nobody", None, "knows nobody by that token"),
        ("no token at all\r\nX: y", None, "knows nobody by that token"),
        ("", None, "knows nobody by that token"),
        ("another-token-of-nobody", Fault("503"), "didn't answer as it should"),
        ("another-token-of-nobody", Fault("not json"), "didn't answer as it should"),
    ],
    ids=["unknown", "no token", "empty", "down", "a proxy"],
)
def test_what_goes_wrong_is_told_in_a_sentence(
    client, ada, listenbrainz, token, fault, told
):
    listenbrainz.faults.always = fault

    assert told in give(client, token)[0]
    assert not ServiceAccount.objects.exists()


def test_an_account_is_of_one_listener_and_a_listener_has_one(
    client, make_client, ada, nina, listenbrainz
):
    give(client, nina.token)
    bob = make_client()
    bob.force_login(make_user("bob"))
    otis = listenbrainz.world.add_listener("otis")

    assert "belongs to another account here" in give(bob, nina.token)[0]
    assert "Another ListenBrainz account" in give(client, otis.token)[0]
    assert [one.account for one in ServiceAccount.objects.all()] == ["nina"]


def test_a_token_that_was_reset_asks_for_the_new_one(client, ada, nina, listenbrainz):
    give(client, nina.token)
    account = ServiceAccount.objects.get()
    ServiceAccount.objects.update(lost_at=account.agreed_at)
    with pytest.raises(ConnectionLost):
        listenbrainz_of(account.pk)
    assert "Give the new one" in client.get(SERVICES).content.decode()
    listenbrainz.world.withdraw(nina)

    assert give(client, nina.token) == ["ListenBrainz is connected."]
    assert listenbrainz_of(account.pk).user_name() == "nina"


def test_its_keys_rotate_like_the_others(client, ada, nina, settings, capsys):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.TOKEN_KEYS = SecretStr(old)
    give(client, nina.token)
    settings.TOKEN_KEYS = SecretStr(f"{new},{old}")
    call_command("rotate_tokens")
    settings.TOKEN_KEYS = SecretStr(new)

    account = ServiceAccount.objects.get()
    assert listenbrainz_of(account.pk).user_name() == "nina"
    settings.TOKEN_KEYS = SecretStr(Fernet.generate_key().decode())
    with pytest.raises(ConnectionLost):
        listenbrainz_of(account.pk)
    account.refresh_from_db()
    assert account.lost_at is not None


def test_disconnecting_forgets_it_also_for_those_who_sign_in_by_spotify(
    client, ada, nina
):
    give(client, nina.token)
    ada.set_unusable_password()
    ada.save()
    client.force_login(ada)
    address = "/account/services/listenbrainz/disconnect/"
    assert "is deleted here at once" in client.get(address).content.decode()

    client.post(address)

    assert not ServiceAccount.objects.exists()


def test_where_it_is_off_nothing_is_offered_or_asked(client, ada, nina, settings):
    settings.LISTENBRAINZ = False

    assert "ListenBrainz" not in client.get(SERVICES).content.decode()
    assert client.post(CONNECT, {"token": nina.token}).status_code == 404
