"""What a conversation takes as given, as explicit data.

It is saved with each turn, so that what "make it more upbeat" changes can be read,
tested and undone. Tracks and artists are primary keys of the catalog.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from catalog.search.query import Wish
from chat.agent.arcs import Arc
from chat.agent.constraints import (
    Constraint,
    Kind,
    artist,
    dropped,
    genre,
    put,
    wished,
    years,
)
from playlists.library.seeds import Borrowed

DEFAULT_SIZE = 12
# Versions of a list whose constraints undo can bring back.
VERSIONS_REMEMBERED = 20
# What was said before only leans a search; longer messages repeat themselves.
SAID_MESSAGES, SAID_CHARS = 8, 400


@dataclass(frozen=True)
class Part:
    """One of several kinds that share a list: what it is to be, and its share (0..1).

    text: as it was said. words: its own content words, for search by meaning.
    """

    text: str
    share: float
    constraints: tuple[Constraint, ...] = ()
    words: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()

    def lacking(self, kinds: Collection[Kind]) -> Part:
        """Return the part without what it asks for of some kinds."""
        kept = tuple(c for c in self.constraints if c.kind not in kinds)
        return replace(self, constraints=kept)


@dataclass(frozen=True)
class Given:
    """What is in force: constraints, and what else tells the search what to bring.

    words: the content words, for search by meaning. size: how many songs; minutes: how
    long the list plays, where that was asked for, and then in place of the size unless
    is_counted: both were asked for. arc: the order that was wished for, kept through
    later edits; is_mixed: an order for mixing was, and there is no arc. library: what of
    a music service stands in for seeds, where there are none; its songs are looked up for
    each search, and never in here. parts: kinds that share the list; each keeps the
    constraints too.
    """

    words: tuple[str, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    seeds: tuple[int, ...] = ()
    size: int = DEFAULT_SIZE
    minutes: int | None = None
    is_counted: bool = False
    arc: Arc | None = None
    is_mixed: bool = False
    library: Borrowed | None = None
    parts: tuple[Part, ...] = ()

    def of(self, kind: Kind, *, is_refused: bool = False) -> tuple[Constraint, ...]:
        """Return the constraints of a kind that are asked for, or those refused."""
        return tuple(
            held
            for held in self.constraints
            if held.kind == kind and held.is_refused is is_refused
        )

    def having(self, new: Iterable[Constraint]) -> Given:
        """Add constraints; each takes the place of one with its id.

        Who asks for another kind of song ends the parts; what else is asked of the whole
        list is asked of no part any more. A part that asks for what is refused goes.
        """
        new = tuple(new)
        kinds = {c.kind for c in new if not c.is_refused and c.kind != "attribute"}
        refused = {c.id for c in new if c.is_refused}
        given = replace(self, constraints=put(self.constraints, new))
        if not self.parts:
            return given
        if not kinds.isdisjoint(("genre", "artist")):
            return replace(given, parts=())
        parts = tuple(part.lacking(kinds) for part in self.parts)
        return replace(given, parts=parts).without_parts(
            part for part in parts if any(c.id in refused for c in part.constraints)
        )

    def without_parts(self, gone: Iterable[Part]) -> Given:
        """Take parts away; one that is left alone becomes all that is given."""
        gone = set(gone)
        if not gone:
            return self
        left = [part for part in self.parts if part not in gone]
        if len(left) == 1:
            return self.for_part(left[0])
        whole = sum(part.share for part in left)
        parts = tuple(replace(part, share=part.share / whole) for part in left)
        return replace(self, parts=parts)

    def for_part(self, part: Part) -> Given:
        """Return what is given for one of the parts alone."""
        asked = {c.id for c in part.constraints}
        held = tuple(c for c in self.constraints if c.is_refused or c.id not in asked)
        return replace(
            self,
            words=(*part.words, *self.words),
            constraints=(*held, *part.constraints),
            seeds=part.seeds or self.seeds,
            parts=(),
        )

    def lacking(self, ids: Iterable[str]) -> Given:
        """Take constraints away by their ids."""
        return replace(self, constraints=dropped(self.constraints, ids))

    def wishing(self, wishes: Iterable[Wish]) -> Given:
        """Put wishes before those in force, and in the place of any on their attributes."""
        new = put((), map(wished, wishes))
        ids = {constraint.id for constraint in new}
        return replace(self, constraints=(*new, *dropped(self.constraints, ids)))

    @property
    def genres(self) -> tuple[str, ...]:
        """Keys of the genres asked for."""
        return tuple(held.key for held in self.of("genre"))

    @property
    def without_genres(self) -> tuple[str, ...]:
        """Keys of the genres refused."""
        return tuple(held.key for held in self.of("genre", is_refused=True))

    @property
    def artists(self) -> tuple[int, ...]:
        """The artists asked for."""
        return _artists(self.of("artist"))

    @property
    def without_artists(self) -> tuple[int, ...]:
        """The artists refused."""
        return _artists(self.of("artist", is_refused=True))

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The first and the last year asked for."""
        for held in self.of("years"):
            first = None if held.low is None else int(held.low)
            last = None if held.high is None else int(held.high)
            return first, last
        return None, None

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """The wishes about attributes, what matters most first."""
        return tuple(held.wish for held in self.of("attribute"))


