"""Small random catalogs, put into the database by a handful of statements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from catalog.models import Artist, Space, Tag, Track, TrackArtist
from catalog.names import name_key
from catalog.spaces import embeddings_store, space_ensure
from tests.factories import make_audio_space

GENRES = ("jazz", "bebop", "rock", "metal", "house", "techno")
MOODS = ("sad", "warm")
LANGUAGES = ("", "en", "pt-BR")
VERSIONS = ("", "", "live", "remix", "karaoke")
WORDS = ("rain", "night", "gold", "river")
DIMENSIONS = 4


@dataclass(frozen=True)
class Known:
    """What a catalog holds, as the test knows it: tracks as stored, by id."""

    tracks: dict[int, Track]
    artists: dict[int, frozenset[int]]
    genres: dict[int, frozenset[str]]
    artist_ids: tuple[int, ...]


def make_spaces():
    """Make the audio and the text space that all catalogs use."""
    text = space_ensure(
        slug="test-text",
        kind=Space.Kind.TEXT,
        model_id="test-text",
        revision="1",
        dimensions=384,
    )
    return make_audio_space(DIMENSIONS), text


def make_tags():
    """Make the tags that all catalogs use, by name."""
    rows = [Tag(kind="genre", name=g, key=name_key(g)) for g in GENRES]
    rows += [Tag(kind="mood", name=m, key=name_key(m)) for m in MOODS]
    return {tag.name: tag for tag in Tag.objects.bulk_create(rows)}


def make_random_catalog(chance: np.random.Generator, *, spaces, tags) -> Known:
    """Make up to 24 tracks with facts, vectors and kin missing here and there."""
    count = int(chance.integers(0, 25))
    artists = Artist.objects.bulk_create(
        [Artist(name=f"Band {i}", key=f"band {i}") for i in range(5)]
    )
    tracks = Track.objects.bulk_create([_track(chance) for _ in range(count)])
    credits, tagged, by, genres = [], [], {}, {}
    for track in tracks:
        chosen = chance.choice(5, int(chance.integers(0, 3)), replace=False)
        by[track.pk] = frozenset(artists[i].pk for i in chosen)
        credits += [
            TrackArtist(track=track, artist=artists[i], position=place)
            for place, i in enumerate(chosen)
        ]
        named = chance.choice(GENRES, int(chance.integers(0, 3)), replace=False)
        genres[track.pk] = frozenset(str(name) for name in named)
        moods = chance.choice(MOODS, int(chance.integers(0, 2)), replace=False)
        tagged += [(track.pk, tags[str(name)].pk) for name in (*named, *moods)]
    TrackArtist.objects.bulk_create(credits)
    link = Track.tags.through
    link.objects.bulk_create([link(track_id=t, tag_id=tag) for t, tag in tagged])
    for space in spaces:
        placed = [t.pk for t in tracks if chance.uniform() < 0.7]
        vectors = chance.normal(size=(len(placed), space.dimensions))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        embeddings_store(space, placed, vectors.astype(np.float32))
    stored = Track.objects.in_bulk([t.pk for t in tracks])
    return Known(stored, by, genres, tuple(a.pk for a in artists))


def _track(chance: np.random.Generator) -> Track:
    def maybe(value):
        return value if chance.uniform() < 0.75 else None

    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)}"
    song = f"{title} band" if chance.uniform() < 0.5 else ""
    return Track(
        title=title,
        key=name_key(title),
        song_key=song,
        version=str(chance.choice(VERSIONS)) if song else "",
        source=Track.Source.TABLE,
        year=maybe(int(chance.integers(1960, 2020))),
        duration_ms=maybe(int(chance.integers(60, 400)) * 1000),
        tempo_bpm=maybe(float(chance.integers(60, 180))),
        energy=maybe(float(chance.uniform())),
        instrumentalness=maybe(float(chance.uniform())),
        liveness=maybe(float(chance.uniform())),
        popularity=maybe(int(chance.integers(0, 101))),
        is_explicit=maybe(bool(chance.integers(0, 2))),
        language=str(chance.choice(LANGUAGES)),
        audio_path="a.ogg" if chance.uniform() < 0.6 else "",
        vanished_at=timezone.now() if chance.uniform() < 0.1 else None,
        document=f"{title} {chance.choice(MOODS)}",
    )
