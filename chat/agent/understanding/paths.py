"""Orders that are wished for: "start calm, end wild", "build up", "slow to fast"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.names import name_key
from chat.agent.arcs import AXES, Arc, Waypoint
from chat.agent.understanding.halves import (
    ENDS_SAID,
    GROWS,
    HALF_COMPARED,
    PACE_TURNS,
    STOP,
    WORDS,
)
from chat.agent.understanding.lexicon import Leaning, comparative_words, mood_words

# Where a word's step puts a point of the path, in shares of the catalog.
_SHARES = {-2: 0.1, -1: 0.22, 0: 0.5, 1: 0.78, 2: 0.9}
# A path that only rises or falls, by energy.
_LOW, _HIGH = 0.12, 0.9
_MOST_WORDS = 4

_SOFTLY = r"(?:(?:really|very|slowly|gradually|out|off|on|with|a bit|more|something|the|some|in|as|being|it) )*"
_TWO = (
    re.compile(
        rf"\b(?:start|begin|open|kick)(?:s|ing)? {_SOFTLY}" + WORDS.format("a")
        + r"(?: songs?| music| tracks?)?\s*(?:,|;|\band\b|\bthen\b|\bbut\b|\bto\b)(?:\s*(?:and|then|but|to|it should))*\s+"
        r"(?:slowly |gradually |later |finally )*"
        r"(?:end|finish|close|get|go|become|turn|build|move|grow)(?:s|ing)?(?: up| off| out| on| to| towards?| into)*"
        rf" {_SOFTLY}" + WORDS.format("b") + STOP
    ),
    re.compile(
        r"\b(?:go|goes|going|move|moves|moving|progress|progresses|progressing|build|builds|building|get|gets"
        r"|ramp|ramps|transition|transitions|transitioning|shift|shifts|evolve|evolves|slide|slides)?(?: up| down)? ?"
        r"\bfrom (?:very |really |something )?" + WORDS.format("a")
        + r" (?:songs? |music )?to (?:very |really |something )?" + WORDS.format("b") + STOP
    ),
    re.compile(
        WORDS.format("a") + r" (?:songs? |ones? )?(?:at|in) the (?:start|beginning)(?:,| and| then|,? but)+ "
        + WORDS.format("b") + r" (?:songs? |ones? )?(?:at|by|towards?|in) the end\b"
    ),
    *ENDS_SAID,
    re.compile(WORDS.format("a") + r" (?:songs? |ones? )?first,? (?:and )?then " + WORDS.format("b") + STOP),
    re.compile(r"\b(?P<a>[a-z]+(?: [a-z]+)?) to (?P<b>[a-z]+)\b" + STOP),
)  # fmt: skip
_NOT_TO = r"(?<!to )(?<!me )(?<!us )(?<!need )(?<!my )(?<!\bhelp )"
_LITTLE = r"\b(?:(?:get|gets|make it|be|becoming|becomes?) )?(?:(?:a (?:little|bit)|slightly|much) )?"
_AT_END = r"(?:at|by|towards?|near|nearing) the (?:very )?end\b"
_RISES = re.compile(
    r"\bbuild(?:s|ing)?(?: it| things| the (?:energy|mood|tempo|intensity))?(?: slowly| gradually)? up\b"
    r"(?: slowly| gradually| to a climax| over time)*|\bbuild(?:s|ing)? (?:slowly|gradually)\b"
    r"|\bramp(?:s|ing)? up\b|\b(?:a |as a )?crescendo\b|\brising (?:energy|intensity|tempo)\b"
    r"|\b(?:slowly|gradually|progressively|steadily) (?:get|gets|getting|become|becomes|becoming|grow|grows|growing|increase|increases|increasing)"
    r" (?:in (?P<noun>energy|intensity|tempo|speed|pace)|(?:more |the )?(?P<word>[a-z]+))\b"
    rf"|{_LITTLE}(?:louder|wilder|faster|livelier"
    rf"|more (?:energetic|upbeat|lively|danceable|intense)) {_AT_END}"
    r"|\b(?:get|gets|getting|become|becomes) (?:more and more (?P<more>[a-z]+)|(?P<comp>[a-z]+er) and \w+er)\b"
)
_FALLS = re.compile(
    rf"{_NOT_TO}\bwind(?:s|ing)?(?: it| things)? down(?: (?:slowly|gradually|at the end|towards? the end))*\b"
    r"|\bcool(?:s|ing)? down (?:at|towards?) the end\b|\bcalm(?:s|ing)? down (?:at|towards?) the end\b"
    rf"|{_LITTLE}(?:quieter|calmer|softer|slower|mellower|gentler"
    rf"|more (?:quiet|calm|mellow|chill|relaxed|relaxing)) {_AT_END}"
    r"|\bramp(?:s|ing)? down\b|\bfad(?:e|es|ing) out\b|\bdecrescendo\b|\bfalling (?:energy|intensity)\b"
)
_PEAKS = re.compile(
    r"\b(?:peak|peaks|peaking|climax|climaxes)(?: \w+){0,2} (?:in|at) the (?:middle|centre|center)\b"
    r"|\b(?:build|builds|ramp|ramps) up (?:and|then) (?:(?:then )?(?:cool|wind|calm|come|comes|winds|cools|calms|ramp|back)s? )+(?:back )?down\b"
)
_NOUNS = {
    "energy": "energetic", "intensity": "intense", "tempo": "fast", "speed": "fast",
    "pace": "fast",
}  # fmt: skip


@dataclass(frozen=True)
class Path:
    """A path that was said, and its place in the message."""

    arc: Arc
    start: int
    end: int


def path_said(text: str) -> Path | None:
    """Return the order that a message wishes for. text: lower case."""
    peak = _PEAKS.search(text)
    if peak:
        points = (Waypoint(_LOW), Waypoint(_HIGH), Waypoint(_LOW))
        return Path(Arc(_said(peak), points), *peak.span())
    for pattern in _TWO:
        for match in pattern.finditer(text):
            arc = _between(match)
            if arc is not None:
                return Path(arc, match.start(), match.end())
    half = HALF_COMPARED.search(text)
    if half:
        return _halved(half)
    pace = PACE_TURNS.search(text)
    if pace:
        word = "slow" if (pace["way"] or pace["turns"]) == "slow" else "fast"
        arc = _towards(pace, word)
        return Path(arc, *pace.span()) if arc else None
    grows = GROWS.search(text)
    if grows and (arc := _towards(grows, grows["word"] or grows["more"])):
        return Path(arc, *grows.span())
    rise = _RISES.search(text)
    if rise:
        arc = _rising(rise)
        return Path(arc, *rise.span()) if arc is not None else None
    fall = _FALLS.search(text)
    if fall:
        return Path(Arc(_said(fall), (Waypoint(_HIGH), Waypoint(_LOW))), *fall.span())
    return None


def _said(match: re.Match[str]) -> str:
    return " ".join(match.group().split()).strip(" ,.")


def _between(match: re.Match[str]) -> Arc | None:
    """Make a path of two moods; None where the words are none."""
    first, last = (_leanings(match[name]) for name in ("a", "b"))
    if not first or not last:
        return None
    is_only_pair = match.re is _TWO[-1]
    if is_only_pair and not _is_opposed(first, last):
        return None  # "Happy to help" is no path.
    return Arc(_said(match), _points(first, last))


def _rising(match: re.Match[str]) -> Arc | None:
    word = match["word"] or match["more"] or match["comp"]
    if match["noun"]:
        word = _NOUNS[match["noun"]]
    if word is None:
        return Arc(_said(match), (Waypoint(_LOW), Waypoint(_HIGH)))
    return _towards(match, word)


def _towards(match: re.Match[str], word: str) -> Arc | None:
    """Make a path to what a word means from its opposite; None where it means none."""
    goal = _leanings(word)
    if not goal:
        return None
    away = {axis: 1 - share for axis, share in goal.items()}
    return Arc(_said(match), _points(away, goal))


def _halved(match: re.Match[str]) -> Path | None:
    """Read "the first half slower than the second": it ends as the other half is."""
    arc = _towards(match, match["word"])
    is_turned = (match["half"] in ("first", "1st")) != (match["way"] == "less")
    if arc is None:
        return None
    return Path(arc.reversed() if is_turned else arc, *match.span())


def _leanings(words: str) -> dict[str, float]:
    """Return the shares that some words of mood mean, by axis; {} for other words."""
    parts = words.replace("-", " ").split()
    for size in range(min(_MOST_WORDS, len(parts)), 0, -1):
        key = name_key(" ".join(parts[-size:]))
        leanings = mood_words().get(key) or comparative_words().get(key)
        if leanings:
            return _shares(leanings)
    return {}


def _shares(leanings: Iterable[Leaning]) -> dict[str, float]:
    shares = {
        leaning.attribute: _SHARES[leaning.step]
        for leaning in leanings
        if leaning.attribute in AXES
    }
    return {str(axis): share for axis, share in shares.items()}


def _is_opposed(first: dict[str, float], last: dict[str, float]) -> bool:
    return any(
        (first[axis] - 0.5) * (last[axis] - 0.5) < 0 for axis in first if axis in last
    )


def _points(
    first: dict[str, float], last: dict[str, float]
) -> tuple[Waypoint, Waypoint]:
    """Make both ends of a path; what one end leaves open is of the middle there."""
    axes = {*first, *last}
    start = {axis: first.get(axis, 0.5) for axis in axes}
    end = {axis: last.get(axis, 0.5) for axis in axes}
    return Waypoint(**start), Waypoint(**end)
