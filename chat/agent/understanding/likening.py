"""Asking for songs like those of a list: "more like this playlist", "… my road trip list".

What names the list is found and blanked, and the rest is read as any message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chat.agent.understanding.numbers import NUMBER
from chat.agent.understanding.pointing import ALL_SONGS, Place
from chat.agent.understanding.reading import (
    AddSome,
    Ask,
    AskHelp,
    LikeLibrary,
    LikeList,
    Reading,
    Resize,
    Shift,
    SmallTalk,
    StartOver,
)
from chat.agent.understanding.wanted import joined
from chat.agent.understanding.wish import Wanted

MAX_LIST_NAME = 120
_LIKE = re.compile(
    r"\b(?:(?P<bare>like)|(?:similar|close)\s+to|along\s+the\s+lines\s+of"
    r"|in\s+the\s+(?:style|vein|spirit)\s+of|resembling|based\s+on|inspired\s+by)\s+"
    r"(?P<those>(?:(?:the|all(?:\s+the)?)\s+)?(?:ones|those|these|songs|tracks|music|stuff"
    r"|what(?:[’']s|\s+is|\s+i\s+have)?)\s+(?:(?:that\s+are|i\s+have)\s+)?"
    r"(?:in|on|of|from)\s+)?",
    re.IGNORECASE,
)
# "I like my playlist" likes it, and "I'd like my playlist longer" asks for that.
LIKES = re.compile(
    r"(?:^|[^\w\s]|\b(?:i|we|you|they|people|who|would|[id][’']d|do|does|don[’']t|did|to"
    r"|and|really|also|still|quite|actually|absolutely|always|feel|looks?|not))\s*$",
    re.IGNORECASE,
)
# What stands before "like" and says nothing of the songs.
_FILLING = re.compile(
    r"\b(?:more|something|anything|stuff|some|others?|ones?|things?|sounds?|sounding"
    r"|(?:play\s?)?list|mix|it|lot|bit|much|exactly|just)\s+$",
    re.IGNORECASE,
)
# "Add songs like those of my gym list", "5 more songs like these": beside what is there.
_ADDS = re.compile(
    rf"\b(?:add|include|insert|append|put|throw in|mix in|{NUMBER} (?:more|extra))\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:no|not|nothing|never|without|less|don[’']t)(?:\s+\w+){0,2}\s+$",
    re.IGNORECASE,
)
_LIST = r"(?:(?:song|music)\s+)?(?:play\s?list|list|mix)\b"
_IN_QUOTES = rf"[\"“«](?P<name>[^\"“”«»\n]{{1,{MAX_LIST_NAME}}})[\"”»]"
_IN_WORDS = (
    r"(?P<name>(?:(?!\b(?:my|our|songs?|tracks?|ones?)\b)[^\n,.;:!?\"“”«»]){1,80}?)"
)
_GOES_ON = (
    r"(?:but|and|with|without|only|just|please|though|except|in|for|to|now|instead)\b"
)
_ENDS = rf"(?=\s*(?:$|[,.;:!?])|\s+{_GOES_ON})"
_CALLED = r"(?:called|named|titled)\s+"
_WHICH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:my|our|the|this)\s+)?{_IN_QUOTES}\s+{_LIST}",
        rf"(?:my|our|the|this)\s+{_LIST}\s+(?:{_CALLED})?{_IN_QUOTES}",
        rf"(?:my|our|the)\s+{_LIST}\s+{_CALLED}{_IN_WORDS}{_ENDS}",
        rf"(?:my|our|the|this)\s+(?P<name>)(?:(?:whole|entire|current)\s+)?{_LIST}{_ENDS}",
        rf"(?:my|our)\s+{_LIST}\s+(?!of\b|that\b|which\b|you\b){_IN_WORDS}{_ENDS}",
        rf"(?:my|our)\s+{_IN_WORDS}\s+{_LIST}{_ENDS}",
    )
)
# "Something like the best jazz list" asks for jazz, and for no list of that name.
_THE_NAMED = re.compile(rf"(?i:the)\s+{_IN_WORDS}\s+(?i:{_LIST}){_ENDS}")
# Words that tell of another list than the one at hand, and not which.
_VAGUE = frozenset({"last", "first", "other", "old", "new", "previous", "next", "own"})


@dataclass(frozen=True)
class Likened:
    """Where a message says which list songs shall be like; "" names the one at hand.

    is_beside: they are to be added, and not to take the place of what is there.
    """

    name: str
    start: int
    end: int
    is_beside: bool


def likened_list(text: str) -> Likened | None:
    """Find the list that songs are to be like, None where none is said."""
    for like in _LIKE.finditer(text):
        if like["bare"] and LIKES.search(text, 0, like.start()):
            continue
        which = _which(text, like)
        filling = _FILLING.search(text, 0, like.start())
        start = filling.start() if filling else like.start()
        if which is not None and not REFUSES.search(text, 0, start):
            is_beside = addition_said(text, like.end())
            return Likened(which["name"].strip(), start, which.end(), is_beside)
    return None


def addition_said(text: str, end: int) -> bool:
    """Say whether songs are to be added, by what stands before a place."""
    return _ADDS.search(text, 0, end) is not None


def likened_by(act: LikeList | LikeLibrary, reading: Reading) -> Reading:
    """Return a reading of the rest of a message with what songs are like at its head."""
    others = []
    for other in reading.acts:
        match other:
            case AddSome(playlist=name) if name and isinstance(act, LikeList):
                return replace(reading, acts=(_for_another(act, other),))
            case Ask(wanted=wanted) | AddSome(wanted=wanted):
                wanted = joined(act.wanted, replace(wanted, words=()))
                act = replace(act, wanted=wanted)
            case Resize(by=None, times=None):
                size = Wanted(count=other.count, minutes=other.minutes)
                act = replace(act, wanted=joined(act.wanted, size))
            case Shift():
                act = replace(act, shift=other)
            case SmallTalk() | AskHelp() | StartOver():
                pass
            case _:
                others.append(other)
    return replace(reading, acts=(act, *others))


def _for_another(likened: LikeList, act: AddSome) -> AddSome:
    """Let songs like those at hand go into another list: of a third one none do."""
    if likened.name:
        return act
    whole = (Place(1, ALL_SONGS, is_of_playlist=True),)
    wanted = replace(act.wanted, words=())
    return replace(act, wanted=wanted, references=whole, is_likeness=True)


def _which(text: str, like: re.Match[str]) -> re.Match[str] | None:
    for pattern in _WHICH:
        said = pattern.match(text, like.end())
        if said and said["name"].lower() not in _VAGUE:
            return said
    said = _THE_NAMED.match(text, like.end())
    if said is None or said["name"].lower() in _VAGUE:
        return None
    return said if like["those"] or said["name"][:1].isupper() else None
