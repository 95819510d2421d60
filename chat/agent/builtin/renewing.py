"""What a refreshed list holds: which songs go, and which new ones come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from catalog.search.result import Result
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import Measure, gather
from chat.agent.builtin.placing import in_order
from chat.agent.builtin.unknowing import known_here
from chat.agent.dislikes import disliked_among
from chat.agent.lasting import TOLERANCE, UNKNOWN_MS, lasting
from chat.agent.state import Given
from playlists.services import Author

# A list of which nothing was asked in words is followed by songs like these of it.
SEEDS = 12
MS_A_MINUTE = 60_000


@dataclass(frozen=True)
class Renewal:
    """A list with new songs: all its tracks in order, which are new, and their search."""

    tracks: tuple[int, ...]
    found: tuple[int, ...]
    result: Result


def renewed(desk: Desk, *, new_percent: int, rest_weeks: int) -> Renewal | None:
    """Exchange a share of the list for songs that keep what is given.

    Who goes first: see `_leaving_first`. What the list held within so many weeks doesn't
    come. The list stays as long as it is, in songs or, where a time was asked for, in
    minutes; as few others come as are found, so few go. None where none is found.
    """
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    order = _leaving_first(desk, [track for track in tracks if track in songs])
    count = max(1, round(len(tracks) * new_percent / 100))
    leaving, staying = order[:count], order[count:]
    given = known_here(desk, _followed(desk.state.given, tracks))
    measure = Measure(
        count,
        _minutes(desk, given),
        without=desk.tools.living.songs_resting(rest_weeks).union(tracks),
    )
    given = replace(given, minutes=measure.minutes, is_counted=False)
    result = gather(desk, given, measure, beside=staying)
    found = [hit.track_id for hit in result.hits]
    if not found:
        return None
    back: Sequence[int] = leaving[len(found) :]
    if measure.minutes is not None:
        back = _filling(desk, measure.minutes, [*staying, *found], leaving[::-1])
    after = _exchanged(tracks, [*staying, *back], found)
    return Renewal(tuple(in_order(desk, given, after)), tuple(found), result)


def _leaving_first(desk: Desk, tracks: Sequence[int]) -> list[int]:
    """Return the songs in the order in which they go.

    Disliked ones, then those that are there the longest; last of all what the listener
    likes or has put in by hand. Among equals chance decides.
    """
    opinions = desk.tools.opinions()
    disliked = set(disliked_among(tracks, opinions.refused))
    entered = desk.tools.living.songs_entered()
    chosen = {t for t in tracks if entered[t].author == Author.LISTENER}
    chosen.update(opinions.liked)
    mixed = desk.chance.sample(tracks, len(tracks))
    return sorted(
        mixed,
        key=lambda t: (t not in disliked, t in chosen, entered[t].number),
    )


def _followed(given: Given, tracks: Sequence[int]) -> Given:
    """Return what is given, or songs like those of the list where nothing is."""
    held = given.constraints or given.words or given.seeds or given.arc
    if held or given.parts:
        return given
    return replace(given, seeds=tuple(tracks[:SEEDS]))


def _minutes(desk: Desk, given: Given) -> int | None:
    """Return how long the list is to play: as was asked, or as it was made since."""
    if given.minutes is None:
        return None
    played = desk.duration_ms() / MS_A_MINUTE
    if abs(played - given.minutes) <= TOLERANCE * given.minutes:
        return given.minutes
    return max(1, round(played))


def _filling(
    desk: Desk, minutes: int, tracks: Iterable[int], others: Sequence[int]
) -> Sequence[int]:
    """Return which of the others stay after all, where too few songs were found."""
    target_ms = minutes * MS_A_MINUTE
    songs = desk.tools.songs({*tracks, *others})
    played_ms = sum(songs[t].duration_ms or UNKNOWN_MS for t in tracks)
    left_ms = target_ms - played_ms
    if left_ms <= TOLERANCE * target_ms:
        return ()
    lengths = [songs[t].duration_ms for t in others]
    return [others[place] for place in lasting(lengths, target_ms=left_ms)]


def _exchanged(
    tracks: Sequence[int], kept: Iterable[int], found: Sequence[int]
) -> list[int]:
    """Put new songs in the places of those that go, the rest at the end."""
    coming, left = list(found), Counter(kept)
    after: list[int] = []
    for track in tracks:
        if left[track] > 0:
            left[track] -= 1
            after.append(track)
        elif coming:
            after.append(coming.pop(0))
    return [*after, *coming]
