"""Puts a generated catalog into the database by COPY, indexes last."""

from __future__ import annotations

import json
import math
import shutil
import sys
import time
import uuid
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection, transaction

from benchmarks.searching.generate import MOODS, Generated
from catalog.bridge import CENTRE, WEIGHTS
from catalog.columns.current import columns_forget, current_columns
from catalog.columns.keeping import base_make
from catalog.documents import KnownTrack, track_document
from catalog.encoders.text import text_encoder
from catalog.fitted import fitted_save
from catalog.genres import genres
from catalog.models import Space
from catalog.names import name_key
from catalog.spaces import space_ensure

CHUNK = 20_000
BRIDGE_TRACKS = 20_000
SYLLABLES = [
    "ba",
    "lo",
    "mi",
    "ren",
    "ta",
    "su",
    "ve",
    "dor",
    "kin",
    "al",
    "ess",
    "ra",
    "no",
    "fi",
    "lun",
    "dra",
    "mo",
    "cal",
    "tre",
    "wyn",
]
TABLES = ("catalog_track", "catalog_trackartist", "catalog_track_tags")


def load(generated: Generated) -> dict[str, float]:
    """Fill an empty, migrated database. Returns seconds by step."""
    seconds: dict[str, float] = {}
    with _timed(seconds, "spaces"):
        audio, text = _spaces(generated)
    with _timed(seconds, "tracks"):
        dropped = _drop_indexes(TABLES)
        _tags(generated)
        _artists(generated)
        _tracks(generated)
        _links(generated)
    with _timed(seconds, "track_indexes"):
        for definition in dropped:
            _execute(definition)
    for space, vectors in ((audio, generated.audio), (text, generated.text)):
        with _timed(seconds, f"{space.kind}_vectors"):
            _vectors(space, vectors)
    with _timed(seconds, "bridge"):
        _bridge(audio, generated)
    with _timed(seconds, "vacuum_analyze"):
        _set_sequences()
        _execute("VACUUM ANALYZE")
    return seconds


def build_columns() -> dict[str, Any]:
    """Read the catalog into columns, save them, and open them again.

    Returns seconds, and the MiB of the files, which all processes share.
    """
    columns_forget()
    shutil.rmtree(settings.HOME / "columns", ignore_errors=True)
    began = time.perf_counter()
    path = base_make()
    if path is None:
        raise SystemExit("Another process saves columns of this database.")
    built_s = time.perf_counter() - began
    began = time.perf_counter()
    current_columns()
    figures = {
        "build_seconds": round(built_s, 1),
        "open_seconds": round(time.perf_counter() - began, 2),
        "mib": round(sum(f.stat().st_size for f in path.iterdir()) / 2**20, 1),
    }
    say(f"columns: {figures}")
    return figures


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def _spaces(generated: Generated) -> tuple[Space, Space]:
    encoder = text_encoder()
    audio = space_ensure(
        slug="bench-audio",
        kind=Space.Kind.AUDIO,
        model_id="bench-audio",
        revision="1",
        dimensions=generated.audio.shape[1],
    )
    text = space_ensure(
        slug=encoder.slug,
        kind=Space.Kind.TEXT,
        model_id=encoder.model_id,
        revision=encoder.revision,
        dimensions=generated.text.shape[1],
    )
    return audio, text


def _bridge(space: Space, generated: Generated) -> None:
    """Give the audio space a bridge from words: ridge regression on some tracks."""
    count = min(BRIDGE_TRACKS, len(generated.text))
    rows = np.linspace(0, len(generated.text) - 1, count).astype(int)
    x = np.asarray(generated.text[rows], np.float64)
    centre = x.mean(axis=0)
    x = x - centre
    y = np.asarray(generated.audio[rows], np.float64)
    penalty = np.eye(x.shape[1]) * 0.1 * x.var(axis=0).mean() * count
    weights = np.linalg.solve(x.T @ x + penalty, x.T @ y)
    parts = {
        WEIGHTS: weights.astype(np.float32),
        CENTRE: centre.astype(np.float32),
        # A bridge is used only by the text model that it was learned from.
        "bridge": {"text_model": text_encoder().model_id},
    }
    with transaction.atomic():
        fitted_save(space, parts)


def _tags(generated: Generated) -> None:
    known = genres()
    names = [("genre", known[key].name, key) for key in generated.genre_keys]
    names += [("mood", mood, name_key(mood)) for mood in MOODS]
    rows = (
        f"{i}\t{kind}\t{name}\t{key}\n" for i, (kind, name, key) in enumerate(names, 1)
    )
    _copy("catalog_tag (id, kind, name, key)", rows)


def _artists(generated: Generated) -> None:
    rows = (
        f"{i + 1}\t{uuid.UUID(int=i)}\t{(name := artist_name(i))}\t{name.lower()}\n"
        for i in range(generated.artists)
    )
    _copy("catalog_artist (id, uuid, name, key)", rows)


def artist_name(number: int) -> str:
    """Return a name that no other artist has."""
    return f"{_word(number // 20).title()} {_word(number * 7 + 3).title()} {number}"


def _word(number: int) -> str:
    number += 20
    syllables = []
    while number:
        number, place = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    return "".join(syllables[:4])


def _tracks(generated: Generated) -> None:
    names = (
        *("uuid", "title", "key", "song_key", "version", "version_detail", "year"),
        "duration_ms",
        *("popularity", "released_precision", "spotify_id", "language"),
        *("attribute_sources", "licence", "source", "audio_path"),
        *("cover_path", "document", *generated.attributes),
    )
    _copy(f"catalog_track (id, {', '.join(names)})", _track_rows(generated))


