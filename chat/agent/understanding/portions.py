"""Several kinds that share one list: "half 80s rock, half 2010s pop", "3 by Queen, 2 by ABBA".

Each kind is read by itself, so that what is said of one is asked of no other; the rest of
the message is read as any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from chat.agent.understanding.reading import AddSome, Ask, Reading, Resize
from chat.agent.understanding.wish import Portion, Wanted

# More kinds than this are a list of names and no recipe.
MOST_PORTIONS = 6
# "Mostly": so much of the list, and the rest is what else was said.
MOSTLY = 0.75
# Shares that add up to less, or more, were meant for something else.
WHOLE = (0.9, 1.1)
MAX_WORDS = 9

_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_OF_IT = r"(?:\s+of\s+(?:it|them|those|(?:the|my)\s+(?:list|playlist|songs)))?"
_SHARES: tuple[tuple[str, float | None], ...] = (
    (rf"two[\s-]thirds{_OF_IT}", 2 / 3),
    (rf"three[\s-]quarters{_OF_IT}", 3 / 4),
    (rf"(?:(?:the\s+)?other\s+|an?other\s+|one\s+|a\s+)?half{_OF_IT}(?![\s-]*(?:an?\b|hours?|time|way))", 1 / 2),
    (rf"(?:another\s+|one\s+|a\s+)third{_OF_IT}", 1 / 3),
    (rf"(?:another\s+|one\s+|a\s+)quarter{_OF_IT}", 1 / 4),
    (r"the\s+(?:rest|remainder)", None),
    (r"(?:mostly|mainly|primarily|predominantly)", MOSTLY),
)  # fmt: skip
# What may stand beside "mostly".
_A_LITTLE = (
    r"(?:(?:but|and|plus)\s+)?(?:also\s+)?(?:with\s+|and\s+|plus\s+|,\s*)(?:just\s+|maybe\s+)?"
    r"(?:a\s+(?:little|tiny|small)?\s*(?:bit|touch|dash|hint|pinch|sprinkle|splash)(?:\s+of)?"
    r"|a\s+(?:little|few)|some|a\s+couple\s+of)"
)
_SHARE = re.compile(
    r"\b(?:(?P<percent>\d{1,2})\s?(?:%|per\s?cent\b)"
    + "".join(rf"|(?P<s{i}>{pattern})\b" for i, (pattern, _) in enumerate(_SHARES))
    + rf")|(?<=\w)\s*(?P<little>,?\s*{_A_LITTLE})\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:^|(?<=[,:;&\s]))(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+"
    r"(?!(?:minutes?|mins?|hours?|hrs?|h|seconds?|years?|days?|weeks?|months?|bpm|times?|percent"
    r"|more|less|decades?|stars?|of|and|or|to|at)\b)",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:(?:good|great|best)\s+)?(?:songs?|tracks?|tunes?|ones?)?\s*"
    r"(?:(?:each|apiece)\s+(?:by|from|of)|(?:by|from|of|for)\s+each(?:\s+of)?:?)\s+(?P<row>[^.!?;\n]+)",
    re.IGNORECASE,
)  # fmt: skip
_BETWEEN_EACH = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|plus|&)\s+", re.IGNORECASE)
# What stands before a number that begins a portion.
_BEGINS = re.compile(
    r"(?:^|[,:;&]|\b(?:and|plus|then|me|want|with|add|play|give|need|make|find|put|get|like"
    r"|include|of|in|then|please|list|playlist|mix))\s*$",
    re.IGNORECASE,
)
_SAYS_SONGS = re.compile(r"\b(?:songs?|tracks?|tunes?|by|from)\b", re.IGNORECASE)
_GLUE = re.compile(
    r"^(?:[\s,:;-]+|(?:should|shall|must|can|could|to|be|is|are|of|it|it's|songs?\s+(?:from|of)"
    r"(?=\s+(?:the\s+)?\w*\d)|just)\b)+",
    re.IGNORECASE,
)
# Who tells of people divides no list.
_OF_PEOPLE = re.compile(r"\b(?:i|my|we|our|he|his|she|they|their|you)\b", re.IGNORECASE)
_SONGS_BEHIND = re.compile(r"(?<=\w)\s+(?:songs?|tracks?|tunes?|music)$", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[\s,:;&-]+|\b(?:and|plus|then|with|but|while|also|the|a|or))+$", re.IGNORECASE
)
# Where the last portion ends and the message goes on.
_ENDS = re.compile(r"[.!?;\n,]|\s+(?:please|thanks|when|while|but)\b", re.IGNORECASE)
_PURPOSE = re.compile(r"\s+(?:for|to)\s", re.IGNORECASE)
# Who edits or asks, or tells of people, divides no list.
_OTHERWISE = re.compile(
    r"\b(?:remove|delete|drop|exclude|avoid|skip|without|except|forget|don[’']t|do\s+not|not?|nothing"
    r"|replace|swap|exchange|move|keep|take|leave|get\s+rid|was|were|said|says|friends?|people)\b"
    r"|^\W*(?:is|are|was|were|did|does|do|has|why|which|how|what|who|when)\b",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"^\W*(?:(?:and|also|now|then|please|can|could|you|ok|okay)\W+)*"
    r"(?:add|include|throw\s+in|put\s+in|mix\s+in)\b",
    re.IGNORECASE,
)
_ERA = re.compile(
    r"(?:\b(?:19|20)\d\d\b|(?:\b(?:19|20)|['’])?\d0[’']?s\b"
    r"|\b(?:fifties|sixties|seventies|eighties|nineties|noughties)\b)",
    re.IGNORECASE,
)
_BETWEEN_ERAS = re.compile(r"\s*(?:,\s*(?:and|plus)?|\band\b|\bplus\b|&|\bwith\b)\s*", re.IGNORECASE)  # fmt: skip
_LEAD = re.compile(
    r"^\W*(?:(?:hi|hey|hello|please|can|could|you|i|want|need|would|like|give|me|make|us|play|find"
    r"|some|a|an|the|of|mix|playlist|list|songs?|music|with|both|d|ll)\b\W*)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Said:
    """One portion as it was said: its share of the list or a count, and where.

    share: None for the rest.
    """

    text: str
    share: float | None
    count: int | None = None


@dataclass(frozen=True)
class _Recipe:
    """Portions, and from where to where they stand in the message.

    is_of_times: each has a time of its own, and so needs a kind as well.
    """

    portions: tuple[_Said, ...]
    start: int
    end: int
    is_of_times: bool = False


Read = Callable[[str], Reading]
Names = Callable[[], Collection[str]]


def portions_read(text: str, read: Read, names: Names) -> Reading | None:
    """Read a message that divides a list among several kinds; None for any other.

    read: reads a piece of the message, or what is left of it. names: looks up the keys of
    artists and titles that the message may hold, for numbers that belong to one.
    """
    for recipe in _recipes(text, names):
        wanted = [_wanted_by(read(_as_songs(said.text))) for said in recipe.portions]
        kinds = [
            one
            for one in wanted
            if one is not None and _is_kind(one, but_its_time=recipe.is_of_times)
        ]
        if len(kinds) == len(wanted):
            return _reading(text, recipe, kinds, read)
    return None


def _recipes(text: str, names: Names) -> Iterator[_Recipe]:
    """Yield what may divide the list, the likeliest first."""
    each = _EACH.search(text)
    if each and not _OTHERWISE.search(text, 0, each.start()):
        yield from _of_each(each)
    marks = list(_SHARE.finditer(text))
    if len(marks) > 1 and not _OTHERWISE.search(text, 0, marks[0].end()):
        shares = _whole([_share_of(mark) for mark in marks])
        if shares is not None and not _ADDS.search(text):
            yield from _between(text, [m.span() for m in marks], shares)
    counts = [
        mark for mark in _COUNT.finditer(text) if _BEGINS.search(text, 0, mark.start())
    ]
    if len(counts) > 1:
        known = names()
        counts = [mark for mark in counts if not _is_of_name(text, mark, known)]
    if len(counts) > 1 and not _OTHERWISE.search(text, 0, counts[0].end()):
        numbers = [_number(mark["count"]) for mark in counts]
        for recipe in _between(text, [m.span() for m in counts], counts=numbers):
            if any(_SAYS_SONGS.search(said.text) for said in recipe.portions):
                yield recipe
    yield from _by_eras(text)


def _of_each(mark: re.Match[str]) -> Iterator[_Recipe]:
    """Yield as many songs of each in a row of names: "5 songs each by X, Y and Z"."""
    names = [name for name in _BETWEEN_EACH.split(mark["row"]) if name.strip()]
    if 1 < len(names) <= MOST_PORTIONS:
        count = _number(mark["number"])
        said = tuple(_Said(f"songs by {_cleaned(name)}", None, count) for name in names)
        yield _Recipe(said, *mark.span())


def _between(
    text: str,
    spans: list[tuple[int, int]],
    shares: list[float | None] | None = None,
    *,
    counts: list[int] | None = None,
) -> Iterator[_Recipe]:
    """Yield what stands behind each mark; what the songs are for belongs to none."""
    if len(spans) > MOST_PORTIONS:
        return
    last = spans[-1][1]
    ends = _ENDS.search(text, last + 1)
    end = ends.start() if ends else len(text)
    purpose = _PURPOSE.search(text, last, end)
    for stop in (purpose.start(), end) if purpose else (end,):
        stops = [*(start for start, _ in spans[1:]), stop]
        pieces = [
            _cleaned(text[begin:stop])
            for (_, begin), stop in zip(spans, stops, strict=True)
        ]
        if all(map(_may_be_kind, pieces)):
            said = tuple(
                _Said(
                    piece,
                    shares[i] if shares else None,
                    counts[i] if counts else None,
                )
                for i, piece in enumerate(pieces)
            )
            yield _Recipe(said, spans[0][0], stop)


def _by_eras(text: str) -> Iterator[_Recipe]:
    """Yield kinds that have each their own time: "80s rock and 90s hip hop"."""
    eras = list(_ERA.finditer(text))
    if (
        not 1 < len(eras) <= MOST_PORTIONS
        or _OTHERWISE.search(text)
        or _ADDS.search(text)
    ):
        return
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    ends = re.search(r"[.!?;\n]", text[start:])
    end = start + ends.start() if ends else len(text)
    purpose = _PURPOSE.search(text, eras[-1].end(), end)
    end = purpose.start() if purpose else end
    pieces = [p for p in _BETWEEN_ERAS.split(text[start:end]) if p.strip()]
    if len(pieces) != len(eras) or not all(
        len(_ERA.findall(piece)) == 1 and len(_ERA.sub("", piece).split()) > 0
        for piece in pieces
    ):
        return
    share = 1 / len(pieces)
    said = tuple(_Said(_cleaned(piece), share) for piece in pieces)
    yield _Recipe(said, start, end, is_of_times=True)


def _share_of(mark: re.Match[str]) -> float | None:
    if mark["percent"]:
        return int(mark["percent"]) / 100
    for i, (_, share) in enumerate(_SHARES):
        if mark[f"s{i}"]:
            return share
    return None


def _whole(shares: list[float | None]) -> list[float | None] | None:
    """Return shares that make up a whole, those of the rest filled in; None for others."""
    known = sum(share for share in shares if share is not None)
    open_ = shares.count(None)
    if open_:
        left = 1 - known
        if left <= 0 or open_ == len(shares):
            return None
        return [left / open_ if share is None else share for share in shares]
    return shares if WHOLE[0] <= known <= WHOLE[1] else None


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _NUMBERS.index(said.lower()) + 1


def _is_of_name(text: str, mark: re.Match[str], names: Collection[str]) -> bool:
    """Say whether a number begins the name of an artist or a song."""
    follows = " ".join(re.findall(r"\w+", text[mark.start() :].lower()))
    number = mark["count"].lower()
    return any(
        name.startswith(f"{number} ") and f"{follows} ".startswith(f"{name} ")
        for name in names
    )


def _may_be_kind(piece: str) -> bool:
    return 0 < len(piece.split()) <= MAX_WORDS and not _OF_PEOPLE.search(piece)


def _cleaned(piece: str) -> str:
    return _TAIL.sub("", _GLUE.sub("", piece)).strip()


def _as_songs(piece: str) -> str:
    """Return a piece as a request of its own: "by Queen" is about songs."""
    return (
        f"songs {piece}" if re.match(r"(?:by|from)\b", piece, re.IGNORECASE) else piece
    )


def _wanted_by(reading: Reading) -> Wanted | None:
    match reading.acts:
        case (Ask(wanted=wanted),):
            return wanted
    return None


def _is_kind(wanted: Wanted, *, but_its_time: bool) -> bool:
    """Say whether more is said than words that may mean anything."""
    said = replace(wanted, words=(), count=None, minutes=None)
    if but_its_time:
        said = replace(said, year_from=None, year_to=None)
    return not said.is_empty or bool(wanted.unknown_names)


def _reading(text: str, recipe: _Recipe, kinds: list[Wanted], read: Read) -> Reading:
    counts = [said.count for said in recipe.portions if said.count is not None]
    if counts and _ADDS.search(text):
        return Reading(
            tuple(
                AddSome(replace(kind, count=count), ())
                for kind, count in zip(kinds, counts, strict=True)
            )
        )
    total = sum(counts)
    portions = tuple(
        Portion(
            _SONGS_BEHIND.sub("", _as_songs(said.text)),
            said.count / total if said.count is not None else said.share or 0.0,
            replace(kind, count=None, minutes=None, unknown_names=()),
        )
        for said, kind in zip(recipe.portions, kinds, strict=True)
    )
    left = f"{text[: recipe.start]} {text[recipe.end :]}"
    rest = read(left) if _LEAD.sub("", left).strip(" .,!?;:") else Reading(())
    base = next((act for act in rest.acts if isinstance(act, Ask)), Ask(Wanted(), True))
    size = next((act for act in rest.acts if isinstance(act, Resize)), None)
    unknown = (name for kind in kinds for name in kind.unknown_names)
    wanted = replace(
        base.wanted,
        portions=portions,
        unknown_names=(*base.wanted.unknown_names, *unknown),
        count=total or base.wanted.count or (size.count if size else None),
        minutes=base.wanted.minutes or (size.minutes if size else None),
    )
    others = (act for act in rest.acts if not isinstance(act, Ask | Resize))
    return replace(rest, acts=(*others, replace(base, wanted=wanted, is_fresh=True)))
