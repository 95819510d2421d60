"""What a conversation takes as given, as explicit data.

It is saved with each turn, so that what "make it more upbeat" changes can be read,
tested and undone. Tracks and artists are primary keys of the catalog.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from catalog.search.query import Wish

DEFAULT_SIZE = 12


@dataclass(frozen=True)
class Given:
    """The constraints in force. Genres, artists and years are hard, wishes soft."""

    words: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    without_genres: tuple[str, ...] = ()
    artists: tuple[int, ...] = ()
    without_artists: tuple[int, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    wishes: tuple[Wish, ...] = ()
    seeds: tuple[int, ...] = ()
    size: int = DEFAULT_SIZE


@dataclass(frozen=True)
class State:
    """The agent's memory of one conversation.

    shown: the list that "the second one" points into, as long as the playlist is at
    `version`; after an edit by hand it is the playlist itself. spoken_of: the track of "that
    one". artist: whose songs "more of him" means. reasons: why each track was found.
    auto_title: the title that the agent gave, which it may change while it stands.
    given_at: what was given when a version of the playlist was made, by the version's
    key, so that undo takes back the constraints too.
    """

    given: Given = Given()
    shown: tuple[int, ...] = ()
    version: int | None = None
    auto_title: str = ""
    spoken_of: int | None = None
    artist: int | None = None
    reasons: dict[int, tuple[str, ...]] = field(default_factory=dict)
    given_at: dict[int, Given] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> State:
        """Read a saved state; one of another shape (an older version's) is empty."""
        try:
            return _STATE.validate_python(data)
        except ValidationError:
            return cls()


_STATE: TypeAdapter[State] = TypeAdapter(State)
