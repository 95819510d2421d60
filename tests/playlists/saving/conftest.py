"""Ada, her Spotify, and a playlist of three songs that Spotify has."""

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

    def __init__(self, spotify, account, playlist, songs):
        self.spotify, self.world = spotify, spotify.world
        self.account, self.playlist, self.songs = account, playlist, songs
        self.person = self.world.listeners["user-nina"]

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
    settings.SPOTIFY_TIMEOUT_S = 0.25
    ada = make_user("ada")
    playlist = playlist_create(owner=ada, title="Rain")
    made = Home(spotify, connected(ada), playlist, [])
    for title in ("One", "Two", "Three"):
        made.add(title)
    return made
