"""Tempos and lengths of songs in words and figures: "around 120 bpm", "under 3 minutes"."""

from __future__ import annotations

import re

from chat.agent.constraints import Constraint
from chat.agent.understanding.demand import Reader, said
from chat.agent.understanding.numbers import NUMBER_WORDS, number_of

# A tempo in figures is met within what most people hear as the same pace.
BPM_TOLERANCE = 8
BPM_RANGE = range(40, 251)
# Where a listener says "short songs" and "long songs" and no figure: a radio edit
# lasts three to four minutes.
SHORT_TO_S, LONG_FROM_S = 150, 300
# Above this it is the list that is to last so long, and no song.
MOST_SONG_MINUTES = 15

_N = r"(?:\d+(?:\.\d+)?|" + "|".join(
    word for word, n in sorted(NUMBER_WORDS.items(), key=lambda i: -len(i[0])) if n < 16
) + ")"  # fmt: skip
_MINUTES = r"(?: ?-?(?:minutes?|mins?|min)\b)"
_MORE = (
    r"(?:over|above|more than|at least|faster than|upwards of|from|north of|min(?:imum)?(?: of)?"
    r"|no slower than|not slower than|no less than|not under|not below|higher than)"
)
_LESS = (
    r"(?:under|below|less than|at most|slower than|up to|max(?:imum)?(?: of)?|no faster than"
    r"|not faster than|no more than|not over|not above|lower than|not more than)"
)
_BPM = r"(?: ?(?:bpm|beats per minute|beats a minute))"
_LONGER = (
    r"(?:over|above|more than|at least|longer than|upwards of|no shorter than"
    r"|not shorter than|no less than|not under)"
)
_SHORTER = (
    r"(?:under|below|less than|at most|shorter than|up to|max(?:imum)?(?: of)?|no longer than"
    r"|not longer than|no more than|not over|not above|not more than|within)"
)


def _tempo_between(match: re.Match[str]) -> Constraint | None:
    low, high = sorted((int(match["a"]), int(match["b"])))
    return _tempo(match, low, high)


def _tempo_from(match: re.Match[str]) -> Constraint | None:
    return _tempo(match, int(match["n"] or match["plus"]), None)


def _tempo_to(match: re.Match[str]) -> Constraint | None:
    return _tempo(match, None, int(match["n"]))


def _tempo_near(match: re.Match[str]) -> Constraint | None:
    bpm = int(match["n"] or match["of"])
    return _tempo(match, bpm - BPM_TOLERANCE, bpm + BPM_TOLERANCE)


def _tempo(
    match: re.Match[str], low: float | None, high: float | None
) -> Constraint | None:
    if any(end is not None and int(end) not in BPM_RANGE for end in (low, high)):
        return None
    words = said(match)
    words = words if "b" in words else f"{words} BPM"
    return Constraint("tempo", words.replace("bpm", "BPM"), low=low, high=high)


def _seconds(said: str) -> float | None:
    minutes = float(said) if said[0].isdecimal() else float(number_of(said))
    return minutes * 60 if 0 < minutes <= MOST_SONG_MINUTES else None


def _length_between(match: re.Match[str]) -> Constraint | None:
    low, high = _seconds(match["a"]), _seconds(match["b"])
    if low is None or high is None:
        return None
    return Constraint("duration", said(match), low=min(low, high), high=max(low, high))


def _length_from(match: re.Match[str]) -> Constraint | None:
    seconds = _seconds(match["n"])
    if seconds is None or _is_of_list(match):
        return None
    return Constraint("duration", said(match), low=seconds)


def _length_to(match: re.Match[str]) -> Constraint | None:
    seconds = _seconds(match["n"])
    if seconds is None or _is_of_list(match):
        return None
    return Constraint("duration", said(match), high=seconds)


def _length_near(match: re.Match[str]) -> Constraint | None:
    seconds = _seconds(match["n"])
    if seconds is None:
        return None
    return Constraint("duration", said(match), low=seconds - 30, high=seconds + 30)


