"""What questions ask, as typed values: of songs, of the list, of the catalog, of the past.

None of them changes the list. The rule of this file: a name that no clause knows stays
as it was said, and is looked up where the question is answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chat.agent.understanding.pointing import Order, Reference
from chat.agent.understanding.wish import Wanted

# What is stored of a song; "all" is what sums it up.
Stored = Literal[
    "all",
    "artist",
    "title",
    "album",
    "year",
    "length",
    "tempo",
    "key",
    "genre",
    "mood",
    "popularity",
    "language",
    "explicit",
    "version",
    "voice",
    "tags",
    "audio",
    "place",
]
# What people ask and nothing here stores.
Unstored = Literal[
    "writer",
    "producer",
    "players",
    "lyrics",
    "meaning",
    "origin",
    "people",
    "label",
    "prizes",
    "charts",
    "film",
    "samples",
    "concerts",
]
Facet = Stored | Unstored
OfListWhat = Literal[
    "count", "length", "average", "artists", "genres", "years", "songs", "title", "which", "has"
]  # fmt: skip
OfCatalogWhat = Literal[
    "has", "count", "songs", "albums", "genres", "artists", "alike", "trending", "utmost", "album"
]  # fmt: skip
SteerWhat = Literal[
    "next", "previous", "pause", "resume", "volume", "mute", "seek", "repeat", "speed", "playing"
]  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question: it is answered in words, and the list stays as it is."""


@dataclass(frozen=True)
class OfSong(Asked):
    """Ask for facts of songs, or of artists (primary keys).

    name: what is asked of, in words that no clause knows. is_it: nothing but "it" was
    said, which may be the list. attribute: the one that a mood is asked by.
    """

    references: tuple[Reference, ...]
    about: tuple[Facet, ...]
    name: str = ""
    artists: tuple[int, ...] = ()
    is_it: bool = False
    attribute: str = ""


@dataclass(frozen=True)
class OfList(Asked):
    """Ask something of the list: how many, how long, which are so, is it in there.

    wanted, name: which songs are meant, as far as that was understood, and as said; none
    for all. by: what the average is of.
    """

    what: OfListWhat
    wanted: Wanted = Wanted()
    references: tuple[Reference, ...] = ()
    name: str = ""
    by: Order = "title"
    is_either: bool = False


@dataclass(frozen=True)
class OfCatalog(Asked):
    """Ask something of the whole catalog.

    wanted, name: see `OfList`. is_theirs: of the artist spoken of. by, is_descending:
    what the song or album asked for is the most of. is_wish: one who has no list yet
    wants to hear it.
    """

    what: OfCatalogWhat
    wanted: Wanted = Wanted()
    name: str = ""
    is_theirs: bool = False
    by: Order = "popularity"
    is_descending: bool = True
    count: int = 1
    is_wish: bool = False


@dataclass(frozen=True)
class OfChange(Asked):
    """Ask what was changed last, or what the list held before that."""

    what: Literal["last", "before"]


@dataclass(frozen=True)
class Steer(Asked):
    """Ask the player for something that only its buttons and keys do."""

    what: SteerWhat
