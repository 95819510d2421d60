"""`manage.py spotify_check` and `listenbrainz_check` say what works, and change nothing."""

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
    home.server.faults.forget()

    told = check(user="ada")

    assert told.count("ok ") == 4
    assert "http://127.0.0.1:8000/account/complete/spotify/" in told
    assert "knows “Bohemian Rhapsody”" in told
    assert told.endswith("Nothing was changed at Spotify.\n")
    asked = [c for c in home.server.calls if not c.startswith("GET")]
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
            lambda home: setattr(home.server.faults, "always", Fault("503")),
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


@pytest.fixture
def check_there(capsys):
    def run(**options):
        call_command("listenbrainz_check", **options)
        return capsys.readouterr().out

    return run


def test_at_listenbrainz_too_all_is_tried_by_reading_only(home_there, check_there):
    home = home_there
    home.world.add_song("Bohemian Rhapsody", "Queen")
    home.server.faults.forget()

    told = check_there(user="ada")

    assert told.count("ok ") == 3
    assert "and knows “Bohemian Rhapsody”" in told
    assert told.endswith("Nothing was changed at ListenBrainz.\n")
    assert not [call for call in home.server.calls if not call.startswith("GET")]
    assert home.person.token not in told
    home.account.delete()
    assert "Nobody has connected ListenBrainz yet" in check_there()
    with pytest.raises(CommandError, match="'bob' has no ListenBrainz"):
        check_there(user="bob")


def test_what_doesnt_work_at_listenbrainz_is_said(home_there, check_there, settings):
    home_there.world.withdraw(home_there.person)
    with pytest.raises(CommandError, match="must give the new one"):
        check_there()
    home_there.account.delete()
    home_there.server.faults.always = Fault("503")
    with pytest.raises(CommandError, match="status 503"):
        check_there()
    settings.LISTENBRAINZ = False
    with pytest.raises(CommandError, match="is off"):
        check_there()
