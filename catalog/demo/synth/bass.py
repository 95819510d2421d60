"""Bass lines."""

from __future__ import annotations

import numpy as np

from catalog.demo.synth.form import Form
from catalog.demo.synth.harmony import Chord, nearest
from catalog.demo.synth.notes import Note, cell_at, read_cell
from catalog.demo.synth.style import Style

LOWEST = 28
Chords = tuple[tuple[Chord, ...], ...]


def chord_at(bar: tuple[Chord, ...], place: float) -> Chord:
    """Return the chord that sounds at a fraction of a bar."""
    return bar[min(len(bar) - 1, int(place * len(bar) + 1e-6))]


def write_bass(
    style: Style, form: Form, chords: Chords, rng: np.random.Generator
) -> list[Note]:
    """Write the bass line under a bar-by-bar list of chords."""
    if not style.low_voice:
        return []
    notes: list[Note] = []
    last = LOWEST + 10
    for bar in form.bars:
        here = chords[bar.index]
        start = bar.index * form.beats_per_bar
        if bar.section == "end":
            root = _low(here[0].root)
            notes.append(Note(start, form.beats_per_bar, root, 0.85))
            continue
        if bar.level == 1 and bar.section == "intro" and style.groove != "none":
            # The bass holds back until the piece has begun.
            if bar.index == 0:
                continue
            root = _low(here[0].root)
            notes.append(Note(start, form.beats_per_bar * 0.95, root, 0.6))
            continue
        after = chords[bar.index + 1][0]
        cell = cell_at(style.low_cells, bar.index)
        if cell == "walk":
            walked = _walk(here, after, last, start, form.beats_per_bar, rng)
            notes.extend(walked)
            last = walked[-1].midi
            continue
        for stroke in read_cell(cell):
            chord = chord_at(here, stroke.start)
            midi = _tone(stroke.sign.lower(), chord, after, rng)
            velocity = 0.9 if stroke.sign.isupper() else 0.76
            notes.append(
                Note(
                    start + stroke.start * form.beats_per_bar,
                    stroke.length * form.beats_per_bar * 0.92,
                    midi,
                    velocity * (0.85 if bar.level == 1 else 1.0),
                )
            )
    return notes


def _low(pitch_class: int) -> int:
    return LOWEST + (pitch_class - LOWEST) % 12


def _tone(sign: str, chord: Chord, after: Chord, rng: np.random.Generator) -> int:
    root = _low(chord.root)
    if sign == "o":
        return root + 12
    if sign == "f":
        return root + chord.fifth
    if sign == "t":
        return root + chord.third
    if sign == "s":
        return root + (10 if 10 in chord.intervals or chord.third == 3 else 9)
    if sign == "a":
        return _low(after.root) + (1 if rng.random() < 0.3 else -1)
    return root


def _walk(
    here: tuple[Chord, ...],
    after: Chord,
    last: int,
    start: float,
    beats: int,
    rng: np.random.Generator,
) -> list[Note]:
    """Quarter notes: the root first, a neighbour of the next root last."""
    notes: list[Note] = []
    for beat in range(beats):
        chord = chord_at(here, beat / beats)
        is_change = beat == 0 or chord is not chord_at(here, (beat - 1) / beats)
        if is_change:
            midi = nearest(chord.root, last)
        elif beat == beats - 1:
            target = nearest(after.root, last)
            midi = target + int(rng.choice([-1, 1, -2, 2], p=[0.4, 0.3, 0.15, 0.15]))
        else:
            tone = chord.root + int(rng.choice(chord.intervals[1:3]))
            midi = nearest(tone % 12, last + int(rng.integers(-3, 4)))
            if midi == last:
                midi = nearest((chord.root + 2) % 12, last)
        midi = min(max(midi, LOWEST), LOWEST + 24)
        velocity = 0.8 + 0.1 * (beat % 2) + 0.04 * rng.random()
        notes.append(Note(start + beat, 0.92, midi, velocity))
        if rng.random() < 0.1:
            notes.append(Note(start + beat + 0.5, 0.3, midi, 0.45))
        last = midi
    return notes
