"""Where a listener is signed in: listed coarsely, and ended from afar."""

import time

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts.devices import device_of
from accounts.models import UserSession
from accounts.services import token_create
from accounts.sessions import sessions_prune
from accounts.signals import access_ended
from accounts.tokens import user_of_token
from tests.factories import make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]

PAGE = "/account/sessions/"
PASSWORD = "correct horse battery"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def ada():
    return make_user("ada")


def sign_in(browser, user_agent=LINUX):
    answer = browser.post(
        "/account/sign-in/",
        {"username": "ada", "password": PASSWORD},
        headers={"user-agent": user_agent},
    )
    assert answer.status_code == 302
    return UserSession.objects.get(session_id=browser.session.session_key)


def is_in(browser):
    return browser.get(reverse("accounts:show-account")).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (LINUX, ("Firefox", "Linux")),
        (PHONE, ("Safari", "iPhone")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
            " Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/142.0.0.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        ("curl/8.5.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_known_by_its_kind_and_no_closer(user_agent, device):
    assert device_of(user_agent) == device


def test_the_page_lists_browsers_this_one_first_and_keeps_little(
    client, make_client, ada
):
    phone = make_client()
    mine, other = sign_in(client), sign_in(phone, PHONE)

    page = client.get(PAGE).content.decode()

    assert page.index("Firefox on Linux") < page.index("Safari on iPhone")
    assert page.count("this one") == 1
    assert page.index("this one") < page.index("Safari on iPhone")
    stored = str(list(UserSession.objects.values()))
    assert "127.0.0.1" not in stored
    assert "Mozilla" not in stored
    for key in (mine.session_id, other.session_id):
        assert key not in page


def test_one_browser_is_signed_out_from_another(client, make_client, ada):
    ended = []

    def note(user, **_):
        # Whoever checks again at this moment finds the way closed.
        ended.append((user.pk, Session.objects.count()))

    phone = make_client()
    sign_in(client)
    other = sign_in(phone, PHONE)

    access_ended.connect(note)
    told = client.post(f"{PAGE}{other.pk}/end/", follow=True)
    access_ended.disconnect(note)

    assert "That browser is signed out" in told.content.decode()
    assert ended == [(ada.pk, 1)]
    assert is_in(client)
    assert not is_in(phone)


def test_all_others_are_signed_out_at_once_and_keys_go_on(client, make_client, ada):
    browsers = [make_client(), make_client()]
    for browser in (client, *browsers):
        sign_in(browser)
    key = token_create(user=ada, name="terminal")

    told = client.post(f"{PAGE}end/", follow=True)

    assert "2 other browsers are signed out" in told.content.decode()
    assert is_in(client)
    assert not any(map(is_in, browsers))
    assert user_of_token(key) == ada


def test_nobody_ends_somebody_elses_session_nor_their_own_by_a_link(
    client, make_client, ada
):
    mine = sign_in(client)
    bob = make_client()
    bob.force_login(make_user("bob"))

    assert bob.post(f"{PAGE}{mine.pk}/end/").status_code == 404
    assert client.post(f"{PAGE}{mine.pk}/end/").status_code == 404
    assert client.get(f"{PAGE}end/").status_code == 405
    assert is_in(client)


def test_signing_out_takes_the_row_away(client, ada):
    sign_in(client)

    client.post(reverse("accounts:sign-out"))

    assert not UserSession.objects.exists()


def test_another_password_ends_the_others_and_gives_this_one_a_new_key(
    client, make_client, ada
):
    before = sign_in(client)
    sign_in(make_client(), PHONE)
    data = {"current": PASSWORD, "password": "warm slow rain"}

    client.post(reverse("accounts:change-password"), data)

    (held,) = UserSession.objects.all()
    assert held.session_id == client.session.session_key != before.session_id
    assert abs(held.signed_in_at - before.signed_in_at).total_seconds() < 5
    assert Session.objects.count() == 1
    assert is_in(client)


def test_a_browser_is_noted_again_after_a_while_and_pages_cost_nothing_between(
    client, ada, django_assert_num_queries
):
    before = sign_in(client)
    with django_assert_num_queries(3):  # the session, the listener, the list
        client.get(PAGE)
    assert UserSession.objects.get().seen_at == before.seen_at

    with time_machine.travel(time.time() + 3600):
        client.get(PAGE)
        client.get(PAGE)

    seen = UserSession.objects.get().seen_at
    assert 3500 < (seen - before.seen_at).total_seconds() < 3700


def test_a_session_from_before_there_were_rows_gets_one(client, ada):
    sign_in(client)
    UserSession.objects.all()._raw_delete("default")
    session = client.session
    del session["seen"]
    session.save()

    client.get(PAGE)

    assert UserSession.objects.get().user == ada


def test_a_key_of_somebody_else_beside_a_session_moves_nothing(client, ada):
    sign_in(client)
    key = token_create(user=make_user("bob"), name="terminal")

    with time_machine.travel(time.time() + 3600):
        client.get(PAGE, headers={"authorization": f"Token {key}"})

    assert UserSession.objects.get().user == ada


def test_sessions_that_ran_out_are_forgotten(client, make_client, ada):
    other = make_client()
    sign_in(client)
    sign_in(other, PHONE)
    old = Session.objects.filter(pk=client.session.session_key)
    old.update(expire_date=timezone.now())

    assert b"Firefox" not in other.get(PAGE).content
    sessions_prune()

    assert not old.exists()
    assert UserSession.objects.get().browser == "Safari"
