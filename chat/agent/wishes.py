"""From words to wishes: what "calm" or "more upbeat" means in this catalog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from catalog.search.levels import Levels
from catalog.search.query import Attribute, Wish
from chat.agent.songs import Song
from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.moods import Aim, Mood, aims_of

# How far "more" moves a list, in quantiles: songs from just above its middle, and not
# the other end of the catalog.
_SHIFT_FROM, _SHIFT_TO = 0.18, 0.6
SHIFT_WEIGHT = 2.0

# Mood is heard first in energy and valence, then in tempo; the rest gives way earlier.
_WEIGHTS: dict[Attribute, float] = {"energy": 1.0, "valence": 1.0, "tempo_bpm": 0.9}
_OTHER_WEIGHT = 0.6


def mood_wishes(moods: Iterable[Mood], levels: Levels) -> tuple[Wish, ...]:
    """Turn a mood target, and what else mood words lean on, into wishes in their order."""
    wishes = (_wish(attribute, aim, levels) for attribute, aim in aims_of(moods))
    return tuple(wish for wish in wishes if wish is not None)


def _wish(attribute: Attribute, aim: Aim, levels: Levels) -> Wish | None:
    low = None if aim.low is None else levels.at(attribute, aim.low)
    high = None if aim.high is None else levels.at(attribute, aim.high)
    if low is None and high is None:
        return None
    weight = _WEIGHTS.get(attribute, _OTHER_WEIGHT)
    return Wish(attribute, low, high, aim.words, weight)


def shift_wishes(
    leanings: Sequence[Leaning], phrase: str, songs: Iterable[Song], levels: Levels
) -> tuple[Wish, ...]:
    """Turn "more" or "less" into wishes beyond where the songs are now."""
    songs = tuple(songs)
    wishes = []
    for leaning in leanings:
        known = [s.facts[leaning.attribute] for s in songs]
        values = [value for value in known if value is not None]
        middle = median(values) if values else levels.at(leaning.attribute, 0.5)
        if middle is None:
            continue
        now = levels.fraction_of(leaning.attribute, middle)
        if now is None:
            continue
        near = _bounded(now + leaning.step * _SHIFT_FROM, 0.15, 0.85)
        far = _bounded(now + leaning.step * _SHIFT_TO, 0.0, 1.0)
        low, high = sorted((near, far))
        wishes.append(
            Wish(
                leaning.attribute,
                levels.at(leaning.attribute, low) if low > 0 else None,
                levels.at(leaning.attribute, high) if high < 1 else None,
                phrase,
                SHIFT_WEIGHT,
            )
        )
    return tuple(wishes)


def _bounded(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
