"""The mixing desk: players in, one stereo recording out."""

from __future__ import annotations

import numpy as np

from catalog.demo.seeds import seeded
from catalog.demo.synth import effects
from catalog.demo.synth.drums import drum
from catalog.demo.synth.form import Form
from catalog.demo.synth.notes import Hit
from catalog.demo.synth.pads import PADS, play_pad
from catalog.demo.synth.score import Part, Score
from catalog.demo.synth.signal import RATE_HZ, Sound, noise
from catalog.demo.synth.style import Style
from catalog.demo.synth.timbres import TIMBRES
from catalog.demo.synth.voices import play_note

_DRUM_PANS = {
    "hat": 0.25,
    "open hat": 0.25,
    "pedal hat": 0.25,
    "machine hat": 0.2,
    "machine open hat": 0.2,
    "ride": -0.3,
    "crash": -0.35,
    "shaker": 0.4,
    "tambourine": -0.4,
    "high tom": 0.3,
    "low tom": -0.3,
    "clave": 0.35,
    "high conga": -0.25,
    "low conga": -0.35,
    "slap conga": -0.2,
    "cowbell": 0.3,
    "rim": 0.15,
    "brush": -0.1,
    "dusty hat": 0.15,
}
_DRUM_GAINS = {
    "hat": 0.34,
    "open hat": 0.3,
    "pedal hat": 0.3,
    "machine hat": 0.24,
    "machine open hat": 0.26,
    "ride": 0.42,
    "crash": 0.4,
    "shaker": 0.3,
    "tambourine": 0.32,
    "clave": 0.35,
    "cowbell": 0.24,
    "rim": 0.4,
    "brush": 0.75,
    "brush tap": 0.7,
    "dusty hat": 0.3,
    "clap": 0.55,
    "snap": 0.5,
    "jazz snare": 0.5,
    "high conga": 0.5,
    "low conga": 0.55,
    "slap conga": 0.45,
    "stomp": 0.8,
    "bodhran": 0.8,
    "timpani": 0.9,
    "taiko": 0.9,
    "block": 0.4,
}
_KICKS = ("house kick", "techno kick", "kick", "808 kick", "soft kick")


def mix_score(score: Score, style: Style, slug: str) -> Sound:
    """Play a score. Returns (2, n) float32 at 48 kHz, not yet mastered."""
    form = score.form
    count = round(form.duration_s * RATE_HZ)
    kicks_s = [form.seconds_at(h.beat) for h in score.hits if h.drum in _KICKS]
    out = np.zeros((2, count), dtype=np.float32)
    send = np.zeros(count, dtype=np.float32)
    for number, part in enumerate(score.parts):
        bus = _play_part(part, style, form, count, seeded(slug, "hands", number))
        if part.ducked and kicks_s:
            effects.duck(bus, kicks_s, part.ducked, min(0.4, form.beat_s * 0.9))
        out += bus
        if part.send:
            send += (bus[0] + bus[1]) * np.float32(0.5 * part.send)
    bus = _play_drums(score.hits, style, form, count, seeded(slug, "sticks"))
    bus *= np.float32(10 ** (style.drum_gain_db / 20))
    out += bus
    send += (bus[0] + bus[1]) * np.float32(0.5 * style.drum_send)
    if style.rises:
        rise = _rise(form, count)
        out += rise
        send += rise * np.float32(0.3)
    decay_s, wet = style.room
    out += effects.reverb(send, decay_s) * np.float32(0.9 + wet)
    return out


def _rise(form: Form, count: int) -> Sound:
    """Noise that climbs to the return of the kick, mono."""
    out = np.zeros(count, dtype=np.float32)
    end_bar = next(bar.index for bar in form.bars if bar.section == "final")
    end = min(count, round(end_bar * form.bar_s * RATE_HZ))
    length = min(end, round(2 * form.bar_s * RATE_HZ), 5 * RATE_HZ)
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    air = noise(length, 15)
    bright = effects.high_pass(air, 4500)
    swept = effects.low_pass(air, 2200) * (1 - ramp) + bright * ramp
    out[end - length : end] = swept * ramp**2.5 * np.float32(0.16)
    return out


