"""What no planner may break, whatever a script says and whoever answers.

Judged from stored facts alone, by code of the tests' own. What a message asks for is
taken from its reading, which has tests of its own; that a turn keeps it is judged here.
What the catalog can't give isn't asked of anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from catalog.genres import genre_family
from catalog.models import Track
from chat.agent.constraints import STANDING, Constraint, artist, genre, years
from chat.agent.understanding.asked import Asked, OfCatalog
from chat.agent.understanding.reading import (
    AddSome,
    Arrange,
    Ask,
    AskHelp,
    Follow,
    ReactTo,
    Recall,
    RenameTo,
    SmallTalk,
    StartOver,
    TakeOut,
    WhyNot,
    WhyOrder,
    WhyThis,
)
from chat.agent.understanding.wish import Wanted
from tests.conversations.script import Moment

# Who names no number may get so few where no more keep what was asked.
FEW = 4
MOST = 100
# A list lasts as long as was asked within this share.
NEAR = 0.03
# Measured instrumentalness and liveness above these are taken for so.
INSTRUMENTAL_FROM, LIVE_FROM = 0.5, 0.8
VOICELESS = (Track.Version.INSTRUMENTAL, Track.Version.KARAOKE)
_ANY_OF = ("genre", "artist", "language", "version")
_MERE_TALK = (Asked, AskHelp, Recall, WhyNot, WhyOrder, WhyThis)
_MERE_WORDS = frozenset(
    {"greeting", "thanks", "acknowledged", "farewell", "identity", "saving"}
)
# What leaves what a search beside it brings as it is.
_BESIDE_A_SEARCH = (SmallTalk, TakeOut, ReactTo, RenameTo, StartOver)


def refusals_hold(moment: Moment) -> None:
    """No song that came in is of what the listener refused for good."""
    for held in moment.state.given.constraints:
        if held.is_refused and held.is_hard:
            broken = [str(t) for t in moment.added if is_of(t, held) is True]
            assert not broken, (held, broken)


def conditions_hold(moment: Moment) -> None:
    """What a message asks of songs is so: of the whole list, or of those added."""
    act = _search(moment)
    if act is None or moment.after == moment.before:
        return
    conditions = _conditions(moment, act)
    judged = moment.added if isinstance(act, AddSome) else moment.after
    broken = [
        track
        for track in judged
        if track.pk not in act.wanted.like_tracks and not keeps_all(track, conditions)
    ]
    if broken and len(_possible(moment, act)) >= _needed(act):
        raise AssertionError((conditions, [str(track) for track in broken]))


def numbers_hold(moment: Moment) -> None:
    """As many songs as were asked for are there, or came."""
    act = _search(moment, is_alone=True)
    if act is None or act.wanted.count is None or act.wanted.minutes is not None:
        return
    count = min(act.wanted.count, MOST)
    made = moment.added if isinstance(act, AddSome) else moment.after
    if isinstance(act, AddSome):
        assert not moment.removed, "who asks for more loses nothing"
        if act.references and not act.is_likeness:
            return
    if len(made) == count:
        return
    assert len(made) < count, (count, len(made))
    assert len(_possible(moment, act)) < count, (count, len(made))


def named_songs_come(moment: Moment) -> None:
    """Songs that a message names by their titles are in the list it makes."""
    act = _search(moment, is_alone=True)
    if isinstance(act, Ask) and moment.after != moment.before:
        named = set(act.wanted.like_tracks) - moment.disliked
        assert named <= {track.pk for track in moment.after}


def times_hold(moment: Moment) -> None:
    """The list lasts as long as was asked."""
    act = _search(moment, is_alone=True)
    if not isinstance(act, Ask) or act.wanted.minutes is None:
        return
    asked_ms = act.wanted.minutes * 60_000
    gap_ms = abs(_lasts_ms(moment.after) - asked_ms)
    if gap_ms > NEAR * asked_ms:
        assert _lasts_ms(_possible(moment, act)[:MOST]) < asked_ms, (asked_ms, gap_ms)


def orders_hold(moment: Moment) -> None:
    """The list stands in the order, or along the path, that was asked for."""
    acts = moment.reading.acts
    if len(acts) != 1 or len(moment.after) < 3:
        return
    match acts[0]:
        case Arrange(by="reverse"):
            assert moment.after == moment.before[::-1]
        case Arrange(by="shuffle" | "mix" | "apart" | "genre"):
            assert set(moment.after) == set(moment.before)
        case Arrange(by=by, is_descending=is_descending):
            assert set(moment.after) == set(moment.before)
            values = [_sorted_by(track, by) for track in moment.after]
            known = [value for value in values if value is not None]
            assert known == sorted(known, reverse=is_descending), (by, known)
        case Ask(wanted=Wanted(arc=arc)) | Follow(arc=arc) if arc is not None:
            for axis in arc.axes():
                start, end = arc.at(0.0)[axis], arc.at(1.0)[axis]
                third = max(1, len(moment.after) // 3)
                first = median(getattr(t, axis) for t in moment.after[:third])
                last = median(getattr(t, axis) for t in moment.after[-third:])
                if start != end and moment.after != moment.before:
                    assert (last - first) * (end - start) >= 0, (axis, first, last)


def talk_changes_nothing(moment: Moment) -> None:
    """Who only asks, greets or thanks finds the list as it was."""
    acts = moment.reading.acts
    if acts and all(_is_mere_talk(act) for act in acts):
        assert moment.after == moment.before


PROMISES: tuple[Callable[[Moment], None], ...] = (
    refusals_hold,
    conditions_hold,
    numbers_hold,
    named_songs_come,
    times_hold,
    orders_hold,
    talk_changes_nothing,
)


def _is_mere_talk(act: object) -> bool:
    if isinstance(act, SmallTalk):
        return act.kind in _MERE_WORDS
    if isinstance(act, OfCatalog) and act.is_wish:
        return False  # Who has no list yet hears some.
    return isinstance(act, _MERE_TALK)


def _search(moment: Moment, *, is_alone: bool = False) -> Ask | AddSome | None:
    """Return the one search of a message that can be judged, None for none."""
    acts = moment.reading.acts
    searches = [act for act in acts if isinstance(act, Ask | AddSome)]
    beside = (SmallTalk,) if is_alone else _BESIDE_A_SEARCH
    if len(searches) != 1 or not all(
        act is searches[0] or isinstance(act, beside) for act in acts
    ):
        return None
    act, wanted = searches[0], searches[0].wanted
    is_elsewhere = isinstance(act, AddSome) and bool(act.playlist)
    if wanted.contradictions or wanted.unknown_names or is_elsewhere:
        return None
    if isinstance(act, Ask) and set(wanted.genres) & set(wanted.without_genres):
        return None
    return act


def _conditions(moment: Moment, act: Ask | AddSome) -> list[Constraint]:
    """Return the hard conditions of a message, and those that stand beside it."""
    wanted = act.wanted
    asked = [
        *(genre(key) for key in wanted.genres),
        *(genre(key, is_refused=True) for key in wanted.without_genres),
        *(artist(pk) for pk in wanted.artists),
        *(artist(pk, is_refused=True) for pk in wanted.without_artists),
        *wanted.constraints,
    ]
    if wanted.year_from is not None or wanted.year_to is not None:
        asked.append(years(wanted.year_from, wanted.year_to))
    if isinstance(act, AddSome) and act.references:
        asked = [held for held in asked if held.is_refused]
    kinds = {held.kind for held in asked if not held.is_refused}
    for held in moment.state.given.constraints:
        is_standing = held.is_refused or held.kind in STANDING
        if is_standing or (isinstance(act, Ask) and held.kind not in kinds):
            asked.append(held)
    return [held for held in asked if held.is_hard and held.kind != "unheard"]


def _needed(act: Ask | AddSome) -> int:
    return FEW if act.wanted.count is None else min(act.wanted.count, MOST)


def _possible(moment: Moment, act: Ask | AddSome) -> list[Track]:
    """Return the catalog's songs that keep all that was asked, and could come in."""
    conditions = _conditions(moment, act)
    held = set(moment.before) if isinstance(act, AddSome) else set()
    return [
        track
        for track in moment.world.tracks()
        if track not in held
        and track.pk not in moment.disliked
        and keeps_all(track, conditions)
    ]


