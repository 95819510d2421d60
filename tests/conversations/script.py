"""What a script is made of: what is said, and what must have become of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from catalog.genres import genre_family
from catalog.models import Track
from chat.agent.state import State
from chat.agent.understanding.reading import Reading
from tests.conversations.world import World


@dataclass(frozen=True)
class Moment:
    """The list before and after something was said.

    reading: what the words mean. earlier: the lists at the end of each turn so far, the
    empty one first. said: the reply. shown: tracks shown as cards. suggested: requests
    that the reply offers. disliked: keys of tracks that the listener dislikes.
    """

    world: World
    text: str
    reading: Reading
    before: tuple[Track, ...]
    after: tuple[Track, ...]
    earlier: tuple[tuple[Track, ...], ...]
    said: str
    shown: tuple[Track, ...]
    state: State
    suggested: tuple[str, ...] = ()
    disliked: frozenset[int] = frozenset()

    @property
    def added(self) -> list[Track]:
        """Songs that came, in their order."""
        return [track for track in self.after if track not in self.before]

    @property
    def removed(self) -> list[Track]:
        """Songs that went, in their order."""
        return [track for track in self.before if track not in self.after]


Check = Callable[[Moment], None]


# Checks of how the rules say it; a model says it in words of its own.
OF_WORDS: set[Check] = set()


def worded(check: Check) -> Check:
    """Put a check among those of words."""
    OF_WORDS.add(check)
    return check


Holds = Callable[[Any], bool]


@dataclass(frozen=True)
class Step:
    """One message and what must hold after it."""

    text: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Script:
    """A conversation."""

    name: str
    steps: tuple[Step, ...]


def script(name: str, *steps: tuple[str | Check, ...]) -> Script:
    """Write a conversation: each step is a message, then its checks."""
    made = []
    for text, *checks in steps:
        assert isinstance(text, str)
        made.append(Step(text, tuple(c for c in checks if not isinstance(c, str))))
    return Script(name, tuple(made))


# --- facts of songs -----------------------------------------------------------------


def artists_of(track: Track) -> set[str]:
    """Return the names of a track's artists."""
    return {credit.artist.name for credit in track.credits.all()}


def is_of_genre(track: Track, genre: str) -> bool:
    """Say whether a track is of a genre or of a child of it."""
    family = genre_family(genre)
    return any(tag.kind == "genre" and tag.key in family for tag in track.tags.all())


def middle(tracks, attribute):
    """Return the median of an attribute."""
    return median(getattr(track, attribute) for track in tracks)


def minutes_of(tracks):
    """Return how long songs last."""
    return sum(track.duration_ms for track in tracks) / 60_000


# --- checks of the list -------------------------------------------------------------


def count(least: int, most: int | None = None) -> Check:
    """So many songs, or between two numbers."""

    def check(moment):
        assert least <= len(moment.after) <= (most or least)

    return check


def every(holds: Holds) -> Check:
    """Every song, and there is one."""

    def check(moment):
        assert moment.after
        assert not [str(t) for t in moment.after if not holds(t)]

    return check


def no(holds: Holds) -> Check:
    """No song; the list may be empty."""

    def check(moment):
        assert not [str(t) for t in moment.after if holds(t)]

    return check


def some(holds: Holds, least: int = 1) -> Check:
    """At least so many songs."""

    def check(moment):
        assert sum(map(holds, moment.after)) >= least

    return check


def new(*checks: Check) -> Check:
    """Something about the songs that came, of which there is at least one."""

    def check(moment):
        assert moment.added
        for one in checks:
            one(replace(moment, after=tuple(moment.added)))

    return check


def genre(*keys: str) -> Check:
    """Every song is of one of the genres."""
    return every(lambda track: any(is_of_genre(track, key) for key in keys))


def no_genre(key: str) -> Check:
    """No song is of a genre."""
    return no(lambda track: is_of_genre(track, key))


def years(first: int, last: int) -> Check:
    """Every song is of these years."""
    return every(lambda track: track.year is not None and first <= track.year <= last)


def by(*names: str) -> Check:
    """Every song is by one of these artists."""

    def check(moment):
        wanted = {moment.world.spoken(name) for name in names}
        every(lambda track: bool(artists_of(track) & wanted))(moment)

    return check


def some_by(name: str, least: int = 1) -> Check:
    """So many songs are by an artist."""

    def check(moment):
        wanted = moment.world.spoken(name)
        some(lambda track: wanted in artists_of(track), least)(moment)

    return check


