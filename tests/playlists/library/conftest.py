"""Ada, her Spotify with a library in it, and a catalog that has some of its songs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.spotify.backend import RECENT_SCOPE, SCOPES, TOP_SCOPE
from catalog.versions import song_key, title_parts
from playlists.library.asking import library_agree
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.library.work import library_work
from tests.factories import make_track, make_user

Kind = LibraryPart.Kind
ALL_SCOPES = [*SCOPES, TOP_SCOPE, RECENT_SCOPE]


def make_known(title, artist, **fields):
    """Make a track as imports store it, to be found by its words."""
    parts = title_parts(title)
    return make_track(
        title,
        artist=artist,
        song_key=song_key(title, [artist.casefold()]),
        version=parts.version,
        version_detail=parts.detail,
        **fields,
    )


class Home:
    """What a listener has here and there."""

    def __init__(self, spotify, account):
        self.spotify, self.world = spotify, spotify.world
        self.account = account
        self.person = self.world.listeners["user-nina"]

    def part(self, kind=Kind.LIKED):
        return LibraryPart.objects.get(kind=kind)

    def songs(self, **filters):
        """Return the titles that are held, in their order."""
        held = LibraryTrack.objects.filter(**filters).order_by("holder__place", "place")
        return list(held.values_list("title", flat=True))

    def add(self, title, artist="Nina", **fields):
        return self.world.add_song(title, artist, **fields)

    def like(self, count, start=0):
        """Let her like so many songs more."""
        songs = [self.add(f"Song {n}") for n in range(start, start + count)]
        self.person.library.extend(song.uri for song in songs)
        return songs

    def add_list(self, title, songs, **fields):
        uris = [song.uri for song in songs]
        return self.world.add_playlist(self.person, title, uris=uris, **fields)

    def agree(self, *kinds):
        library_agree(self.account, kinds)

    def work(self, *, times=1):
        """Let a worker come by, some time later each time."""
        for _ in range(times):
            LibraryPart.objects.update(due_at=timezone.now())
            for part in LibraryPart.objects.all():
                library_work(part.pk)

    def bring_in(self, *kinds):
        self.agree(*kinds)
        self.work()

    def time_passes(self, days):
        """Let so many days go by for all that is held."""
        ago = timedelta(days=days)
        for model in (LibraryPart, LibraryList, LibraryTrack):
            for row in model.objects.all():
                row.expires_at -= ago
                row.save(update_fields=["expires_at"])


@pytest.fixture
def home(db, spotify, connected, settings):
    settings.SPOTIFY_TIMEOUT_S = 0.5
    return Home(spotify, connected(make_user("ada"), scopes=ALL_SCOPES))
