"""What songs must be beside genre, artist and time: language, voice, version, tempo, length.

Each is read as a constraint with its place in the clause, so that the words aren't read
a second time as a mood or a count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.models import Track
from chat.agent.constraints import Constraint, Kind
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.languages import LANGUAGE_NAMES, language_code
from chat.agent.understanding.negation import is_refused_at
from chat.agent.understanding.numbers import NUMBER_WORDS, number_of
from chat.agent.understanding.tokens import Span

# A tempo in figures is met within what most people hear as the same pace.
BPM_TOLERANCE = 8
BPM_RANGE = range(40, 251)
# Where a listener says "short songs" and "long songs" and no figure: a radio edit
# lasts three to four minutes.
SHORT_TO_S, LONG_FROM_S = 150, 300
# Above this it is the list that is to last so long, and no song.
MOST_SONG_MINUTES = 15


@dataclass(frozen=True)
class Demand:
    """A constraint and its place in the clause's text."""

    constraint: Constraint
    start: int
    end: int


Reader = Callable[[re.Match[str]], Constraint | None]

_SONGS = r"(?:songs?|tracks?|tunes?|versions?|recordings?|music|ones?|stuff|cuts?|takes?|pieces?)"
_ONLY = r"(?:only|please|$)"
_REFUSES = r"(?:no|not|without|nothing|avoid|skip|never|any|zero|minus|hate|free of)"
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


def demands_in(clause: Clause, text: str) -> tuple[Demand, ...]:
    """Find what a clause demands. text: the message."""
    found: list[Demand] = []
    said = clause.masked
    for pattern, reader in _READERS:
        for match in pattern.finditer(said):
            constraint = reader(match)
            if constraint is None:
                continue
            start, end = match.span()
            found.append(Demand(constraint, start, end))
            said = said[:start] + " " * (end - start) + said[end:]
    return tuple(_turned(clause, text, sorted(found, key=lambda d: d.start)))


_JOINT = re.compile(r"\W*(?:(?:or|and|nor|any)\b\W*)*")


def _turned(clause: Clause, text: str, found: list[Demand]) -> Iterator[Demand]:
    """Yield the demands, turned round where they are refused: "no remixes or covers"."""
    last_end, was_refused = 0, False
    for demand in found:
        is_refused = _is_refused(clause, text, demand.start)
        gap = clause.masked[last_end : demand.start]
        if not is_refused and was_refused:
            is_refused = _JOINT.fullmatch(gap) is not None
        last_end, was_refused = demand.end, is_refused
        constraint = _refused(demand.constraint) if is_refused else demand.constraint
        yield Demand(constraint, demand.start, demand.end)


def without_demands(clause: Clause, demands: tuple[Demand, ...]) -> Clause:
    """Return the clause with what was demanded blanked, and nothing named there."""
    text, masked = clause.text, clause.masked
    for demand in demands:
        blank = " " * (demand.end - demand.start)
        text = text[: demand.start] + blank + text[demand.end :]
        masked = masked[: demand.start] + blank + masked[demand.end :]
    places = [
        range(clause.start + demand.start, clause.start + demand.end)
        for demand in demands
    ]
    return Clause(
        text,
        masked,
        clause.start,
        tuple(t for t in clause.tokens if not any(t.start in p for p in places)),
        tuple(n for n in clause.named if not any(n.start in p for p in places)),
    )


def _is_refused(clause: Clause, text: str, start: int) -> bool:
    at = clause.start + start
    first = next((i for i, t in enumerate(clause.tokens) if t.start >= at), None)
    if first is None:
        return False
    return is_refused_at(text, clause.tokens, Span(first, first + 1))


def _refused(constraint: Constraint) -> Constraint:
    """Turn a demand round; one for a range of figures is the other side of it."""
    low, high = constraint.low, constraint.high
    fields = vars(constraint) | {"words": f"no {constraint.words}"}
    if constraint.kind in ("tempo", "duration"):
        if low is None or high is None:
            return Constraint(**fields | {"low": high, "high": low})
        return Constraint(**fields | {"is_refused": True})
    return Constraint(**fields | {"is_refused": not constraint.is_refused})


