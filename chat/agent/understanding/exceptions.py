"""What a refusal lets through: "no country except Johnny Cash", "no rock, but Queen is fine".

Without a refusal before it, "except" refuses: "anything electronic except techno".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.genres import genre_family
from chat.agent.understanding.spans import Named
from chat.agent.understanding.wish import (
    Excepted,
)

# What stands before the one that is let through.
_MARK = re.compile(
    r"\b(?:except(?:ing)?(?: for| maybe| perhaps)?|apart from|aside from|other than|besides|beside"
    r"|save(?: for)?|unless (?:it'?s|it is|they'?re|they are|that'?s)|not counting|but for"
    r"|with the exception of|(?P<but>but))"
    r"(?: (?:by|from|the|maybe|for|some|songs|stuff|anything|only|those|it's))*\s*$"
)
_JOINT = re.compile(r"\s*(?:,|\band\b|\bor\b|&|\bby\b|,\s*(?:and|or))+\s*")
# What stands behind one that is let through.
_FINE = re.compile(
    r"\s*(?:songs? |stuff )?(?:is|are|would be|'s|can be|could be)\s+(?:still |always |totally |quite )?"
    r"(?:fine|ok|okay|good|great|allowed|welcome|alright|all right|cool|acceptable|an exception)\b"
    r"|\s*(?:can|may|could|should)\s+(?:stay|remain|come in|be in)\b|\s*(?:i|we) (?:do |still )?(?:like|love)\b"
)


@dataclass(frozen=True)
class Exceptions:
    """What genres that are refused let through, and where all of it is said.

    places: in characters of the message.
    """

    of_genres: tuple[Excepted, ...] = ()
    named: frozenset[Named] = frozenset()
    places: tuple[range, ...] = ()


def exceptions_in(
    text: str, start: int, named: Iterable[Named], *, takes_out: bool
) -> Exceptions:
    """Read the exceptions of a clause. text: the clause's; start: where it begins.

    takes_out: the clause says what is to go, so that genres are refused unsaid.
    """
    refused: list[Named] = []
    spared: list[Named] = []
    places: list[range] = []
    at = start
    for name in named:
        gap = text[max(0, at - start) : name.start - start]
        is_first = not spared or spared[-1].end != at
        mark = _MARK.search(gap)
        fine = _FINE.match(text, name.end - start)
        goes_on = not is_first and _JOINT.fullmatch(gap) is not None
        if refused and (goes_on or fine or _is_marked(mark, name, refused)):
            spared.append(name)
            first = at + mark.start() if mark else name.start
            places.append(range(first, start + fine.end() if fine else name.end))
        elif name.kind == "genre" and (name.is_negated or takes_out):
            refused.append(name)
        at = name.end
    if not spared:
        return Exceptions()
    artists = tuple(dict.fromkeys(int(n.key) for n in spared if n.kind == "artist"))
    genres = tuple(dict.fromkeys(n.key for n in spared if n.kind == "genre"))
    keys = dict.fromkeys(name.key for name in refused)
    of_genres = tuple(Excepted(key, artists, genres) for key in keys)
    return Exceptions(of_genres, frozenset(spared), tuple(places))


def _is_marked(
    mark: re.Match[str] | None, name: Named, refused: Iterable[Named]
) -> bool:
    if mark is None:
        return False
    if mark["but"] is None or name.kind != "genre":
        return True
    # "No rock but jazz" asks for jazz; "no electronic but techno" lets techno through.
    return any(name.key in genre_family(other.key) for other in refused)
