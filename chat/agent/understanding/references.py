"""Words that point at songs: "the second one", "number 3", "that song", "him"."""

from __future__ import annotations

import re

from chat.agent.understanding.numbers import NUMBER, ORDINALS, number_of
from chat.agent.understanding.reading import (
    Place,
    Reference,
    ThatOne,
    TheirSongs,
)

_ORDINAL = "|".join(ORDINALS)
_SONG = r"(?:ones?|songs?|tracks?|tunes?)"
_IN_LIST = r"(?P<list>(?: \w+){0,1} (?:in|on|of|from) (?:the|my) (?:play)?list)?"

_SEVERAL = re.compile(
    rf"\b(?:the )?(?P<end>first|last|top|final) (?P<n>{NUMBER})(?: {_SONG})?\b{_IN_LIST}"
)
_ORDINALS = re.compile(
    rf"\b(?P<o>{_ORDINAL})(?: {_SONG}\b|(?= and | or |,|$|[.!?])|(?= (?:in|on) the ))"
    rf"{_IN_LIST}"
)
_NUMBERS = re.compile(
    r"(?:\b(?:numbers?|nos?\.?|songs?|tracks?) #?|#)(?P<n>\d{1,3})\b"
    r"(?P<more>(?:(?:,| and| or|, and) #?\d{1,3}\b)*)"
)
_THAT = re.compile(
    rf"\b(?:this|that|the last|the previous|the current) {_SONG}\b"
    r"|\b(?:like|why|not|remove|delete|drop|skip|add|love|hate|liked|loved|keep|of|about)"
    r" (?:this|that|it)\b(?! (?:to|up|down|more|less|\w+er\b))"
)
_THEIR = re.compile(
    r"\b(?:him|her|them|his|their|hers|theirs|he|she|they"
    r"|(?:this|that|the same) (?:artist|band|singer|group|one[']?s artist))\b"
)


def references_in(text: str) -> tuple[Reference, ...]:
    """Find what a clause points at. text: lower case, names already taken out."""
    found: list[tuple[int, Reference]] = []
    left = text
    for pattern in (_SEVERAL, _NUMBERS, _ORDINALS):
        for match in pattern.finditer(left):
            found.extend((match.start(), place) for place in _places(pattern, match))
        left = pattern.sub(lambda m: " " * len(m.group()), left)
    found.extend((match.start(), ThatOne()) for match in _THAT.finditer(left))
    found.extend((match.start(), TheirSongs()) for match in _THEIR.finditer(left))
    found.sort(key=lambda item: item[0])
    return tuple(reference for _, reference in found)


def _places(pattern: re.Pattern[str], match: re.Match[str]) -> list[Place]:
    if pattern is _NUMBERS:
        numbers = [match["n"], *re.findall(r"\d+", match["more"])]
        return [Place(int(n), is_of_playlist=True) for n in numbers]
    in_list = match["list"] is not None
    if pattern is _SEVERAL:
        count = number_of(match["n"])
        position = 1 if match["end"] in ("first", "top") else -count
        return [Place(position, count, is_of_playlist=in_list)]
    return [Place(ORDINALS[match["o"]], is_of_playlist=in_list)]
