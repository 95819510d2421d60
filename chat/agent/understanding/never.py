"""Reads what is never to be heard again, or may be again: "never play Nickelback again".

A message is read so as a whole, and only where it names a song or an artist or points at
one: "never play anything slow" is a wish like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAY = r"(?:play|put on|give me|bring(?: me)?|show(?: me)?|suggest|recommend|add|pick|use|include)"
_LEAD = r"(?:(?:please|ok|okay|and|just|also|no|oh|hey),? )*"
_END = r"(?: to me| for me| here)?(?: (?:ever|please))*"
_NEVER = re.compile(
    rf"^{_LEAD}(?:"
    rf"(?:never(?: ever)?|don't(?: you)? ever|do not ever|you must never|you should never) {_PLAY} (?P<told>.+?)(?:,? (?:ever )?again)?"
    rf"|(?:don't|do not) {_PLAY} (?P<again>.+?) (?:ever )?again"
    rf"|i (?:never|don't ever|do not ever) want (?:to hear|you to {_PLAY}) (?P<heard>.+?)(?:,? (?:ever )?again)?"
    rf"|(?:ban|block|blacklist) (?P<banned>.+?)(?: for ever| forever| for good)?"
    rf"|(?P<after>it|this|that|(?:this|that) (?:song|track|one|artist|band)) never again"
    rf"){_END}[.!]*$"
)
_MAY = re.compile(
    rf"^{_LEAD}(?:"
    rf"(?:you (?:may|can)|feel free to) (?:now )?{_PLAY} (?P<told>.+?) (?:once )?(?:again|now|after all)"
    rf"|(?:it's|it is|its) (?:ok|okay|fine|all right|alright) to {_PLAY} (?P<fine>.+?) again"
    rf"|(?:allow|unblock|unban) (?P<allowed>.+?)(?: again| now)?"
    rf"|{_PLAY} (?P<after>.+?) again,? (?:it's|it is) (?:ok|okay|fine|allowed)(?: now)?"
    rf"){_END}[.!]*$"
)


@dataclass(frozen=True)
class NeverSaid:
    """Where a message says what is never to be heard, or may be heard again."""

    start: int
    end: int
    is_lifted: bool


def never_said(text: str) -> NeverSaid | None:
    """Find what a message wants never to be heard, or to be heard again; None for neither."""
    plain = text.lower().replace("’", "'")
    if len(plain) != len(text):
        return None
    for pattern, is_lifted in ((_NEVER, False), (_MAY, True)):
        if match := pattern.match(plain.rstrip()):
            name = next(name for name, said in match.groupdict().items() if said)
            return NeverSaid(*match.span(name), is_lifted)
    return None
