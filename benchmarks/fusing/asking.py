"""What the search's own lists bring for each turn of the dialogues."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.fusing.dialogues import Asked
from catalog.search.query import Filters, Query
from catalog.search.ranking import ListName

# The dialogues are of 2021; only "the last ten years" depends on it.
YEAR = 2021


@dataclass(frozen=True)
class Case:
    """One turn's lists, before any weight, and what should be found.

    lists: track ids, the best first. unjudged: of the lists that know only some tracks,
    which of the candidates each doesn't know.
    """

    dialogue: str
    turn: int
    lists: Mapping[ListName, Sequence[int]]
    unjudged: Mapping[ListName, Sequence[int]]
    gold: Sequence[int]


def cases_of(
    asked: Sequence[Asked],
    ids: Mapping[str, int],
    *,
    on_case: Callable[[int], object],
) -> list[Case]:
    """Ask the current database's lists about every turn. Some 50 ms a turn."""
    cases = []
    for number, turn in enumerate(asked):
        cases.append(_case(turn, ids))
        on_case(number + 1)
    return cases


def query_of(turn: Asked, ids: Mapping[str, int], *, limit: int = 12) -> Query:
    """Return what a turn asks of the search: its words, moods, likes and dislikes."""
    from catalog.search.levels import attribute_levels
    from chat.agent.wishes import mood_wishes

    liked = {ids[song]: 1.0 for song in turn.liked}
    disliked = {ids[song]: 1.0 for song in turn.disliked if ids[song] not in liked}
    return Query(
        text=turn.text,
        liked=liked,
        disliked=disliked,
        wishes=mood_wishes(_moods(turn.text), attribute_levels()),
        filters=Filters(without_tracks=frozenset(disliked)),
        limit=limit,
    )


def _case(turn: Asked, ids: Mapping[str, int]) -> Case:
    from catalog.search.candidates import (
        brought_by,
        evidence_of,
        judged_by,
        rankings,
    )
    from catalog.search.masks import matching_rows

    query = query_of(turn, ids)
    evidence = evidence_of(query)
    mask = matching_rows(evidence.view, query.filters)
    found = [ranking for ranking in rankings(evidence, mask) if ranking.ids]
    brought = {track for ranking in found for track in ranking.ids}
    judged = judged_by(evidence, found, brought_by(evidence.view, found))
    gold = {ids[song] for song in turn.gold} - query.liked.keys()
    return Case(
        dialogue=turn.dialogue,
        turn=turn.turn,
        lists={ranking.name: ranking.ids for ranking in found},
        unjudged={
            name: sorted(brought.difference(known)) for name, known in judged.items()
        },
        gold=sorted(gold),
    )


def _moods(text: str) -> Iterable[Any]:
    """Return the mood words of a message, as the talk reads them."""
    from chat.agent.understanding.reader import read_message
    from chat.agent.understanding.reading import AddSome, Ask
    from chat.agent.understanding.spans import KnownNames

    reading = read_message(text, lambda keys: KnownNames({}, {}), this_year=YEAR)
    for act in reading.acts:
        if isinstance(act, Ask | AddSome):
            yield from act.wanted.moods


def write(cases: Sequence[Case], path: Path) -> None:
    """Keep cases in a file, with how many songs the current database holds."""
    from catalog.models import Track

    kept = {"songs": Track.objects.count(), "cases": [asdict(c) for c in cases]}
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as file:
        json.dump(kept, file)


def read(path: Path) -> tuple[int, list[Case]]:
    """Read what `write` kept."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        kept = json.load(file)
    return kept["songs"], [Case(**case) for case in kept["cases"]]
