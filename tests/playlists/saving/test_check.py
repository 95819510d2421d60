"""`manage.py spotify_check` says what works, and changes nothing."""

import pytest
from django.core.management import CommandError, call_command
from pydantic import SecretStr

from tests.spotify import Fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(capsys):
    def run(**options):
        call_command("spotify_check", **options)
        return capsys.readouterr().out

    return run


def test_all_is_tried_by_reading_only(home, check):
    home.world.add_song("Bohemian Rhapsody", "Queen", isrc="GBUM71029604")
    home.spotify.faults.forget()

    told = check(user="ada")

    assert told.count("ok ") == 4
    assert "http://127.0.0.1:8000/account/complete/spotify/" in told
    assert "knows “Bohemian Rhapsody”" in told
    assert told.endswith("Nothing was changed at Spotify.\n")
    asked = [c for c in home.spotify.calls if not c.startswith("GET")]
    assert asked == ["POST /api/token"]
    secrets = [*home.world.access, *home.world.refresh, home.world.app.client_secret]
    assert not [secret for secret in secrets if secret in told]


def test_without_anybody_connected_the_app_alone_is_tried(home, check):
    home.account.delete()

    assert "Nobody has connected Spotify yet" in check()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda home: home.world.withdraw(home.person), "must connect again"),
        (lambda home: setattr(home.person, "is_named", False), "User Management"),
        (
            lambda home: setattr(home.spotify.faults, "always", Fault("503")),
            "status 503",
        ),
        (
            lambda home: setattr(home.world.app, "client_secret", "another"),
            "refuses them",
        ),
    ],
    ids=["withdrawn", "unnamed", "down", "wrong secret"],
)
def test_what_doesnt_work_is_said_with_what_to_do(home, check, change, told):
    change(home)

    with pytest.raises(CommandError, match=told):
        check()


def test_unset_settings_and_unknown_listeners_are_named(home, check, settings):
    with pytest.raises(CommandError, match="'bob' has no Spotify"):
        check(user="bob")
    settings.SPOTIFY_CLIENT_SECRET = SecretStr("")
    with pytest.raises(CommandError, match="not both set"):
        check()
