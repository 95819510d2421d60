"""From a track's facts to parts that players can play."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog.demo.seeds import seeded
from catalog.demo.synth.bass import Chords, write_bass
from catalog.demo.synth.comping import write_layer
from catalog.demo.synth.form import Bar, Form
from catalog.demo.synth.grooves import GROOVES
from catalog.demo.synth.harmony import Chord, nearest, read_progression
from catalog.demo.synth.melody import write_melody
from catalog.demo.synth.notes import VELOCITIES, Hit, Note, cell_at, read_cell
from catalog.demo.synth.style import Style


@dataclass(frozen=True)
class Mood:
    """What a track's facts ask of its players.

    drive (0..1): how hard they play for their style; lightness (0..1): short, high
    and leaping, or long, low and sinking.
    """

    tonic: int
    is_major: bool
    drive: float
    lightness: float


@dataclass(frozen=True)
class Part:
    """One player's notes, and where that player stands in the mix."""

    voice: str
    notes: tuple[Note, ...]
    gain_db: float
    pan: float = 0.0
    send: float = 0.2
    drive: float = 0.0
    chorus: float = 0.0
    ducked: float = 0.0
    sweep: bool = False
    echo: float = 0.0
    is_low: bool = False


@dataclass(frozen=True)
class Score:
    """A piece as written."""

    form: Form
    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]


def write_score(style: Style, form: Form, mood: Mood, slug: str) -> Score:
    """Compose a piece: the same slug always gives the same notes."""
    chords = _write_chords(style, form, mood, seeded(slug, "chords"))
    parts: list[Part] = []
    low = write_bass(style, form, chords, seeded(slug, "bass"))
    if low:
        parts.append(
            Part(
                style.low_voice,
                tuple(low),
                style.low_gain_db,
                send=0.05,
                drive=style.low_drive,
                ducked=style.low_ducked,
                is_low=True,
            )
        )
    lift = round((mood.lightness - 0.5) * 8)
    for number, layer in enumerate(style.layers):
        # Hard players let nobody sit out, gentle ones leave room.
        if mood.drive < 0.2 and layer.level == 3:
            continue
        notes = write_layer(layer, form, chords, seeded(slug, "layer", number))
        if layer.kind not in ("power", "pad") and layer.voice != "spiccato":
            notes = _shift(notes, 12 if lift >= 3 and layer.centre < 62 else 0)
        parts.append(
            Part(
                layer.voice,
                tuple(notes),
                layer.gain_db,
                layer.pan,
                layer.send,
                layer.drive,
                layer.chorus,
                layer.ducked,
                layer.sweep,
                layer.echo,
            )
        )
    parts.extend(_write_leads(style, form, chords, mood, lift, slug))
    hits = _write_hits(style, form, mood, seeded(slug, "drums"))
    return Score(form, tuple(parts), tuple(hits))


