"""What a message means: typed values, with nothing yet looked up or decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chat.agent.arcs import Arc
from chat.agent.choices import SetConstraint, SetMood
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.pointing import Order, Reference
from chat.agent.understanding.reasons import Reason
from chat.agent.understanding.wish import Wanted


@dataclass(frozen=True)
class Ask:
    """Find songs. A fresh request drops what was asked before; else it adds to it.

    is_pivot: the person says so: "forget that, let's do jazz instead".
    """

    wanted: Wanted
    is_fresh: bool
    is_pivot: bool = False


@dataclass(frozen=True)
class MoreLike:
    """Find songs like these."""

    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Shift:
    """Move the list: leanings of step -1 or +1 from where it is now."""

    phrase: str
    leanings: tuple[Leaning, ...]


@dataclass(frozen=True)
class LikeList:
    """Find songs like those of a list of the listener's, and without them.

    name: as said; "" for the list at hand. wanted, shift: what else they are to be:
    "like my road trip list, but calmer jazz". is_beside: they are added to the list at
    hand, and don't take its place.
    """

    name: str
    wanted: Wanted = Wanted()
    shift: Shift | None = None
    is_beside: bool = False


@dataclass(frozen=True)
class LikeLibrary:
    """Find songs like what the listener has at a music service, and without those.

    kind: "liked", "top", "recent", "lists", "" for all of it. name: of one playlist there,
    as said. is_there: the service was named, so that nothing of here is meant. The rest
    as in LikeList.
    """

    kind: str
    name: str = ""
    is_there: bool = False
    wanted: Wanted = Wanted()
    shift: Shift | None = None
    is_beside: bool = False


@dataclass(frozen=True)
class Further:
    """Move the list once more as it was moved last: "even more"."""


@dataclass(frozen=True)
class Spot:
    """A place in the list: 1 is the top, -1 the end; or beside a song."""

    position: int = -1
    reference: Reference | None = None
    is_before: bool = False


@dataclass(frozen=True)
class AddSome:
    """Put a few more songs into the list.

    is_likeness: songs like those that are pointed at, and not those themselves. spot:
    where they are to stand, None for wherever they fit. playlist: the name of the list
    that they are for, as said; "" for the one at hand. times: how often each of them is
    to stand there. is_again: once more, however often they do.
    """

    wanted: Wanted
    references: tuple[Reference, ...]
    is_likeness: bool = False
    spot: Spot | None = None
    playlist: str = ""
    times: int = 1
    is_again: bool = False

    @property
    def is_repeat(self) -> bool:
        """Say whether songs come in that are there already."""
        return self.is_again or self.times > 1


@dataclass(frozen=True)
class MoveTo:
    """Put songs of the list at another place in it, or some steps down (up below 0).

    is_one: any one of what is wanted, which comes in where the list has none.
    """

    wanted: Wanted
    references: tuple[Reference, ...]
    spot: Spot | None = None
    steps: int = 0
    is_one: bool = False


@dataclass(frozen=True)
class SwapPlaces:
    """Let two songs of the list change places."""

    first: Reference
    second: Reference


@dataclass(frozen=True)
class Arrange:
    """Put the whole list in an order, from low to high or the other way."""

    by: Order
    is_descending: bool = False


@dataclass(frozen=True)
class TakeTurns:
    """Let songs of two kinds of the list take turns: "alternate fast and slow"."""

    first: Wanted
    second: Wanted


@dataclass(frozen=True)
class Follow:
    """Let the list follow a path: "start calm, end wild"."""

    arc: Arc


@dataclass(frozen=True)
class ReplaceWith:
    """Put other songs in the places of some.

    gone: what goes, where it isn't pointed at. wanted: what comes; nothing said is
    something of the same kind. leanings: from where the song is that goes: "faster".
    coming: songs of the list that leave their own places for those.
    """

    references: tuple[Reference, ...]
    gone: Wanted
    wanted: Wanted
    phrase: str = ""
    leanings: tuple[Leaning, ...] = ()
    coming: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class DropRepeats:
    """Leave one version of each song, or so many songs of each artist."""

    of: Literal["song", "artist"]
    most: int = 1


@dataclass(frozen=True)
class GoBackTo:
    """Bring back a list that was shown: 1 is the first of the talk."""

    number: int = 1


@dataclass(frozen=True)
class TakeOut:
    """Take songs out: by artist, genre, or where they stand.

    is_together: those that are all of what is wanted, "the slow Queen songs", and not
    any of it. count: so many of them, the last ones of the list; None for all.
    """

    wanted: Wanted
    references: tuple[Reference, ...]
    is_together: bool = False
    count: int | None = None


@dataclass(frozen=True)
class KeepOnly:
    """Take everything out but these songs. is_together: as in TakeOut."""

    wanted: Wanted
    references: tuple[Reference, ...]
    is_together: bool = False


@dataclass(frozen=True)
class Resize:
    """Make the list longer or shorter: to a count, in a direction, or so many times.

    by: how many songs fewer.
    """

    count: int | None
    minutes: int | None
    direction: Literal[-1, 0, 1]
    times: float | None = None
    by: int | None = None


@dataclass(frozen=True)
class ShiftYears:
    """Move the list to older songs (-1) or newer ones (1) than it has now."""

    direction: Literal[-1, 1]
    phrase: str


@dataclass(frozen=True)
class RenameTo:
    """Give the playlist a title."""

    title: str


@dataclass(frozen=True)
class DescribeAs:
    """Give the playlist a description, "" for none."""

    text: str


@dataclass(frozen=True)
class CopyList:
    """Begin a list of its own from a version of this one: by number, or as it is now."""

    number: int | None = None
    title: str = ""


@dataclass(frozen=True)
class RestoreVersion:
    """Have the list as it was in a version, by its number."""

    number: int


@dataclass(frozen=True)
class SaveTo:
    """Have the list at a music service, by its name."""

    service: str


Every = Literal["day", "week", "month"]


@dataclass(frozen=True)
class Refresh:
    """Have the list refreshed by itself, let that rest, go on or end, or do it once.

    every, weekday (Monday is 0), percent or count of new songs, weeks in which none comes
    back: as far as they were said.
    """

    what: Literal["keep", "pause", "resume", "stop", "now"]
    every: Every | None = None
    weekday: int | None = None
    percent: int | None = None
    count: int | None = None
    weeks: int | None = None


@dataclass(frozen=True)
class PlayAgain:
    """Hear one song once more: the one spoken of last, or by where it stands.

    One that was only named is heard for the first time.
    """

    references: tuple[Reference, ...]


@dataclass(frozen=True)
class PlayThose:
    """Hear the songs that were named in an answer, or the list where none were."""


@dataclass(frozen=True)
class WhyThis:
    """Ask why a song is here."""

    references: tuple[Reference, ...]


@dataclass(frozen=True)
class WhyNot:
    """Ask why something isn't here: songs, artists or genres, or a name nobody knows."""

    references: tuple[Reference, ...]
    artists: tuple[int, ...] = ()
    genres: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class WhyOrder:
    """Ask why a song stands before (or after) another, or first (or last) of all."""

    first: Reference
    second: Reference | None
    is_after: bool = False


