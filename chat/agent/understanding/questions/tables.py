"""Tables of questions: a line each, of what is asked and a pattern in which it is.

Words in capitals stand for the patterns below: "<OF>" for what is asked about.
A question fits a pattern as a whole, and the first pattern that it fits is the one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chat.agent.understanding.questions.pointed import LIST, THESE

_ARTIST = r"(?:artist|singer|band|performer|group|musician|rapper|vocalist|act)s?"
_OUT = (
    r"(?:come out|came out|released?|made|recorded|published|out|from|drop(?:ped)?|appear|a hit"
    r"|new|put out|launched|released on [\w ]+)"
)
_MAKES = (
    r"(?:sings?|sang|sung|singing|plays|played|play|made|makes|did|does|perform(?:s|ed)?"
    r"|record(?:s|ed)?|raps|released|(?:is|are|was) (?:singing|playing|performing|rapping|heard))"
    r"(?: (?:on|in))?"
)
_HERE = rf"(?:here|there|in there|on there|in here|on here|(?:(?:in|on|from|of|within) )(?:{LIST}|it|this|here|there))"
_YOU_HAVE = (
    r"(?:(?:do|did|can|could|have) (?:you|we|i) (?:guys )?(?:have|got|know(?: of)?|carry|offer|find|play|choose(?: from)?|pick(?: from)?|listen to|hear|get)"
    r"|have you got|you have|you got|you know|you offer|(?:are|is) (?:there )?(?:available|on offer|(?:in|on) (?:the|your|this) (?:catalog(?:ue)?|library|collection|database|system|site))"
    r"|exist here)(?: (?:here|in total|altogether|in all|available|to offer|at all|in (?:the|your|this) (?:catalog(?:ue)?|library|collection|database|system|site)))*"
)
_CATALOG = r"(?:the|your|this|our) (?:whole |entire )?(?:catalog(?:ue)?|library|collection|database|music collection)"
_GENRES = (
    r"(?:(?:music )?(?:genres?|styles?)|(?:kind|sort|type)s? of music)(?: of music)?"
)
_UTMOST = (
    r"(?P<way>(?:most|least) \w+(?: known)?|best.known|least.known|top|biggest|[a-z]+est|first|last|longest|latest|debut|new|best"
    r"|number one|no 1|#1)"
)
_SONG = r"(?:songs?|tracks?|tunes?|ones?|hits?|singles?|pieces?)"
_NOW = r"(?: (?:right now|now|currently|these days|today|at the moment|this (?:week|month|year)|nowadays|atm|lately|out there|in the world|around))*"
_MACROS = {
    "<OF>": r"(?P<of>.+?)",
    "<WHAT>": r"(?P<of>.+?)",
    "<BE>": r"(?:is|are|was|were)",
    "<DO>": r"(?:is|are|was|were|did|does|do|has|have)",
    "<WHICH>": r"(?:what|which)",
    "<MAKES>": _MAKES,
    "<ARTIST>": _ARTIST,
    "<OUT>": _OUT,
    "<LIST>": LIST,
    "<ALL>": rf"(?:{LIST}|everything|the whole thing|all of (?:it|this|them|these)|{THESE})",
    "<IT>": rf"(?:{LIST}|it|this|everything|the whole thing|all of (?:it|this|them|these)|{THESE})",
    "<THESE>": THESE,
    "<HERE>": _HERE,
    "<YOU HAVE>": _YOU_HAVE,
    "<CATALOG>": _CATALOG,
    "<GENRES>": _GENRES,
    "<UTMOST>": _UTMOST,
    "<SONG>": _SONG,
    "<NOW>": _NOW,
}


def table(text: str, **macros: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile a table. macros: of this table alone."""
    return tuple(
        _rows(text, {**_MACROS, **{f"<{k.upper()}>": v for k, v in macros.items()}})
    )


def _rows(text: str, macros: dict[str, str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for line in text.strip().splitlines():
        kind, pattern = line.split(None, 1)
        for name, stands_for in macros.items():
            pattern = pattern.replace(name, stands_for)
        yield kind, re.compile(pattern)
