"""What a listener chose on the page rather than said: a chip's switch, a place of moods.

Both are acts like those that words are read as (chat.agent.understanding.reading); they
are stored with their message, so that the turn can be run, and run again, from it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from pydantic import Discriminator, TypeAdapter

Value = Literal["hard", "soft", "off"]


@dataclass(frozen=True)
class SetConstraint:
    """Make what is given (a chip, by its id) a must or a wish, or let go of it."""

    chip: str
    value: Value
    kind: Literal["constraint"] = "constraint"


@dataclass(frozen=True)
class MoodPoint:
    """A place in the plane of moods: attributes as songs have them, in [0, 1]."""

    valence: float
    energy: float


@dataclass(frozen=True)
class SetMood:
    """Ask for the mood at a place, or for a path from there to another one."""

    start: MoodPoint
    end: MoodPoint | None = None
    kind: Literal["mood"] = "mood"


Choice = SetConstraint | SetMood
_CHOICE: TypeAdapter[Choice] = TypeAdapter(Annotated[Choice, Discriminator("kind")])


def choice_to_json(choice: Choice | None) -> dict[str, Any] | None:
    """Return a choice as JSON data."""
    return None if choice is None else asdict(choice)


def choice_from_json(data: dict[str, Any] | None) -> Choice | None:
    """Read a saved choice."""
    return None if data is None else _CHOICE.validate_python(data)
