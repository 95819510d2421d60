"""Ada, her account at a service, and a playlist of three songs that the service has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from playlists.edits import Add, Remove, Rename
from playlists.models import SavedPlaylist
from playlists.saving.work import save_work
from playlists.services import Author, playlist_create, playlist_edit
from tests.factories import make_track, make_user


class Home:
    """What a listener has here and there."""

    def __init__(self, server, account, playlist, songs):
        self.server, self.world = server, server.world
        self.account, self.playlist, self.songs = account, playlist, songs
        self.person = next(iter(self.world.listeners.values()))

    @property
    def save(self):
        return SavedPlaylist.objects.get()

    @property
    def lists(self):
        """Return all playlists that are kept there."""
        return self.world.lists_of(self.person)

    def titles(self):
        """Return the songs of the one playlist there; it fails where there are more."""
        (held,) = self.lists
        return [self.title(uri) for uri in held.uris]

    def title(self, uri):
        song = self.world.songs.get(uri.removeprefix("spotify:track:"))
        return song.name if song else uri

    def edit(self, *edits):
        self.playlist.refresh_from_db()
        playlist_edit(self.playlist, edits=edits, author=Author.LISTENER, words="")

    def add(self, title, *, is_there=True, **fields):
        """Add a song here, and one like it there."""
        track = make_track(title, artist="Nina", duration_ms=200_000, **fields)
        if is_there:
            self.world.add_song(title)
        self.edit(Add((track.pk,)))
        self.songs.append(track)
        return track

    def remove(self, track):
        self.edit(Remove((track.pk,)))

    def rename(self, title):
        self.edit(Rename(title))

    def time_passes(self):
        """Let whatever is waited for be over."""
        now = timezone.now()
        saves = SavedPlaylist.objects.all()
        saves.update(due_at=now)
        made = saves.filter(creating_at__isnull=False)
        made.update(creating_at=now - timedelta(hours=1))

    def work(self, *, times=1):
        """Let a worker come by, some time later each time."""
        for _ in range(times):
            self.time_passes()
            for save in SavedPlaylist.objects.all():
                save_work(save.pk)


@pytest.fixture
def home(db, spotify, connected, settings):
    """Spotify."""
    return home_at(spotify, connected(make_user("ada")), settings)


@pytest.fixture
def home_there(db, listenbrainz, linked, settings):
    """ListenBrainz."""
    return home_at(listenbrainz, linked(make_user("ada")), settings)


@pytest.fixture(params=["home", "home_there"], ids=["spotify", "listenbrainz"])
def any_home(request):
    """Each service in turn."""
    return request.getfixturevalue(request.param)


def home_at(server, account, settings):
    """Make a playlist of three songs that a service has."""
    settings.SPOTIFY_TIMEOUT_S = settings.LISTENBRAINZ_TIMEOUT_S = 0.25
    playlist = playlist_create(owner=account.user, title="Rain")
    made = Home(server, account, playlist, [])
    for title in ("One", "Two", "Three"):
        made.add(title)
    return made
