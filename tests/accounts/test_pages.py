"""Signing up, in and out, and changing the password, through the pages."""

import pytest
import redis
from django.urls import reverse

from accounts.models import User
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

PASSWORD = "warm slow rain"


def sign_up(client, username="ada", password=PASSWORD, **fields):
    data = {"username": username, "password": password, **fields}
    return client.post(reverse("accounts:sign-up"), data)


def sign_in(client, username="ada", password=PASSWORD, **fields):
    data = {"username": username, "password": password, **fields}
    return client.post(reverse("accounts:sign-in"), data)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_name_and_a_password_make_an_account_and_lead_home(client):
    response = sign_up(client)

    assert (response.status_code, response.url) == (302, reverse("chat:show-home"))
    assert is_signed_in(client)
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert not user.is_staff


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("rain", "A little longer, please: 8 characters or more."),
        ("password", "Many people use that one"),
        ("ada.lovelace", "very close to your"),
        ("58372615", "Digits alone are quick to guess"),
    ],
)
def test_a_weak_password_is_refused_with_kind_words(client, password, words):
    response = sign_up(client, username="ada.lovelace", password=password)

    assert words in response.content.decode()
    assert not User.objects.exists()


def test_names_that_differ_only_in_capitals_are_the_same(client):
    make_user("ada")

    response = sign_up(client, username="Ada")

    assert "Somebody has this name already" in response.content.decode()
    assert User.objects.count() == 1


def test_a_name_with_a_space_is_refused(client):
    response = sign_up(client, username="ada lovelace")

    assert response.status_code == 200
    assert not User.objects.exists()


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client):
    make_user("ada")
    asked = reverse("playlists:list-playlists")
    assert client.get(asked).url == f"{reverse('accounts:sign-in')}?next={asked}"

    response = sign_in(client, password="correct horse battery", next=asked)

    assert response.url == asked


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    make_user("ada")

    response = sign_in(client, password="correct horse battery", next=elsewhere)

    assert response.url == reverse("chat:show-home")


@pytest.mark.parametrize("username", ["ada", "nobody"])
def test_a_refusal_does_not_tell_whether_the_name_exists(client, username):
    make_user("ada")

    response = sign_in(client, username=username, password="wrong")

    assert "This user name and password don&#x27;t go together" in (
        response.content.decode()
    )
    assert not is_signed_in(client)


def test_somebody_inactive_can_not_sign_in(client):
    make_user("ada", is_active=False)

    sign_in(client, password="correct horse battery")

    assert not is_signed_in(client)


def test_signing_out_takes_a_post(client):
    client.force_login(make_user("ada"))

    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert is_signed_in(client)
    response = client.post(reverse("accounts:sign-out"), follow=True)

    assert not is_signed_in(client)
    assert "You have signed out" in response.content.decode()


def test_whoever_is_signed_in_skips_the_forms(client):
    client.force_login(make_user("ada"))

    for name in ("accounts:sign-up", "accounts:sign-in"):
        assert client.get(reverse(name)).url == reverse("chat:show-home")


def change_password(client, current, password):
    data = {"current": current, "password": password}
    return client.post(reverse("accounts:change-password"), data, follow=True)


def test_a_new_password_keeps_this_session_and_ends_the_others(client, make_client):
    ada = make_user("ada")
    client.force_login(ada)
    other = make_client()
    other.force_login(ada)

    response = change_password(client, "correct horse battery", PASSWORD)

    assert "Your password has been changed" in response.content.decode()
    assert client.get(reverse("chat:show-home")).status_code == 200
    assert other.get(reverse("chat:show-home")).status_code == 302


def test_a_new_password_needs_the_old_one(client):
    ada = make_user("ada")
    client.force_login(ada)

    response = change_password(client, "a guess", PASSWORD)

    assert "That is not your current password" in response.content.decode()
    ada.refresh_from_db()
    assert ada.check_password("correct horse battery")


def test_too_many_tries_on_one_name_have_to_wait(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-in": "2/minute"}
    make_user("ada")
    sign_in(client, password="wrong")
    sign_in(client, username="ADA", password="wrong")

    response = sign_in(client, password="correct horse battery")

    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert f"wait {response.headers['Retry-After']} second" in response.content.decode()
    assert not is_signed_in(client)


def test_the_wait_for_one_name_does_not_hold_up_another(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-in": "1/hour"}
    make_user("ada")
    make_user("bob")
    sign_in(client, password="wrong")

    sign_in(client, username="bob", password="correct horse battery")

    assert is_signed_in(client)


def test_one_address_can_not_try_one_password_on_many_names(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "address": "2/hour"}

    answers = [sign_in(client, username=f"user{n}").status_code for n in range(3)]

    assert answers == [200, 200, 429]


def test_a_name_of_any_length_takes_little_room_in_redis(client, settings):
    sign_in(client, username="a" * 50_000)

    with redis.Redis.from_url(settings.RQ_QUEUES["default"]["URL"]) as counters:
        keys = list(counters.scan_iter(f"{settings.REDIS_PREFIX}:limits*"))
    assert keys
    assert max(map(len, keys)) < 200


def test_behind_proxies_of_ours_each_visitor_has_tries_of_their_own(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "address": "1/hour"}
    settings.TRUSTED_PROXIES = 2

    def tried(*told):
        data = {"username": f"user{len(told)}", "password": PASSWORD}
        headers = {"X-Forwarded-For": ", ".join(told)}
        return client.post(
            reverse("accounts:sign-in"), data, headers=headers
        ).status_code

    assert tried("203.0.113.5", "10.0.0.1") == 200
    assert tried("203.0.113.6", "10.0.0.1") == 200
    # What a visitor claims stands before what our outermost proxy saw.
    assert tried("198.51.100.1", "203.0.113.5", "10.0.0.1") == 429
    settings.TRUSTED_PROXIES = 0
    assert tried("203.0.113.7") == 200
    assert tried("203.0.113.8") == 429


def test_the_admin_has_no_way_in_of_its_own(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-in": "1/minute"}
    staff = make_user("staff", is_staff=True)

    asked = client.get("/admin/", follow=True)
    assert asked.request["PATH_INFO"] == reverse("accounts:sign-in")
    answers = [
        client.post("/admin/login/", {"username": "staff", "password": "x"})
        for _ in range(2)
    ]
    assert {answer.url for answer in answers} == {
        f"{reverse('accounts:sign-in')}?next=/admin/"
    }
    client.force_login(make_user("ada"))
    assert client.get("/admin/login/").status_code == 403
    client.force_login(staff)
    assert client.get("/admin/login/").url == "/admin/"


def test_signing_up_is_limited_too(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-up": "1/hour"}
    sign_up(client, password="short")

    response = sign_up(client)

    assert response.status_code == 429
    assert not User.objects.exists()


def test_people_can_sign_in_while_redis_is_away(client, settings, caplog):
    make_user("ada")
    queue = {**settings.RQ_QUEUES["default"], "URL": "redis://127.0.0.1:1/0"}
    settings.RQ_QUEUES = {**settings.RQ_QUEUES, "default": queue}

    sign_in(client, password="correct horse battery")

    assert is_signed_in(client)
    assert "are not being counted" in caplog.text
