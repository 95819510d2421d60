"""Composes piano pieces that are meant to be felt, note by note.

A piece draws a valence and an arousal around its quadrant's, and from them, with much
noise, what players use to convey emotion: mode, tempo, loudness, articulation, density,
register, dissonance [1, 2]. So quadrants overlap.

[1] Juslin and Laukka, Psychological Bulletin 129(5), 2003. [2] Panda, Malheiro and
Paiva, "Audio features for music emotion recognition: a survey", IEEE TAC 14(1), 2020.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.piano.settings import MAJORS, MINORS, Setting

QUADRANTS = {"Q1": (1, 1), "Q2": (-1, 1), "Q3": (-1, -1), "Q4": (1, -1)}
PIECE_S = 26.0
# How far pieces of one quadrant are from one another, where quadrants are 2 apart.
VALENCE_SPREAD, AROUSAL_SPREAD = 0.8, 0.6
Rng = np.random.Generator


@dataclass(frozen=True)
class Note:
    """at_s: from the piece's start; velocity: 0..1."""

    at_s: float
    midi: int
    length_s: float
    velocity: float


@dataclass(frozen=True)
class Cues:
    """What a pianist does. held: share of its time that a note sounds."""

    scale: tuple[int, ...]
    tempo_bpm: float
    velocity: float
    velocity_spread: float
    held: float
    density: float
    register: float
    dissonance: float


def draw_cues(rng: Rng, quadrant: str, setting: Setting) -> Cues:
    """Draw the cues of one piece around its quadrant's valence and arousal."""
    middle_valence, middle_arousal = QUADRANTS[quadrant]
    valence = middle_valence + VALENCE_SPREAD * float(rng.standard_normal())
    arousal = middle_arousal + AROUSAL_SPREAD * float(rng.standard_normal())

    def habit(low: float, high: float) -> float:
        return 1.0 if setting.is_strict else float(rng.uniform(low, high))

    def cue(middle: float, by_arousal: float, by_valence: float, noise: float) -> float:
        return float(
            middle
            + by_arousal * habit(0.3, 1.7) * arousal
            + by_valence * habit(0.3, 1.7) * valence
            + noise * rng.standard_normal()
        )

    is_major = cue(0.0, 0.0, 1.0, 0.7) > 0
    scales = MAJORS if is_major else MINORS
    return Cues(
        scale=scales[rng.integers(0, setting.modes + 1)],
        tempo_bpm=float(np.clip(95 * 2 ** cue(0, 0.28, 0.05, 0.3), 50, 190)),
        velocity=float(np.clip(cue(0.55, 0.13, 0, 0.1), 0.2, 0.95)),
        velocity_spread=float(np.clip(cue(0.08, 0.03, 0, 0.03), 0.01, 0.2)),
        held=float(np.clip(cue(0.8, -0.15, -0.04, 0.2), 0.25, 1.3)),
        density=float(np.clip(cue(0.5, 0.16, 0.04, 0.15), 0.1, 1.0)),
        register=cue(64.0, 0.5, 2.0, 4.0),
        dissonance=float(np.clip(cue(0.12, 0.05, -0.08 * habit(0, 1), 0.07), 0.0, 0.5)),
    )


def compose(rng: Rng, cues: Cues, setting: Setting) -> list[Note]:
    """Write a piece of PIECE_S and a little more."""
    notes: list[Note] = []
    progression = setting.progressions[rng.integers(len(setting.progressions))]
    texture = setting.textures[rng.integers(len(setting.textures))]
    beats = int(rng.choice(setting.beats_per_bar))
    tonic = round(cues.register + rng.integers(-6, 6)) % 12
    beat_s = 60 / cues.tempo_bpm

    def note(degree: int, around: float) -> int:
        pitch = tonic + cues.scale[degree % 7]
        pitch += int(rng.random() < cues.dissonance)
        return int(np.clip(pitch + 12 * round((around - pitch) / 12), 26, 100))

    def play(at_s: float, midi: int, beats_long: float, weight: float) -> None:
        at_s = max(0.0, at_s + setting.rubato * rng.standard_normal())
        velocity = cues.velocity * weight + cues.velocity_spread * rng.standard_normal()
        length_s = max(0.08, beats_long * beat_s * cues.held)
        velocity = max(0.1, min(1, velocity))
        notes.append(Note(at_s, midi, min(length_s, 3.0), velocity))

    step, at_s, bar = 0, 0.0, 0
    while at_s < PIECE_S:
        chord = progression[bar % len(progression)]
        tones = [chord, chord + 2, chord + 4]
        _accompany(rng, texture, beats, tones, cues, at_s, beat_s, note, play)
        for half in range(beats * 2):
            is_strong = half % 2 == 0
            if rng.random() > cues.density * (1.3 if is_strong else 0.7):
                continue
            step += int(rng.integers(-2, 3))
            degree = tones[rng.integers(3)] if is_strong else step
            midi = note(degree, cues.register + 8 + rng.normal(0, 3))
            play(at_s + half * beat_s / 2, midi, 0.5 if cues.density > 0.5 else 1, 1)
        at_s += beats * beat_s
        bar += 1
    return notes


def _accompany(
    rng: Rng,
    texture: str,
    beats: int,
    tones: Sequence[int],
    cues: Cues,
    at_s: float,
    beat_s: float,
    note: Callable[[int, float], int],
    play: Callable[[float, int, float, float], None],
) -> None:
    """Play one bar of the left hand."""
    low = cues.register - 14
    match texture:
        case "block" | "octaves":
            every = 1 if cues.density > 0.6 else 2
            for beat in range(0, beats, every):
                for tone in tones if texture == "block" else (tones[0], tones[0]):
                    drop = 12 * (texture == "octaves") * int(rng.integers(0, 2))
                    play(at_s + beat * beat_s, note(tone, low - drop), every, 0.8)
        case "stride":
            for beat in range(beats):
                for tone in tones[1:] if beat % 2 else tones[:1]:
                    around = low if beat % 2 else low - 12
                    play(at_s + beat * beat_s, note(tone, around), 1, 0.8)
        case "chorale":
            for beat in range(beats):
                for voice, tone in enumerate(tones):
                    play(at_s + beat * beat_s, note(tone, low + 6 * voice), 1, 0.7)
        case "ostinato":
            strokes = beats * (2 if cues.density > 0.5 else 1)
            for stroke in range(strokes):
                late_s = stroke * beats * beat_s / strokes
                play(at_s + late_s, note(tones[2 * (stroke % 2)], low), 1, 0.7)
        case _:
            order = {"alberti": (0, 2, 1, 2), "broken": (0, 1, 2, 1)}
            pattern = order.get(texture, (0, 1, 2, 0))
            per_beat = 2 if cues.density > 0.45 else 1
            for place in range(beats * per_beat):
                tone = tones[pattern[place % 4]]
                lift = 12 * (texture == "arpeggio" and place % 4 == 3)
                play(at_s + place * beat_s / per_beat, note(tone, low + lift), 1, 0.75)
