"""Writes folders of piano pieces, composed, played and recorded by one setting."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfilt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks.piano.instruments import play_samples, play_strings, play_wavetables
from benchmarks.piano.playing import QUADRANTS, Cues, Rng, compose, draw_cues
from benchmarks.piano.settings import SETTINGS, Setting
from benchmarks.songs.mp3 import write_mp3
from catalog.demo.synth.effects import reverb
from catalog.demo.synth.signal import RATE_HZ, Sound


def make_pieces(
    folder: Path,
    count: int,
    name: str,
    *,
    seed: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Write `count` pieces of one setting, evenly over the quadrants.

    Writes nothing where the folder holds as many already. Takes 1 to 2 s of CPU each,
    on all cores.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.mp3"))) == count:
        return
    make = partial(_make_piece, folder, name, seed)
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done, _ in enumerate(pool.map(make, range(count), chunksize=4), start=1):
            if done % 20 == 0:
                say(f"{name}: {done} of {count} pieces made")


def _make_piece(folder: Path, name: str, seed: int, number: int) -> None:
    setting = SETTINGS[name]
    quadrant = list(QUADRANTS)[number % 4]
    rng = np.random.default_rng([seed, number, sum(name.encode())])
    with threadpool_limits(1):
        cues = draw_cues(rng, quadrant, setting)
        sound = record(rng, _played(rng, cues, setting, name), setting)
    path = folder / f"{quadrant}_{name}{number:03}_0.mp3"
    write_mp3(path, sound, bit_rate=int(rng.choice(setting.bit_rates)))


def _played(rng: Rng, cues: Cues, setting: Setting, name: str) -> Sound:
    if setting.timbres:
        timbre = setting.timbres[rng.integers(len(setting.timbres))]
        return play_wavetables(compose(rng, cues, setting), timbre)
    notes = compose(rng, cues, setting)
    if name != "sampled":
        return play_strings(notes)
    # Who plays legato uses the pedal, and some who don't.
    is_pedalled = rng.random() < min(0.9, max(0.1, cues.held - 0.2))
    pedal_s = float(rng.uniform(1.0, 2.5)) if is_pedalled else 0.0
    return play_samples(notes, program=int(rng.choice([0, 0, 1, 2])), pedal_s=pedal_s)


def record(rng: Rng, sound: Sound, setting: Setting) -> Sound:
    """Put a piece in a room and before a microphone, at a level of its own."""
    room_s = round(float(rng.uniform(*setting.room_s)), 1)
    wet = reverb(sound, room_s).mean(axis=0)
    sound = sound + np.float32(setting.wet * rng.uniform(0.5, 1.5)) * wet
    # Knobs were turned: gain follows how loudly one played, but not closely.
    gain_db = -0.5 * 20 * np.log10(max(float(np.std(sound)), 1e-4) / 0.1)
    sound = sound * np.float32(10 ** ((gain_db + rng.normal(-3, setting.gain_db)) / 20))
    cutoff = butter(2, rng.uniform(*setting.cutoff_hz), fs=RATE_HZ, output="sos")
    sound = sosfilt(cutoff, sound).astype(np.float32)
    hiss = 10 ** (rng.uniform(*setting.hiss_db) / 20)
    noise = rng.standard_normal(len(sound))
    if setting.noise == "room":
        noise = _murmur(rng, noise)
    sound += (hiss * noise).astype(np.float32)
    return np.clip(sound, -1, 1).astype(np.float32)


def _murmur(rng: Rng, noise: np.ndarray) -> np.ndarray:
    """Return noise as of a room: mostly low, and coming and going."""
    low = sosfilt(butter(1, 300, fs=RATE_HZ, output="sos"), noise)
    times = np.linspace(0, 1, len(noise))
    swell = np.interp(times, np.linspace(0, 1, 30), rng.uniform(0.3, 1.7, 30))
    return np.asarray(swell * (3 * low + 0.3 * noise))
