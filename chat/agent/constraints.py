"""One thing that songs are to be, or aren't to be, as a value that can be kept and shown.

A constraint is hard or soft, asks or refuses, and has an id that stays the same from
turn to turn, so that a page can show each as a chip with a switch and a button to
remove it. At most one constraint of an id is in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from catalog.search.query import Attribute, Wish

Kind = Literal[
    "genre",
    "artist",
    "years",
    "tempo",
    "duration",
    "language",
    "version",
    "instrumental",
    "explicit",
    "unheard",
    "instrument",
    "place",
    "attribute",
]
ATTRIBUTES = frozenset(get_args(Attribute))
# What holds for every song that comes in, whatever kind is asked for next.
STANDING: frozenset[Kind] = frozenset(
    {"language", "instrumental", "explicit", "unheard", "duration"}
)
# What songs are known to be of by their tags alone.
TAGGED: frozenset[Kind] = frozenset({"instrument", "place"})


@dataclass(frozen=True)
class Constraint:
    """What songs keep, in the words it was asked for with.

    A hard one is kept by every song, or it is told that it wasn't; a soft one is kept
    while enough songs keep it. A refused one is kept by songs that aren't of it.

    What is in the other fields depends on the kind: `key` is a genre's key, an ISO 639
    code, a version's value or an attribute's name; `artist` a primary key. `low` and
    `high`, both counted in, None where open, are years, BPM, seconds of a song's length
    or an attribute's own unit. Instrumental, explicit and unheard need no more than
    whether they are refused. `weight` is that of a wish. Of an instrument or a place
    `key` is what the vocabulary calls it. A refused genre lets through what is of
    `except_artists`, primary keys, or of `except_genres`, keys.
    """

    kind: Kind
    words: str = ""
    is_hard: bool = True
    is_refused: bool = False
    key: str = ""
    artist: int | None = None
    low: float | None = None
    high: float | None = None
    weight: float = 1.0
    except_artists: tuple[int, ...] = ()
    except_genres: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Name the constraint: "genre:jazz", "artist:12", "years", "attribute:energy".

        Of asked-for years there is one span; each refused span is its own.
        """
        if self.kind == "years" and self.is_refused:
            return f"years:{_whole(self.low)}-{_whole(self.high)}"
        detail = self.key or (str(self.artist) if self.artist is not None else "")
        return f"{self.kind}:{detail}" if detail else self.kind

    @property
    def wish(self) -> Wish:
        """Return an attribute's constraint as a wish of the search."""
        attribute = cast("Attribute", self.key)
        return Wish(attribute, self.low, self.high, self.words, self.weight)


def _whole(value: float | None) -> str:
    return "" if value is None else str(int(value))


def genre(key: str, *, is_refused: bool = False, words: str = "") -> Constraint:
    """Ask for a genre, by its key, or refuse it."""
    return Constraint("genre", words or key, is_refused=is_refused, key=key)


def refused_genre(
    key: str, *, except_artists: tuple[int, ...], except_genres: tuple[str, ...]
) -> Constraint:
    """Refuse a genre, save for some artists and genres of it."""
    return replace(
        genre(key, is_refused=True),
        except_artists=except_artists,
        except_genres=except_genres,
    )


def artist(pk: int, *, is_refused: bool = False, words: str = "") -> Constraint:
    """Ask for an artist, by primary key, or refuse them."""
    return Constraint("artist", words, is_refused=is_refused, artist=pk)


def years(
    first: int | None, last: int | None, *, is_refused: bool = False, words: str = ""
) -> Constraint:
    """Ask for years of release, both counted in, or refuse them."""
    return Constraint("years", words, is_refused=is_refused, low=first, high=last)


def wished(wish: Wish) -> Constraint:
    """Make a soft constraint of a wish."""
    return Constraint(
        "attribute",
        wish.words,
        is_hard=False,
        key=wish.attribute,
        low=wish.low,
        high=wish.high,
        weight=wish.weight,
    )


def put(old: Iterable[Constraint], new: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Add constraints; a new one takes the place of an old one of its id."""
    held = {constraint.id: constraint for constraint in old}
    for constraint in new:
        # Last in, last in line: of equals what was named first matters most.
        held.pop(constraint.id, None)
        held[constraint.id] = constraint
    return tuple(held.values())


def dropped(old: Iterable[Constraint], ids: Iterable[str]) -> tuple[Constraint, ...]:
    """Take constraints away by their ids; ids that aren't there are no error."""
    gone = set(ids)
    return tuple(constraint for constraint in old if constraint.id not in gone)


def hardened(
    old: Iterable[Constraint], constraint_id: str, *, is_hard: bool
) -> tuple[Constraint, ...]:
    """Make one constraint hard or soft."""
    return tuple(
        replace(held, is_hard=is_hard) if held.id == constraint_id else held
        for held in old
    )