@dataclass(frozen=True)
class Forget:
    """Ask to forget: something named, all that was said, the last message, or likes.

    wanted, name: what is to be forgotten, where it is named. is_sure: it was said that
    likes are to go for good.
    """

    what: Literal["named", "said", "last", "likes"]
    wanted: Wanted = Wanted()
    name: str = ""
    is_sure: bool = False


Lifted = Literal[
    "tempo", "years", "duration", "language", "genre", "artist", "mood", "energy",
    "popularity", "version", "explicit", "instrumental", "unheard", "order", "place",
    "instrument",
]  # fmt: skip


@dataclass(frozen=True)
class Lift:
    """Let go of a wish that stands: "the year doesn't matter", "drop the 90s thing".

    kinds: of which nothing is asked any more. wanted: what is named, whether it was
    asked for or refused. name: as said. is_allowed: it may come again, so that only
    refusals go. references: whose songs may come again.
    """

    kinds: tuple[Lifted, ...] = ()
    wanted: Wanted = Wanted()
    name: str = ""
    is_allowed: bool = False
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Recall:
    """Ask what is remembered: of this talk, of the lasting taste, or all."""

    of: Literal["all", "session", "taste"]


@dataclass(frozen=True)
class ReactTo:
    """Say that one likes or dislikes songs, and why they are disliked."""

    references: tuple[Reference, ...]
    value: Literal["like", "dislike"]
    reason: Reason = ""


@dataclass(frozen=True)
class NeverPlay:
    """Never hear songs again, or anything by artists (primary keys)."""

    references: tuple[Reference, ...]
    artists: tuple[int, ...] = ()


