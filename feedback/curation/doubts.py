"""What speaks against a donated record, before anybody has read it.

The rule of this file: pure functions, each from what is known to `Doubt`s. A doubt decides
nothing; it says what a reviewer should look at, and moves the record up the queue.
`doubting.py` asks the tables and keeps what was found, the scrubber's doubts among it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from feedback.curation.fitting import Asked, Song, fits


class Code(StrEnum):
    """What is doubtful; the value is stored with the record. The first are the scrubber's."""

    GUESSED = "guessed"
    ARTIST_OR_PERSON = "artist_or_person"
    UNKNOWN_NAME = "unknown_name"
    NUMBER_LEFT = "number_left"
    BOTH = "both"
    AGAINST = "against"
    MOOD = "mood"
    REPEATED = "repeated"
    COPIED = "copied"
    BURST = "burst"
    GIBBERISH = "gibberish"
    LINKS = "links"


LABELS = {
    Code.GUESSED: "something was taken out on a guess",
    Code.ARTIST_OR_PERSON: "an artist's name, or a person's",
    Code.UNKNOWN_NAME: "a name that nobody knows",
    Code.NUMBER_LEFT: "a long number was left",
    Code.BOTH: "one song approved and refused",
    Code.AGAINST: "approved songs aren't what was asked",
    Code.MOOD: "approved songs are of another mood",
    Code.REPEATED: "the same words again and again",
    Code.COPIED: "the same words from several people",
    Code.BURST: "very many in one week",
    Code.GIBBERISH: "reads like gibberish",
    Code.LINKS: "mostly links",
}

# From so many of a kind on there is a doubt, which grows from there.
REPEATED_FROM = 3
COPIED_FROM = 3
# A busy week of one person: some six lists a day, each with its turns.
BURST_FROM = 40
LINKS_FROM = 2
# Short requests are the same from many people ("something calm for work").
COPIED_WORDS = 8
# Few songs tell little: one of one, or half of what is known of them.
AGAINST_SHARE = 0.5
# Of the mood's two axes, from 0 to 1, far enough to be its opposite.
MOOD_FAR = 0.45

# How sure each kind of doubt is where it is at its worst.
BOTH_WEIGHT = 0.7
AGAINST_HARD, AGAINST_SOFT = 0.7, 0.4
# What is a wish rather than a must.
_LEANINGS = frozenset({"attribute", "tempo"})
MOOD_WEIGHT = 0.4
REPEATED_WEIGHT = 0.7
COPIED_WEIGHT = 0.8
BURST_WEIGHT = 0.7
GIBBERISH_WEIGHT = 0.8
LINKS_WEIGHT = 0.8


@dataclass(frozen=True)
class Doubt:
    """One thing that is doubtful, and how much, 0 to 1."""

    code: str
    weight: float


@dataclass(frozen=True)
class Given:
    """A record as the rules read it. mood: valence and energy, 0..1, where asked for."""

    text: str
    asked: Sequence[Asked] = ()
    mood: tuple[float | None, float | None] = (None, None)
    approved: Sequence[Song] = ()
    refused: Sequence[Song] = ()


@dataclass(frozen=True)
class Around:
    """What else was given, in numbers.

    own: records of the same pseudonym with the same words, this one among them; others:
    other pseudonyms with the same words; week: records of the pseudonym in that week.
    """

    own: int = 1
    others: int = 0
    week: int = 1


def doubts_of(
    given: Given, around: Around, *, scrubber: Iterable[Doubt] = ()
) -> list[Doubt]:
    """Return all that is doubtful, the worst first. scrubber: what it doubts itself."""
    found = [
        *scrubber,
        *contradictions(given),
        *repetitions(given.text, around),
        *oddities(given.text),
    ]
    return sorted(found, key=lambda doubt: (-doubt.weight, doubt.code))


def total(doubts: Iterable[Doubt]) -> float:
    """Return one figure for several doubts, 0..1: that at least one is right.

    As if they were independent ("noisy or"; Pearl, "Probabilistic reasoning in
    intelligent systems", 1988, section 4.3.2).
    """
    return 1 - math.prod(1 - min(max(doubt.weight, 0.0), 1.0) for doubt in doubts)


def contradictions(given: Given) -> Iterator[Doubt]:
    """Find what can't all be meant: by its songs, or by them and what was asked."""
    refused = {song.key for song in given.refused}
    if any(song.key in refused for song in given.approved):
        yield Doubt(Code.BOTH, BOTH_WEIGHT)
    if weight := max(
        (_against(asked, given.approved) for asked in given.asked), default=0.0
    ):
        yield Doubt(Code.AGAINST, weight)
    if (far := _mood_distance(given)) is not None and far >= MOOD_FAR:
        yield Doubt(Code.MOOD, MOOD_WEIGHT * min(far, 1.0))


