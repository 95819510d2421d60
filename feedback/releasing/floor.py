"""What of a part may be released: only what enough people share.

The guarantee: each row of a part, in all of its columns but its random id, is what at
least `floor` people of that part gave: of each of them a record becomes exactly this row
by leaving something out. A row stands for all of them at once, so whoever knows all that
everybody gave, and how this works, can name the person behind a row no better than with
a chance of 1 in `floor`. (Samarati and Sweeney, "Protecting privacy when disclosing
information", 1998, over whole rows with their lists; lists are cut to what is shared as
in Terrovitis et al., "Privacy-preserving anonymization of set-valued data", 2008.)

What it doesn't give: it hides who is behind a row, not that somebody is. Who knows all
but one of the people of a row, and that they are no more, learns that the last one is
among them. Somebody with several accounts counts as several. Comparing two releases can
tell that somebody came to a row or left it.

First texts are kept where enough people said the same with the same songs; what is left
goes on under the constraints in words, the rarest dropped first. Songs of a record may
come in several rows, which nothing ties together. The rest is held back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from feedback.releasing.given import Given

# Whether it is approved, and the song's key.
Item = tuple[bool, str]
Told = TypeVar("Told", bound=Hashable)


@dataclass(frozen=True)
class Row:
    """What several people gave. Songs by key, those approved by most people first.

    is_general: the text is made of the constraints. week: as in 2026-W48 (ISO 8601), ""
    where it isn't the same for all; so are language and space. people: how many, exactly.
    """

    text: str
    is_general: bool
    language: str
    constraints: tuple[str, ...]
    mood: tuple[float, float] | None
    space: str
    week: str
    approved: tuple[str, ...]
    refused: tuple[str, ...]
    people: int = 0


@dataclass(frozen=True)
class Floored:
    """What of a part is released: its rows, and the records that share each.

    given: all records of the part. A song of a record is in one row at most.
    """

    given: Sequence[Given]
    sharing: Mapping[Row, frozenset[int]]

    @property
    def rows(self) -> list[Row]:
        """Return the rows with how many people each stands for."""
        who = {one.record: one.contributor for one in self.given}
        return [
            replace(row, people=_count(records, who))
            for row, records in self.sharing.items()
        ]

    @property
    def released(self) -> frozenset[int]:
        """Return the records of which something is in a row."""
        return frozenset().union(*self.sharing.values())

    @property
    def texts(self) -> frozenset[int]:
        """Return the records whose text is in a row."""
        held = (of for row, of in self.sharing.items() if not row.is_general)
        return frozenset().union(*held)

    @property
    def songs_given(self) -> int:
        """Return how many approvals and refusals the records hold."""
        return sum(len(items_of(one)) for one in self.given)

    @property
    def songs_released(self) -> int:
        """Return how many of those are in a row."""
        return sum(
            len(records) * (len(row.approved) + len(row.refused))
            for row, records in self.sharing.items()
        )


def text_pattern(text: str) -> str:
    """Return a text without what tells its writers apart: case, blanks, signs at its ends."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return re.sub(r"^\W+|\W+$", "", plain)


def at_least(people: int, *, floor: int) -> int:
    """Return how many people a row is said to stand for: the floor, or twice that, …"""
    step = floor
    while step * 2 <= people:
        step *= 2
    return step


def rows_shared(
    given: Sequence[Given],
    *,
    floor: int,
    tell: Callable[[float], None] = lambda _share: None,
) -> Floored:
    """Return the rows of a part that at least `floor` of its people share.

    tell: takes the share that is done, after each level of generality.
    """
    left = {one.record: items_of(one) for one in given}
    by_record = {one.record: one for one in given}
    found: dict[Row, frozenset[int]] = defaultdict(frozenset)
    popular = _popularity(given)
    levels = [*_levels(given, floor=floor)]
    for number, (is_general, keys) in enumerate(levels, 1):
        for records in _grouped(keys):
            for items, sharing in _lists(records, left, by_record, floor=floor):
                row = _row(items, sharing, is_general=is_general, popular=popular)
                found[row] |= {one.record for one in sharing}
        tell(number / len(levels))
    return Floored(given, dict(found))


def rows_kept(found: Floored, left: Sequence[Given], *, floor: int) -> Floored:
    """Return what of a part still holds for the records that are left of it.

    A row stays while `floor` people share it: of each of them a record still becomes it.
    Fewer rows than `rows_shared` would find in what is left, in hardly any time.
    """
    who = {one.record: one.contributor for one in left}
    popular = _popularity(left)
    kept = {}
    for row, records in found.sharing.items():
        sharing = records & who.keys()
        if _count(sharing, who) >= floor:
            kept[_ordered(row, popular)] = sharing
    return Floored(left, kept)


def items_of(one: Given) -> set[Item]:
    """Return the songs that a record approves of and refuses."""
    approved = {(True, key) for key in one.approved}
    return approved | {(False, key) for key in one.refused}


