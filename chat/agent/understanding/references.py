"""Words that point at songs: "the second one", "number 3", "that song", "him"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from chat.agent.understanding.commands import SLANG_OUT
from chat.agent.understanding.numbers import (
    MAX_COUNT,
    NUMBER,
    NUMBER_WORDS,
    ORDINALS,
    capped,
    number_of,
)
from chat.agent.understanding.pointing import (
    Half,
    NextTo,
    OfFirstList,
    Place,
    Reference,
    SongsOf,
    ThatOne,
    TheirSongs,
    Those,
)
from chat.agent.understanding.rows import EVERY, REST, every_nth, the_rest
from chat.agent.understanding.superlatives import utmost_in

_ORDINAL = "|".join(ORDINALS)
_CARDINAL = r"(?:\d{1,3}|" + "|".join(
    word for word, n in NUMBER_WORDS.items() if n <= 20 and word not in ("a", "an")
) + ")"  # fmt: skip
_SONG = r"(?:ones?|songs?|tracks?|tunes?)"
_IN_LIST = r"(?P<list>(?: \w+){0,1} (?:in|on|of|from) (?:the|my) (?:play)?list)?"
_JOINT = r"(?:\s*,\s*(?:and |or )?|\s+(?:and|n|or)\s+|\s*&\s*)"
_TO = r"(?:\s*[-–]\s*|\s+(?:to|through|thru|till|until)\s+)"

_SEVERAL = re.compile(
    rf"\b(?:the )?(?P<end>first|last|final|top(?= [\w-]+(?: {_SONG})?(?:$|[.,!?]| (?:in|of|on) the))) (?P<n>{NUMBER})(?: {_SONG})?\b"
    rf"(?! ?(?:years?|decades?|minutes?|hours?|days?|weeks?|months?)\b){_IN_LIST}"
)
# What may follow an ordinal that stands for a song, where no noun says so.
_AFTER_ORDINAL = (
    rf"(?: {_SONG}\b|(?= (?:and|or|but|is|was|are|were|isn't|wasn't|sounds|sucks|because"
    r"|with|for|from|too|please|again|here|to|instead|just|really|also|as well)\b)"
    r"|(?=\s*(?:,|$|[.!?&]))|(?= (?:in|on|of) the ))"
)
_ORDINALS = re.compile(
    rf"(?<!\bat )(?<!\ba )(?<!\bfor )\b(?P<o>{_ORDINAL}){_AFTER_ORDINAL}{_IN_LIST}"
)
_ITEM = rf"(?:(?:numbers?|nos?\.?|nr\.?|songs?|tracks?) )?#?{_CARDINAL}\b"
# A place that no list has is still one, and no reason to guess another.
_FAR = r"\d{4,12}\b"
_NO_COUNT = (
    r"(?! ?(?:more|songs?|tracks?|tunes?|minutes?|mins?|hours?|bpm|of|times|x)\b)"
)
_NUMBERS = re.compile(
    rf"(?:\b(?:numbers?|nos?\.?|nr\.?|songs?|tracks?) #?|#)(?P<items>(?:{_CARDINAL}\b|{_FAR})"
    rf"(?:(?:{_TO}|{_JOINT}){_ITEM}{_NO_COUNT})*)"
)
# Bare figures: "remove 3 and 5". One alone after "keep" is a size, not a place.
_BARE_NUMBERS = re.compile(
    r"\b(?:remove|delete|drop|skip|out|off|cut|lose|ditch|replace|swap|exchange|switch|places of|between|why|like|love|hate"
    rf"|dislike|kick|scrap|{SLANG_OUT}) (?:only |just )?(?P<items>\d{{1,3}}\b(?:(?:{_TO}|{_JOINT}){_ITEM})*)"
    rf"{_NO_COUNT}(?!(?:0s|s|')\b)"
    rf"|^(?:and |but )?(?P<said>\d{{1,3}}\b(?:(?:{_TO}|{_JOINT}){_ITEM})*)"
    r"(?= (?:is|are|was|were|isn't|aren't|sucks?|rocks?|can|has to|have to|must|should|needs? to) )(?! is to\b)"
    rf"|\bkeep (?:only |just )?(?P<kept>\d{{1,3}}\b(?:(?:{_TO}|{_JOINT}){_ITEM})+){_NO_COUNT}"
)
_FROM_END = re.compile(
    rf"\b(?:remove|delete|drop|cut|take off|take out|take away) (?P<n>{_CARDINAL}) {_SONG}"
    r"(?: (?:from|at|off) the (?:end|bottom|(?P<top>top|start|beginning)))?$"
)
# "that artist" is someone, "that sounds" no song.
_NOT_SONG = (
    r"(?! (?:to|up|down|more|less|a|an|the|artist|band|singer|group|guy|is|was|sounds?"
    r"|kind|sort|type|style|genre|list|playlist|mood|much|\w+er)\b)"
)
_THAT = re.compile(
    rf"\b(?:this|that|the last|the previous|the current|same) {_SONG}\b"
    r"|\b(?:like|to|why|not|remove|delete|drop|skip|lose|ditch|add|love|hate|liked|loved"
    r"|keep|is|sings|made|plays|of|about|than|take|replace|swap|explain) (?:this|that|it)\b"
    + _NOT_SONG
)
_SHOWN = re.compile(
    rf"\b(?:these|those)(?: {_SONG})?\b(?! (?:are|were)\b)"
    r"|\b(?:remove|delete|drop|skip|lose|ditch|keep|take) (?:all of |all )?them\b"
    r"(?! (?:to|more|less|a|\w+er)\b)"
    r"|\ball (?:of )?(?:them|these|those)\b|\bevery (?:one of them|song|track)\b"
)
_FEW = re.compile(
    rf"\b(?:those|these|the|both|all) (?:of (?:those|these|the) )?(?P<n>{_CARDINAL})(?: {_SONG})?\b"
    r"(?! ?(?:more|minutes?|mins?|hours?|bpm|years?|decades?|s\b))"
    r"(?: (?:that )?you(?:'ve| have)? (?:just )?(?:added|picked|found|put in))?"
    r"|\b(?P<both>both)(?: of (?:them|those|these))?\b"
    rf"|\bthe (?:(?:new(?:ly added)?|last added) {_SONG}|{_SONG} (?:that )?you(?:'ve| have)? (?:just )?(?:added|put in))\b"
)
_BESIDE = re.compile(
    rf"\b(?:the )?(?:one|song|track) (?:right |just )?(?P<way>before|after|above|below|following) "
    rf"(?:(?P<that>that|this|it)(?: one| song)?\b|(?:the )?(?P<o>{_ORDINAL})(?: {_SONG})?\b"
    rf"|(?:number |song |track |#)(?P<n>{_CARDINAL})\b)"
)
_OF_FIRST = re.compile(
    rf"\b(?:the )?(?P<o>{_ORDINAL})(?: {_SONG})? (?:of|in|from|on) (?:the |your )?(?:very )?"
    r"(?:first|original|initial) (?:play)?list\b"
)
# "By the artist of the first song", "whoever sings number 3".
_MADE_BY = re.compile(
    r"\b(?:the )?(?:artists?|bands?|singers?|groups?|people|whoever)"
    r" (?:of|behind|from|on|(?:that |who )?(?:sings|sang|made|plays|did|wrote)) "
    rf"(?:(?:the )?(?P<o>{_ORDINAL})(?: {_SONG})?\b(?! (?:list|playlist))"
    rf"|(?:number |song |track |no\.? ?|#)(?P<n>{_CARDINAL})\b"
    rf"|(?P<that>(?:this|that|it)(?: {_SONG})?)\b)"
)
_HALF = re.compile(
    r"\b(?:the )?(?P<n>first|second|last|latter|1st|2nd|top|bottom) half"
    r"(?: of (?:it|the (?:play)?list|this|the mix))?\b"
)
_THEIR = re.compile(
    r"\b(?:by|from|of|like|with) (?:him|her|them)\b"
    r"|\b(?:his|her|their) (?:songs?|music|tracks?|tunes?|stuff|work|albums?|other)\b"
    r"|\b(?:of|by) (?:his|hers|theirs)\b"
    r"|\b(?:this|that|the same) (?:artist|band|singer|group|guy)\b"
)


def references_in(text: str) -> tuple[Reference, ...]:
    """Find what a clause points at. text: lower case, names already taken out."""
    found: list[tuple[int, Reference]] = []
    left = text
    for start, end, utmost in tuple(utmost_in(left)):
        found.append((start, utmost))
        left = left[:start] + " " * (end - start) + left[end:]
    for rule, reader in _FARTHER:
        found.extend((match.start(), reader(match)) for match in rule.finditer(left))
        left = rule.sub(lambda m: " " * len(m.group()), left)
    for pattern in (_SEVERAL, _NUMBERS, _BARE_NUMBERS, _FROM_END, _ORDINALS):
        for match in pattern.finditer(left):
            found.extend((match.start(), place) for place in _places(pattern, match))
        left = pattern.sub(lambda m: " " * len(m.group()), left)
    shown = Place(1, MAX_COUNT)
    found.extend((match.start(), shown) for match in _SHOWN.finditer(left))
    left = _SHOWN.sub(lambda m: " " * len(m.group()), left)
    found.extend((match.start(), ThatOne()) for match in _THAT.finditer(left))
    found.extend((match.start(), TheirSongs()) for match in _THEIR.finditer(left))
    found.sort(key=lambda item: item[0])
    return tuple(dict.fromkeys(reference for _, reference in found))


def _few(match: re.Match[str]) -> Reference:
    if match["both"]:
        return Those(2)
    return Those(number_of(match["n"]) if match["n"] else None)


def _beside(match: re.Match[str]) -> Reference:
    step: Literal[-1, 1] = -1 if match["way"] in ("before", "above") else 1
    if match["that"]:
        return NextTo(step, ThatOne())
    position = ORDINALS[match["o"]] if match["o"] else number_of(match["n"])
    return NextTo(step, Place(position, is_of_playlist=match["n"] is not None))


def _of_first(match: re.Match[str]) -> Reference:
    return OfFirstList(Place(ORDINALS[match["o"]]))


def _made_by(match: re.Match[str]) -> Reference:
    if match["that"]:
        return SongsOf(ThatOne())
    position = ORDINALS[match["o"]] if match["o"] else number_of(match["n"])
    return SongsOf(Place(position, is_of_playlist=match["n"] is not None))


def _half(match: re.Match[str]) -> Reference:
    return Half(1 if match["n"] in ("first", "1st", "top") else 2)


# Read before anything else, since they hold other references in them.
_FARTHER: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reference]], ...] = (
    (EVERY, every_nth),
    (REST, the_rest),
    (_OF_FIRST, _of_first),
    (_MADE_BY, _made_by),
    (_HALF, _half),
    (_BESIDE, _beside),
    (_FEW, _few),
)


def _places(pattern: re.Pattern[str], match: re.Match[str]) -> Iterator[Place]:
    if pattern is _NUMBERS or pattern is _BARE_NUMBERS:
        groups = match.groupdict()
        yield from _numbered(
            groups["items"] or groups.get("kept") or groups.get("said") or ""
        )
    elif pattern is _FROM_END:
        count = capped(number_of(match["n"]))
        yield Place(1 if match["top"] else -count, count)
    elif pattern is _SEVERAL:
        count = capped(number_of(match["n"]))
        position = 1 if match["end"] in ("first", "top") else -count
        yield Place(position, count, is_of_playlist=match["list"] is not None)
    else:
        in_list = match["list"] is not None
        yield Place(ORDINALS[match["o"]], is_of_playlist=in_list)


_RANGE = re.compile(
    rf"(?P<a>{_CARDINAL})\b{_TO}#?(?P<b>{_CARDINAL})\b|(?P<n>{_CARDINAL}\b|{_FAR})"
)


def _numbered(items: str) -> Iterator[Place]:
    for match in _RANGE.finditer(items):
        if match["n"]:
            yield Place(number_of(match["n"]), is_of_playlist=True)
            continue
        first, last = sorted((number_of(match["a"]), number_of(match["b"])))
        yield Place(first, capped(last - first + 1), is_of_playlist=True)


# A row of places that a comma doesn't part: "2, 5 and 7", "the first, third and last".
PLACES = re.compile(
    rf"\b(?:the )?(?:(?:numbers?|songs?|tracks?) )?#?(?:{_CARDINAL}|{_ORDINAL})\b"
    rf"(?:\s*,\s*(?:and |or )?(?:the )?(?:(?:numbers?|songs?|tracks?) )?"
    rf"#?(?:{_CARDINAL}|{_ORDINAL})\b(?! (?:more|minutes?|hours?)\b))+"
)
