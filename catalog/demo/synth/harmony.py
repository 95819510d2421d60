"""Chords from Roman numerals, and how hands move between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_DEGREES = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
_NUMERAL = re.compile(r"^([b#]?)([IViv]+)(.*)$")
_SUFFIXES = {
    "7": (10,),
    "maj7": (11,),
    "9": (10, 14),
    "maj9": (11, 14),
    "6": (9,),
    "69": (9, 14),
    "add9": (14,),
    "13": (10, 14, 21),
}
SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "harmonic": (0, 2, 3, 5, 7, 8, 11),
    "pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "major blues": (0, 2, 3, 4, 7, 9),
}


@dataclass(frozen=True)
class Chord:
    """root: pitch class 0..11; intervals: semitones above it, ascending from 0."""

    root: int
    intervals: tuple[int, ...]

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """The chord's notes as pitch classes, root first."""
        return tuple((self.root + step) % 12 for step in self.intervals)

    @property
    def third(self) -> int:
        """Semitones from the root to the third (or what stands in for it)."""
        return self.intervals[1]

    @property
    def fifth(self) -> int:
        """Semitones from the root to the fifth (or what stands in for it)."""
        return self.intervals[2]


@cache
def read_chord(numeral: str, tonic: int) -> Chord:
    """Read a numeral such as "bVI", "ii7" or "V7" against a tonic pitch class.

    Degrees are those of the major scale, so minor keys spell "bIII", "bVI", "bVII".
    Raises ValueError for what isn't a numeral.
    """
    match = _NUMERAL.match(numeral)
    if not match:
        raise ValueError(f"not a chord numeral: {numeral!r}")
    accidental, roman, suffix = match.groups()
    degree = _DEGREES[roman.upper()] + {"": 0, "b": -1, "#": 1}[accidental]
    triad = (0, 4, 7) if roman.isupper() else (0, 3, 7)
    if suffix == "dim":
        triad, suffix = (0, 3, 6), ""
    elif suffix == "m7b5":
        triad, suffix = (0, 3, 6), "7"
    elif suffix in ("sus", "sus2"):
        triad, suffix = (0, 5 if suffix == "sus" else 2, 7), ""
    try:
        extra = _SUFFIXES[suffix] if suffix else ()
    except KeyError:
        raise ValueError(f"unknown chord suffix in {numeral!r}") from None
    return Chord((tonic + degree) % 12, triad + extra)


@cache
def read_progression(text: str, tonic: int) -> tuple[tuple[Chord, ...], ...]:
    """Read bars of chords: spaces part bars, commas part chords within one."""
    return tuple(
        tuple(read_chord(numeral, tonic) for numeral in bar.split(","))
        for bar in text.split()
    )


def voice_chord(
    chord: Chord, previous: tuple[int, ...], centre: int, size: int
) -> tuple[int, ...]:
    """Choose the inversion (MIDI, ascending) that moves least from the last one.

    Chords of more notes than `size` leave out the fifth first, then the root: the
    bass has it.
    """
    classes = list(chord.pitch_classes)
    if len(classes) > size:
        keep = [classes[1], *classes[3:]]
        classes = [*keep, classes[0], classes[2]][:size]
    elif len(classes) < size:
        classes = [*classes, classes[0]][:size]
    best: tuple[int, ...] = ()
    best_cost = float("inf")
    ordered = sorted(set(classes))
    for bottom in range(centre - 12, centre + 3):
        if bottom % 12 not in classes:
            continue
        voicing = [bottom]
        turn = ordered.index(bottom % 12)
        for step in range(1, size):
            want = ordered[(turn + step) % len(ordered)]
            voicing.append(voicing[-1] + ((want - voicing[-1]) % 12 or 12))
        middle = sum(voicing) / size
        cost = abs(middle - centre) * 1.2
        if len(previous) == size:
            cost += sum(abs(a - b) for a, b in zip(voicing, previous, strict=True))
        if cost < best_cost:
            best, best_cost = tuple(voicing), cost
    return best


def nearest(pitch_class: int, midi: int) -> int:
    """Return the MIDI note of a pitch class that lies nearest to another note."""
    return midi + (pitch_class - midi + 6) % 12 - 6
