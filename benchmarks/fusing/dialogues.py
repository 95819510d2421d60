"""Dialogues about playlists (CPCD), and their songs as a catalog."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_TURNS = 10
# As the data set's own evaluator: what is liked first in a turn is a seed from then on.
SEEDS_OF_TURN = 3


@dataclass(frozen=True)
class Song:
    """One song: all tracks of a cluster (the same title and artists)."""

    title: str
    artists: tuple[str, ...]
    album: str


@dataclass(frozen=True)
class Asked:
    """One turn: the words, what was liked and disliked before, and what was wanted.

    Songs are cluster ids; gold holds no seed.
    """

    dialogue: int
    text: str
    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    gold: frozenset[str]


def songs_of(dialogues: Sequence[dict[str, Any]]) -> dict[str, Song]:
    """Return all songs that the dialogues name, by cluster."""
    songs: dict[str, Song] = {}
    for dialogue in dialogues:
        for track in dialogue["tracks"].values():
            songs.setdefault(
                _one(track["track_cluster_ids"]),
                Song(
                    _one(track["track_titles"]),
                    tuple(dict.fromkeys(track["track_artists"])),
                    _one(track["track_release_titles"]),
                ),
            )
    return songs


def asked_of(dialogues: Sequence[dict[str, Any]]) -> list[Asked]:
    """Return the turns that still have something to find."""
    found = []
    for number, dialogue in enumerate(dialogues):
        cluster = {
            track: _one(facts["track_cluster_ids"])
            for track, facts in dialogue["tracks"].items()
        }
        goal = {cluster[t] for t in dialogue["goal_playlist"] if t in cluster}
        seeds: dict[str, None] = {}
        disliked: dict[str, None] = {}
        for turn in dialogue["turns"][:MAX_TURNS]:
            gold = frozenset(goal - seeds.keys())
            if gold:
                found.append(
                    Asked(
                        number, turn["user_query"], tuple(seeds), tuple(disliked), gold
                    )
                )
            liked = [cluster[t] for t in turn["liked_results"] if t in cluster]
            seeds |= dict.fromkeys(liked[:SEEDS_OF_TURN])
            refused = [cluster[t] for t in turn["disliked_results"] if t in cluster]
            disliked |= dict.fromkeys(refused)
    return found


def read(path: Path) -> list[dict[str, Any]]:
    """Read a file of dialogues, one a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0] if value else ""


def load(songs: dict[str, Song], *, batch: int = 512) -> dict[str, int]:
    """Put songs into an empty catalog with their text vectors; return ids by cluster."""
    from catalog.documents import KnownTrack, track_document
    from catalog.encoders.text import text_encoder
    from catalog.models import Album, Artist, Space, Track, TrackArtist
    from catalog.names import name_key
    from catalog.spaces import embeddings_store, space_ensure

    names = {name_key(n): n for song in songs.values() for n in song.artists}
    made = Artist.objects.bulk_create(
        [Artist(name=n[:300], key=k[:300]) for k, n in names.items() if k]
    )
    artists = {artist.key: artist for artist in made}
    titles = {name_key(s.album)[:500]: s.album[:500] for s in songs.values() if s.album}
    kept = Album.objects.bulk_create(
        [Album(title=t, key=k) for k, t in titles.items() if k]
    )
    albums = {album.key: album for album in kept}
    rows = [
        Track(
            title=song.title[:500],
            key=name_key(song.title)[:500],
            album=albums.get(name_key(song.album)[:500]),
            source=Track.Source.TABLE,
            document=track_document(KnownTrack(song.title, song.artists, song.album)),
        )
        for song in songs.values()
    ]
    tracks = Track.objects.bulk_create(rows, batch_size=1000)
    credits = {
        (track.pk, artists[name_key(name)[:300]].pk): place
        for track, song in zip(tracks, songs.values(), strict=True)
        for place, name in enumerate(song.artists)
        if name_key(name)[:300] in artists
    }
    TrackArtist.objects.bulk_create(
        [
            TrackArtist(track_id=track, artist_id=artist, position=place)
            for (track, artist), place in credits.items()
        ],
        batch_size=2000,
    )
    encoder = text_encoder()
    space = space_ensure(
        slug=encoder.slug,
        kind=Space.Kind.TEXT,
        model_id=encoder.model_id,
        revision=encoder.revision,
        dimensions=encoder.dimensions,
    )
    for start in range(0, len(tracks), batch):
        part = tracks[start : start + batch]
        vectors = encoder.encode_documents([track.document for track in part])
        embeddings_store(space, [track.pk for track in part], vectors)
    return {c: track.pk for c, track in zip(songs, tracks, strict=True)}
