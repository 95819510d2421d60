"""From words to wishes: what "calm" or "more upbeat" means in this catalog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from catalog.search.levels import Levels
from catalog.search.query import Attribute, Wish
from chat.agent.tools import Song
from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.reading import Mood

# The quantiles that a step stops at. One step is a side of the median, with a little
# room; two steps are clearly on that side.
_LOWER = {-1: 0.48, -2: 0.32}
_UPPER = {1: 0.52, 2: 0.68}
_MIDDLE = (0.25, 0.75)

# How far "more" moves a list, in quantiles: songs from just above its middle, and not
# the other end of the catalog.
_SHIFT_FROM, _SHIFT_TO = 0.18, 0.6
SHIFT_WEIGHT = 2.0

# Mood is heard first in energy and valence, then in tempo; the rest gives way earlier.
_WEIGHTS: dict[Attribute, float] = {"energy": 1.0, "valence": 1.0, "tempo_bpm": 0.9}
_OTHER_WEIGHT = 0.6


def mood_wishes(moods: Iterable[Mood], levels: Levels) -> tuple[Wish, ...]:
    """Turn mood words into wishes, one an attribute.

    Of two words that lean on one attribute the stronger wins, then the later: "sad but
    energetic" is low in valence and high in energy.
    """
    strongest: dict[Attribute, tuple[int, str]] = {}
    for mood in moods:
        for leaning in mood.leanings:
            held = strongest.get(leaning.attribute)
            if held is None or abs(leaning.step) >= abs(held[0]):
                strongest[leaning.attribute] = (leaning.step, mood.phrase)
    wishes = (
        _wish(attribute, step, phrase, levels)
        for attribute, (step, phrase) in strongest.items()
    )
    return tuple(wish for wish in wishes if wish is not None)


def _wish(attribute: Attribute, step: int, phrase: str, levels: Levels) -> Wish | None:
    low = high = None
    if step < 0:
        high = levels.at(attribute, _LOWER[step])
    elif step > 0:
        low = levels.at(attribute, _UPPER[step])
    else:
        low, high = (levels.at(attribute, fraction) for fraction in _MIDDLE)
    if low is None and high is None:
        return None
    weight = _WEIGHTS.get(attribute, _OTHER_WEIGHT)
    return Wish(attribute, low, high, phrase, weight)


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