@dataclass(frozen=True)
class MayPlay:
    """Let songs or artists be heard again that were never to be."""

    references: tuple[Reference, ...]
    artists: tuple[int, ...] = ()


@dataclass(frozen=True)
class Undo:
    """Go back to the list before, so many times."""

    times: int = 1


@dataclass(frozen=True)
class Redo:
    """Go forward again to the list that undo went back from."""


@dataclass(frozen=True)
class StartOver:
    """Forget what was asked, and empty the list."""


@dataclass(frozen=True)
class AskHelp:
    """Ask what can be done here."""


# acknowledged: "ok", "no, that's all". displeased: "I don't like these", with no more
# said. question: about music or the list, and no wish. unable: something that lists
# can have done to them elsewhere (shuffle, move). saving: of the list to
# another service or a file. off_topic: nothing of music.
Talk = Literal[
    "greeting",
    "thanks",
    "acknowledged",
    "displeased",
    "farewell",
    "identity",
    "question",
    "unable",
    "saving",
    "off_topic",
]


@dataclass(frozen=True)
class SmallTalk:
    """What asks for no songs: see `Talk`."""

    kind: Talk


@dataclass(frozen=True)
class OtherLanguage:
    """A message that isn't in English: the acts after it are what was understood.

    names: of the language, or of several that can't be told apart. wanted: what was
    understood of a wish; None for nothing.
    """

    names: tuple[str, ...]
    wanted: Wanted | None


Act = (
    Ask
    | MoreLike
    | LikeList
    | LikeLibrary
    | Shift
    | Further
    | AddSome
    | MoveTo
    | ShiftYears
    | SwapPlaces
    | Arrange
    | TakeTurns
    | Follow
    | ReplaceWith
    | DropRepeats
    | GoBackTo
    | TakeOut
    | KeepOnly
    | Resize
    | RenameTo
    | DescribeAs
    | CopyList
    | RestoreVersion
    | SaveTo
    | Refresh
    | PlayAgain
    | PlayThose
    | Asked
    | WhyThis
    | WhyNot
    | WhyOrder
    | Forget
    | Lift
    | Recall
    | ReactTo
    | NeverPlay
    | MayPlay
    | Undo
    | Redo
    | StartOver
    | AskHelp
    | SmallTalk
    | OtherLanguage
    | SetConstraint
    | SetMood
)


# What a message is after, as a whole. explore: songs, with nothing yet said of a list.
# playlist: a list of some size, time or order. refine: what holds already, and this.
# pivot: something else now. edit: the list as it stands. feedback: of songs.
Intent = Literal[
    "explore",
    "playlist",
    "refine",
    "pivot",
    "edit",
    "feedback",
    "question",
    "small_talk",
    "help",
]


@dataclass(frozen=True)
class Taken:
    """What is misspelt, and what it was taken for: of the catalog, or a word."""

    said: str
    artist: int | None = None
    track: int | None = None
    word: str = ""


@dataclass(frozen=True)
class Reading:
    """All that a message asks for, in its order; nothing understood is no acts.

    taken: names and words that were read as others, so that it can be told. unsaid: what
    of the message tells nothing of the songs that are wanted, as it was said: "not too
    loud".
    """

    acts: tuple[Act, ...]
    taken: tuple[Taken, ...] = ()
    unsaid: tuple[str, ...] = ()

    @property
    def intents(self) -> tuple[Intent, ...]:
        """What the message is after, each once, in its order."""
        return tuple(dict.fromkeys(map(_intent, self.acts)))

    @property
    def intent(self) -> Intent | None:
        """What the message is after first, None where nothing was understood."""
        return self.intents[0] if self.acts else None


def _intent(act: Act) -> Intent:
    match act:
        case Ask(is_pivot=True):
            return "pivot"
        case Ask(is_fresh=True, wanted=wanted):
            is_list = wanted.count or wanted.minutes or wanted.arc
            return "playlist" if is_list else "explore"
        case Ask() | Shift() | Further() | ShiftYears() | MoreLike() | LikeList():
            return "refine"
        case SetConstraint() | SetMood() | LikeLibrary():
            return "refine"
        case ReactTo() | NeverPlay() | MayPlay() | SmallTalk(kind="displeased"):
            return "feedback"
        case PlayAgain() | PlayThose():
            return "explore"
        case SaveTo():
            return "small_talk"
        case Asked() | WhyThis() | SmallTalk(kind="question"):
            return "question"
        case SmallTalk():
            return "small_talk"
        case AskHelp():
            return "help"
        case _:
            return "edit"
