"""Keys for programs, made and revoked on a page."""

import re

import pytest
from django.urls import reverse

from accounts import views
from accounts.models import ApiToken
from accounts.services import token_create
from accounts.tokens import user_of_token
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

PAGE = "/account/keys/"


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def key_on(page):
    found = re.search(r"<code>([\w-]{40})</code>", page)
    return found[1] if found else None


def test_a_new_key_is_shown_once_and_opens_the_account(client, ada):
    made = client.post(PAGE, {"name": "terminal"})

    key = key_on(made.content.decode())
    assert user_of_token(key) == ada
    assert "no-store" in made.headers["Cache-Control"]
    again = client.get(PAGE).content.decode()
    assert key_on(again) is None
    assert "terminal" in again
    assert "last used" in again


def test_a_key_that_was_never_used_says_so(client, ada):
    client.post(PAGE, {"name": "terminal"})

    assert "never used" in client.get(PAGE).content.decode()


def test_a_revoked_key_is_gone_and_opens_nothing(client, ada):
    key = token_create(user=ada, name="old laptop")
    token = ApiToken.objects.get()

    answer = client.post(reverse("accounts:revoke-key", args=[token.pk]), follow=True)

    assert user_of_token(key) is None
    page = answer.content.decode()
    assert "“old laptop” opens nothing any more" in page
    assert "Keys that hold" not in page


def test_nobody_revokes_or_sees_anothers_key(client, ada):
    key = token_create(user=make_user("bob"), name="bob's own")
    token = ApiToken.objects.get()

    answer = client.post(reverse("accounts:revoke-key", args=[token.pk]))

    assert answer.status_code == 404
    assert user_of_token(key) is not None
    assert "bob's own" not in client.get(PAGE).content.decode()


def test_a_key_without_a_name_is_not_made(client, ada):
    page = client.post(PAGE, {"name": " "}).content.decode()

    assert "This field is required" in page
    assert not ApiToken.objects.exists()


def test_there_is_an_end_to_keys(client, ada, monkeypatch):
    monkeypatch.setattr(views, "MAX_KEYS", 1)
    client.post(PAGE, {"name": "one"})

    page = client.post(PAGE, {"name": "two"}).content.decode()

    assert "Revoke one first" in page
    assert ApiToken.objects.count() == 1


def test_revoking_asks_for_a_post(client, ada):
    token_create(user=ada, name="one")

    answer = client.get(
        reverse("accounts:revoke-key", args=[ApiToken.objects.get().pk])
    )

    assert answer.status_code == 405
