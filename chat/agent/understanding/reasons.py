"""Reads why a song isn't liked: "number 3 is overplayed", "I don't know it".

A message is read so as a whole; which song it is about is read by the reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reason = Literal["", "not_for_me", "wrong_mood", "unknown", "overplayed"]

_LEAD = r"(?:(?:no|nah|sorry|hmm|oh|ok|okay|well|but|ugh),? )*"
_IS = r"(?:(?:'s| is| was| are| feels| sounds| has been|'s been)(?: just| too| so| a bit| way| really| simply| a)*)"
_WHAT = r"(?P<what>.+?)"
_SAID: Mapping[Reason, str] = {
    "not_for_me": (
        rf"{_WHAT}{_IS}? (?:not(?: really)? (?:for me|my (?:thing|taste|style|cup of tea))"
        r"|isn't (?:for me|my (?:thing|taste|style)))"
    ),
    "wrong_mood": (
        rf"{_WHAT}{_IS}? (?:the )?wrong (?:mood|vibe|feeling)(?: for (?:me|now|this|that|today))?"
        r"|wrong (?:mood|vibe|feeling)[:,]? (?:for |with )?(?P<after>.+)"
    ),
    "unknown": (
        r"i(?:'ve)? (?:don't|do not|never|haven't|have not) (?:know|heard(?: of)?) "
        rf"{_WHAT}(?: before| yet)?"
    ),
    "overplayed": (
        rf"{_WHAT}{_IS}? (?:over-?played|played to death|on too often|played too (?:often|much))"
        r"|i(?:'m| am) (?:so |really )?(?:sick|tired) of (?:hearing )?(?P<sick>.+)"
        r"|i(?:'ve| have)? heard (?P<heard>.+?) (?:too|way too) (?:often|much|many times)"
    ),
}
_RULES = {
    reason: re.compile(rf"^{_LEAD}(?:{said})[.!]*$") for reason, said in _SAID.items()
}


@dataclass(frozen=True)
class ReasonSaid:
    """Why a song isn't liked, and where the message says which one it is."""

    start: int
    end: int
    reason: Reason


def reason_said(text: str) -> ReasonSaid | None:
    """Find the reason that a message gives against a song; None for none."""
    plain = text.lower().replace("’", "'")
    if len(plain) != len(text):
        return None
    for reason, pattern in _RULES.items():
        if match := pattern.match(plain.rstrip()):
            name = next(name for name, said in match.groupdict().items() if said)
            return ReasonSaid(*match.span(name), reason)
    return None
