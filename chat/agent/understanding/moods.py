"""Mood words as said, and the mood that they ask for, as a place in the plane of moods.

The plane is Russell's: valence (pleasant) and energy (arousal), each as shares of the
catalog, since what is calm depends on what there is: 0.32 is what a third of the songs
lie below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.search.query import Attribute
from chat.agent.understanding.lexicon import Leaning, comparative_words

# The shares that a step of a mood word stops at. One step is a side of the median, with
# a little room; two steps are clearly on that side; none is the middle half.
_RANGES: dict[int, tuple[float | None, float | None]] = {
    -2: (None, 0.32),
    -1: (None, 0.48),
    0: (0.25, 0.75),
    1: (0.52, None),
    2: (0.68, None),
}
PLANE: tuple[Attribute, ...] = ("valence", "energy")


@dataclass(frozen=True)
class Mood:
    """A mood word as said, and where it puts the attributes.

    is_inferred: no word said it; the phrase is ours.
    """

    phrase: str
    leanings: tuple[Leaning, ...]
    is_inferred: bool = False


@dataclass(frozen=True)
class Aim:
    """Where an attribute is wanted: shares of the catalog, None where open.

    words: what was said, or what we call it where it was inferred.
    """

    low: float | None
    high: float | None
    words: str
    is_inferred: bool = False


@dataclass(frozen=True)
class MoodTarget:
    """The mood that is asked for: an aim on each axis, None where it is left open."""

    valence: Aim | None = None
    energy: Aim | None = None

    @property
    def is_open(self) -> bool:
        """Say whether no mood is asked for."""
        return self.valence is None and self.energy is None


def is_compared(mood: Mood) -> bool:
    """Say whether a mood is said beside something else: "slower", "happier"."""
    return mood.phrase.endswith("er") and mood.phrase in comparative_words()


def target_of(moods: Iterable[Mood]) -> MoodTarget:
    """Return the one place that mood words ask for together.

    "Sad but energetic" is low in valence and high in energy.
    """
    aims = dict(aims_of(moods))
    return MoodTarget(aims.get("valence"), aims.get("energy"))


def aims_of(moods: Iterable[Mood]) -> Iterator[tuple[Attribute, Aim]]:
    """Yield the aim on each attribute, in the order of their first mention.

    Of two words that lean on one attribute the stronger wins, then the later.
    """
    strongest: dict[Attribute, tuple[int, Mood]] = {}
    for mood in moods:
        for leaning in mood.leanings:
            held = strongest.get(leaning.attribute)
            if held is None or abs(leaning.step) >= abs(held[0]):
                strongest[leaning.attribute] = (leaning.step, mood)
    for attribute, (step, mood) in strongest.items():
        low, high = _RANGES[step]
        yield attribute, Aim(low, high, mood.phrase, mood.is_inferred)
