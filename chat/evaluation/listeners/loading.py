"""A world's songs as a catalog, in an empty, migrated database."""

from __future__ import annotations

import numpy as np

from catalog.models import Artist, Space, Tag, Track, TrackArtist, TrackSource
from catalog.names import name_key
from catalog.spaces import embeddings_store, space_ensure
from chat.evaluation.listeners.world import SONGS_AN_ARTIST, World

DURATION_MS = 200_000
ORIGIN = "simulated"


def load(world: World, *, seed: int) -> tuple[int, ...]:
    """Store the songs; return their track ids, in the world's order."""
    chance = np.random.default_rng(seed)
    tags = {name: _tag(name) for name in sorted(set(world.genres))}
    count = len(world.scenes)
    names = [f"Players {n + 1}" for n in range(count // SONGS_AN_ARTIST)]
    artists = Artist.objects.bulk_create(
        Artist(name=name, key=name_key(name)) for name in names
    )
    tracks = Track.objects.bulk_create(
        Track(
            title=f"Piece {n + 1}",
            key=name_key(f"Piece {n + 1}"),
            document=f"Piece {n + 1} by {names[n // SONGS_AN_ARTIST]}.",
            source=Track.Source.TABLE,
            duration_ms=DURATION_MS,
            popularity=int(chance.integers(0, 101)),
            year=int(chance.integers(1970, 2026)),
            **{name: float(of[n]) for name, of in world.attributes.items()},
        )
        for n in range(count)
    )
    TrackArtist.objects.bulk_create(
        TrackArtist(track=track, artist=artists[n // SONGS_AN_ARTIST], position=0)
        for n, track in enumerate(tracks)
    )
    TrackSource.objects.bulk_create(
        TrackSource(track=track, kind=track.source, origin=ORIGIN, key=track.title)
        for track in tracks
    )
    Track.tags.through.objects.bulk_create(
        Track.tags.through(track=track, tag=tags[world.genres[scene]])
        for track, scene in zip(tracks, world.scenes.tolist(), strict=True)
    )
    space = space_ensure(
        slug=ORIGIN,
        kind=Space.Kind.AUDIO,
        model_id=ORIGIN,
        revision="1",
        dimensions=world.vectors.shape[1],
    )
    ids = [track.pk for track in tracks]
    heard = np.flatnonzero(~world.is_silent)
    vectors = world.vectors[heard].astype(np.float32)
    embeddings_store(space, [ids[n] for n in heard], vectors)
    return tuple(ids)


def _tag(name: str) -> Tag:
    return Tag.objects.create(kind=Tag.Kind.GENRE, name=name, key=name_key(name))