def _write_chords(
    style: Style, form: Form, mood: Mood, rng: np.random.Generator
) -> Chords:
    choices = style.major if mood.is_major else style.minor
    texts = [str(choices[int(at)]) for at in rng.permutation(len(choices))]
    main = read_progression(texts[0], mood.tonic)
    other = read_progression(texts[-1], mood.tonic)
    # The piece ends on its own first chord, with its colour, where that is the tonic.
    home = (main[0][0],) if main[0][0].root == mood.tonic else _tonic(mood)
    bars: list[tuple[Chord, ...]] = []
    place = 0
    for bar in form.bars:
        if bar.is_start:
            place = 0
        source = other if bar.section == "break" else main
        if bar.section == "end":
            bars.append(home)
        else:
            bars.append(source[place // style.bars_per_chord % len(source)])
        place += 1
    return tuple(bars)


def _tonic(mood: Mood) -> tuple[Chord, ...]:
    return read_progression("I" if mood.is_major else "i", mood.tonic)[0]


def _write_leads(
    style: Style, form: Form, chords: Chords, mood: Mood, lift: int, slug: str
) -> list[Part]:
    lead = style.lead
    if lead is None:
        return []
    rng = seeded(slug, "lead")
    order = rng.permutation(len(lead.voices))
    voices = [lead.voices[int(at)] for at in order]
    # The tonic nearest to the middle of the instrument, moved by the mood.
    centre = nearest((mood.tonic + 4) % 12, lead.centre + lift // 2)
    notes = write_melody(
        form,
        chords,
        family=lead.cells,
        scale=style.scales[0 if mood.is_major else 1],
        tonic=mood.tonic,
        centre=centre,
        density=0.15 + 0.75 * mood.drive,
        lightness=mood.lightness,
        from_level=lead.from_level,
        rng=rng,
    )
    final = next(bar.index for bar in form.bars if bar.section == "final")
    turn = final * form.beats_per_bar
    early = tuple(note for note in notes if note.beat < turn)
    late = tuple(note for note in notes if note.beat >= turn)
    second = voices[1 % len(voices)]
    return [
        Part(
            voice,
            part,
            lead.gain_db,
            lead.pan * side,
            lead.send,
            lead.drive,
            echo=lead.echo,
        )
        for voice, part, side in ((voices[0], early, 1), (second, late, -1))
        if part
    ]


def _shift(notes: list[Note], semitones: int) -> list[Note]:
    if not semitones:
        return notes
    return [
        Note(n.beat, n.beats, n.midi + semitones, n.velocity, n.delay_s) for n in notes
    ]


def _write_hits(
    style: Style, form: Form, mood: Mood, rng: np.random.Generator
) -> list[Hit]:
    groove = GROOVES[style.groove]
    hits: list[Hit] = []
    force = 0.78 + 0.22 * mood.drive
    for bar in form.bars:
        start = bar.index * form.beats_per_bar
        if bar.is_start and groove.start and bar.level > 1:
            hits.append(Hit(start, groove.start, 0.8))
        if bar.section == "end":
            for name, cell in groove.full.items():
                strokes = read_cell(cell_at(cell, 0))
                if strokes and strokes[0].start == 0.0:
                    hits.append(Hit(start, name, 0.85 * force))
            continue
        if bar.section == "intro" and bar.index == 0 and mood.drive < 0.4:
            continue
        fills = bar.is_turn and groove.fill and bar.section != "intro"
        rises = style.rises and bar.section == "break"
        if rises and bar.is_turn:
            hits.extend(_roll(start, form.beats_per_bar, force))
        for name, cells in groove.cells(_level(bar, mood)).items():
            if rises and name.endswith("kick"):
                continue
            for stroke in read_cell(cell_at(cells, bar.index)):
                if fills and stroke.start >= 0.5 and name not in _TIMEKEEPERS:
                    continue
                strength = VELOCITIES[stroke.sign] * force * rng.uniform(0.9, 1.05)
                beat = start + stroke.start * form.beats_per_bar
                hits.append(Hit(beat, name, min(1.0, strength)))
        if fills:
            for name, cells in groove.fill.items():
                for stroke in read_cell(cell_at(cells, bar.index)):
                    beat = start + stroke.start * form.beats_per_bar
                    grow = 0.7 + 0.3 * stroke.start
                    strength = VELOCITIES[stroke.sign] * force * grow
                    hits.append(Hit(beat, name, strength))
    return hits


def _roll(start: float, beats: int, force: float) -> list[Hit]:
    """Eighths, then sixteenths, ever louder."""
    places = [n / 2 for n in range(beats)] + [
        n / 4 for n in range(2 * beats, 4 * beats)
    ]
    return [
        Hit(start + place, "tight snare", force * (0.25 + 0.6 * place / beats))
        for place in places
    ]


_TIMEKEEPERS = ("house kick", "techno kick", "shaker", "pedal hat")


def _level(bar: Bar, mood: Mood) -> int:
    if bar.level == 3 and mood.drive < 0.3:
        return 2
    if bar.level == 2 and mood.drive > 0.75:
        return 3
    return bar.level
