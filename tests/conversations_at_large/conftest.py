"""The table as a catalog, taken in once and talked about by whoever comes."""

import os
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.models import Track, TrackArtist
from tests.conversations.world import World
from tests.emptying import database_empty

TABLE = "spotify-features/spotify_songs.csv.gz"
# Names that scripts may say in a sentence: of two words or more, of letters only.
SONGS_EACH, ARTISTS_EACH = 8, 4


def table_path():
    """Return where the table lies, None for nowhere.

    In the folder that PERSONALAIS_SHARED_DATA names, or in one called shared/data
    beside the project or further up.
    """
    named = os.environ.get("PERSONALAIS_SHARED_DATA")
    above = Path(__file__).resolve().parents[2:]
    folders = [Path(named)] if named else [folder / "shared/data" for folder in above]
    return next((f / TABLE for f in folders if (f / TABLE).is_file()), None)


@pytest.fixture(scope="module")
def catalog_at_large(django_db_setup, django_db_blocker):
    """Import the table, about fifteen seconds; take it away behind the last test."""
    path = table_path()
    if path is None:
        pytest.skip(f"no {TABLE}: name its folder in PERSONALAIS_SHARED_DATA")
    with django_db_blocker.unblock():
        assert not Track.objects.exists()
        form = ("--format", "spotify-features")
        call_command("import_tracks", str(path), *form, stdout=StringIO())
        yield _named()
        database_empty()


def _named():
    """Return the catalog's best known artists of each genre who sing in one only."""
    titles, genres, fame = defaultdict(list), defaultdict(set), defaultdict(int)
    found = TrackArtist.objects.filter(position=0).values_list(
        "artist__name", "track__title", "track__popularity", "track__tags__key"
    )
    for artist, title, popularity, genre in found.order_by("track_id"):
        if title not in titles[artist]:
            titles[artist].append(title)
            fame[artist] += popularity or 0
        genres[artist].add(genre)
    artists = defaultdict(list)
    for artist in sorted(titles, key=lambda name: (-fame[name], name)):
        words = artist.split()
        is_plain = len(words) > 1 and all(w.isascii() and w.isalpha() for w in words)
        for genre in ("rock", "hip hop", "pop"):
            others = {"rock", "hip hop", "pop", "latin"} - {genre}
            is_pure = genre in genres[artist] and not others & genres[artist]
            is_full = len(artists[genre]) == ARTISTS_EACH
            if (
                is_plain
                and is_pure
                and len(titles[artist]) >= SONGS_EACH
                and not is_full
            ):
                artists[genre].append(artist)
    assert all(len(names) == ARTISTS_EACH for names in artists.values()), artists
    return World(dict(artists), dict(titles))


@pytest.fixture
def talks_at_large(catalog_at_large, django_db_blocker, settings):
    """Let a script talk, without the pace of reading."""
    settings.SECONDS_PER_WORD = 0
    return catalog_at_large
