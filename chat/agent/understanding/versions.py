"""Reads what is said of versions of the list, and of its description.

"Make a copy from version 4", "go back to version 2", "describe it as …": whole messages,
since what follows is a title or a text in the listener's own words.
"""

from __future__ import annotations

import re

from chat.agent.understanding.numbers import NUMBER_WORDS, ORDINALS, number_of
from chat.agent.understanding.reading import (
    Act,
    CopyList,
    DescribeAs,
    GoBackTo,
    RestoreVersion,
)

MAX_TITLE_CHARS, MAX_DESCRIPTION_CHARS = 120, 500
_POLITE = r"^(?:please |now |and |then |ok |okay |so |can you |could you |can we |i want to |i'd like to |let's |let us )*"
_LIST = r"(?:the |my |this |current |whole )*(?:play)?list"
_CARDINALS = "|".join(sorted((w for w in NUMBER_WORDS if len(w) > 2), key=len)[::-1])
_ORDINALS = "|".join(word for word, number in ORDINALS.items() if number > 0)
_VERSION = (
    rf"(?:(?:the )?version (?:number |no\.? |#)?(?P<n>\d{{1,4}}|{_CARDINALS})|v\.? ?(?P<v>\d{{1,4}})"
    rf"|(?:the )?(?P<o>{_ORDINALS}|original) version)"
)
_CALLED = r"(?:(?:,| and)? (?:call(?:ed)? (?:it )?|nam(?:e|ed) (?:it )?|titled? (?:it )?|as )(?P<title>\S.*?))?"
_END = r"(?: please)?[.!?\s]*$"
_OF = r"(?:of|from|out of|with|based on|starting (?:from|with)|off|at)"
_IT = rf"(?:it|this|that|{_LIST})"
_COPY = (
    re.compile(
        rf"{_POLITE}(?:make|create|start|begin|open|give me|save|i need)(?: me)? (?:an? |another )?(?:new |separate )?"
        rf"(?:copy|(?:play)?list|branch|duplicate|fork)(?: {_OF} {_IT})? {_OF} {_VERSION}{_CALLED}{_END}"
    ),
    re.compile(rf"{_POLITE}(?:copy|duplicate|fork|branch(?: off)?(?: from)?) {_VERSION}(?: (?:into|to|as) (?:an?(?:other)? )?(?:new )?(?:play)?list)?{_CALLED}{_END}"),
    re.compile(
        rf"{_POLITE}(?:(?:make|create|save|give me)(?: me)? (?:an? )?(?:copy|duplicate|fork)(?: of {_IT})?"
        rf"|(?:copy|duplicate|fork) {_IT}){_CALLED}{_END}"
    ),
)  # fmt: skip
_BACK = re.compile(
    rf"{_POLITE}(?:(?:go|take me|take it|bring me|bring it|roll|switch|change|jump|turn)(?: it)?(?: {_LIST})? (?:back )?to"
    rf"|return(?: it| {_LIST})? to|revert(?: it| {_LIST})? to|restore|bring back|use|take|show me|i want|back to) {_VERSION}"
    rf"(?: (?:again|back|of {_IT}))?{_END}"
)
_DESCRIBES = re.compile(
    rf"{_POLITE}(?:describe {_IT} (?:as|with|by)|(?:set|change|make) (?:the |its )?description(?: of {_IT})? (?:to|as)?"
    rf"|(?:add|write|give it|use) (?:a |the |this |as )*description(?: to {_IT})?|(?:the )?description)"
    r"(?P<joint>\s*:\s*|\s+)(?P<text>\S.*)$",
    re.DOTALL,
)
_UNDESCRIBES = re.compile(
    rf"{_POLITE}(?:remove|delete|clear|drop|take away|take off) (?:the |its )?description(?: (?:of|from) {_IT})?{_END}"
)
# "Description of this song?" asks, and sets nothing.
_ASKS = re.compile(r"^(?:of|for|from|is|was|about)\b|\?\s*$")


def version_read(text: str) -> Act | None:
    """Read a message that is about versions or the description as a whole."""
    plain = text.lower().replace("’", "'")
    if len(plain) != len(text):
        return None
    for pattern in _COPY:
        match = pattern.match(plain)
        if match:
            title = _said(text, match, "title")
            return CopyList(_number(match), title[:MAX_TITLE_CHARS])
    match = _BACK.match(plain)
    if match and match["o"] in ("first", "original", "1st"):
        return GoBackTo(1)
    if match:
        number = _number(match)
        return RestoreVersion(number) if number is not None else None
    if _UNDESCRIBES.match(plain):
        return DescribeAs("")
    match = _DESCRIBES.match(plain)
    if match and (":" in match["joint"] or not _ASKS.search(match["text"])):
        return DescribeAs(_said(text, match, "text")[:MAX_DESCRIPTION_CHARS])
    return None


def _said(text: str, match: re.Match[str], group: str) -> str:
    """Return what was said there in its own letters, without quotes around it."""
    if not match.groupdict().get(group):
        return ""
    said = text[match.start(group) : match.end(group)].strip()
    quoted = re.fullmatch(r"[\"“‘'](.+)[\"”’'][.!]?", said, re.DOTALL)
    return quoted[1].strip() if quoted else said


def _number(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("n"):
        word = groups["n"]
        return int(word) if word.isdigit() else number_of(word)
    if groups.get("v"):
        return int(groups["v"])
    if groups.get("o"):
        return 1 if groups["o"] == "original" else ORDINALS[groups["o"]]
    return None
