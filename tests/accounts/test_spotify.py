"""Signing in with Spotify, connecting it, keeping its tokens, and letting go of it."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pydantic import SecretStr
from social_django.models import Nonce, UserSocialAuth

from accounts.models import ServiceAccount, User
from accounts.sealing import PREFIX, Unreadable, seal, unseal
from accounts.services import ConnectionLost, sign_ins_prune
from accounts.spotify.tokens import TokensUnavailable, access_token
from tests.factories import make_user
from tests.spotify import Fault
from tests.spotify.browsing import come_back, connect, go_to_spotify
from tests.waiting import is_someone_waiting_for_a_row, until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

SERVICES = "/account/services/"


@pytest.fixture
def nina(spotify):
    """Somebody with a Spotify account, before the browser."""
    return spotify.world.add_listener("nina")


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def account_of(user):
    return ServiceAccount.objects.get(user=user)


def end_access(account):
    ServiceAccount.objects.filter(pk=account.pk).update(expires_at=timezone.now())


def words(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_stranger_signs_in_with_spotify_and_comes_back_as_the_same(
    client, make_client, nina
):
    first = connect(client, next_page="/playlists/")
    user = User.objects.get()
    again = make_client()
    connect(again)

    assert first.url == "/playlists/"
    assert not user.has_usable_password()
    # Nothing of their name elsewhere.
    assert user.username.startswith("listener-")
    assert (user.email, user.first_name, user.last_name) == ("", "", "")
    assert again.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == ServiceAccount.objects.count() == 1


def test_whoever_has_an_account_connects_it_and_is_told_so(client, ada, nina):
    answer = connect(client, next_page=SERVICES)

    account = account_of(ada)
    assert answer.url == SERVICES
    # The immutable id, not the one that Spotify advises against.
    assert account.account == "acct-nina"
    assert UserSocialAuth.objects.get(user=ada).uid == "acct-nina"
    page = client.get(SERVICES).content.decode()
    assert "Connected as <bdi>nina</bdi>" in page
    assert "user-top-read" not in account.scopes


def test_the_way_to_spotify_carries_state_pkce_and_nothing_secret(client, ada, spotify):
    query = parse_qs(urlsplit(go_to_spotify(client)).query)

    assert query["code_challenge_method"] == ["S256"]
    assert len(query["state"][0]) == 32
    assert query["redirect_uri"] == ["http://127.0.0.1/account/complete/spotify/"]
    assert spotify.world.app.client_secret not in str(query)


def test_state_is_of_one_browser_and_holds_once(client, make_client, ada, nina):
    address = go_to_spotify(client)
    other = make_client()
    other.force_login(make_user("eve"))

    stolen = come_back(other, address)
    come_back(client, address)
    again = come_back(client, address)

    for answer, browser in ((stolen, other), (again, client)):
        assert answer.url == SERVICES
        assert "began in another browser" in words(browser.get(SERVICES))[0]
    assert [one.user for one in ServiceAccount.objects.all()] == [ada]


def test_whoever_never_comes_back_leaves_nothing_behind(client, ada, nina):
    go_to_spotify(client)
    assert sign_ins_prune() == 0
    Nonce.objects.update(timestamp=Nonce.objects.get().timestamp - 2 * 3600)

    assert sign_ins_prune() == 1


def test_a_spotify_account_is_of_one_listener_and_a_listener_has_one(
    client, make_client, ada, nina, spotify
):
    connect(client)
    bob = make_client()
    bob.force_login(make_user("bob"))
    connect(bob)
    assert words(bob.get(SERVICES)) == [
        "That Spotify account belongs to another account here."
    ]
    spotify.world.at_browser = spotify.world.add_listener("otis").id
    connect(client)
    assert words(client.get(SERVICES)) == [
        "Another Spotify account is connected. Disconnect it first."
    ]
    assert UserSocialAuth.objects.count() == ServiceAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s: setattr(s.world, "agrees", False), "You said no at Spotify"),
        (lambda s: setattr(s.faults, "always", Fault("503")), "Spotify didn't answer"),
        (
            lambda s: setattr(s.world.listeners["user-nina"], "is_named", False),
            "has to name you",
        ),
    ],
    ids=["no", "down", "not among the five"],
)
def test_what_goes_wrong_there_is_told_in_a_sentence(
    client, ada, nina, spotify, change, told
):
    change(spotify)

    answer = connect(client)

    assert answer.url == SERVICES
    assert told in words(client.get(SERVICES))[0]
    assert not ServiceAccount.objects.exists()


def test_tokens_lie_sealed_and_in_no_session_page_or_log(
    client, ada, nina, spotify, caplog
):
    caplog.set_level(logging.DEBUG)
    for name in ("social", "urllib3", "spotipy"):
        # As the settings have it, whatever level the site logs at.
        assert logging.getLogger(name).level == logging.INFO
    connect(client)
    account = account_of(ada)
    access_token(account.pk)
    end_access(account)
    access_token(account.pk)

    secrets = [*spotify.world.access, *spotify.world.refresh]
    assert len(secrets) == 3
    stored = [
        *ServiceAccount.objects.values_list("access_sealed", "refresh_sealed")[0],
        str(UserSocialAuth.objects.get().extra_data),
        str([session.get_decoded() for session in Session.objects.all()]),
        client.get(SERVICES).content.decode(),
        caplog.text,
    ]
    assert not [s for s in secrets for text in stored if s in text]
    assert stored[0].startswith(PREFIX)
    assert unseal(account_of(ada).access_sealed) in secrets


def test_a_token_is_refreshed_when_it_ends_or_was_refused_and_only_then(
    client, ada, nina, spotify
):
    connect(client)
    account = account_of(ada)
    first = access_token(account.pk)
    assert access_token(account.pk) == first
    end_access(account)
    second = access_token(account.pk)
    third = access_token(account.pk, refused=second)

    assert len({first, second, third}) == 3
    # Whoever was refused the older one takes what another process has got since.
    assert access_token(account.pk, refused=second) == third
    assert spotify.calls.count("POST /api/token") == 3
    spotify.world.rotates = True
    fourth = access_token(account.pk, refused=third)
    assert access_token(account.pk, refused=fourth) not in {third, fourth}


@pytest.mark.django_db(transaction=True)
def test_two_who_need_a_token_at_once_refresh_it_once(client, ada, nina, spotify):
    connect(client)
    account = account_of(ada)
    end_access(account)
    spotify.faults.forget()
    both_ask = threading.Event()

    def look(number, when):
        both_ask.wait(60)
        return False

    spotify.faults.look = look

    def ask(_):
        try:
            return access_token(account.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tokens = pool.map(ask, range(2))
        until(is_someone_waiting_for_a_row, "the second never waits for the first")
        both_ask.set()
        first, second = tokens

    assert first == second
    assert spotify.calls == ["POST /api/token"]


def test_a_dead_refresh_token_asks_to_connect_again_and_then_all_goes_on(
    client, ada, nina, spotify
):
    connect(client)
    account = account_of(ada)
    spotify.world.withdraw(nina)
    for _ in range(2):
        with pytest.raises(ConnectionLost):
            access_token(account.pk, refused=unseal(account.access_sealed))
    assert spotify.calls.count("POST /api/token") == 2  # consent, and one refresh
    assert "Connect again" in client.get(SERVICES).content.decode()

    connect(client)

    assert access_token(account.pk)
    assert account_of(ada).pk == account.pk


@pytest.mark.parametrize("kind", ["503", "429", "not json"])
def test_tokens_that_dont_come_for_now_lose_nothing(client, ada, nina, spotify, kind):
    connect(client)
    account = account_of(ada)
    end_access(account)
    spotify.faults.always = Fault(kind)
    with pytest.raises(TokensUnavailable):
        access_token(account.pk)
    spotify.faults.forget()

    assert access_token(account.pk)


def test_disconnecting_asks_first_and_forgets_all(client, ada, nina):
    connect(client)
    page = f"{SERVICES}spotify/disconnect/"
    assert "deleted here at once" in client.get(page).content.decode()
    assert ServiceAccount.objects.exists()

    answer = client.post(page)

    assert answer.url == SERVICES
    assert not ServiceAccount.objects.exists()
    assert not UserSocialAuth.objects.exists()
    assert client.get(page).status_code == 404
    assert client.get(SERVICES).status_code == 200


def test_who_signs_in_by_spotify_alone_sets_a_password_before_letting_go(client, nina):
    connect(client)
    page = f"{SERVICES}spotify/disconnect/"
    assert client.post(page).status_code == 200
    assert "set a password first" in client.get(page).content.decode()
    assert ServiceAccount.objects.exists()

    form = client.get("/account/password/").content.decode()
    assert "Current password" not in form
    client.post("/account/password/", {"password": "warm slow rain"})
    client.post(page)

    assert not ServiceAccount.objects.exists()
    assert User.objects.get().check_password("warm slow rain")


def test_a_deleted_account_takes_its_spotify_along(client, ada, nina):
    connect(client)

    ada.delete()

    assert not ServiceAccount.objects.exists()
    assert not UserSocialAuth.objects.exists()


def test_keys_rotate_and_an_old_one_opens_until_the_tokens_are_sealed_anew(
    client, ada, nina, settings, capsys
):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    connect(client)  # with the key made of SECRET_KEY
    token = access_token(account_of(ada).pk)
    for keys in (old, f"{new},{old}"):
        settings.TOKEN_KEYS = SecretStr(keys)
        assert access_token(account_of(ada).pk) == token
        call_command("rotate_tokens")
    settings.TOKEN_KEYS = SecretStr(new)
    settings.SECRET_KEY = "another"
    assert access_token(account_of(ada).pk) == token
    assert capsys.readouterr().out == "Sealed the tokens of 1 accounts anew.\n" * 2

    settings.TOKEN_KEYS = SecretStr(old)
    call_command("rotate_tokens")
    assert "must be connected again" in capsys.readouterr().out
    with pytest.raises(ConnectionLost):
        access_token(account_of(ada).pk)


def test_what_was_sealed_otherwise_is_not_read(settings):
    with pytest.raises(Unreadable):
        unseal("access-1")
    with pytest.raises(Unreadable):
        unseal(seal("access-1")[:-4])


def test_without_an_app_at_spotify_nothing_of_it_is_shown_or_answers(client, settings):
    settings.SPOTIFY_CLIENT_ID = ""
    assert "Spotify" not in client.get("/account/sign-in/").content.decode()
    assert client.post("/account/login/spotify/").status_code == 404
    assert client.get("/account/complete/spotify/").status_code == 404
    client.force_login(make_user())
    assert "docs/spotify.md" in client.get(SERVICES).content.decode()


def test_other_ways_of_social_auth_are_closed(client, ada, nina):
    assert client.get("/account/login/spotify/").status_code == 405
    assert client.post("/account/login/github/").status_code == 404
    assert client.post("/account/disconnect/spotify/").status_code == 404
