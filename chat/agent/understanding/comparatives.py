"""Comparatives, which move the list: "more upbeat", "less sad", "slower", "too loud"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from catalog.search.query import Attribute
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.lexicon import Leaning, comparative_words
from chat.agent.understanding.reading import Shift
from chat.agent.understanding.spans import Named

_THINGS = (
    r"(?:it|this|that|things|them|these|the (?:list|playlist|music|songs|whole thing))"
)
_UP = (
    r"(?:raise|lift|increase|boost|up|bring up|turn up|pick up|pump up|kick up|push up)"
)
_DOWN = r"(?:lower|reduce|decrease|bring down|turn down|drop|tone down|take down)"
_PACE = r"(?:tempo|pace|speed|bpm|beat)"
_FORCE = r"(?:energy|intensity|volume|heat|power)"
_SPIRITS = r"(?:mood|spirits?|vibe|atmosphere)"


def _moved(noun: str, attribute: Attribute) -> Iterator[tuple[str, Attribute, int]]:
    """Yield what raises and lowers a noun: "raise the energy", "bring the energy up"."""
    the = r"(?:the |its |their |this )?"
    for verb, way, step in ((_UP, "up", 1), (_DOWN, "down", -1)):
        yield rf"\b{verb} {the}{noun}\b", attribute, step
        yield (
            rf"\b(?:bring|turn|take|push|pick|tone) {the}{noun} {way}\b",
            attribute,
            step,
        )


_MOVES: tuple[tuple[str, Attribute, int], ...] = (
    (r"\bslow (?:\w+ ){0,2}down\b", "tempo_bpm", -1),
    (r"\bspeed (?:\w+ ){0,2}up\b", "tempo_bpm", 1),
    *_moved(_PACE, "tempo_bpm"),
    *_moved(_FORCE, "energy"),
    *_moved(_SPIRITS, "valence"),
    (
        rf"\b(?:tone|calm|bring|turn|take|tune|settle|dial|wind|cool) {_THINGS} "
        r"(?:back|down)\b",
        "energy",
        -1,
    ),
    (rf"\b(?:chill|mellow|calm) {_THINGS} out\b", "energy", -1),
    (
        rf"\b(?:turn|pump|amp|kick|pick|ramp|crank|step|take|bring|rev) {_THINGS} up\b",
        "energy",
        1,
    ),
)
_LIVEN = rf"\b(?:liven|spice|perk|cheer|brighten|lighten) {_THINGS} up\b"
_PHRASAL: tuple[tuple[re.Pattern[str], tuple[Leaning, ...]], ...] = (
    *((re.compile(says), (Leaning(what, step),)) for says, what, step in _MOVES),
    (re.compile(_LIVEN), (Leaning("energy", 1), Leaning("valence", 1))),
)
_COMPARED = re.compile(
    r"\b(?:more|less|a bit|a little|bit|little|a tad|a touch|much|slightly|even|way|far"
    r"|too|not so|not as|not that|not very|make it|make this|make them|keep it|enough"
    r"|isn't|aren't|not)\s|\benough\b"
)
_DEGREES = re.compile(_COMPARED.pattern.replace(r"|isn't|aren't|not)", ")"))
# "Make it happy" moves the list; "something happy" asks for another one.
_MAKE_IT = re.compile(
    r"\b(?:make|get|turn|keep) (?:it|them|this|these|things|the (?:list|playlist|music))"
    r"(?: (?:all|a|bit|little|much|really|very|more|sound|feel|into|something))* $"
)
_DEGREE_REACH = 4


_NOT_THAT = re.compile(
    r"^(?:but |and |hm+ |please |ok |just |maybe |make it |it should be )*not (?:quite )?"
    r"(?:that|this|so|as|too)(?: (?:very|much|damn|bloody|all that))? $"
)


def is_not_that_much(clause: Clause) -> bool:
    """Say whether a clause is "not that heavy", which points at no song."""
    return any(
        n.kind == "mood" and _NOT_THAT.match(clause.masked[: n.start - clause.start])
        for n in clause.named
    )


def shift_read(clause: Clause) -> Shift | None:
    """Read a comparative; None where the clause makes no comparison."""
    for pattern, leanings in _PHRASAL:
        match = pattern.search(clause.masked)
        if match:
            return Shift(match.group(), leanings)
    compares = _COMPARED.search(clause.masked) is not None
    found: list[Leaning] = []
    phrases: list[str] = []
    for named in clause.named:
        is_comparative = is_inflected(named)
        if named.kind != "mood" or named.key not in comparative_words():
            continue
        way = _way(clause, named) if compares or is_comparative else None
        if way is None and not (is_comparative or _goes_on(clause, named, bool(found))):
            continue
        sign = -1 if way == "less" else 1
        found.extend(moved(named, sign))
        prefix = "" if is_comparative else ("less " if sign < 0 else "more ")
        phrases.append(prefix + named.text.lower())
    if not found or _is_contrast(clause):
        return None
    return Shift(" and ".join(phrases), tuple(dict.fromkeys(found)))


def _is_contrast(clause: Clause) -> bool:
    """Say whether one mood is refused and another asked for: "not loud but angry"."""
    moods = [named for named in clause.named if named.kind == "mood"]
    asked = [named for named in moods if not named.is_negated]
    is_degree = _DEGREES.search(clause.masked) or any(map(is_inflected, moods))
    return bool(asked) and len(asked) < len(moods) and not is_degree


def is_inflected(named: Named) -> bool:
    """Say whether a mood word is a comparative by itself: "slower"."""
    return named.text.lower().endswith("er") and named.key in comparative_words()


def moved(named: Named, sign: int) -> Iterator[Leaning]:
    """Yield where a comparative word moves the list; sign -1 turns it round."""
    for leaning in comparative_words()[named.key]:
        yield Leaning(leaning.attribute, leaning.step * sign)


def _goes_on(clause: Clause, named: Named, has_found: bool) -> bool:
    """Say whether a word goes on with a comparison: "more upbeat and danceable"."""
    return has_found and _before(clause, named)[-1:] in (["and"], ["or"])


def _before(clause: Clause, named: Named) -> list[str]:
    """Return the few words before a name."""
    at = bisect_left(clause.tokens, named.start, key=lambda token: token.start)
    return [token.key for token in clause.tokens[max(0, at - _DEGREE_REACH) : at]]


def _way(clause: Clause, named: Named) -> str | None:
    """Return "more" or "less" as the words around a mood word say, None for neither.

    "too slow" and "not so slow" ask for less of it, "not slow enough" for more.
    """
    before = _before(clause, named)
    at = bisect_left(clause.tokens, named.end, key=lambda token: token.start)
    after = [token.key for token in clause.tokens[at : at + 1]]
    if after == ["enough"]:
        return "more"
    if "less" in before or "too" in before or "fewer" in before or named.is_negated:
        return "less"
    if "not" in before and before[-1:] in (
        ["as"],
        ["very"],
        ["that"],
        ["so"],
        ["this"],
    ):
        return "less"
    if "more" in before:
        return "more"
    said_before = clause.masked[: named.start - clause.start]
    return "more" if _MAKE_IT.search(said_before) else None