_OF_LIST = re.compile(
    r"\b(?:(?:play)?list|mix|it|this|set|total|make|cut|trim|shorten|keep it)\b(?!.*\b(?:songs?|tracks?)\b)"
)


def _is_of_list(match: re.Match[str]) -> bool:
    """Say whether it is the list that is to last so long: "make it under 10 minutes"."""
    return _OF_LIST.search(match.string[: match.start()]) is not None


def _short(match: re.Match[str]) -> Constraint:
    return Constraint("duration", said(match), high=SHORT_TO_S)


def _long(match: re.Match[str]) -> Constraint:
    return Constraint("duration", said(match), low=LONG_FROM_S)


FIGURES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            rf"(?:\b(?:between|from) )?\b(?P<a>\d{{2,3}})(?: ?[-–] ?| to | and )(?P<b>\d{{2,3}}){_BPM}\b"
        ),
        _tempo_between,
    ),
    (
        re.compile(
            rf"\b(?:(?:bpm|tempo|speed|pace) )?(?:of )?between (?P<a>\d{{2,3}}) and (?P<b>\d{{2,3}})(?:{_BPM}\b|(?=\s*$))"
        ),
        _tempo_between,
    ),
    (
        re.compile(
            rf"\b(?:(?:bpm|tempo)(?: is| of)? )?{_MORE} (?P<n>\d{{2,3}}){_BPM}\b|\b(?P<plus>\d{{2,3}})\+{_BPM}\b"
        ),
        _tempo_from,
    ),
    (
        re.compile(
            rf"\b(?:bpm|tempo)(?: is| of)? {_MORE} (?P<n>\d{{2,3}})\b(?P<plus>)|\b(?:over|above|faster than) (?P<n2>1\d\d)(?=\s*$)"
        ),
        lambda match: _tempo(match, int(match["n"] or match["n2"]), None),
    ),
    (
        re.compile(
            rf"\b(?:(?:bpm|tempo)(?: is| of)? )?{_LESS} (?P<n>\d{{2,3}}){_BPM}\b"
        ),
        _tempo_to,
    ),
    (re.compile(rf"\b(?:bpm|tempo)(?: is| of)? {_LESS} (?P<n>\d{{2,3}})\b"), _tempo_to),
    (
        re.compile(
            r"\b(?:(?:at|of|with) )?(?:a )?(?:about |around |roughly |approximately |circa |exactly |~ ?)?"
            rf"(?P<n>\d{{2,3}}){_BPM}\b"
            r"|\b(?:bpm|tempo)(?: is| of|:)? (?:about |around |roughly )?(?P<of>\d{2,3})\b"
        ),
        _tempo_near,
    ),
    (
        re.compile(
            rf"\bbetween (?P<a>{_N})(?:{_MINUTES})? and (?P<b>{_N}){_MINUTES}(?: (?:long|each))?"
        ),
        _length_between,
    ),
    (
        re.compile(rf"\b{_LONGER} (?P<n>{_N}){_MINUTES}(?: (?:long|each))?"),
        _length_from,
    ),
    (re.compile(rf"\b{_SHORTER} (?P<n>{_N}){_MINUTES}(?: (?:long|each))?"), _length_to),
    (
        re.compile(
            rf"\b(?P<n>{_N})[- ](?:minutes?|min) (?:long )?(?=(?:songs|tracks)\b)"
            rf"|\babout (?P<n2>{_N}) minutes each\b"
        ),
        lambda match: _length_near(match) if match["n"] else None,
    ),
    (
        re.compile(
            r"\b(?:very |really )?short(?:er)? (?=(?:songs|tracks|tunes|ones)\b)"
        ),
        _short,
    ),
    (
        re.compile(
            r"\b(?:very |really )?long(?:er)? (?=(?:songs|tracks|tunes|ones)\b)"
        ),
        _long,
    ),
)
