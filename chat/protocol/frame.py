"""What the frames of both directions share."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

SUBPROTOCOL = "personalais.v1"
MAX_FRAME_BYTES = 64 * 1024
MAX_TEXT_CHARS = 5_000
# What JavaScript's numbers hold exactly; more than any count here.
MAX_INT = 2**53 - 1


def without_nul(text: str) -> str:
    """Refuse the one character that PostgreSQL can't store."""
    if "\x00" in text:
        raise ValueError("it holds a NUL character")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT_CHARS),
    AfterValidator(without_nul),
]
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(without_nul),
]


class Frame(BaseModel):
    """What all frames share: nothing beyond the named fields is taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)