def _track_rows(generated: Generated) -> Iterator[str]:
    known = genres()
    count = len(generated.artist)
    for start in range(0, count, CHUNK):
        end = min(count, start + CHUNK)
        columns = {k: v[start:end].tolist() for k, v in generated.attributes.items()}
        genre, mood = generated.genre[start:end].tolist(), generated.mood[start:end]
        artist, year = generated.artist[start:end], generated.year[start:end]
        for i, moods in enumerate(mood.tolist()):
            values: dict[str, Any] = {
                k: None if math.isnan(column[i]) else column[i]
                for k, column in columns.items()
            }
            number = start + i
            title = f"{_word(number * 31 % 4001)} {_word(number * 17 % 997)}".title()
            facts = KnownTrack(
                title=title,
                artists=(artist_name(int(artist[i])),),
                year=int(year[i]),
                genres=tuple(
                    known[generated.genre_keys[g]].name for g in genre[i] if g >= 0
                ),
                moods=tuple(MOODS[m] for m in moods if m >= 0),
                energy=values["energy"],
                valence=values["valence"],
                danceability=values["danceability"],
                acousticness=values["acousticness"],
                instrumentalness=values["instrumentalness"],
                tempo_bpm=values["tempo_bpm"],
            )
            key = title.lower()
            row = (
                *(number + 1, uuid.UUID(int=number), title, key),
                *(f"{key}|{artist[i]}", "", "", year[i], 200_000),
                *(generated.popularity[number], "", "", "", "{}", "", "table"),
                *("", "", track_document(facts)),
                *("\\N" if v is None else v for v in values.values()),
            )
            yield "\t".join(map(str, row)) + "\n"
        if end == count or end % (CHUNK * 10) == 0:
            say(f"{end:,} of {count:,} tracks")


def _links(generated: Generated) -> None:
    artist = generated.artist.tolist()
    rows = (f"{i + 1}\t{i + 1}\t{a + 1}\t0\n" for i, a in enumerate(artist))
    _copy("catalog_trackartist (id, track_id, artist_id, position)", rows)
    first_mood = len(generated.genre_keys) + 1
    _copy(
        "catalog_track_tags (track_id, tag_id)",
        (
            f"{i + 1}\t{tag}\n"
            for start in range(0, len(artist), CHUNK)
            for i, tags in enumerate(
                np.hstack(
                    [
                        generated.genre[start : start + CHUNK] + 1,
                        np.where(
                            generated.mood[start : start + CHUNK] < 0,
                            0,
                            generated.mood[start : start + CHUNK] + first_mood,
                        ),
                    ]
                ).tolist(),
                start,
            )
            for tag in tags
            if tag
        ),
    )


def _vectors(space: Space, vectors: np.ndarray) -> None:
    """Copy in PostgreSQL's binary form, a chunk of rows as one array of records."""
    count, size = vectors.shape
    record = np.dtype(
        [
            *[("fields", ">i2"), ("track_size", ">i4"), ("track", ">i8")],
            *[("space_size", ">i4"), ("space", ">i8"), ("at_size", ">i4")],
            *[("at", ">i8"), ("vector_size", ">i4"), ("dimensions", ">i2")],
            *[("unused", ">i2"), ("vector", ">f4", (size,))],
        ]
    )
    into = "catalog_embedding (track_id, space_id, created_at, vector)"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN WITH (FORMAT binary)") as copy,
    ):
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        for start in range(0, count, CHUNK):
            rows = np.zeros(min(CHUNK, count - start), record)
            rows["fields"], rows["track_size"], rows["space_size"] = 4, 8, 8
            rows["at_size"], rows["vector_size"] = 8, 4 + 4 * size
            rows["track"] = np.arange(start + 1, start + 1 + len(rows))
            rows["space"], rows["dimensions"] = space.pk, size
            rows["vector"] = vectors[start : start + len(rows)]
            copy.write(rows.tobytes())
        copy.write(b"\xff\xff")
    say(f"{count:,} vectors of {space.slug}")


def _copy(into: str, rows: Iterator[str]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        batch: list[str] = []
        for row in rows:
            batch.append(row)
            if len(batch) == 1000:
                copy.write("".join(batch))
                batch.clear()
        copy.write("".join(batch))


def _drop_indexes(tables: Sequence[str]) -> list[str]:
    """Drop what isn't a constraint's; return how to make it again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
            FROM pg_index i
            LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
            WHERE i.indrelid = ANY (%s::regclass[]) AND c.oid IS NULL
            """,
            [list(tables)],
        )
        found = cursor.fetchall()
    for name, _ in found:
        _execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


def _set_sequences() -> None:
    tables = ("catalog_tag", "catalog_artist", "catalog_track", "catalog_trackartist")
    for table in tables:
        last = f"SELECT max(id) FROM {table}"  # noqa: S608 (constants)
        _execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({last}))")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[step] = round(time.perf_counter() - began, 1)
    say(f"{step}: {seconds[step]} s")


def is_loaded(home: Path, generated: Generated) -> bool:
    """Say whether the folder's database holds this very catalog, whole."""
    try:
        kept = json.loads((home / "loaded.json").read_text())
    except FileNotFoundError:
        return False
    if kept != _identity(generated):
        raise SystemExit(f"{home} holds another catalog ({kept}): name another folder.")
    return True


def mark_loaded(home: Path, generated: Generated) -> None:
    """Remember that the catalog is in whole."""
    (home / "loaded.json").write_text(json.dumps(_identity(generated)))


def _identity(generated: Generated) -> dict[str, int]:
    # Another taxonomy draws other genres from the same numbers.
    metadata = np.hstack([generated.genre, generated.year[:, None]])
    return {
        "tracks": len(generated.year),
        "dimensions": generated.audio.shape[1],
        "metadata_crc": zlib.crc32(np.ascontiguousarray(metadata).tobytes()),
    }