def _levels(
    given: Sequence[Given], *, floor: int
) -> Iterator[tuple[bool, dict[int, Hashable]]]:
    """Yield what records are grouped by, from the text to the commonest constraint.

    Whether it is made of constraints, and a key for each record that has one.
    """
    yield (
        False,
        {one.record: pattern for one in given if (pattern := text_pattern(one.text))},
    )
    counts = _people_by(given, lambda one: one.constraints)
    common = {
        one.record: sorted(
            (word for word in one.constraints if counts[word] >= floor),
            key=lambda word: (-counts[word], word),
        )
        for one in given
    }
    for length in range(max(map(len, common.values()), default=0), 0, -1):
        yield (
            True,
            {
                record: frozenset(words[:length])
                for record, words in common.items()
                if len(words) >= length
            },
        )


def _people_by(
    given: Iterable[Given], told: Callable[[Given], Iterable[Told]]
) -> dict[Told, int]:
    """Count the people of each thing that records tell."""
    people: dict[Told, set[str]] = defaultdict(set)
    for one in given:
        for thing in told(one):
            people[thing].add(one.contributor)
    return {thing: len(who) for thing, who in people.items()}


def _popularity(given: Sequence[Given]) -> Mapping[Item, int]:
    return _people_by(given, items_of)


def _grouped(keys: Mapping[int, Hashable]) -> list[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for record, key in keys.items():
        groups[key].append(record)
    return list(groups.values())


def _lists(
    records: Sequence[int],
    left: dict[int, set[Item]],
    by_record: Mapping[int, Given],
    *,
    floor: int,
) -> Iterator[tuple[frozenset[Item], list[Given]]]:
    """Yield lists that enough people of a group share, and take them out of `left`.

    Greedy: begin with the song that most people share, add the next as long as enough
    have all of them in one record, and keep the length at which people times songs
    squared is most: lists say more than songs alone. Takes time in proportion to the
    group's songs, for each list: 12 s for 20,000 records of 2,000 people.
    """
    who = {record: by_record[record].contributor for record in records}
    if len(set(who.values())) < floor:
        return
    holders: dict[Item, set[int]] = defaultdict(set)
    for record in records:
        for item in left[record]:
            holders[item].add(record)
    counts = {item: _count(held, who) for item, held in holders.items()}
    while counts:
        first = min(counts, key=lambda item: (-counts[item], item))
        if counts[first] < floor:
            return
        items, sharing = _grown(first, holders, left, who, floor=floor)
        for item in items:
            holders[item] -= sharing
            counts[item] = _count(holders[item], who)
        for record in sharing:
            left[record] -= items
        yield frozenset(items), [by_record[record] for record in sorted(sharing)]


def _grown(
    first: Item,
    holders: Mapping[Item, set[int]],
    left: Mapping[int, set[Item]],
    who: Mapping[int, str],
    *,
    floor: int,
) -> tuple[set[Item], set[int]]:
    items, sharing = [first], set(holders[first])
    best, worth = (1, sharing), _count(sharing, who)
    while True:
        beside: dict[Item, set[str]] = defaultdict(set)
        for record in sharing:
            for item in left[record].difference(items):
                beside[item].add(who[record])
        if not beside:
            break
        item = min(beside, key=lambda one: (-len(beside[one]), one))
        if len(beside[item]) < floor:
            break
        items.append(item)
        sharing = sharing & holders[item]
        if len(items) ** 2 * len(beside[item]) >= worth:
            best, worth = (len(items), sharing), len(items) ** 2 * len(beside[item])
    return set(items[: best[0]]), best[1]


def _count(records: Iterable[int], who: Mapping[int, str]) -> int:
    return len({who[record] for record in records})


def _row(
    items: Iterable[Item],
    sharing: Sequence[Given],
    *,
    is_general: bool,
    popular: Mapping[Item, int],
) -> Row:
    """Make a row of what all that share it have alike."""
    shared = set.intersection(*(set(one.constraints) for one in sharing))
    constraints = tuple(sorted(shared))
    weeks = {one.week.strftime("%G-W%V") for one in sharing}
    row = Row(
        text=", ".join(constraints) if is_general else text_pattern(sharing[0].text),
        is_general=is_general,
        language=_alike({one.language for one in sharing}) or "",
        constraints=constraints,
        mood=_alike({one.mood for one in sharing}),
        space=_alike({one.space for one in sharing}) or "",
        week=_alike(weeks) or "",
        approved=tuple(key for is_approved, key in items if is_approved),
        refused=tuple(key for is_approved, key in items if not is_approved),
    )
    return _ordered(row, popular)


def _ordered(row: Row, popular: Mapping[Item, int]) -> Row:
    """Put those that most people of the part said first."""

    def ranked(is_approved: bool, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(keys, key=lambda key: (-popular[is_approved, key], key)))

    return replace(
        row, approved=ranked(True, row.approved), refused=ranked(False, row.refused)
    )


def _alike(values: set[Told]) -> Told | None:
    return next(iter(values)) if len(values) == 1 else None
