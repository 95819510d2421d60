import re

import pytest
from django.core.checks import run_checks
from django.test import override_settings


def test_every_answer_carries_the_strict_policy(client):
    policy = client.get("/health/live").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "media-src 'self' blob:" in policy


@pytest.mark.django_db
def test_pages_are_protected_against_framing_sniffing_and_leaking_their_address(client):
    headers = client.get("/account/sign-in/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, django_user_model):
    django_user_model.objects.create_user("ada", password="a fine long secret")
    client.get("/account/sign-in/")
    client.post(
        "/account/sign-in/", {"username": "ada", "password": "a fine long secret"}
    )

    assert set(client.cookies) == {"csrftoken", "sessionid"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_an_unknown_host_is_turned_away(client):
    assert client.get("/health/live", headers={"host": "evil.example"}).status_code in (
        200,  # Nothing on this page depends on the host.
        400,
    )
    assert client.get("/nowhere/", headers={"host": "evil.example"}).status_code == 400


def test_the_settings_pass_their_own_checks():
    assert [
        str(found) for found in run_checks() if found.id.startswith("personal")
    ] == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"SECURE_CSP": {"script-src": ["'unsafe-inline'"]}}, "personalais.E002"),
        ({"RQ_QUEUES": {"default": {"URL": "redis://"}}}, "personalais.E001"),
        ({"ALLOWED_HOSTS": ["*"]}, "personalais.W001"),
        ({"SPOTIFY_CLIENT_ID": "app"}, "personalais.E005"),
    ],
)
def test_a_loosened_setting_is_found(changed, problem):
    with override_settings(**changed):
        assert problem in [found.id for found in run_checks()]


def test_the_policy_allows_no_source_of_the_outside(client):
    policy = client.get("/health/live").headers["Content-Security-Policy"]

    assert not re.search(r"https?:|\*", policy)
