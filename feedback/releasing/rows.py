"""Rows as they stand in files: one JSON object, or one row of a Parquet file, each."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import SystemRandom
from typing import Any

from feedback.releasing.floor import Row, at_least
from feedback.releasing.given import Song

# Columns of a row, with what the data card says of each.
COLUMNS = (
    ("id", "random; it says nothing of who or when"),
    ("text", "what was asked, in small letters and scrubbed, or its constraints in words"),
    ("is_general", "whether the text is made of the constraints"),
    ("language", "ISO 639, empty where it isn't the same for all"),
    ("constraints", "what was taken as given, in words"),
    ("mood", "`valence` and `energy`, 0 to 1 by quarters, or nothing"),
    ("space", "the audio space of this site in which songs were looked for"),
    ("week", "ISO 8601, like 2026-W48, empty where it isn't the same for all"),
    ("people", "how many people the row stands for at least"),
    ("approved", "songs that all of them approved of, the most approved first"),
    ("refused", "songs that all of them refused"),
)  # fmt: skip


def told_rows(
    rows: Sequence[Row], songs: Mapping[str, Song], *, floor: int
) -> list[dict[str, Any]]:
    """Return rows as JSON objects with random ids, in a random order."""
    told = [_told(row, songs, floor=floor) for row in rows]
    SystemRandom().shuffle(told)
    return told


def _told(row: Row, songs: Mapping[str, Song], *, floor: int) -> dict[str, Any]:
    mood = row.mood and {"valence": row.mood[0], "energy": row.mood[1]}
    return {
        "id": uuid.uuid4().hex,
        "text": row.text,
        "is_general": row.is_general,
        "language": row.language,
        "constraints": list(row.constraints),
        "mood": mood,
        "space": row.space,
        "week": row.week,
        "people": at_least(row.people, floor=floor),
        "approved": [_song(songs[key]) for key in row.approved],
        "refused": [_song(songs[key]) for key in row.refused],
    }


def _song(song: Song) -> dict[str, Any]:
    return {
        "track": song.track,
        "isrc": song.isrc,
        "musicbrainz": song.musicbrainz,
        "title": song.title,
        "artists": list(song.artists),
    }


def jsonl_write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def jsonl_read(path: Path) -> list[dict[str, Any]]:
    """Read what jsonl_write wrote."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def parquet_write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the same rows as Parquet. Loads pyarrow, some 60 MB, which no page needs."""
    import pyarrow
    import pyarrow.parquet

    text, texts = pyarrow.string(), pyarrow.list_(pyarrow.string())
    song = pyarrow.struct(
        {
            **dict.fromkeys(("track", "isrc", "musicbrainz", "title"), text),
            "artists": texts,
        }
    )
    number = pyarrow.float64()
    types = {
        **dict.fromkeys(("id", "text", "language", "space", "week"), text),
        "is_general": pyarrow.bool_(),
        "constraints": texts,
        "mood": pyarrow.struct({"valence": number, "energy": number}),
        "people": pyarrow.int32(),
        **dict.fromkeys(("approved", "refused"), pyarrow.list_(song)),
    }
    schema = pyarrow.schema([(name, types[name]) for name, _ in COLUMNS])
    table = pyarrow.Table.from_pylist([dict(row) for row in rows], schema=schema)
    pyarrow.parquet.write_table(table, path, compression="zstd")