def none_by(name: str) -> Check:
    """No song is by an artist."""

    def check(moment):
        refused = moment.world.spoken(name)
        no(lambda track: refused in artists_of(track))(moment)

    return check


def titled(name: str) -> Check:
    """A song of this title is in the list."""

    def check(moment):
        wanted = moment.world.spoken(name)
        some(lambda track: track.title == wanted)(moment)

    return check


def not_titled(name: str) -> Check:
    """No song of this title is in the list."""

    def check(moment):
        refused = moment.world.spoken(name)
        no(lambda track: track.title == refused)(moment)

    return check


def lasts(minutes: float, within: float = 0.03) -> Check:
    """The list lasts so long, within a share of it."""

    def check(moment):
        assert abs(minutes_of(moment.after) - minutes) <= minutes * within

    return check


# --- checks of what changed ---------------------------------------------------------


def higher(attribute: str) -> Check:
    """The list's median rose."""

    def check(moment):
        assert middle(moment.after, attribute) > middle(moment.before, attribute)

    return check


def lower(attribute: str) -> Check:
    """The list's median fell."""

    def check(moment):
        assert middle(moment.after, attribute) < middle(moment.before, attribute)

    return check


def above(attribute: str, value: float) -> Check:
    """The list's median is at least this."""

    def check(moment):
        assert middle(moment.after, attribute) >= value

    return check


def below(attribute: str, value: float) -> Check:
    """The list's median is at most this."""

    def check(moment):
        assert middle(moment.after, attribute) <= value

    return check


def rising(attribute: str) -> Check:
    """The last third of the list has more of it than the first."""

    def check(moment):
        third = max(1, len(moment.after) // 3)
        assert middle(moment.after[-third:], attribute) > middle(
            moment.after[:third], attribute
        )

    return check


def falling(attribute: str) -> Check:
    """The last third of the list has less of it than the first."""

    def check(moment):
        third = max(1, len(moment.after) // 3)
        assert middle(moment.after[-third:], attribute) < middle(
            moment.after[:third], attribute
        )

    return check


def in_order(attribute: str, *, is_descending: bool = False) -> Check:
    """The songs are sorted by an attribute."""

    def check(moment):
        values = [getattr(track, attribute) for track in moment.after]
        assert values == sorted(values, reverse=is_descending)

    return check


def added(number: int) -> Check:
    """So many songs came, and none went."""

    def check(moment):
        assert len(moment.added) == number
        assert not moment.removed

    return check


def removed(number: int) -> Check:
    """So many songs went, and none came."""

    def check(moment):
        assert len(moment.removed) == number
        assert not moment.added

    return check


def only_removed(moment: Moment) -> None:
    """At least one song went, none came, and the others stand in their order."""
    assert moment.removed
    assert list(moment.after) == [t for t in moment.before if t in moment.after]


def nothing_lost(moment: Moment) -> None:
    """All songs stayed."""
    assert not moment.removed


def gone_at(*places: int) -> Check:
    """Just the songs at these places went (1 is the first, -1 the last)."""

    def check(moment):
        gone = {moment.before[p - 1 if p > 0 else p] for p in places}
        assert list(moment.after) == [t for t in moment.before if t not in gone]

    return check


def unchanged(moment: Moment) -> None:
    """The list is as it was."""
    assert moment.after == moment.before


def reordered(moment: Moment) -> None:
    """The same songs stand in another order."""
    assert set(moment.after) == set(moment.before)
    assert moment.after != moment.before


def is_list_of(turn: int) -> Check:
    """The list is as it was at the end of a turn, 0 before the first."""

    def check(moment):
        assert moment.after == moment.earlier[turn]

    return check


def other(share: float = 0.5) -> Check:
    """At least this share of the songs is new."""

    def check(moment):
        assert moment.after
        assert len(moment.added) >= share * len(moment.after)

    return check


def mostly_kept(moment: Moment) -> None:
    """At least half of the songs stayed."""
    kept = len(moment.before) - len(moment.removed)
    assert kept >= len(moment.before) / 2


def empty(moment: Moment) -> None:
    """The list is empty."""
    assert not moment.after


def shows_some(moment: Moment) -> None:
    """Songs were shown as cards."""
    assert moment.shown


# --- checks of the reply ------------------------------------------------------------


def asks(moment: Moment) -> None:
    """The reply asks something."""
    assert "?" in moment.said


def names(text: str) -> Check:
    """The reply names something."""

    def check(moment):
        assert moment.world.spoken(text).casefold() in moment.said.casefold()

    return check