def _words(match: re.Match[str]) -> str:
    return " ".join(match.group().split())


def _plain(kind: Kind, *, is_refused: bool = False, key: str = "") -> Reader:
    def read(match: re.Match[str]) -> Constraint:
        return Constraint(kind, _words(match), is_refused=is_refused, key=key)

    return read


def _language(match: re.Match[str]) -> Constraint | None:
    groups = match.groupdict()
    name = groups.get("in") or groups.get("of") or groups.get("spoken") or ""
    code = language_code(name)
    if not code:
        return None
    return Constraint("language", f"in {name.title()}", key=code)


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
    words = _words(match)
    words = words if "b" in words else f"{words} BPM"
    return Constraint("tempo", words.replace("bpm", "BPM"), low=low, high=high)


def _seconds(said: str) -> float | None:
    minutes = float(said) if said[0].isdecimal() else float(number_of(said))
    return minutes * 60 if 0 < minutes <= MOST_SONG_MINUTES else None


def _length_between(match: re.Match[str]) -> Constraint | None:
    low, high = _seconds(match["a"]), _seconds(match["b"])
    if low is None or high is None:
        return None
    return Constraint(
        "duration", _words(match), low=min(low, high), high=max(low, high)
    )


def _length_from(match: re.Match[str]) -> Constraint | None:
    seconds = _seconds(match["n"])
    if seconds is None or _is_of_list(match):
        return None
    return Constraint("duration", _words(match), low=seconds)


def _length_to(match: re.Match[str]) -> Constraint | None:
    seconds = _seconds(match["n"])
    if seconds is None or _is_of_list(match):
        return None
    return Constraint("duration", _words(match), high=seconds)


def _length_near(match: re.Match[str]) -> Constraint | None:
    seconds = _seconds(match["n"])
    if seconds is None:
        return None
    return Constraint("duration", _words(match), low=seconds - 30, high=seconds + 30)


_OF_LIST = re.compile(
    r"\b(?:(?:play)?list|mix|it|this|set|total|make|cut|trim|shorten|keep it)\b(?!.*\b(?:songs?|tracks?)\b)"
)


def _is_of_list(match: re.Match[str]) -> bool:
    """Say whether it is the list that is to last so long: "make it under 10 minutes"."""
    return _OF_LIST.search(match.string[: match.start()]) is not None


def _short(match: re.Match[str]) -> Constraint:
    return Constraint("duration", _words(match), high=SHORT_TO_S)


def _long(match: re.Match[str]) -> Constraint:
    return Constraint("duration", _words(match), low=LONG_FROM_S)


_LANGUAGE = "|".join(sorted(LANGUAGE_NAMES, key=len, reverse=True))
_VOICE = r"(?:vocals?|singing|singers?|lyrics|words|voices?)"
_VERSION_NOUNS = r"(?:versions?|recordings?|songs?|tracks?|music|ones?|takes?|performances?|albums?|sessions?|sets?)"

# "More instrumental" moves the list and demands nothing.
_NO_DEGREE = (
    r"(?<!more )(?<!less )(?<!too )(?<!so )(?<!as )(?<!very )(?<!bit )(?<!fewer )"
)

