"""How well made piano pieces of four emotions are told apart, beside mean MFCCs.

    ./bin/bench emotions [--pieces 160] [--setting keys hall] [--keep FOLDER]

Pieces are composed at random for the quadrants of valence and arousal (Q1 happy, Q2
tense, Q3 sad, Q4 calm). A piece draws a valence and an arousal around its quadrant's,
and from them, with much noise, what players use to convey emotion: mode, tempo,
loudness, articulation, density, register, dissonance (Juslin and Laukka, Psychological
Bulletin 129(5), 2003; Panda, Malheiro and Paiva, "Audio features for music emotion
recognition: a survey", IEEE TAC 14(1), 2020). So quadrants overlap: about a half can be
told. Two settings differ in piano, textures, harmony, room and codec: features were
chosen on "keys" and kept where "hall" agreed.

Proxies, not people: they say which of two descriptors hears the cues better, not how
well either knows what listeners feel. The last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from scipy.signal import butter, sosfilt

from catalog.demo.synth.effects import reverb
from catalog.demo.synth.signal import RATE_HZ, Sound
from catalog.demo.synth.spectra import struck
from catalog.demo.synth.voices import Timbre, play_note
from catalog.evaluation.audio.report import Options, evaluate_audio

QUADRANTS = {"Q1": (1, 1), "Q2": (-1, 1), "Q3": (-1, -1), "Q4": (1, -1)}
PIECE_S = 26.0
# How far pieces of one quadrant are from one another, where quadrants are 2 apart.
VALENCE_SPREAD, AROUSAL_SPREAD = 0.8, 0.6
MAJORS = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 4, 5, 7, 9, 10), (0, 2, 4, 6, 7, 9, 11))
MINORS = ((0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 8, 11), (0, 2, 3, 5, 7, 9, 10))
Rng = np.random.Generator


@dataclass(frozen=True)
class Setting:
    """Where and how pieces are played. modes: how many scales beyond the plainest."""

    timbres: tuple[Timbre, ...]
    progressions: tuple[tuple[int, ...], ...]
    textures: tuple[str, ...]
    beats_per_bar: tuple[int, ...]
    modes: int
    rubato: float
    room_s: tuple[float, float]
    wet: float
    cutoff_hz: tuple[float, float]
    hiss_db: tuple[float, float]
    bit_rates: tuple[int, ...]


SETTINGS = {
    "keys": Setting(
        timbres=(
            Timbre(struck(0.55, 0.7, 0.22), 3.2, ring_s=0.35, breath=0.25),
            Timbre(struck(0.9, 0.8, 0.3), 3.2, ring_s=0.4, breath=0.3),
        ),
        progressions=((0, 4, 5, 3), (0, 3, 4, 4), (5, 3, 0, 4), (0, 5, 3, 4)),
        textures=("block", "alberti", "broken"),
        beats_per_bar=(4,),
        modes=1,
        rubato=0.01,
        room_s=(0.3, 0.9),
        wet=0.12,
        cutoff_hz=(7000, 16_000),
        hiss_db=(-75, -55),
        bit_rates=(128_000, 192_000),
    ),
    "hall": Setting(
        timbres=(
            Timbre(struck(0.35, 0.6, 0.16), 3.2, ring_s=0.5, breath=0.15),
            Timbre(struck(1.3, 0.8, 0.4), 3.2, ring_s=0.6, breath=0.5),
            Timbre(struck(0.7, 0.9, 0.3), 3.2, ring_s=0.3, unison_cents=4),
        ),
        progressions=((0, 1, 4, 0), (0, 3, 0, 4), (3, 4, 2, 5), (0, 2, 3, 1), (5, 1)),
        textures=("octaves", "arpeggio", "stride", "block"),
        beats_per_bar=(3, 4),
        modes=2,
        rubato=0.03,
        room_s=(1.0, 2.4),
        wet=0.3,
        cutoff_hz=(4000, 12_000),
        hiss_db=(-65, -42),
        bit_rates=(64_000, 96_000),
    ),
}


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

    def cue(middle: float, by_arousal: float, by_valence: float, noise: float) -> float:
        return float(
            middle
            + by_arousal * arousal
            + by_valence * valence
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
        dissonance=float(np.clip(cue(0.12, 0.05, -0.08, 0.07), 0.0, 0.5)),
    )


def compose(rng: Rng, cues: Cues, setting: Setting) -> Sound:
    """Write and play a piece. Returns (n,) mono at 48 kHz, without a room."""
    sound = np.zeros(round((PIECE_S + 6) * RATE_HZ), np.float32)
    timbre = setting.timbres[rng.integers(len(setting.timbres))]
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
        played = play_note(timbre, midi, min(length_s, 3.0), max(0.1, min(1, velocity)))
        start = round(at_s * RATE_HZ)
        sound[start : start + len(played)] += played[: len(sound) - start]

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
    return sound[: round((PIECE_S + 1) * RATE_HZ)]


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
        case _:
            order = {"alberti": (0, 2, 1, 2), "broken": (0, 1, 2, 1)}
            pattern = order.get(texture, (0, 1, 2, 0))
            per_beat = 2 if cues.density > 0.45 else 1
            for place in range(beats * per_beat):
                tone = tones[pattern[place % 4]]
                lift = 12 * (texture == "arpeggio" and place % 4 == 3)
                play(at_s + place * beat_s / per_beat, note(tone, low + lift), 1, 0.75)


def record(rng: Rng, sound: Sound, setting: Setting) -> Sound:
    """Put a piece in a room and before a microphone, at a level of its own."""
    room_s = round(float(rng.uniform(*setting.room_s)), 1)
    wet = reverb(sound, room_s).mean(axis=0)
    sound = sound + np.float32(setting.wet * rng.uniform(0.5, 1.5)) * wet
    # Knobs were turned: gain follows how loudly one played, but not closely.
    gain_db = -0.5 * 20 * np.log10(max(float(np.std(sound)), 1e-4) / 0.1)
    sound = sound * np.float32(10 ** ((gain_db + rng.normal(-3, 3)) / 20))
    cutoff = butter(2, rng.uniform(*setting.cutoff_hz), fs=RATE_HZ, output="sos")
    sound = sosfilt(cutoff, sound).astype(np.float32)
    hiss = 10 ** (rng.uniform(*setting.hiss_db) / 20)
    sound += (hiss * rng.standard_normal(len(sound))).astype(np.float32)
    return np.clip(sound, -1, 1).astype(np.float32)


def write_mp3(path: Path, sound: Sound, bit_rate: int) -> None:
    """Write (n,) mono at 48 kHz as an MP3."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        stream.bit_rate = bit_rate
        for start in range(0, len(sound), 1152):
            piece = np.ascontiguousarray(sound[None, start : start + 1152])
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def make_pieces(folder: Path, count: int, name: str, *, seed: int = 0) -> None:
    """Write `count` pieces of one setting, evenly over the quadrants."""
    folder.mkdir(parents=True, exist_ok=True)
    setting = SETTINGS[name]
    for number in range(count):
        quadrant = list(QUADRANTS)[number % 4]
        path = folder / f"{quadrant}_{name}{number:03}_0.mp3"
        rng = np.random.default_rng([seed, number, sum(name.encode())])
        cues = draw_cues(rng, quadrant, setting)
        sound = record(rng, compose(rng, cues, setting), setting)
        write_mp3(path, sound, int(rng.choice(setting.bit_rates)))
        if (number + 1) % 20 == 0:
            _say(f"{name}: {number + 1} of {count} pieces made")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def main() -> None:
    """Make the pieces, measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench emotions")
    parser.add_argument("--pieces", type=int, default=160, help="of each setting")
    parser.add_argument("--setting", nargs="+", choices=SETTINGS, default=[*SETTINGS])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder in which the pieces stay")
    options = parser.parse_args()
    started = time.monotonic()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.setting:
            folder = (options.keep or Path(scratch)) / name
            make_pieces(folder, options.pieces, name, seed=options.seed)
            measured = evaluate_audio(folder, Options(), say=_say)
            figures[name] = {k: measured[k] for k in ("chance", "folds", "spaces")}
    report = {
        "benchmark": "emotions",
        "pieces": options.pieces,
        "settings": figures,
        "seconds": round(time.monotonic() - started, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "python": platform.python_version(),
    }
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