def _artists(constraints: Iterable[Constraint]) -> tuple[int, ...]:
    return tuple(c.artist for c in constraints if c.artist is not None)


@dataclass(frozen=True)
class State:
    """The agent's memory of one conversation.

    shown: the list that "the second one" points into, as long as the playlist is at
    `version`; after an edit by hand it is the playlist itself. spoken_of: the track of "that
    one". artist: whose songs "more of him" means. pointed: the songs that were pointed
    at, brought in or moved last, for "those two". reasons: why each track was found.
    lists: the playlists that the talk has shown, the first one and then the latest.
    auto_title: the title that the agent gave, which it may change while it stands.
    said: the latest messages that asked for songs, the newest last, since the talk began
    or started over.
    given_at: what was given when a version of the playlist was made, by the version's
    key, so that undo takes back the constraints too.
    given_unlisted: what was given before a choice on the page that left the list as it
    was, for undo, as long as nothing else was done that it would take back.
    named: songs that the last answer named and the list need not hold, for "add them" and
    "play the second"; named_artists likewise. is_of_list: the list was dealt with last, and
    no song of it, for "how long is it?".
    added_to: another list that songs were put into, and the version that this made of
    it, as long as nothing else was done that undo would take back.
    offered: a request that the last answer offered, for "yes".
    """

    given: Given = Given()
    said: tuple[str, ...] = ()
    shown: tuple[int, ...] = ()
    version: int | None = None
    auto_title: str = ""
    spoken_of: int | None = None
    artist: int | None = None
    pointed: tuple[int, ...] = ()
    reasons: dict[int, tuple[str, ...]] = field(default_factory=dict)
    lists: tuple[tuple[int, ...], ...] = ()
    given_at: dict[int, Given] = field(default_factory=dict)
    given_unlisted: Given | None = None
    added_to: tuple[int, int] | None = None
    offered: str = ""
    named: tuple[int, ...] = ()
    named_artists: tuple[int, ...] = ()
    is_of_list: bool = False

    def hearing(self, text: str) -> State:
        """Return the state that remembers one more message, if it says anything."""
        if not text:
            return self
        return replace(self, said=(*self.said, text[:SAID_CHARS])[-SAID_MESSAGES:])

    def remembering(self, version: int, given: Given) -> State:
        """Return the state that knows what was given at a version of the list."""
        given_at = {**self.given_at, version: given}
        newest = sorted(given_at)[-VERSIONS_REMEMBERED:]
        return replace(self, given_at={key: given_at[key] for key in newest})

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON data."""
        data: dict[str, Any] = _STATE.dump_python(self, mode="json")
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> State:
        """Read a saved state, also one of before there were constraints.

        One of any other shape is empty.
        """
        try:
            state = _STATE.validate_python(data)
            saved_at = {
                int(key): held for key, held in data.get("given_at", {}).items()
            }
            return replace(
                state,
                given=_renewed(state.given, data.get("given")),
                given_at={
                    version: _renewed(given, saved_at[version])
                    for version, given in state.given_at.items()
                },
            )
        except ValidationError:
            return cls()


@dataclass(frozen=True)
class _Flat:
    """What was given as it was saved before: each constraint a field of its own."""

    genres: tuple[str, ...] = ()
    without_genres: tuple[str, ...] = ()
    artists: tuple[int, ...] = ()
    without_artists: tuple[int, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    wishes: tuple[Wish, ...] = ()


_STATE: TypeAdapter[State] = TypeAdapter(State)
_FLAT: TypeAdapter[_Flat] = TypeAdapter(_Flat)


def _renewed(given: Given, data: object) -> Given:
    if not isinstance(data, dict) or "constraints" in data:
        return given
    flat = _FLAT.validate_python(data)
    has_years = flat.year_from is not None or flat.year_to is not None
    return given.having(
        (
            *(genre(key) for key in flat.genres),
            *(genre(key, is_refused=True) for key in flat.without_genres),
            *(artist(pk) for pk in flat.artists),
            *(artist(pk, is_refused=True) for pk in flat.without_artists),
            *((years(flat.year_from, flat.year_to),) if has_years else ()),
            *map(wished, flat.wishes),
        )
    )
