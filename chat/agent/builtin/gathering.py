"""Finding the songs for what is given: as many, as long and in such an order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil

from catalog.search.levels import Levels
from catalog.search.query import Query, Taste, Wish
from catalog.search.result import Hit, Result
from chat.agent.arcs import Arc
from chat.agent.asking import Leanings, fits, query_of, violations
from chat.agent.builtin.desk import Desk
from chat.agent.lasting import TOLERANCE, UNKNOWN_MS, counted, lasting
from chat.agent.parts import interleaved, places_for
from chat.agent.state import Given
from chat.reacting import mood_middle
from feedback.taste.evidence import Mood

# What was liked on the way, in Rocchio's sum.
LIKE_WEIGHT = 0.6
RECENT_OPINIONS = 20
# A time is met by choosing among so many songs more than it takes.
SPARE = 1.3
SPARE_SONGS = 6
MAX_SIZE = 100
# Of a list that is to last a time, however short its songs are.
MAX_LASTING = 200
# A path is walked in so many stretches, each with songs of its own.
STRETCHES = 4
# So many songs say what a list is like; more only make the search slower.
MOST_SEEDS = 24
# More genres or artists than this share a list as they come.
MOST_MIXED = 4
# How far around its place on the path a stretch looks for songs, in shares of the
# catalog; and what that counts beside the other wishes, which are lighter.
_STRETCH_REACH = 0.14
_STRETCH_WEIGHT = 3.0


@dataclass(frozen=True)
class Measure:
    """How much is to be found: a count, or a time in its place, or both.

    is_counted: both the count and the time are to be met; the time alone where they
    can't be. enough: how many songs must be found before hard times and tempos give way no more.
    artist_cap: how many songs of one artist may be among them, where that isn't the
    search's own to say: of many to choose from, whoever chooses spreads them. without:
    songs that aren't to come.
    """

    count: int
    minutes: int | None = None
    is_counted: bool = False
    enough: int = 0
    artist_cap: int | None = None
    without: frozenset[int] = frozenset()


def gather(
    desk: Desk, given: Given, measure: Measure, *, beside: Sequence[int]
) -> Result:
    """Search for songs that stand beside others and with them make up the measure.

    A search, or one for each stretch of a path; up to twice as many where a time is to
    be met, and four times where a count is as well.
    """
    if given.parts:
        return _parted(desk, given, measure, beside)
    if measure.minutes is not None and measure.is_counted:
        both = both_met(desk, given, measure, beside)
        if both is not None:
            return both
    if measure.minutes is not None:
        return _lasting(desk, given, measure, beside)
    return _counted(desk, given, measure, beside)


def _parted(
    desk: Desk, given: Given, measure: Measure, beside: Sequence[int]
) -> Result:
    """Search for each of the kinds that share the list, up to its part of it."""
    stays = [fitting(desk, given.for_part(part), beside) for part in given.parts]
    shares = [part.share for part in given.parts]
    counts = places_for(shares, measure.count, held=[len(tracks) for tracks in stays])
    found = Result((), (), 0)
    rows: list[tuple[Hit, ...]] = []
    for part, count, own in zip(given.parts, counts, stays, strict=True):
        taken = measure.without.union(beside, (hit.track_id for hit in found.hits))
        minutes = measure.minutes and max(1, round(part.share * measure.minutes))
        of_part = replace(
            measure,
            count=count,
            minutes=minutes,
            enough=min(count, ceil(measure.enough * part.share)),
            without=taken.difference(own),
        )
        before = len(found.hits)
        if count or minutes:
            got = gather(desk, given.for_part(part), of_part, beside=own)
            found = _joined(found, got)
        rows.append(found.hits[before:])
    return replace(found, hits=tuple(interleaved(rows)))


def fitting(desk: Desk, given: Given, tracks: Iterable[int]) -> list[int]:
    """Return those of the tracks that keep every hard constraint that is given."""
    tracks = list(tracks)
    songs = desk.tools.songs(tracks)
    return [t for t in tracks if t in songs and fits(songs[t], given)]


def _counted(
    desk: Desk, given: Given, measure: Measure, beside: Sequence[int]
) -> Result:
    if given.arc is None or measure.count < len(given.arc.points):
        return _mixed(desk, given, measure, beside)
    stretches = min(STRETCHES, measure.count)
    found = Result((), (), 0)
    parts: list[tuple[Hit, ...]] = []
    for i in range(stretches):
        # The whole is met exactly: each takes its share of what is left.
        count = round((measure.count - len(found.hits)) / (stretches - i))
        wishes = _wishes_on(given.arc, (i + 0.5) / stretches, desk.levels)
        part = replace(measure, count=count, enough=ceil(measure.enough / stretches))
        taken = (*beside, *(hit.track_id for hit in found.hits))
        before = len(found.hits)
        found = _joined(found, _search(desk, given.wishing(wishes), part, taken))
        parts.append(found.hits[before:])
    # From each stretch in turn, so that the head of the hits walks the whole path.
    rows = zip_longest(*parts)
    return replace(found, hits=tuple(hit for row in rows for hit in row if hit))


def _mixed(desk: Desk, given: Given, measure: Measure, beside: Sequence[int]) -> Result:
    """Search so that each of several genres, or artists, has its share of the songs.

    One search would fill the list with whichever lies nearer. A search each, and one
    for all that is left.
    """
    several = given.of("genre") if len(given.of("genre")) > 1 else given.of("artist")
    share = (measure.count - 1) // len(several) if several else 0
    if not share or not 1 < len(several) <= MOST_MIXED:
        return _search(desk, given, measure, beside)
    found = Result((), (), 0)
    parts: list[tuple[Hit, ...]] = []
    part = replace(measure, count=share, enough=0)
    for one in several:
        others = (held.id for held in several if held.id != one.id)
        before = len(found.hits)
        taken = (*beside, *(hit.track_id for hit in found.hits))
        found = _joined(found, _search(desk, given.lacking(others), part, taken))
        parts.append(found.hits[before:])
    rows = zip_longest(*parts)
    found = replace(found, hits=tuple(hit for row in rows for hit in row if hit))
    rest = replace(
        measure,
        count=measure.count - len(found.hits),
        enough=max(0, measure.enough - len(found.hits)),
    )
    taken = (*beside, *(hit.track_id for hit in found.hits))
    return _joined(found, _search(desk, given, rest, taken))


def _wishes_on(arc: Arc, share: float, levels: Levels) -> tuple[Wish, ...]:
    wishes = []
    for axis, target in arc.at(share).items():
        low, high = target - _STRETCH_REACH, target + _STRETCH_REACH
        wishes.append(
            Wish(
                axis,
                levels.at(axis, low) if low > 0 else None,
                levels.at(axis, high) if high < 1 else None,
                arc.words,
                _STRETCH_WEIGHT,
            )
        )
    return tuple(wishes)


def _lasting(
    desk: Desk, given: Given, measure: Measure, beside: Sequence[int]
) -> Result:
    """Find songs that fill up a time, together with those that stand already."""
    target_ms = (measure.minutes or 0) * 60_000
    left_ms = target_ms - _lengths_ms(desk, beside)
    if left_ms < TOLERANCE * target_ms:
        return Result((), (), desk.tools.catalog_size())
    estimate = max(1, round(left_ms / UNKNOWN_MS))
    found = Result((), (), 0)
    lengths: list[int | None] = []
    for _ in range(2):
        wanted = min(MAX_LASTING, ceil(estimate * SPARE) + SPARE_SONGS)
        part = replace(
            measure,
            minutes=None,
            count=wanted,
            # Songs to choose among are no reason to let anything go.
            enough=min(measure.enough, estimate),
        )
        found = _counted(desk, given, part, beside)
        songs = desk.tools.songs(hit.track_id for hit in found.hits)
        lengths = [songs[hit.track_id].duration_ms for hit in found.hits]
        sum_ms = _sum_ms(lengths)
        if sum_ms >= left_ms * 1.1 or len(lengths) < wanted or wanted == MAX_LASTING:
            break
        # Songs are shorter here than elsewhere.
        estimate = ceil(estimate * left_ms / max(1, sum_ms) * SPARE)
    chosen = lasting(lengths, target_ms=left_ms)
    gap_ms = abs(left_ms - _sum_ms([lengths[place] for place in chosen]))
    if gap_ms > TOLERANCE * target_ms and wanted == len(lengths) < MAX_LASTING:
        # Among more songs there may be some that go together.
        part = replace(part, count=MAX_LASTING)
        found = _counted(desk, given, part, beside)
        songs = desk.tools.songs(hit.track_id for hit in found.hits)
        lengths = [songs[hit.track_id].duration_ms for hit in found.hits]
        chosen = lasting(lengths, target_ms=left_ms)
    return with_only(found, [found.hits[place] for place in chosen])


def _sum_ms(lengths_ms: Iterable[int | None]) -> int:
    return sum(UNKNOWN_MS if ms is None else ms for ms in lengths_ms)


def both_met(
    desk: Desk,
    given: Given,
    measure: Measure,
    beside: Sequence[int],
) -> Result | None:
    """Find just so many songs that fill up a time beside others.

    None where no songs that were found do. Two searches at most.
    """
    left_ms = (measure.minutes or 0) * 60_000 - _lengths_ms(desk, beside)
    if measure.count < 1 or left_ms <= 0:
        return None
    for wanted in (2 * measure.count + SPARE_SONGS, MAX_SIZE):
        part = replace(
            measure,
            minutes=None,
            count=min(MAX_SIZE, max(wanted, measure.count)),
            enough=min(measure.enough, measure.count),
        )
        found = _counted(desk, given, part, beside)
        songs = desk.tools.songs(hit.track_id for hit in found.hits)
        lengths = [songs[hit.track_id].duration_ms for hit in found.hits]
        chosen = counted(lengths, count=measure.count, target_ms=left_ms)
        if chosen:
            return with_only(found, [found.hits[place] for place in chosen])
    return None


def _lengths_ms(desk: Desk, tracks: Sequence[int]) -> int:
    """Return how long songs last together, those of unknown length as usual."""
    held = desk.tools.songs(tracks)
    return sum(held[track].duration_ms or UNKNOWN_MS for track in tracks)


def _search(
    desk: Desk, given: Given, measure: Measure, beside: Sequence[int]
) -> Result:
    """Search once; where soft refusals leave too few, again without them."""
    result = desk.tools.find_tracks(
        _query(desk, given, measure, beside, keeps_soft=True)
    )
    has_soft = any(held.is_refused and not held.is_hard for held in given.constraints)
    missing = measure.count - len(result.hits)
    if has_soft and missing > 0:
        rest = replace(
            measure, count=missing, enough=max(0, measure.enough - len(result.hits))
        )
        taken = (*beside, *(hit.track_id for hit in result.hits))
        more = desk.tools.find_tracks(
            _query(desk, given, rest, taken, keeps_soft=False)
        )
        result = _joined(result, more)
    return _kept(desk, given, result)


def _kept(desk: Desk, given: Given, result: Result) -> Result:
    """Leave out songs outside of a mood that is hard, which the search lets go."""
    hard = tuple(held for held in given.of("attribute") if held.is_hard)
    if not hard:
        return result
    songs = desk.tools.songs(hit.track_id for hit in result.hits)
    broken = {
        track
        for violation in violations(Given(constraints=hard), songs.values())
        for track in violation.track_ids
    }
    return with_only(result, [h for h in result.hits if h.track_id not in broken])


def standing_query(desk: Desk, *, limit: int) -> Query:
    """Return the query for what is given already, with what was liked on the way."""
    held = desk.tools.tracks()
    measure = Measure(limit, enough=limit)
    return _query(desk, desk.state.given, measure, held, keeps_soft=True)


def _query(
    desk: Desk,
    given: Given,
    measure: Measure,
    beside: Sequence[int],
    *,
    keeps_soft: bool,
) -> Query:
    leanings = leanings_of(desk, given, {*desk.tools.tracks(), *beside})
    if given.library is not None and not given.seeds:
        held = desk.tools.library_tracks(given.library)
        refused = leanings.refused.union(held)
        leanings = replace(leanings, nameless=evenly(held), refused=refused)
    query = query_of(
        given,
        limit=measure.count,
        beside=(*beside, *measure.without),
        leanings=leanings,
        enough=measure.enough,
        keeps_soft=keeps_soft,
    )
    if measure.artist_cap is None:
        return query
    return replace(query, artist_cap=measure.artist_cap)


def evenly(tracks: Sequence[int], most: int = MOST_SEEDS) -> tuple[int, ...]:
    """Return at most so many of a row, from all along it."""
    if len(tracks) <= most:
        return tuple(tracks)
    return tuple(tracks[i * len(tracks) // most] for i in range(most))


def leanings_of(desk: Desk, given: Given, listed: Collection[int]) -> Leanings:
    """Return what draws the search to some songs: likes of this talk, and of others.

    Likes count in full where they belong to this talk's songs: last week's metal says
    little of tonight's lullabies.
    """
    opinions = desk.tools.opinions()
    likes = [t for t in opinions.liked if t in listed][:RECENT_OPINIONS]
    dislikes = [t for t in opinions.disliked if t in listed][:RECENT_OPINIONS]
    return Leanings(
        liked=dict.fromkeys(likes, LIKE_WEIGHT),
        disliked=dict.fromkeys(dislikes, 1.0),
        taste=_apart_from(desk.tools.taste(_mood_of(given)), listed),
        refused=opinions.refused,
        heard=desk.tools.heard_lately(),
        said=desk.state.said,
        unknown_count=opinions.unknown_count,
    )


def _mood_of(given: Given) -> Mood | None:
    held = {c.key: {"low": c.low, "high": c.high} for c in given.of("attribute")}
    mood = mood_middle(held)
    return (mood["valence"], mood["energy"]) if mood else None


def _apart_from(taste: Taste, tracks: Collection[int]) -> Taste:
    """Return what a taste says beside some tracks."""
    groups = (group.difference(tracks) for group in taste.interests)
    return replace(
        taste,
        liked={t: w for t, w in taste.liked.items() if t not in tracks},
        disliked={t: w for t, w in taste.disliked.items() if t not in tracks},
        interests=tuple(group for group in groups if group),
    )


def _joined(first: Result, second: Result) -> Result:
    """Return both results as one, the hits of the first before those of the second."""
    offset = len(first.ledger)
    moved = (
        hit if hit.step is None else replace(hit, step=hit.step + offset)
        for hit in second.hits
    )
    return Result(
        (*first.hits, *moved),
        (*first.ledger, *second.ledger),
        second.searched,
        second.shortage,
    )


def with_only(result: Result, hits: Iterable[Hit]) -> Result:
    """Return the result with some of its hits, the ledger counting no others."""
    hits = tuple(hits)
    ledger = tuple(
        replace(step, gave=sum(hit.step == i for hit in hits))
        for i, step in enumerate(result.ledger)
    )
    return replace(result, hits=hits, ledger=ledger)