def keeps_all(track: Track, conditions: Iterable[Constraint]) -> bool:
    """Say whether a track keeps conditions; of what is asked for any of a kind will do."""
    conditions = list(conditions)
    for held in conditions:
        if held.is_refused:
            if is_of(track, held) is True:
                return False
            continue
        row = [
            other
            for other in conditions
            if other.kind == held.kind and not other.is_refused
        ]
        others = row if held.kind in _ANY_OF else [held]
        if not any(is_of(track, other) is True for other in others):
            return False
    return True


def is_of(track: Track, held: Constraint) -> bool | None:
    """Say whether a track is what a condition names; None where that isn't known."""
    match held.kind:
        case "genre":
            keys = {tag.key for tag in track.tags.all() if tag.kind == "genre"}
            return not keys.isdisjoint(genre_family(held.key))
        case "artist":
            return any(
                credit.artist_id == held.artist for credit in track.credits.all()
            )
        case "language":
            return track.language == held.key if track.language else None
        case "explicit":
            return track.is_explicit
        case "version":
            is_live = (track.liveness or 0) > LIVE_FROM
            return track.version == held.key or (
                held.key == Track.Version.LIVE and is_live
            )
        case "instrumental":
            if track.version in VOICELESS:
                return True
            level = track.instrumentalness
            return None if level is None else level > INSTRUMENTAL_FROM
        case "years":
            return _is_within(track.year, held)
        case "tempo":
            return _is_within(track.tempo_bpm, held)
        case "duration":
            ms = track.duration_ms
            return _is_within(None if ms is None else ms / 1000, held)
        case "attribute":
            return _is_within(getattr(track, held.key), held)
        case _:
            return None


def _is_within(value: float | None, held: Constraint) -> bool | None:
    if value is None:
        return None
    low = -float("inf") if held.low is None else held.low
    high = float("inf") if held.high is None else held.high
    return low <= value <= high


def _lasts_ms(tracks: Iterable[Track]) -> int:
    return sum(track.duration_ms or 0 for track in tracks)


def _sorted_by(track: Track, by: str) -> Any:
    if by == "title":
        return track.key
    if by == "artist":
        return " ".join(credit.artist.key for credit in track.credits.all())
    return getattr(track, "duration_ms" if by == "duration" else by)