def _against(asked: Asked, songs: Sequence[Song]) -> float:
    """Return how much approved songs speak against a constraint, 0 to its weight."""
    known = [held for song in songs if (held := fits(asked, song)) is not None]
    if not known:
        return 0.0
    share = known.count(False) / len(known)
    most = AGAINST_SOFT if asked.kind in _LEANINGS else AGAINST_HARD
    return most * share if share >= AGAINST_SHARE else 0.0


def _mood_distance(given: Given) -> float | None:
    """Return how far approved songs are from the mood, on the axis that is farthest."""
    found = []
    for name, wanted in zip(("valence", "energy"), given.mood, strict=True):
        values = [s.attributes[name] for s in given.approved if name in s.attributes]
        if wanted is not None and values:
            found.append(abs(sum(values) / len(values) - wanted))
    return max(found, default=None)


def repetitions(text: str, around: Around) -> Iterator[Doubt]:
    """Find what a person would hardly give so often."""
    if text and around.own >= REPEATED_FROM:
        yield Doubt(Code.REPEATED, _grown(around.own, REPEATED_FROM, REPEATED_WEIGHT))
    is_long = len(text_key(text).split()) >= COPIED_WORDS
    if is_long and around.others + 1 >= COPIED_FROM:
        weight = _grown(around.others + 1, COPIED_FROM, COPIED_WEIGHT)
        yield Doubt(Code.COPIED, weight)
    if around.week >= BURST_FROM:
        yield Doubt(Code.BURST, _grown(around.week, BURST_FROM, BURST_WEIGHT))


def _grown(count: int, least: int, most: float) -> float:
    """Grow from half of a weight, at the least count, to all of it at four times that."""
    return most * (0.5 + 0.5 * min((count - least) / (3 * least), 1.0))


def oddities(text: str) -> Iterator[Doubt]:
    """Find what a request for music doesn't look like."""
    links = len(_LINK.findall(text))
    words = len(_WORD.findall(_LINK.sub(" ", text)))
    if links >= LINKS_FROM and links * 4 > words:
        yield Doubt(Code.LINKS, LINKS_WEIGHT)
    share = gibberish_share(text)
    if share > 0:
        yield Doubt(Code.GIBBERISH, GIBBERISH_WEIGHT * share)


_LINK = re.compile(r"https?://\S+|www\.\S+|\[url\]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-Z]{5,}")
_VOWELS = re.compile(r"[aeiouyAEIOUY]")
# A row of keys has six and more; so have some words ("Angstschweiß"), but not most.
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{6,}")
_RUN_CHARS = 6
_SAME_WORDS_FROM = 8
_ODD_SHARE = 0.4
# Less than so much of a text are letters of any script.
_LETTERS_SHARE = 0.4
_LETTERS_FROM = 12


def gibberish_share(text: str) -> float:
    """Return how much of a text no person means, 0 to 1, in any script.

    The largest of: the share of long Latin words without vowels or with six consonants in
    a row; the share of characters in runs of six and more; the share of one word, where
    it is said over and over; 1 where hardly anything is a letter.
    """
    plain = re.sub(r"\[\w+\]", " ", _LINK.sub(" ", text))
    latin = _LATIN.findall(plain)
    odd = [w for w in latin if not _VOWELS.search(w) or _CONSONANTS.search(w)]
    dense = [c for c in plain if not c.isspace()]
    runs = [len(list(group)) for _, group in groupby(dense)]
    words = [word.casefold() for word in _WORD.findall(plain)]
    shares = [
        len(odd) / len(latin) if latin else 0.0,
        sum(n for n in runs if n >= _RUN_CHARS) / len(dense) if dense else 0.0,
    ]
    if len(words) >= _SAME_WORDS_FROM:
        shares.append(max(Counter(words).values()) / len(words))
    if len(dense) >= _LETTERS_FROM:
        letters = sum(c.isalpha() or not c.isascii() for c in dense) / len(dense)
        shares.append(1.0 if letters < _LETTERS_SHARE else 0.0)
    worst = max(shares)
    # One odd word among others is a band's name.
    return worst if worst >= _ODD_SHARE else 0.0


def text_key(text: str) -> str:
    """Return what texts share that say the same: words alone, in one case."""
    return " ".join(_WORD.findall(text.casefold()))
