"""A catalog to measure in: the dialogues' songs, those of a table, and distractors.

Songs come in as tables do on a site. A table of audio features makes some songs known
by more than their names. As no audio comes with it, its features can also be stored as
the audio space: what a listener hears, told by others.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from catalog.bridge import bridge_fit
from catalog.ingest.current import text_space_ensure
from catalog.ingest.tables.formats import FORMATS
from catalog.ingest.tables.run import TableImport, table_import
from catalog.models import Space, Track, TrackSource
from catalog.names import name_key
from catalog.spaces import embeddings_store, raw_store, space_ensure, space_refit
from catalog.versions import song_key, title_parts
from chat.evaluation.cpcd.dialogues import Song
from chat.evaluation.cpcd.texts import KeptTexts

ORIGIN = "dialogues"
HEARD = (
    *("energy", "valence", "danceability", "acousticness", "instrumentalness"),
    *("speechiness", "liveness", "loudness_lufs", "tempo_bpm"),
)
# So many tracks are enough for a bridge from words to nine numbers.
BRIDGE_TRACKS = 1500
CHUNK = 2000


def load(
    songs: Mapping[str, Song],
    *,
    table: Path | None,
    distractors: int | None,
    texts: KeptTexts,
    folder: Path,
    is_heard: bool = False,
) -> dict[str, int]:
    """Fill an empty, migrated database. Returns track ids by song (cluster).

    table: of Spotify features, CSV, gzipped or not; the songs that it knows come in
    with what it says, and so many others as distractors, None for all. folder: for
    files on the way. is_heard: whether its features stand in the place of sound.
    """
    durations: dict[tuple[str, str, str], int] = {}
    if table is not None:
        cut = folder / "table.csv"
        durations = _cut(table, cut, songs, distractors)
        _import(cut, "spotify-features")
    named = folder / "songs.jsonl"
    with named.open("w", encoding="utf-8") as file:
        for cluster, song in songs.items():
            row = {
                "id": cluster,
                "title": song.title,
                "artists": list(song.artists),
                "album": song.album,
                # By its duration it meets its row of the table.
                "duration_ms": durations.get(_identity(song.title, song.artists)),
            }
            file.write(json.dumps({k: v for k, v in row.items() if v}) + "\n")
    _import(named, "generic")
    _embed(texts)
    if table is not None and is_heard:
        _hear(texts)
    sources = TrackSource.objects.filter(origin=ORIGIN)
    return dict(sources.values_list("key", "track_id"))


def _identity(title: str, artists: tuple[str, ...]) -> tuple[str, str, str]:
    parts = title_parts(title)
    keys = [name_key(artist) for artist in artists]
    return song_key(title, keys), str(parts.version), parts.detail


def _cut(
    table: Path, to: Path, songs: Mapping[str, Song], distractors: int | None
) -> dict[tuple[str, str, str], int]:
    """Write the rows that come in; return durations (ms) of songs that are named."""
    wanted = {_identity(song.title, song.artists) for song in songs.values()}
    durations: dict[tuple[str, str, str], int] = {}
    named: list[dict[str, str]] = []
    others: dict[str, dict[str, str]] = {}
    for row in _rows(table):
        identity = _identity(row["track_name"], (row["track_artist"],))
        if identity[0] and identity in wanted:
            # Of several pressings the first; its other playlists' rows come along.
            duration = durations.setdefault(identity, int(row["duration_ms"]))
            if duration == int(row["duration_ms"]):
                named.append(row)
        else:
            others.setdefault(row["track_id"], row)
    drawn = sorted(others, key=lambda key: hashlib.sha256(key.encode()).digest())
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(named[0] if named else next(_rows(table))))
        writer.writeheader()
        writer.writerows(named)
        writer.writerows(others[key] for key in drawn[:distractors])
    return durations


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open("rb") as raw:
        is_gzip = raw.read(2) == b"\x1f\x8b"
    with gzip.open(table) if is_gzip else table.open("rb") as binary:
        yield from csv.DictReader(io.TextIOWrapper(binary, "utf-8", newline=""))


def _import(path: Path, form: str) -> None:
    origin = ORIGIN if form == "generic" else ""
    wanted = TableImport(path, FORMATS[form], origin=origin)
    table_import(wanted, on_batch=lambda table, outcome: None)


def _embed(texts: KeptTexts) -> None:
    space = text_space_ensure()
    rows = list(Track.objects.order_by("pk").values_list("pk", "document"))
    vectors = texts.encode_text([document for _, document in rows])
    for start in range(0, len(rows), CHUNK):
        ids = [pk for pk, _ in rows[start : start + CHUNK]]
        embeddings_store(space, ids, vectors[start : start + CHUNK])


def _hear(texts: KeptTexts) -> None:
    """Make the features the audio space, with a bridge from words to it."""
    space = space_ensure(
        slug="features-of-a-table",
        kind=Space.Kind.AUDIO,
        model_id="features-of-a-table",
        revision="1",
        dimensions=len(HEARD),
    )
    known = Track.objects.filter(energy__isnull=False).order_by("uuid")
    rows = list(known.values_list("pk", *HEARD))
    for start, end in ((0, BRIDGE_TRACKS), (BRIDGE_TRACKS, len(rows))):
        part = rows[start:end]
        if not part:
            continue
        raw = np.array([row[1:] for row in part], float)
        raw_store(space, [row[0] for row in part], raw)
        space_refit(space)
        if start == 0:
            space.refresh_from_db()
            bridge_fit(space, texts)  # type: ignore[arg-type]
