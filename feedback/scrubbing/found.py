"""A stretch of a message that is to go, and what kind of thing it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is taken out; the value is what stands there instead, in brackets."""

    EMAIL = "email"
    URL = "url"
    HANDLE = "handle"
    PHONE = "phone"
    IP = "ip"
    NUMBER = "number"
    SECRET = "secret"  # noqa: S105 a kind, and no secret
    DATE = "date"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """Characters [start, end) of a message. doubt: 0 for sure, to 1 for a guess."""

    start: int
    end: int
    kind: Kind
    doubt: float = 0.0

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether any character is in both."""
        return self.start < end and start < self.end
