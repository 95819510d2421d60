"""The signal that somebody's access has ended: when it is sent, and when not."""

from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.services import token_create
from accounts.signals import access_ended
from accounts.tokens import user_of_token
from tests.factories import make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


@contextmanager
def endings():
    """Yield the names of those whose access ends meanwhile."""
    names = []

    def note(user, **_):
        names.append(user.username)

    access_ended.connect(note)
    yield names
    access_ended.disconnect(note)


@pytest.fixture
def ended():
    with endings() as names:
        yield names


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def token(ada):
    token_create(user=ada, name="test")
    return ApiToken.objects.get()


@pytest.fixture
def as_admin(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    return client


def test_signing_out_ends_access_when_the_session_is_gone(ada, client):
    client.force_login(ada)
    request = HttpRequest()
    request.session = type(client.session)(client.session.session_key)
    found = []

    def check(user, **_):
        request.session = type(client.session)(request.session.session_key)
        found.append(get_user(request).is_authenticated)

    assert get_user(request) == ada
    access_ended.connect(check)
    client.post(reverse("accounts:sign-out"))
    access_ended.disconnect(check)

    assert found == [False]


def test_signing_out_of_the_admin_ends_access_too(as_admin, ended):
    as_admin.post(reverse("admin:logout"))

    assert ended == ["root"]


def test_signing_out_without_a_session_ends_nothing(client, ended):
    client.post(reverse("accounts:sign-out"))

    assert ended == []


def test_another_password_ends_access(ada, client, ended):
    client.force_login(ada)
    data = {"current": "correct horse battery", "password": "warm slow rain"}

    client.post(reverse("accounts:change-password"), data)

    assert ended == ["ada"]


def test_a_password_set_by_the_admin_ends_access(ada, as_admin, ended):
    data = {
        "password1": "warm slow rain",
        "password2": "warm slow rain",
        "usable_password": "true",
    }

    as_admin.post(reverse("admin:auth_user_password_change", args=[ada.pk]), data)

    ada.refresh_from_db()
    assert ada.check_password("warm slow rain")
    assert ended == ["ada"]


def test_turning_an_account_off_ends_access_once(ada, ended):
    ada.is_active = False
    ada.save()
    ada.save()

    assert ended == ["ada"]


def test_what_is_not_saved_ends_nothing(ada, ended):
    ada.is_active = False
    ada.set_password("warm slow rain")

    ada.save(update_fields=["email"])

    assert ended == []


def test_signing_in_and_other_changes_end_nothing(ada, client, ended):
    client.post(
        reverse("accounts:sign-in"),
        {"username": "ada", "password": "correct horse battery"},
    )
    ada.email = "ada@music.example"
    ada.save()

    assert ended == []


def test_revoking_a_key_in_the_admin_ends_access(token, as_admin, ended):
    now = timezone.now()
    data = {"revoked_at_0": now.date().isoformat(), "revoked_at_1": "12:00:00"}

    as_admin.post(reverse("admin:accounts_apitoken_change", args=[token.pk]), data)

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert ended == ["ada"]


def test_a_key_ends_once_and_use_does_not_end_it(ada, ended):
    key = token_create(user=ada, name="test")
    assert user_of_token(key) == ada
    assert ended == []
    token = ApiToken.objects.get()

    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    token.save()

    assert ended == ["ada"]


def test_deleting_a_key_ends_access(token, ended):
    token.delete()

    assert ended == ["ada"]


def test_a_deleted_account_is_told_with_its_id(ada):
    ids = []

    def note(user, **_):
        ids.append(user.pk)

    pk = ada.pk
    access_ended.connect(note)
    User.objects.filter(pk=pk).delete()
    access_ended.disconnect(note)

    assert ids == [pk]
