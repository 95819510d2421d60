"""Dialogues about playlists (CPCD): what was said, what was liked, what was wanted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.evaluation.failure import CannotEvaluate

# As the data set's own evaluator: so many turns, and what is liked first in a turn is
# a seed from then on.
MAX_TURNS = 10
SEEDS_OF_TURN = 3
_TRACK_NAMES = ("track_cluster_ids", "track_titles", "track_release_titles")


@dataclass(frozen=True)
class Song:
    """One song: all tracks of a cluster (the same title and artists)."""

    title: str
    artists: tuple[str, ...]
    album: str


@dataclass(frozen=True)
class Asked:
    """One turn: its words, what was liked and disliked before, and what was wanted.

    Songs are cluster ids; gold holds no seed.
    """

    dialogue: str
    turn: int
    text: str
    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    gold: frozenset[str]


def read(path: Path) -> list[dict[str, Any]]:
    """Read a file of dialogues, one a line. Raises CannotEvaluate."""
    try:
        with path.open(encoding="utf-8") as lines:
            found = [_dialogue(line, path, n) for n, line in enumerate(lines, 1)]
    except OSError as error:
        raise CannotEvaluate(f"{path} can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CannotEvaluate(
            f"{path} isn't text in UTF-8: give the dialogues as JSON lines."
        ) from error
    if not found:
        raise CannotEvaluate(f"{path} holds no dialogue.")
    return found


def _dialogue(line: str, path: Path, number: int) -> dict[str, Any]:
    """Read one dialogue, with all that is used of it."""
    try:
        dialogue = json.loads(line)
        tracks = dialogue["tracks"]
        used: list[object] = [dialogue["id"], *dialogue["goal_playlist"]]
        for facts in tracks.values():
            used += [_one(facts[name]) for name in _TRACK_NAMES]
            used += facts["track_artists"]
        for turn in dialogue["turns"]:
            used += [*turn["liked_results"], *turn["disliked_results"]]
            used.append(turn["user_query"])
        if not all(isinstance(value, str) for value in used):
            raise TypeError("ids, names and words are texts")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        missing = f" lacks {error}" if isinstance(error, KeyError) else " isn't one"
        raise CannotEvaluate(
            f"Line {number} of {path.name}{missing}: each line is one dialogue of the "
            "Conversational Playlist Curation Dataset, as JSON."
        ) from error
    found: dict[str, Any] = dialogue
    return found


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


def asked_of(
    dialogues: Sequence[dict[str, Any]], *, also_without_gold: bool = False
) -> list[Asked]:
    """Return the turns that still have something to find; all of them where asked."""
    found = []
    for dialogue in dialogues:
        cluster = {
            track: _one(facts["track_cluster_ids"])
            for track, facts in dialogue["tracks"].items()
        }
        goal = {cluster[t] for t in dialogue["goal_playlist"] if t in cluster}
        seeds: dict[str, None] = {}
        disliked: dict[str, None] = {}
        for number, turn in enumerate(dialogue["turns"][:MAX_TURNS]):
            gold = frozenset(goal - seeds.keys())
            if gold or also_without_gold:
                refused = tuple(song for song in disliked if song not in seeds)
                said = turn["user_query"]
                found.append(
                    Asked(dialogue["id"], number, said, tuple(seeds), refused, gold)
                )
            liked = [cluster[t] for t in turn["liked_results"] if t in cluster]
            seeds |= dict.fromkeys(liked[:SEEDS_OF_TURN])
            refused = tuple(
                cluster[t] for t in turn["disliked_results"] if t in cluster
            )
            disliked |= dict.fromkeys(refused)
    return found


def is_learned_from(dialogue: str) -> bool:
    """Say whether choices may see a dialogue: about half, by a digest of its id."""
    return hashlib.sha256(dialogue.encode()).digest()[0] % 2 == 0


def is_held_out(dialogue: str) -> bool:
    """Say whether a dialogue is of the fifth that no choice may see, by its id's digest."""
    return hashlib.sha256(dialogue.encode()).digest()[1] % 5 == 0


def part_of(dialogues: Sequence[dict[str, Any]], part: str) -> Sequence[dict[str, Any]]:
    """Return the dialogues of a part: "all", "development" or "held-out"."""
    if part == "all":
        return dialogues
    return [d for d in dialogues if is_held_out(d["id"]) == (part == "held-out")]


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0] if value else ""
