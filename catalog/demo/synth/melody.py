"""Melodies: a motif, its answer, its return, and a cadence to come home to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog.demo.synth.bass import Chords, chord_at
from catalog.demo.synth.form import Form
from catalog.demo.synth.harmony import SCALES, Chord, nearest
from catalog.demo.synth.notes import Note, Stroke, read_cell

# Families of one-bar rhythms, sparse ones first.
CELLS: dict[str, tuple[str, ...]] = {
    "slow": (
        "x-------x-------",
        "x-----------x---",
        "..x-----x---x---",
        "x-----x-x-------",
    ),
    "song": (
        "x---x---x-------",
        "x---x-x-x---....",
        "..x-x-x-x---x---",
        "x-x-x---x-x-x---",
        "x--xx---x-x-x-..",
    ),
    "swing": (
        "..x.x---....x.x-",
        "x.--x.x.x-......",
        "x.x.x.--..x.x---",
        "x.x.x.x.x.--..x.",
        "..x.x.x.x.x.x---",
    ),
    "bebop": (
        "..x.x.x.x.x.x.x.",
        "x.x.x.x.x---..x.",
        "x.x-x.x.x.x.x.--",
        "x.x.x.x.x.x.x.x.",
    ),
    "twelve": ("x--..xx-x---", "..xx-x-..x--", "x-xx-xx-----", "xxxx-xx-x---"),
    "waltz": ("x---x-", "x-x-x-", "x---xx", "x-xxx-"),
    "jig": ("x-xxxxx-xx-x", "xxxx-xxxxx-x", "x-xx-xxxxx--", "xxxxxxx-xx--"),
    "reel": (
        "x.x.xxx.x.x.x---",
        "x.xxx.x.x.xxx.x.",
        "xxx.x.x.xxx.x.--",
        "x.x.x.xxx.x.x.x.",
    ),
    "riff": (
        "x..x..x.x.......",
        "x.x..x..x...x...",
        "x..xx..x..x.....",
        "x.xx.x.xx...x...",
    ),
    "hook": (
        "x--x--x---x-x---",
        "x-x--x--x-x-....",
        "x--x--x-x--x--x-",
        "x.x.x--x--x-x-x.",
    ),
    "funk": (
        "x..x..x.........",
        "..xx..x.x..x....",
        "x.x..x.x..xx....",
        "x..x.xx...x.xx..",
    ),
    "chant": ("x-x-x---x-x-x---", "x-x-x-x-x---....", "x---x---x-x-x-x-"),
    "skip": ("....x-x-x---....", "x-..x-x-..x-x---", "......x-x-x-x---"),
    "clave": (
        "x..x..x...x-x---",
        "..x-x--x..x-x---",
        "x.xx.xx.x.x.x---",
        "x..x..xx..xx..x-",
    ),
    "sparkle": (
        "x...x...x...x...",
        "x..x..x..x..x...",
        "x.x...x.x...x...",
        "x..xx..x..xx..x.",
    ),
    "long": ("x---------------", "x-----------x---", "x-------x-------"),
    "anthem": (
        "x-----x-x-------",
        "x---x---x-----x-",
        "x-----x-x---x---",
        "x--x--x-x-------",
    ),
    "trill": ("x.x.x.x.xxxxx.x.", "xxxxx.x.x.x.x...", "x.xxx.xxx.x.x---"),
    "lazy": (
        "..x---x-x-......",
        "x---..x-....x---",
        "....x-x---x-....",
        "..x-x-x-........",
    ),
}


@dataclass(frozen=True)
class Motif:
    """A rhythm and its contour in steps of the scale."""

    strokes: tuple[Stroke, ...]
    steps: tuple[int, ...]


def write_melody(
    form: Form,
    chords: Chords,
    *,
    family: str,
    scale: str,
    tonic: int,
    centre: int,
    density: float,
    lightness: float,
    from_level: int,
    rng: np.random.Generator,
) -> list[Note]:
    """Write the lead part.

    density (0..1) prefers fuller rhythms; lightness (0..1) lets notes be short and
    leap, where heavy melodies are tied and sink. Phrases are four bars: motif, motif
    answered, contrast, cadence (half in odd phrases, full in even and last ones).
    """
    ladder = _ladder(scale, tonic, centre - 10, centre + 12)
    first = _make_motif(family, density, lightness, rng)
    second = _make_motif(family, density, lightness, rng)
    home = min(range(len(ladder)), key=lambda at: abs(ladder[at] - centre))
    notes: list[Note] = []
    place = home
    phrase_count = 0
    for bar in form.bars:
        start = float(bar.index * form.beats_per_bar)
        here = chords[bar.index]
        if bar.section == "end":
            if notes:
                last = nearest(tonic, notes[-1].midi)
                notes.append(Note(start, form.beats_per_bar * 0.9, last, 0.8))
            continue
        if bar.level < from_level:
            continue
        if bar.phrase == 0:
            phrase_count += 1
            place = home
        is_cadence = bar.phrase == 3 or bar.is_turn
        motif = second if bar.phrase == 2 else first
        strokes = motif.strokes
        if is_cadence:
            strokes = tuple(s for s in strokes if s.start < 0.5)[:3] or strokes[:1]
        for number, stroke in enumerate(strokes):
            chord = chord_at(here, stroke.start)
            place += motif.steps[number]
            if bar.phrase == 1 and number == len(strokes) - 1:
                place += int(rng.choice([-1, 1]))
            if not 1 <= place < len(ladder) - 1:
                place = home + (place < home) - (place > home)
            midi = ladder[place]
            is_strong = stroke.start in (0.0, 0.5) or stroke.length >= 0.25
            is_last = number == len(strokes) - 1
            if is_cadence and is_last:
                is_full = phrase_count % 2 == 0 or bar.section == "final"
                midi = _cadence(chord, tonic, midi, is_full=is_full)
            elif is_strong:
                midi = _chord_tone(chord, midi)
            else:
                midi = _agree(chord, tonic, midi)
            length = stroke.length
            if is_cadence and is_last:
                length = max(length, 0.3)
            tie = 0.97 - 0.35 * max(0.0, lightness - 0.4) * (length < 0.2)
            arc = 0.08 * np.sin(np.pi * (bar.phrase + stroke.start) / 4)
            accent = 0.06 if is_strong else 0.0
            velocity = 0.62 + 0.08 * bar.level + arc + accent + 0.05 * rng.random()
            notes.append(
                Note(
                    start + stroke.start * form.beats_per_bar,
                    length * form.beats_per_bar * tie,
                    midi,
                    float(min(1.0, velocity)),
                )
            )
    return notes


def _make_motif(
    family: str, density: float, lightness: float, rng: np.random.Generator
) -> Motif:
    cells = CELLS[family]
    aim = density * (len(cells) - 1) + rng.normal(0, 0.7)
    strokes = read_cell(cells[int(np.clip(round(aim), 0, len(cells) - 1))])
    steps = [int(rng.integers(-1, 3))]
    up = rng.random() < 0.35 + 0.4 * lightness
    for number in range(1, len(strokes)):
        # An arch (or its mirror): one way first, the other after the middle.
        rising = up if number < len(strokes) / 2 else not up
        size = int(rng.choice([0, 1, 1, 1, 2, 3], p=[0.12, 0.3, 0.2, 0.13, 0.17, 0.08]))
        if size >= 2 and lightness < 0.3:
            size = 1
        steps.append(size if rising else -size)
    if lightness < 0.3:
        steps[-1] = -1
    return Motif(strokes, tuple(steps))


def _ladder(scale: str, tonic: int, low: int, high: int) -> list[int]:
    classes = {(tonic + step) % 12 for step in SCALES[scale]}
    return [midi for midi in range(low, high + 1) if midi % 12 in classes]


def _chord_tone(chord: Chord, midi: int) -> int:
    tones = [nearest(tone, midi) for tone in chord.pitch_classes]
    return min(tones, key=lambda tone: (abs(tone - midi), tone))


def _agree(chord: Chord, tonic: int, midi: int) -> int:
    """Bend a passing sixth or seventh to the one that the chord has."""
    degree = (midi - tonic) % 12
    for low in (8, 10):
        has_low, has_high = (
            (tonic + step) % 12 in chord.pitch_classes for step in (low, low + 1)
        )
        if degree == low and has_high and not has_low:
            return midi + 1
        if degree == low + 1 and has_low and not has_high:
            return midi - 1
    return midi


def _cadence(chord: Chord, tonic: int, midi: int, *, is_full: bool) -> int:
    if is_full and tonic in chord.pitch_classes:
        return nearest(tonic, midi)
    return _chord_tone(chord, midi)
