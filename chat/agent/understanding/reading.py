"""What a message means: typed values, with nothing yet looked up or decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chat.agent.arcs import Arc
from chat.agent.constraints import Constraint
from chat.agent.understanding.lexicon import Leaning


@dataclass(frozen=True)
class Mood:
    """A mood word as said, and where it puts the attributes."""

    phrase: str
    leanings: tuple[Leaning, ...]


@dataclass(frozen=True)
class Wanted:
    """What songs are asked for, as far as one message says.

    words: the content words, for search by meaning. Genres are keys of the taxonomy,
    artists primary keys. like_artists: "something like X" and not X itself.
    unknown_names: names that stood where an artist stands and the catalog lacks.
    constraints: what else songs must be or mustn't be: language, voice, version, tempo,
    length, refused times. arc: in which order. contradictions: what was asked for and
    can't be at once, in the words of the message; where there are any, years aren't.
    """

    words: tuple[str, ...] = ()
    moods: tuple[Mood, ...] = ()
    genres: tuple[str, ...] = ()
    without_genres: tuple[str, ...] = ()
    artists: tuple[int, ...] = ()
    without_artists: tuple[int, ...] = ()
    like_artists: tuple[int, ...] = ()
    like_tracks: tuple[int, ...] = ()
    unknown_names: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    era_words: str = ""
    constraints: tuple[Constraint, ...] = ()
    arc: Arc | None = None
    contradictions: tuple[str, ...] = ()
    count: int | None = None
    minutes: int | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to search by (a length alone is nothing)."""
        return not (
            self.words
            or self.moods
            or self.genres
            or self.without_genres
            or self.artists
            or self.without_artists
            or self.like_artists
            or self.like_tracks
            or self.year_from
            or self.year_to
            or self.constraints
        )


@dataclass(frozen=True)
class Place:
    """Songs by where they stand: 1 is the first, -1 the last; `count` in a row."""

    position: int
    count: int = 1
    is_of_playlist: bool = False


@dataclass(frozen=True)
class ThatOne:
    """ "this one", "that song", "it": whatever was spoken of last."""


@dataclass(frozen=True)
class TheirSongs:
    """ "him", "her", "them", "that band": the artist spoken of last."""


@dataclass(frozen=True)
class Titled:
    """A song of the catalog, named by its title."""

    track_id: int


Reference = Place | ThatOne | TheirSongs | Titled


@dataclass(frozen=True)
class Ask:
    """Find songs. A fresh request drops what was asked before; else it adds to it."""

    wanted: Wanted
    is_fresh: bool


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
class Spot:
    """A place in the list: 1 is the top, -1 the end; or beside a song."""

    position: int = -1
    reference: Reference | None = None
    is_before: bool = False


@dataclass(frozen=True)
class AddSome:
    """Put a few more songs into the list.

    is_likeness: songs like those that are pointed at, and not those themselves. spot:
    where they are to stand, None for wherever they fit.
    """

    wanted: Wanted
    references: tuple[Reference, ...]
    is_likeness: bool = False
    spot: Spot | None = None


@dataclass(frozen=True)
class TakeOut:
    """Take songs out: by artist, genre, or where they stand."""

    wanted: Wanted
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class KeepOnly:
    """Take everything out but these songs."""

    wanted: Wanted
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Resize:
    """Make the list longer or shorter: to a count, in a direction, or so many times."""

    count: int | None
    minutes: int | None
    direction: Literal[-1, 0, 1]
    times: float | None = None


@dataclass(frozen=True)
class RenameTo:
    """Give the playlist a title."""

    title: str


@dataclass(frozen=True)
class WhyThis:
    """Ask why a song is here."""

    references: tuple[Reference, ...]


@dataclass(frozen=True)
class ReactTo:
    """Say that one likes or dislikes songs."""

    references: tuple[Reference, ...]
    value: Literal["like", "dislike"]


@dataclass(frozen=True)
class Undo:
    """Go back to the list before."""


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


Act = (
    Ask
    | MoreLike
    | Shift
    | AddSome
    | TakeOut
    | KeepOnly
    | Resize
    | RenameTo
    | WhyThis
    | ReactTo
    | Undo
    | StartOver
    | AskHelp
    | SmallTalk
)


@dataclass(frozen=True)
class Reading:
    """All that a message asks for, in its order; nothing understood is no acts."""

    acts: tuple[Act, ...]
