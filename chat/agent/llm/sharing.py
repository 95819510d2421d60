"""What of a message the rules do themselves: before a model is asked, or after it.

Edits that are exact ("remove the second one", "undo", "sort by year") need no model,
which could only get them wrong, and later. Forgetting, recalling and "why not X" no tool
of the model's reaches. A message of nothing else is answered at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import with_contradictions
from chat.agent.builtin.matching import artists_by_name, matching
from chat.agent.choices import SetConstraint, SetMood
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.pointing import Reference
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Arrange,
    Ask,
    AskHelp,
    CopyList,
    DescribeAs,
    DropRepeats,
    Follow,
    Forget,
    Further,
    GoBackTo,
    KeepOnly,
    Lift,
    LikeLibrary,
    LikeList,
    MayPlay,
    MoveTo,
    NeverPlay,
    OtherLanguage,
    PlayAgain,
    PlayThose,
    ReactTo,
    Reading,
    Recall,
    Redo,
    Refresh,
    RenameTo,
    ReplaceWith,
    Resize,
    RestoreVersion,
    SaveTo,
    ShiftYears,
    SmallTalk,
    StartOver,
    SwapPlaces,
    TakeOut,
    TakeTurns,
    Undo,
    WhyNot,
    WhyOrder,
)
from chat.agent.understanding.wish import Wanted

_EXACT = (
    Arrange,
    Asked,
    CopyList,
    DescribeAs,
    DropRepeats,
    Follow,
    Forget,
    Further,
    GoBackTo,
    Lift,
    LikeLibrary,
    LikeList,
    MayPlay,
    MoveTo,
    NeverPlay,
    PlayAgain,
    PlayThose,
    Recall,
    Redo,
    Refresh,
    RenameTo,
    Resize,
    RestoreVersion,
    SaveTo,
    SetConstraint,
    SetMood,
    ShiftYears,
    StartOver,
    SwapPlaces,
    TakeTurns,
    Undo,
    WhyNot,
    WhyOrder,
)
# Exact only where the list holds songs that they mean.
_OF_SONGS = (TakeOut, KeepOnly, ReplaceWith, ReactTo)


@dataclass(frozen=True)
class Shares:
    """A message's acts by who does them, and when.

    before, after: the rules', by the model's turn. asked: the model's.
    """

    before: tuple[Act, ...]
    asked: Reading
    after: tuple[Act, ...]
    needs_model: bool


def shared(desk: Desk, reading: Reading) -> Shares:
    """Share a message's acts out. Blocks."""
    acts = reading.acts
    if any(isinstance(act, OtherLanguage) for act in acts):
        return Shares((), reading, (), needs_model=True)
    ours = [_is_ours(desk, act) for act in acts]
    first = next((i for i, act in enumerate(acts) if _is_models(act, ours[i])), None)
    if first is None:
        if any(ours):
            return Shares(acts, Reading(()), (), needs_model=False)
        return Shares((), reading, (), needs_model=True)
    before = tuple(act for i, act in enumerate(acts[:first]) if ours[i])
    # What comes after a search is about what that brought, as far as it names nothing.
    rest = acts[first + 1 :]
    after = tuple(act for act in rest if isinstance(act, (*_EXACT, *_OF_SONGS)))
    talk = (act for i, act in enumerate(acts[:first]) if not ours[i])
    asked = (act for act in rest if not isinstance(act, (*_EXACT, *_OF_SONGS)))
    models = Reading((*talk, acts[first], *asked))
    return Shares(before, models, after, needs_model=True)


def _is_models(act: Act, is_ours: bool) -> bool:
    return not is_ours and not isinstance(act, SmallTalk | AskHelp)


def _is_ours(desk: Desk, act: Act) -> bool:
    is_talk = isinstance(act, SmallTalk | AskHelp)
    is_anew = isinstance(act, Ask) and act.is_fresh
    if desk.state.given.parts and not (is_talk or is_anew):
        return True  # shares of a list are exact, and no search of a model's keeps them
    match act:
        case TakeOut(wanted=wanted) | KeepOnly(wanted=wanted):
            return bool(_meant(desk, act.references, wanted))
        case ReplaceWith(gone=gone):
            return bool(_meant(desk, act.references, gone))
        case Ask(wanted=wanted):
            # Which of the two shall be is asked, and nothing done. Shares are exact.
            return bool(with_contradictions(wanted).contradictions or wanted.portions)
        case ReactTo():
            return bool(desk.resolve(act.references))
        case AddSome():
            # A song that isn't there is asked about; no other is put in its place.
            is_these = bool(act.references) and (
                act.wanted.is_empty or bool(desk.resolve(act.references))
            )
            return bool(act.playlist) or (is_these and not act.is_likeness)
        case SmallTalk(kind="off_topic"):
            # Whom a message is for is decided, and no model is asked about the weather.
            return True
    return isinstance(act, _EXACT)


def _meant(desk: Desk, references: Iterable[Reference], wanted: Wanted) -> set[int]:
    """Return the songs of the list that are pointed at or named."""
    tracks = desk.tools.tracks()
    meant = set(desk.resolve(references)).intersection(tracks)
    songs = desk.tools.songs(tracks)
    artists = desk.artists_of(references)
    by_name = (*wanted.artists, *artists_by_name(wanted, songs), *artists)
    named = replace(wanted, artists=by_name)
    if not named.is_empty:
        meant.update(t for t in tracks if matching(desk, songs[t], named))
    return meant
