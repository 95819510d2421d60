"""Moods that a message tells in sentences: "I just got dumped and it's raining".

The rule of this file: words win. A feeling is inferred only where the listener tells of
themselves, no word names a mood, and the head is sure; it is marked as inferred, and
leads to soft wishes alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from chat.agent.understanding.lexicon import Leaning, manner_of
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.pointing import (
    Place,
)
from chat.agent.understanding.reading import (
    Act,
    Ask,
    ReactTo,
    Reading,
    SmallTalk,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.wanted import only_refuses
from chat.agent.understanding.wish import (
    Wanted,
)

Side = Literal[-1, 0, 1]


@dataclass(frozen=True)
class Feeling:
    """On which side a text lies, as far as that is sure; 0 where it isn't.

    is_strong: twice as far off the middle as it must be to be sure.
    """

    valence: Side
    energy: Side
    is_strong: bool = False


Feel = Callable[[str], Feeling]

# What a reply calls a mood that no word named, by valence and energy.
_NAMES: dict[tuple[Side, Side], str] = {
    (-1, -1): "low spirits",
    (-1, 0): "a hard time",
    (-1, 1): "a troubled mood",
    (1, -1): "a gentle, happy mood",
    (1, 0): "good spirits",
    (1, 1): "high spirits",
}
_PIECE = re.compile(r"[^.!?;,\n]+[.!?;,\n]*")
_SELF = re.compile(
    r"\b(?:i|i'm|im|i've|i'd|i'll|we|we're|we've|we'll|my|our|me|us|mine|today|everything"
    r"|life)\b"
)
_HEAR = re.compile(
    r"\b(?:play|songs?|music|tracks?|tunes?|playlist|lists?|something|anything|hear|albums?"
    r"|listen(?:ing)?|want|need|looking|give|find|recommend|suggest|put|add|show|would|can"
    r"|could|bands?|artists?|like|love|hate|prefer|tell)\b"
)
# "I'm tired of Ed Sheeran": that tells of songs, and of no mood.
_OF_MUSIC = re.compile(
    r"\b(?:tired|sick|bored|fed up|done|over it) (?:of|with|by)\b|\b(?:had|heard) enough of\b"
)
# A tale, and nothing that another assistant could do.
_TELLS = re.compile(
    r"^(?:so |well |ugh |omg |man,? |oh )?(?:i|i'm|i've|we|we're|we've|my|our|they|he|she|everything|everyone|nobody|life|today)\b"
)
# What points at the songs at hand, when something is said of how they are.
_POINTS = re.compile(
    r"\b(?:these|those|them|all of (?:it|them)|(?:the|this|your) (?:play)?list"
    r"|(?:the|these|those|your) (?:songs|music|selection|picks|mix|choices|taste)"
    r"|you (?:nailed|got|did|have|are|were|made|know)|(?:first|second|third|last) one)\b"
)


def with_feeling(reading: Reading, text: str, feel: Feel) -> Reading:
    """Add what a message tells of a mood, or of the songs at hand, in sentences.

    feel is called at most once, for messages that may tell something (3 ms).
    """
    plain = _plain(text)
    match reading.acts:
        case () if _POINTS.search(plain):
            return _opinion(plain, feel) or reading
        case ():
            return _told(None, text, feel) or reading
        case (SmallTalk(kind="off_topic"),) if _TELLS.search(plain):
            return _told(None, text, feel) or reading
        case (Ask() as ask,) if _POINTS.search(plain) and _is_of_words(ask):
            return _opinion(plain, feel) or _told(ask, text, feel) or reading
        case (Ask() as ask,) if only_refuses(ask.wanted):
            # "I'm tired of Ed Sheeran" tells of him, and of no hard day.
            return reading
        case (Ask() as ask,) if not any(map(_is_felt, ask.wanted.moods)):
            return _told(ask, text, feel) or reading
        case (Ask() as ask,) if _TELLS.search(plain) and not _HEAR.search(plain):
            return replace(reading, acts=(_of_moods(ask),), unsaid=(text,))
        case _:
            return reading


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _is_of_words(ask: Ask) -> bool:
    """Say whether a request names nothing that is known of music."""
    return replace(ask.wanted, words=()).is_empty and not ask.wanted.unknown_names


def _is_felt(mood: Mood) -> bool:
    """Say whether a word names a mood, and no occasion or time ("this morning")."""
    leans = {leaning.attribute for leaning in mood.leanings}
    manner = manner_of(mood.phrase)
    return manner in ("quality", "feeling") and bool(leans & {"valence", "energy"})


def _told(ask: Ask | None, text: str, feel: Feel) -> Reading | None:
    """Return the request with the mood that is told beside it, or for it alone."""
    plain = _plain(text)
    pieces = [match.group() for match in _PIECE.finditer(plain)]
    told = [
        p
        for p in pieces
        if _SELF.search(p) and not (_HEAR.search(p) or _OF_MUSIC.search(p))
    ]
    if not told:
        return None
    mood = _mood(feel("".join(told).strip()))
    if mood is None:
        return None
    asks = any(_HEAR.search(piece) for piece in pieces)
    if ask is None or not asks:
        # The words of a tale are no words for songs.
        wanted = replace(ask.wanted, words=(), moods=()) if ask else Wanted()
        asked = Ask(replace(wanted, moods=(mood,)), is_fresh=True)
        return Reading((asked,), unsaid=(text,))
    return Reading(
        (replace(ask, wanted=replace(ask.wanted, moods=(*ask.wanted.moods, mood))),)
    )


def _of_moods(ask: Ask) -> Ask:
    """Return a request without the words of a tale, save those that name a mood."""
    phrases = {mood.phrase for mood in ask.wanted.moods}
    words = tuple(word for word in ask.wanted.words if word in phrases)
    return replace(ask, wanted=replace(ask.wanted, words=words))


def _mood(feeling: Feeling) -> Mood | None:
    if not feeling.valence:
        return None
    step = feeling.valence * (2 if feeling.is_strong else 1)
    leanings = [Leaning("valence", step)]
    if feeling.energy:
        leanings.append(Leaning("energy", feeling.energy))
    name = _NAMES[feeling.valence, feeling.energy]
    return Mood(name, tuple(leanings), is_inferred=True)


def _opinion(plain: str, feel: Feel) -> Reading | None:
    """Return what is said of the songs at hand, where it is plainly for or against."""
    valence = feel(plain).valence
    if not valence:
        return None
    act: Act = SmallTalk("thanks" if valence > 0 else "displeased")
    pointed = tuple(references_in(plain))
    # "These" are all that was shown: an answer, and no mark on each of them.
    if pointed and not any(isinstance(p, Place) and p.count > 1 for p in pointed):
        act = ReactTo(pointed, "like" if valence > 0 else "dislike")
    return Reading((act,))
