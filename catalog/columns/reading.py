"""Read tracks from PostgreSQL into a segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from catalog.columns.postings import Postings, text_key
from catalog.columns.segment import CREDIT, NUMBERS, POSTINGS, Segment
from catalog.columns.vectors import Vectors, matrix_type
from catalog.models import Space, Tag, Track, TrackArtist
from catalog.names import name_key

# So many tracks are in Python's hands at a time.
CHUNK = 5_000
VERSIONS = tuple(Track.Version.values)
MAX_LENGTH = np.iinfo(np.uint16).max
_FIELDS = (
    *("pk", "key", "song_key", "album_id", "version", "language", "is_explicit"),
    *("audio_path", "document"),
)


@dataclass
class _Pairs:
    """Keys and rows of postings in the making: millions, so not as Python's integers."""

    keys: array[int] = field(default_factory=lambda: array("q"))
    rows: array[int] = field(default_factory=lambda: array("i"))

    def add(self, key: int, row: int) -> None:
        self.keys.append(key)
        self.rows.append(row)

    def done(self) -> Postings:
        return Postings.of(np.array(self.keys, np.int64), np.array(self.rows, np.int32))


def segment_read(
    tracks: QuerySet[Track], spaces: Sequence[Space], *, track_ids: Sequence[int] | None
) -> Segment:
    """Read tracks with their credits, tags and vectors. About 0.15 ms a track.

    tracks: those that may be found. track_ids: which of them, None for all. In chunks,
    each a query for each kind of thing.
    """
    rows = tracks.order_by("pk").values_list(*_FIELDS, *NUMBERS)
    genres = set(Tag.objects.filter(kind=Tag.Kind.GENRE).values_list("pk", flat=True))
    reader = _Reader(genres)
    for chunk in _chunks(rows, track_ids):
        reader.add(chunk)
    return reader.done(spaces)


class _Reader:
    """Gathers chunks of tracks."""

    def __init__(self, genres: set[int]) -> None:
        self.genres = genres
        self.ids: list[int] = []
        self.numbers: list[NDArray[np.float64]] = []
        self.flags: list[tuple[int, int, bool, int, int]] = []
        self.has_genre: list[bool] = []
        self.has_words: list[bool] = []
        self.postings = {name: _Pairs() for name in (*POSTINGS, CREDIT)}
        self.words: dict[str, int] = {}

    def add(self, chunk: Sequence[tuple[Any, ...]]) -> None:
        first = len(self.ids)
        row_of: dict[int, int] = {}
        for row, values in enumerate(chunk, start=first):
            row_of[values[0]] = row
            self._one(row, values)
        self.numbers.append(
            np.array([values[len(_FIELDS) :] for values in chunk], np.float64)
        )
        self.has_genre += [False] * len(chunk)
        self.has_words += [False] * len(chunk)
        ids = list(row_of)
        tags = Track.tags.through.objects.filter(track__in=ids)
        for track, tag in tags.values_list("track_id", "tag_id"):
            row = row_of[track]
            self.postings["tag"].add(tag, row)
            has = self.has_genre if tag in self.genres else self.has_words
            has[row] = True
        credits = TrackArtist.objects.filter(track__in=ids)
        for track, artist in credits.values_list("track_id", "artist_id"):
            self.postings["artist"].add(artist, row_of[track])
            self.postings[CREDIT].add(row_of[track], artist)

    def _one(self, row: int, values: tuple[Any, ...]) -> None:
        pk, key, song, album, version, language, explicit, audio, document = values[
            : len(_FIELDS)
        ]
        self.ids.append(pk)
        words = name_key(document).split() if document else []
        for word in set(words):
            self.postings["word"].add(self._word(word), row)
        self.flags.append(
            (
                VERSIONS.index(version),
                -1 if explicit is None else int(explicit),
                bool(audio),
                text_key(song) if song else 0,
                min(len(words), MAX_LENGTH),
            )
        )
        if key:
            self.postings["title"].add(text_key(key), row)
        if album is not None:
            self.postings["album"].add(album, row)
        if language:
            for code in {language.lower(), language.lower().split("-")[0]}:
                self.postings["language"].add(text_key(code), row)

    def _word(self, word: str) -> int:
        found = self.words.get(word)
        if found is None:
            found = self.words[word] = text_key(word)
        return found

    def done(self, spaces: Sequence[Space]) -> Segment:
        ids = np.array(self.ids, np.int64)
        numbers = np.concatenate(self.numbers or [np.zeros((0, len(NUMBERS)))])
        version, explicit, audio, song, length = (
            zip(*self.flags, strict=True) if self.flags else ((),) * 5
        )
        return Segment(
            ids=ids,
            numbers={
                name: np.ascontiguousarray(column)
                for name, column in zip(NUMBERS, numbers.T, strict=True)
            },
            flags={
                "version": np.array(version, np.int8),
                "explicit": np.array(explicit, np.int8),
                "has_audio": np.array(audio, bool),
                "has_genre": np.array(self.has_genre, bool),
                "has_words": np.array(self.has_words, bool),
                "song": np.array(song, np.int64),
                "length": np.array(length, np.uint16),
            },
            postings={name: pairs.done() for name, pairs in self.postings.items()},
            vectors={space.pk: vectors_read(space, ids) for space in spaces},
        )


def vectors_read(space: Space, ids: NDArray[np.int64]) -> Vectors:
    """Read the vectors that tracks, by ascending id, have in a space.

    In PostgreSQL's binary form: as text, a vector takes ten times as long.
    """
    size, filled = int(space.dimensions), 0
    rows = np.empty(len(ids), np.int32)
    matrix = np.empty((len(ids), size), matrix_type(len(ids)))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found, vectors = vectors_of(space.pk, chunk, size)
        order = np.argsort(found)
        end = filled + len(found)
        rows[filled:end] = np.searchsorted(chunk, found[order]) + start
        matrix[filled:end] = vectors[order]
        filled = end
    return Vectors.of(len(ids), rows[:filled], matrix[:filled])


def vectors_of(
    space_id: int, ids: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return which of the tracks have a vector in a space, and these. One query."""
    with connection.cursor() as cursor:
        # vector_send: two int16 (dimensions, unused), then float32, all big-endian.
        cursor.execute(
            "SELECT track_id, vector_send(vector) FROM catalog_embedding"
            " WHERE space_id = %s AND track_id = ANY (%s)",
            [space_id, ids.tolist()],
        )
        found = cursor.fetchall()
    body = b"".join(bytes(sent[4:]) for _, sent in found)
    matrix = np.frombuffer(body, ">f4").astype(np.float32).reshape(len(found), size)
    return np.array([track for track, _ in found], np.int64), matrix


def _chunks(
    rows: QuerySet[Track, tuple[Any, ...]], track_ids: Sequence[int] | None
) -> Iterator[Sequence[tuple[Any, ...]]]:
    if track_ids is not None:
        ordered = sorted(track_ids)
        for start in range(0, len(ordered), CHUNK):
            if chunk := list(rows.filter(pk__in=ordered[start : start + CHUNK])):
                yield chunk
        return
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1][0]
