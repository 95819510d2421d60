"""From a file of dialogues to figures: what each piece of a taste adds.

The data set has no sound: its songs are titles, artists and albums, so that likes reach
others by words, by artists and by what is written of songs. Held-out dialogues aren't
touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from catalog.encoders.text import text_encoder
from catalog.search.engine import search_tracks
from catalog.search.query import Query
from chat.evaluation.cpcd import dialogues
from chat.evaluation.cpcd.measures import (
    METRICS,
    Measured,
    by_dialogue,
    interval,
    measured,
    told,
)
from chat.evaluation.cpcd.songs import load
from chat.evaluation.cpcd.talk import talks
from chat.evaluation.cpcd.texts import KeptTexts
from chat.evaluation.taste.pieces import (
    Replayed,
    lasting_steps,
    replayed,
    talks_steps,
)

Say = Callable[[str], None]
EVERY_DIALOGUES = 20
# A listener has had so many talks, each about something else.
TALKS_OF_ONE = 3
_HIT = METRICS.index("hit@10")


def measure(
    path: Path, *, count: int, cache: Path, home: Path, say: Say
) -> dict[str, Any]:
    """Measure in the current database, which is empty. Raises CannotEvaluate.

    count: how many dialogues, 0 for all of the development part. home: for files on the way.
    """
    began = time.perf_counter()
    read = dialogues.read(path)
    songs = dialogues.songs_of(read)
    say(f"{len(read)} dialogues name {len(songs)} songs; making a catalog of them")
    cache.mkdir(parents=True, exist_ok=True)
    texts = KeptTexts(text_encoder(), cache)
    ids = load(songs, table=None, distractors=None, texts=texts, folder=home)
    some = evenly(dialogues.part_of(read, "development"), count)
    read_turns = [turns for one in some if (turns := _turns(one, ids))]
    say(f"{len(read_turns)} dialogues are read; searching with each piece")
    clusters: dict[int, list[str]] = {}
    for cluster, track in ids.items():
        clusters.setdefault(track, []).append(cluster)
    return {
        "evaluation": "taste",
        "part": "development",
        "spaces": "documents; the data has no sound",
        "dialogues": len(read_turns),
        "songs": len(songs),
        "this_talk": _table(_of_talks(read_turns, clusters, say), over="before"),
        "earlier_talks": _table(_of_listeners(read_turns, clusters, say), over="first"),
        "seconds": round(time.perf_counter() - began, 1),
    }


def evenly(read: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return so many dialogues from all along the file, all where count is 0."""
    if not count or count >= len(read):
        return list(read)
    return [read[n * len(read) // count] for n in range(count)]


def _turns(dialogue: dict[str, Any], ids: Mapping[str, int]) -> list[Replayed]:
    asked = dialogues.asked_of([dialogue], also_without_gold=True)
    return replayed(list(talks(asked, ids)), ids) if asked else []


Rows = dict[str, list[Measured]]


def _of_talks(
    talked: Sequence[Sequence[Replayed]],
    clusters: Mapping[int, Sequence[str]],
    say: Say,
) -> Rows:
    """Measure what reactions of a talk add to its later turns."""
    rows: Rows = {}
    for number, turns in enumerate(talked, 1):
        for turn in turns:
            if turn.asked.gold:
                _measure(rows, turn, talks_steps(turn), clusters, turn.asked.liked)
        if number % EVERY_DIALOGUES == 0:
            say(f"{number} of {len(talked)} dialogues")
    return rows


def _of_listeners(
    talked: Sequence[Sequence[Replayed]],
    clusters: Mapping[int, Sequence[str]],
    say: Say,
) -> Rows:
    """Measure what likes of earlier talks add to first requests.

    A listener is made of some dialogues; what they liked in each is their lasting taste, and
    the first request of each is asked again, with gold that wasn't liked yet.
    """
    rows: Rows = {}
    having = [turns for turns in talked if turns[-1].ages]
    people = len(having) // TALKS_OF_ONE
    for number in range(people):
        own = [having[number + n * people] for n in range(TALKS_OF_ONE)]
        for turns in own:
            first, liked = turns[0], turns[-1].ages
            others = [t for other in own if other is not turns for t in other[-1].ages]
            steps = lasting_steps(first, own=tuple(liked), others=others)
            _measure(rows, first, steps, clusters, turns[-1].asked.liked)
    say(f"{people} listeners of {TALKS_OF_ONE} talks")
    return rows


def _measure(
    rows: Rows,
    turn: Replayed,
    steps: Mapping[str, Query],
    clusters: Mapping[int, Sequence[str]],
    seeds: Iterable[str],
) -> None:
    known = frozenset(seeds)
    gold = turn.asked.gold - known
    if not gold:
        return
    for name, query in steps.items():
        hits = search_tracks(query).hits
        found = (cluster for hit in hits for cluster in clusters.get(hit.track_id, ()))
        ranking = [c for c in dict.fromkeys(found) if c not in known]
        row = measured(turn.asked.dialogue, turn.asked.turn, ranking, gold)
        rows.setdefault(name, []).append(row)


def _table(rows: Rows, *, over: Literal["before", "first"]) -> list[dict[str, Any]]:
    """Return a row a step: its figures, and what it adds to the one before or the first."""
    table: list[dict[str, Any]] = []
    beside = None
    for name, measured_rows in rows.items():
        means = by_dialogue(measured_rows)
        figures = told(measured_rows)
        row = {"step": name, **{key: figures[key] for key in METRICS}}
        if beside is not None:
            gain = (means - beside)[:, _HIT : _HIT + 1]
            low, high = interval(gain)
            row["adds_to_hit@10"] = round(float(gain.mean()), 4)
            row["interval"] = [round(float(low[0]), 4), round(float(high[0]), 4)]
        table.append(row)
        beside = means if beside is None or over == "before" else beside
    return table
