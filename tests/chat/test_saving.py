"""A listener's clients are told how far a playlist is on its way to a service."""

import pytest

from chat.saving import job_frame
from chat.wire import current_version, playlist_view
from playlists.models import SavedPlaylist
from playlists.saving.asking import save_ask
from playlists.signals import save_moved
from tests.playlists.saving.conftest import home, home_there  # noqa: F401
from tests.spotify import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def frames():
    """Collect the frames of whatever is told."""
    told = []

    def hear(sender, save, **_):
        told.append(job_frame(save))

    save_moved.connect(hear)
    yield told
    save_moved.disconnect(hear)


def test_progress_is_told_from_the_first_song_to_the_last_call(home, frames):  # noqa: F811
    save_ask(home.playlist, home.account)
    home.work()

    assert [frame.status for frame in frames] == ["running"] * 3 + ["done"]
    shares = [frame.progress for frame in frames]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    last = frames[-1]
    assert (last.kind, last.service) == ("save", "spotify")
    assert last.playlist == home.playlist.uuid
    assert last.url == home.save.url
    assert last.detail == "It is at Spotify, as it was when you saved it."


def test_what_waits_and_what_fails_is_told_with_its_reason(home, frames):  # noqa: F811
    save_ask(home.playlist, home.account)
    home.server.faults.always = Fault("429")
    home.work()
    home.server.faults.always = Fault("403")
    home.work()

    told = [(frame.status, frame.reason) for frame in frames]
    assert told == [("waiting", "busy"), ("failed", "not_allowed")]


def test_a_playlist_says_where_it_was_saved(home):  # noqa: F811
    def saved_to():
        version = current_version(home.playlist)
        return playlist_view(home.account.user, version).saved_to

    save_ask(home.playlist, home.account)
    assert saved_to() == []
    home.work()
    assert saved_to() == ["spotify"]
    assert SavedPlaylist.objects.count() == 1


def test_a_frame_names_the_service(home_there, frames):  # noqa: F811
    save_ask(home_there.playlist, home_there.account)
    home_there.work()

    last = frames[-1]
    assert (last.service, last.status) == ("listenbrainz", "done")
    assert last.detail == "It is at ListenBrainz, as it was when you saved it."
    assert last.url == home_there.save.url
