"""Names and titles as they may stand in a sentence.

They come from files, tables and the web, and are data: none of them may break a line,
turn the direction of what follows, or close the quotes that fence it in.
"""

from __future__ import annotations

import unicodedata

MAX_NAME_CHARS = 120

# What joins letters and signs into one (Persian, Hindi, families of emoji); all other
# invisible signs steer the display, or hide words in a name.
_JOINERS = "\u200c\u200d"
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", "„": "‚", '"': "'"})


def cleaned(text: str) -> str:
    """Return words on one line, without invisible signs that steer the display."""
    return " ".join("".join(map(_seen, text)).split())


def named(name: str) -> str:
    """Return a name of a person, a band or a list, cleaned and of a bearable length."""
    name = cleaned(name)
    if len(name) <= MAX_NAME_CHARS:
        return name
    return f"{name[: MAX_NAME_CHARS - 1].rstrip()}…"


def quoted(title: str) -> str:
    """Return a title in quotes that nothing inside of it can close."""
    return f"“{named(title).translate(_INNER_QUOTES)}”"


def _seen(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" if sign not in _JOINERS:
            return ""
        case "Cs" | "Co" | "Cn":
            return "\ufffd"
    return sign