_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            rf"\b(?:sung |songs? |music |lyrics |vocals |only |all |tracks? )?in (?:the )?(?P<in>{_LANGUAGE})"
            r"(?: language)?(?: only)?\b"
        ),
        _language,
    ),
    (
        re.compile(
            rf"\b(?P<of>{_LANGUAGE})(?=(?:[- ](?:language|speaking|sung|language))? (?:{_SONGS}|lyrics|vocals|hits|only)\b)"
            r"(?:[- ](?:language|speaking|sung))?(?: (?:lyrics|vocals))?"
            rf"|\b(?P<spoken>{_LANGUAGE})[- ](?:language|speaking|sung)\b"
        ),
        _language,
    ),
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
    (
        re.compile(
            rf"\b(?:clean(?= (?:{_SONGS}|lyrics|version|only|language)\b)(?: (?:lyrics|versions?|language))?"
            r"|(?:kid|family|child|work|office|radio)(?:s|ren)?[- ]?(?:friendly|safe|appropriate)"
            r"|safe for (?:kids|work|children|the family)|suitable for (?:kids|children)"
            r"|g[- ]rated|censored|^clean(?: (?:only|please))?$|only clean|keep it clean|clean only)\b"
        ),
        _plain("explicit", is_refused=True),
    ),
    (
        re.compile(
            r"\b(?:explicit(?: (?:lyrics|content|language))?|uncensored|swearing|swear words|profanity"
            r"|cursing|curse words|cussing|bad language|dirty (?:lyrics|words)|parental advisory)\b"
        ),
        _plain("explicit"),
    ),
    (
        re.compile(
            rf"{_NO_DEGREE}\b(?:only |just |strictly |purely |all )?instrumentals?(?: only)?\b(?! hip)"
            rf"|\b(?:no|without|zero|minus|free of)(?: any| the)? {_VOICE}\b|\bno one sing(?:s|ing)\b"
            r"|\bnobody sing(?:s|ing)\b|\bwordless\b|\bnon[- ]vocal\b|\bvocal[- ]free\b"
        ),
        _plain("instrumental"),
    ),
    (
        re.compile(
            rf"\bwith (?:some )?{_VOICE}\b|\b(?:sung|vocal) (?=(?:songs|music|tracks|ones)\b)"
        ),
        _plain("instrumental", is_refused=True),
    ),
    (
        re.compile(
            rf"\b(?:recorded |performed )?live (?:{_VERSION_NOUNS}\b|(?=_))"
            r"|\b(?:only live|live only|recorded live|live at|in concert)\b"
            r"|(?<=\bno )live\b|(?<=\bnot )live\b|(?<=\bnothing )live\b"
        ),
        _plain("version", key=Track.Version.LIVE.value),
    ),
    (
        re.compile(r"\bremix(?:es|ed)?(?: (?:versions?))?\b"),
        _plain("version", key=Track.Version.REMIX.value),
    ),
    (
        re.compile(r"(?<!album )\b(?:covers|covered|cover (?:versions?|songs?))\b"),
        _plain("version", key=Track.Version.COVER.value),
    ),
    (
        re.compile(r"\bkaraoke (?=versions?|tracks?\b)(?:versions?|tracks?)"),
        _plain("version", key=Track.Version.KARAOKE.value),
    ),
    (
        re.compile(r"\bdemos?(?: (?:versions?|recordings?))?\b"),
        _plain("version", key=Track.Version.DEMO.value),
    ),
    (
        re.compile(r"\bremaster(?:s|ed)?(?: (?:versions?))?\b"),
        _plain("version", key=Track.Version.REMASTER.value),
    ),
    (
        re.compile(r"\bacoustic (?:versions?|takes?|renditions?)\b"),
        _plain("version", key=Track.Version.ACOUSTIC.value),
    ),
    (
        re.compile(
            r"\b(?:that |which |songs |ones |something |anything |stuff |music |what )*(?:i|we)(?: have|'ve)?"
            r" (?:haven't|have not|havent|never|don't|do not|didn't)(?: yet)?"
            r" (?:heard|hear|know|knew|listened to|had|come across)(?: (?:yet|before|lately|recently|already|so far))*"
            r"|\bnot (?:heard|played|had) (?:yet|before|lately|recently)\b|\b(?:that(?:'s| is| are) )?new to me\b"
            r"|\b(?:nothing|no songs?|not what|none) (?:that )?(?:i|we)(?:'ve| have)? (?:already |recently )?"
            r"(?:heard|had|know|played)(?: (?:already|before|lately|recently))*"
            r"|\bsomething (?:completely |totally |entirely )?(?:new|fresh)\b(?! (?:and|from|by|wave))"
            r"|\b(?:no repeats|unheard|undiscovered)\b"
        ),
        _plain("unheard"),
    ),
)
