"""What hands do with chords: strums, stabs, arpeggios, pads, riffs."""

from __future__ import annotations

import numpy as np

from catalog.demo.synth.bass import Chords, chord_at
from catalog.demo.synth.form import Bar, Form
from catalog.demo.synth.harmony import nearest, voice_chord
from catalog.demo.synth.notes import VELOCITIES, Note, cell_at, read_cell
from catalog.demo.synth.style import Layer

_STRUM_S = 0.011
_ORDERS = {
    "arp up": (0, 1, 2, 3),
    "arp wave": (0, 1, 2, 3, 2, 1),
    "arp down": (3, 2, 1, 0),
    "alberti": (0, 2, 1, 2),
    "pick": (0, 2, 1, 3, 0, 3, 1, 2),
}


def write_layer(
    layer: Layer, form: Form, chords: Chords, rng: np.random.Generator
) -> list[Note]:
    """Write one accompanying part."""
    notes: list[Note] = []
    voicing: tuple[int, ...] = ()
    riff = _riff_steps(rng) if layer.kind == "riff" else ()
    for bar in form.bars:
        if bar.level < layer.level:
            continue
        start = float(bar.index * form.beats_per_bar)
        here = chords[bar.index]
        if bar.section == "end":
            voicing = voice_chord(here[0], voicing, layer.centre, layer.size)
            notes.extend(_last_chord(layer, voicing, start, form.beats_per_bar))
            continue
        if layer.kind == "pad":
            length = form.beats_per_bar / len(here)
            for number, chord in enumerate(here):
                voicing = voice_chord(chord, voicing, layer.centre, layer.size)
                notes.extend(
                    Note(start + number * length, length * 0.98, midi, _swell(bar))
                    for midi in voicing
                )
            continue
        cell = cell_at(layer.cells, bar.index)
        for count, stroke in enumerate(read_cell(cell)):
            chord = chord_at(here, stroke.start)
            voicing = voice_chord(chord, voicing, layer.centre, layer.size)
            beat = start + stroke.start * form.beats_per_bar
            beats = stroke.length * form.beats_per_bar * 0.9
            strength = VELOCITIES[stroke.sign] * _swell(bar)
            if layer.kind in _ORDERS:
                order = _ORDERS[layer.kind]
                midi = voicing[order[count % len(order)] % layer.size]
                notes.append(Note(beat, beats, midi, strength))
            elif layer.kind == "power":
                root = nearest(chord.root, layer.centre)
                notes.extend(
                    Note(beat, beats, root + step, strength)
                    for step in (0, 7, 12)[: layer.size]
                )
            elif layer.kind == "octaves":
                root = nearest(chord.root, layer.centre)
                notes.append(Note(beat, beats, root + 12 * (count % 2), strength))
            elif layer.kind == "riff":
                classes = chord.pitch_classes
                step = riff[count % len(riff)]
                tone = classes[step % len(classes)]
                midi = nearest(tone, layer.centre + 7 * (step // len(classes)))
                notes.append(Note(beat, beats, midi, strength))
            elif layer.kind == "strum":
                down = round(stroke.start * 16) % 4 != 2
                hand = voicing if down else voicing[::-1][:3]
                for string, midi in enumerate(hand):
                    late = string * _STRUM_S
                    notes.append(Note(beat, beats, midi, strength, late))
            else:
                notes.extend(Note(beat, beats, midi, strength) for midi in voicing)
    return notes


def _riff_steps(rng: np.random.Generator) -> tuple[int, ...]:
    return tuple(int(step) for step in rng.choice([0, 0, 1, 2, 2, 3, 4], size=8))


def _swell(bar: Bar) -> float:
    return {1: 0.66, 2: 0.8, 3: 0.95}[bar.level]


def _last_chord(
    layer: Layer, voicing: tuple[int, ...], start: float, beats: int
) -> list[Note]:
    if layer.kind == "power":
        root = voicing[0]
        return [Note(start, beats, root + step, 0.9) for step in (0, 7, 12)]
    if layer.kind in ("riff", "octaves"):
        return [Note(start, beats * 0.5, voicing[0], 0.8)]
    late = 0.03 if layer.kind in ("strum", *_ORDERS) else 0.0
    return [
        Note(start, beats, midi, 0.7, late * number)
        for number, midi in enumerate(voicing)
    ]
