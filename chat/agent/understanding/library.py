"""Asking for songs like what one has at a service: "something like my liked songs".

What says so is found and blanked before anything else reads the message, so that the name
of a playlist there reaches no encoder; the rest is read as any message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chat.agent.understanding.likening import LIKES, REFUSES, addition_said, likened_by
from chat.agent.understanding.players import blanked
from chat.agent.understanding.reading import LikeLibrary, OtherLanguage, Reading

MAX_LIST_NAME = 120
_AT = r"(?:\s+(?:on|at|in|from|over\s+at)\s+(?:my\s+)?spotify\b)"
_SONGS = r"(?:songs?|tracks?|tunes?|music|ones|stuff)\b"
_WHAT = rf"(?:(?:the|all(?:\s+the)?|those)\s+)?(?:{_SONGS}|what|everything)\s+(?:(?:that|which)\s+)?"
_I_HAVE = r"i(?:[’']ve|\s+have)?\s+"
_LATELY = (
    r"(?:lately|recently|these\s+days|last\s+(?:night|week)|(?:this|the\s+past|the\s+last"
    r"(?:\s+few)?)\s+(?:days?|weeks?))\b"
)
_LIST = r"(?:play\s?list|list)\b"
_IN_QUOTES = (
    rf"[\"“«‘'](?P<name>[^\"“”«»‘’\n]{{1,{MAX_LIST_NAME}}})[\"”»’'](?:\s+{_LIST})?"
)
_GOES_ON = (
    r"(?:but|and|with|without|only|just|please|though|except|for|to|now|instead)\b"
)
_ENDS = rf"(?=\s*(?:$|[,.;:!?])|\s+{_GOES_ON})"
_IN_WORDS = r"(?P<name>[^\n,.;:!?\"“”«»]{1,80}?)"
# Which, and how it is said; the first that fits.
_WHICH = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("liked", rf"my\s+(?:spotify\s+)?(?:liked|saved|hearted)\s+(?:spotify\s+)?{_SONGS}{_AT}?"),
        ("liked", rf"my\s+spotify\s+(?:favou?rites?|likes)(?:\s+{_SONGS})?"),
        ("liked", rf"my\s+(?:likes|favou?rites?|favou?rited?\s+{_SONGS}){_AT}"),
        ("liked", rf"{_WHAT}{_I_HAVE}(?:liked?|saved?){_AT}"),
        ("top", rf"my\s+(?:spotify\s+)?(?:all[\s-]time\s+)?(?:top|most[\s-](?:played|heard|listened(?:[\s-]to)?))\s+(?:\d+\s+)?(?:spotify\s+)?{_SONGS}{_AT}?"),
        ("top", rf"{_WHAT}i\s+(?:listen\s+to|play|hear|stream)\s+(?:the\s+)?most(?:\s+often)?\b{_AT}?"),
        ("recent", rf"my\s+(?:spotify\s+)?recently[\s-](?:played|heard|streamed)(?:\s+{_SONGS})?{_AT}?"),
        ("recent", rf"my\s+(?:recent\s+|latest\s+)?(?:spotify\s+)?(?:listening(?:\s+history)?|plays|listens|streams|rotation)\b{_AT}?"),
        ("recent", rf"{_WHAT}{_I_HAVE}(?:been\s+)?(?:listen(?:ed|ing)?|hear(?:d|ing)|play(?:ed|ing)|stream(?:ed|ing))(?:\s+to)?{_AT}?\s+{_LATELY}{_AT}?"),
        ("lists", rf"(?:my|the)\s+spotify\s+{_LIST}\s+(?:(?:called|named)\s+)?{_IN_QUOTES}"),
        ("lists", rf"(?:my|the)\s+{_LIST}\s+(?:(?:called|named)\s+)?{_IN_QUOTES}{_AT}"),
        ("lists", rf"(?:my|the)\s+{_IN_QUOTES}{_AT}"),
        ("lists", rf"(?:my|the)\s+spotify\s+{_LIST}\s+(?:(?:called|named)\s+)?(?!s\b){_IN_WORDS}{_ENDS}"),
        ("lists", rf"(?:my|the)\s+{_LIST}\s+(?:(?:called|named)\s+)?{_IN_WORDS}{_AT}"),
        ("lists", rf"(?:my|the)\s+{_IN_WORDS}\s+{_LIST}{_AT}"),
        ("lists", rf"my\s+spotify\s+{_IN_WORDS}\s+{_LIST}"),
        ("lists", r"my\s+(?:own\s+)?spotify\s+(?:play\s?)?lists?\b"),
        ("lists", rf"my\s+(?:own\s+)?(?:play\s?)?lists?{_AT}"),
        ("", rf"my\s+spotify(?:\s+(?:library|collection|account|taste|{_SONGS}))?\b"),
        ("", rf"(?:my\s+(?:library|collection|music|songs)|what\s+i\s+(?:have|hear|listen\s+to)){_AT}"),
    )
)  # fmt: skip
_LIKE = re.compile(
    r"\b(?:(?P<bare>like)|(?:similar|close)\s+to|along\s+the\s+lines\s+of"
    r"|in\s+the\s+(?:style|vein|spirit)\s+of|resembling|based\s+on|inspired\s+by"
    r"|(?:match(?:es|ing)?|suit(?:s|ing)?|fit(?:s|ting)?)(?:\s+with)?"
    r"|(?:go(?:ing)?|judging)\s+by|with|from|out\s+of|off(?:\s+of)?|using"
    r"|(?:play|hear|shuffle|put\s+on|give\s+me|listen\s+to)(?:\s+me)?)\s+"
    rf"(?:(?:the|those|some|all)\s+(?:of\s+)?)?(?:{_SONGS}\s+(?:in|on|of|from)\s+)?",
    re.IGNORECASE,
)
# Who takes songs out, or asks about them, asks for none.
_OTHERWISE = re.compile(
    r"\b(?:remove|delete|drop|exclude|avoid|skip|without|except|forget|don[’']t|do\s+not)\b"
    r"|\b(?:take|leave|get)\b.*\b(?:out|rid)\b"
    r"|^\W*(?:is|are|was|were|did|does|has|why|which|how|(?:do|have)\s+(?!you\b))\b",
    re.IGNORECASE,
)
_FILLING = re.compile(
    r"\b(?:more|something|anything|stuff|some|others?|ones?|things?|sounds?"
    r"|sounding|that|which|a|lot|bit|much|exactly|just)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Borrowing:
    """Where a message says what of a service songs shall be like, and what.

    kind: as in LikeLibrary. name: of a playlist there, as said. is_there: the service is
    named. name_at: where the name stands.
    """

    kind: str
    name: str
    is_there: bool
    start: int
    end: int
    name_at: tuple[int, int] | None = None
    is_beside: bool = False


def borrowing_said(text: str) -> Borrowing | None:
    """Find what of a service songs are to be like, None where nothing of that is said."""
    for like in _LIKE.finditer(text):
        # Nobody likes them by beginning so: "like my top songs" asks for others.
        is_first = not text[: like.start()].strip()
        if like["bare"] and not is_first and LIKES.search(text, 0, like.start()):
            continue
        start = like.start()
        while filling := _FILLING.search(text, 0, start):
            start = filling.start()
        if REFUSES.search(text, 0, start) or _OTHERWISE.search(text, 0, like.start()):
            continue
        for kind, pattern in _WHICH:
            if said := pattern.match(text, like.end()):
                return _borrowing(text, kind, said, start)
    return None


def _borrowing(text: str, kind: str, said: re.Match[str], start: int) -> Borrowing:
    groups = said.groupdict()
    name = (groups.get("name") or "").strip()
    return Borrowing(
        kind,
        name,
        "spotify" in said[0].lower(),
        start,
        said.end(),
        said.span("name") if name else None,
        is_beside=addition_said(text, said.start()),
    )


def without_borrowing(text: str, said: Borrowing) -> str:
    """Return the rest of a message, with its places kept."""
    return blanked(text, said.start, said.end)


def borrowed_by(said: Borrowing, reading: Reading) -> Reading:
    """Return a reading of the rest with what is borrowed put at its head."""
    act = LikeLibrary(
        said.kind, said.name, is_there=said.is_there, is_beside=said.is_beside
    )
    rest = tuple(a for a in reading.acts if not isinstance(a, OtherLanguage))
    return likened_by(act, replace(reading, acts=rest))


def unnamed(text: str) -> str:
    """Return a message as others than the rules may read it: no playlist of a service's
    is named in it."""
    said = borrowing_said(text)
    if said is None or said.name_at is None:
        return text
    start, end = said.name_at
    return f"{text[:start]}…{text[end:]}"
