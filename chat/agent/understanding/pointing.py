"""How a message points at songs of the list, as typed values: "the second one", "those"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Order = Literal[
    "reverse",
    "shuffle",
    "mix",
    "apart",
    "genre",
    "title",
    "artist",
    "year",
    "duration",
    "energy",
    "valence",
    "tempo_bpm",
    "danceability",
    "acousticness",
    "instrumentalness",
    "popularity",
]

# More than any list holds.
ALL_SONGS = 500


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
    """A song of the catalog, named by its title.

    nth: "the second Rain": which of its places in the list, 0 where none is said.
    """

    track_id: int
    nth: int = 0


@dataclass(frozen=True)
class Those:
    """ "those two", "the ones you just added": the songs dealt with last, or some."""

    count: int | None = None


@dataclass(frozen=True)
class NextTo:
    """ "the one before that": a step along the list from another song."""

    step: Literal[-1, 1]
    reference: Place | ThatOne | Titled


@dataclass(frozen=True)
class OfFirstList:
    """ "the third song of the first list": a place in the first list of the talk."""

    place: Place


@dataclass(frozen=True)
class Utmost:
    """ "the calmest song", "the two oldest ones": by what they are the most of."""

    by: Order
    is_descending: bool
    count: int = 1


@dataclass(frozen=True)
class SongsOf:
    """ "by the artist of the first song": all songs by whoever made another."""

    reference: Place | ThatOne | Titled | Utmost


@dataclass(frozen=True)
class Half:
    """ "the second half": 1 or 2."""

    number: Literal[1, 2]


@dataclass(frozen=True)
class OfArtist:
    """ "The Queen song": the songs of the list that are by an artist, by primary key."""

    artist: int


@dataclass(frozen=True)
class EveryNth:
    """ "Every second song", "the odd ones": each `step`th, the first at `start`."""

    step: int
    start: int


@dataclass(frozen=True)
class TheRest:
    """ "The rest", "all the others": what isn't pointed at, or wasn't last."""

    of: tuple[Reference, ...] = ()


Reference = (
    Place
    | ThatOne
    | TheirSongs
    | Titled
    | Those
    | NextTo
    | OfFirstList
    | Utmost
    | SongsOf
    | Half
    | OfArtist
    | EveryNth
    | TheRest
)