def _play_part(
    part: Part, style: Style, form: Form, count: int, rng: np.random.Generator
) -> Sound:
    # A player's notes are made once for each pitch, length and touch.
    made: dict[tuple[int, int, int], Sound] = {}
    is_pad = part.voice in PADS
    bus = np.zeros((2 if is_pad else 1, count), dtype=np.float32)
    stray = style.loose_ms / 1000 * (0.5 if part.is_low else 1.0)
    for note in part.notes:
        start_s = form.seconds_at(note.beat)
        length_s = form.seconds_at(note.beat + note.beats) - start_s
        touch = min(3, int(note.velocity * 4))
        key = (note.midi, round(length_s * 50), touch)
        if key not in made:
            if is_pad:
                made[key] = play_pad(
                    PADS[part.voice], note.midi, length_s, (touch + 0.5) / 4
                )
            else:
                made[key] = play_note(
                    TIMBRES[part.voice], note.midi, length_s, (touch + 0.5) / 4
                )[None, :]
        late_s = note.delay_s + abs(rng.normal(0, stray))
        start = round((start_s + late_s) * RATE_HZ)
        end = min(count, start + made[key].shape[1])
        if end > start:
            fine = np.float32(rng.uniform(0.92, 1.05))
            bus[:, start:end] += made[key][:, : end - start] * fine
    gain = np.float32(10 ** (part.gain_db / 20))
    if part.drive:
        level = float(np.sqrt((bus**2).mean()) + 1e-9)
        bus = np.asarray([effects.drive(side, part.drive) for side in bus])
        # Overdrive evens out loudness; keep it in proportion to how it was played.
        bus *= np.float32(min(1.25, 0.3 + level * 3))
    if part.sweep:
        bus = _sweep(bus, form)
    if not is_pad:
        angle = (part.pan + 1) * np.pi / 4
        sides = np.array([[np.cos(angle)], [np.sin(angle)]], dtype=np.float32)
        bus = bus * (sides * gain * np.float32(1.3))
    else:
        bus *= gain
    if part.chorus:
        bus = effects.chorus(bus, part.chorus, rng)
    if part.echo:
        bus = effects.echo(bus, form.beat_s * 0.75, part.echo)
    return bus


def _sweep(bus: Sound, form: Form) -> Sound:
    """A filter that opens up to each new section."""
    count = bus.shape[1]
    dark = effects.low_pass(bus, 700)
    marks_s, openings = [0.0], [0.15]
    targets = {"intro": 0.55, "main": 0.8, "break": 0.35, "final": 1.0, "end": 1.0}
    for bar in form.bars:
        if bar.is_start:
            marks_s.append((bar.index + 0.01) * form.bar_s)
            openings.append(openings[-1] if bar.section != "break" else 0.1)
        if bar.is_turn:
            marks_s.append((bar.index + 1) * form.bar_s)
            openings.append(targets[bar.section])
    t = np.arange(0, count, 256, dtype=np.float64) / RATE_HZ
    curve = np.interp(t, marks_s, openings).astype(np.float32).repeat(256)[:count]
    out: Sound = dark + (bus - dark) * curve
    return out


def _play_drums(
    hits: tuple[Hit, ...],
    style: Style,
    form: Form,
    count: int,
    rng: np.random.Generator,
) -> Sound:
    bus = np.zeros((2, count), dtype=np.float32)
    stray = style.loose_ms / 2000
    for hit in hits:
        sound = drum(hit.drum)
        start = round((form.seconds_at(hit.beat) + abs(rng.normal(0, stray))) * RATE_HZ)
        end = min(count, start + len(sound))
        if end <= start:
            continue
        gain = _DRUM_GAINS.get(hit.drum, 0.8) * hit.velocity**1.4
        angle = (_DRUM_PANS.get(hit.drum, 0.0) + 1) * np.pi / 4
        struck = sound[: end - start]
        bus[0, start:end] += struck * np.float32(gain * np.cos(angle))
        bus[1, start:end] += struck * np.float32(gain * np.sin(angle))
    return bus
