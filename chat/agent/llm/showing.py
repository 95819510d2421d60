"""What the model is shown of songs, the list and the talk: data, and never instructions.

Everything that others wrote (titles, names, tags, what was said before) goes into the
JSON of tool results. Control characters are taken out and texts are cut, so that a title
stays one short line. Nothing says who the listener is.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from catalog.genres import genre_name
from catalog.models import Track
from chat.agent.llm.handles import Handles
from chat.agent.proof import clock
from chat.agent.songs import Song
from chat.agent.understanding.reading import (
    Act,
    Reading,
)
from chat.agent.understanding.wish import (
    Wanted,
)

Json = dict[str, Any]

MAX_TEXT_CHARS = 120
MAX_RESULT_CHARS = 24_000
MAX_GENRES = 4
_NOTHING: tuple[Any, ...] = (None, [], {}, "", False)
# Sources whose facts may go to a model. One that is added later stays here until
# somebody has read its terms.
SENT_SOURCES = frozenset({Track.Source.DEMO, Track.Source.FILE, Track.Source.TABLE})


def plain(text: str, *, max_chars: int = MAX_TEXT_CHARS) -> str:
    """Return a text as one line without control and invisible characters."""
    kept = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in text
        if unicodedata.category(c) not in ("Cf", "Co", "Cs", "Cn")
    )
    line = " ".join(kept.split())
    return line if len(line) <= max_chars else f"{line[: max_chars - 1]}…"


def song_json(
    song: Song, handles: Handles, *, why: Iterable[str] = (), is_brief: bool = False
) -> Json:
    """Return what the model is told of a song."""
    handle = handles.of(song.track_id)
    if song.source not in SENT_SOURCES:
        return {"id": handle, "withheld": True}
    told: Json = {
        "id": handle,
        "title": plain(song.title),
        "artists": [plain(name) for name in song.artists[:5]],
        "year": song.year,
    }
    if not is_brief:
        told |= {
            "genres": [plain(genre_name(k)) for k in sorted(song.genres)[:MAX_GENRES]],
            "length": _length(song.duration_ms),
            "tempo_bpm": _rounded(song.facts["tempo_bpm"], 0),
            "energy": _rounded(song.facts["energy"], 2),
            "valence": _rounded(song.facts["valence"], 2),
            "why": [plain(text) for text in why][:2],
        }
    return {key: value for key, value in told.items() if value not in (None, [], "")}


def _length(duration_ms: int | None) -> str:
    return "" if duration_ms is None else clock(duration_ms)


def _rounded(value: float | None, digits: int) -> float | None:
    if value is None:
        return None
    return round(value, digits) if digits else round(value)


def reading_json(
    reading: Reading,
    *,
    artists: Mapping[int, str],
    handles: Handles,
    pointed: Sequence[Sequence[int]],
) -> list[Json]:
    """Return what the words were understood as. pointed: the songs of each act.

    Primary keys stay here: artists go by name, songs by handle.
    """

    def told(node: Any) -> Any:
        if isinstance(node, list | tuple):
            return [item for item in map(told, node) if item not in _NOTHING]
        if not isinstance(node, dict):
            return plain(node) if isinstance(node, str) else node
        data: Json = {}
        for key, value in node.items():
            if key in ("artists", "without_artists", "like_artists", "except_artists"):
                data[key] = [plain(artists[pk]) for pk in value if pk in artists]
            elif key == "artist" and isinstance(value, int):
                data[key] = plain(artists.get(value, ""))
            elif key == "like_tracks":
                data[key] = [handles.of(track) for track in value]
            elif key == "track_id":
                data["song"] = handles.of(value)
            elif key not in ("references", "first", "second"):
                data[key] = told(value)
        return {key: value for key, value in data.items() if value not in _NOTHING}

    return [
        told(
            {
                "does": type(act).__name__,
                **{k: v for k, v in fields.items() if k != "wanted"},
                **(fields.get("wanted") or {}),
                "mood_target": _target(act),
                "songs": [handles.of(track) for track in tracks],
            }
        )
        for act, tracks, fields in zip(
            reading.acts, pointed, (asdict(act) for act in reading.acts), strict=True
        )
    ]


def _target(act: Act) -> Json | None:
    wanted = getattr(act, "wanted", None)
    return asdict(wanted.mood_target) if isinstance(wanted, Wanted) else None


def as_result(data: Json) -> str:
    """Write a tool's result, cutting lists of songs where it would grow too long."""
    text = json.dumps(data, ensure_ascii=False)
    while len(text) > MAX_RESULT_CHARS:
        songs = max(
            (value for value in data.values() if isinstance(value, list)),
            key=len,
            default=None,
        )
        if not songs:
            return json.dumps({"error": "the result was too long"})
        del songs[max(1, len(songs) * 3 // 4) :]
        data["cut"] = "some are left out here"
        if len(songs) == 1:
            break
        text = json.dumps(data, ensure_ascii=False)
    return json.dumps(data, ensure_ascii=False)
