"""Three pianos that play notes: wavetables, stiff strings, and samples of a grand."""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.io import wavfile

from benchmarks.piano.playing import PIECE_S, Note
from catalog.demo.synth.signal import RATE_HZ, Sound, hertz
from catalog.demo.synth.voices import Timbre, play_note

# Where Debian's fluid-soundfont-gm puts its bank.
SOUND_BANK = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
TICKS_PER_S = 1000
SUSTAIN_PEDAL = 64
PARTIALS = 24
# Of a piano's middle strings: partial k lies at k f sqrt(1 + B k²).
INHARMONICITY = 4e-4
LOUDNESSES = 4
STRING_S = 4.0


class NoSampledPiano(Exception):
    """There is no FluidSynth, or no bank of samples."""


def play_wavetables(notes: Sequence[Note], timbre: Timbre) -> Sound:
    """Play by the demo library's synthesiser. Returns (n,) mono at 48 kHz."""
    return _play(
        notes, lambda note: play_note(timbre, note.midi, note.length_s, note.velocity)
    )


def play_strings(notes: Sequence[Note]) -> Sound:
    """Play on stiff strings, two a note and slightly apart. (n,) mono at 48 kHz."""

    def string(note: Note) -> Sound:
        loudness = min(LOUDNESSES - 1, int(note.velocity * LOUDNESSES))
        end = round(min(note.length_s + 0.15, STRING_S) * RATE_HZ)
        sound = _string(note.midi, loudness)[:end].copy()
        damped = min(end, round(0.15 * RATE_HZ))
        sound[-damped:] *= np.linspace(1, 0, damped, dtype=np.float32) ** 2
        return sound * np.float32(note.velocity**1.5)

    return _play(notes, string)


def _play(notes: Sequence[Note], sounded: Callable[[Note], Sound]) -> Sound:
    sound = np.zeros(round((PIECE_S + 6) * RATE_HZ), np.float32)
    for note in notes:
        played = sounded(note)
        start = round(note.at_s * RATE_HZ)
        sound[start : start + len(played)] += played[: len(sound) - start]
    return sound[: round((PIECE_S + 1) * RATE_HZ)]


@lru_cache(maxsize=400)
def _string(midi: int, loudness: int) -> Sound:
    t = np.arange(round(STRING_S * RATE_HZ)) / RATE_HZ
    rng = np.random.default_rng([midi, loudness])
    sound = np.zeros(t.size)
    hz = hertz(midi)
    # A hard blow is a bright one; high strings die away fast.
    slope = 1.9 - 0.35 * loudness
    for partial in range(1, PARTIALS + 1):
        at_hz = partial * hz * (1 + INHARMONICITY * partial**2) ** 0.5
        if at_hz > 10_000:
            break
        # The hammer strikes at an eighth: partials with a node there stay silent.
        level = partial**-slope * abs(np.sin(np.pi * partial / 8.2))
        fall = (0.35 + 0.12 * partial) * (hz / 220) ** 0.6
        for apart in (1.0, 1.0004):
            phase = rng.uniform(0, 2 * np.pi)
            sound += (
                level
                * np.exp(-fall * t)
                * np.sin(2 * np.pi * at_hz * apart * t + phase)
            )
    thump = rng.standard_normal(t.size) * np.exp(-90 * t) * 0.08
    rise = np.minimum(t / 0.003, 1.0)
    return np.asarray(0.12 * (sound * rise + thump), np.float32)


def play_samples(notes: Sequence[Note], *, program: int, pedal_s: float) -> Sound:
    """Play a sampled piano by FluidSynth, in one process. (n,) mono at 48 kHz.

    program: of General MIDI, 0..2; pedal_s: how often the sustain pedal is taken anew,
    0 for never. Raises NoSampledPiano.
    """
    command = shutil.which("fluidsynth")
    if command is None or not SOUND_BANK.is_file():
        raise NoSampledPiano(
            "This needs a sampled piano: apt install fluidsynth fluid-soundfont-gm."
        )
    with tempfile.TemporaryDirectory() as name:
        score, sound = Path(name) / "piece.mid", Path(name) / "piece.wav"
        score.write_bytes(midi_file(notes, program=program, pedal_s=pedal_s))
        subprocess.run(  # noqa: S603
            [
                *(command, "-ni", "-q", "-R", "0", "-C", "0", "-g", "0.6"),
                *("-r", str(RATE_HZ), "-T", "wav", "-F", str(sound)),
                *(str(SOUND_BANK), str(score)),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, samples = wavfile.read(sound)
    mono = samples.astype(np.float32).mean(axis=1) / 32_768
    wanted = round((PIECE_S + 1) * RATE_HZ)
    return np.pad(mono[:wanted], (0, max(0, wanted - mono.size)))


def midi_file(notes: Sequence[Note], *, program: int, pedal_s: float) -> bytes:
    """Write notes as a standard MIDI file of one track, a tick a millisecond."""
    events: list[tuple[float, int, bytes]] = [(0.0, 0, bytes([0xC0, program]))]
    for note in notes:
        velocity = int(np.clip(round(note.velocity * 115), 12, 127))
        on = bytes([0x90, note.midi, velocity])
        off = bytes([0x80, note.midi, 0])
        events += [(note.at_s, 2, on), (note.at_s + note.length_s, 1, off)]
    if pedal_s:
        for at_s in np.arange(0, PIECE_S, pedal_s):
            down, up = (bytes([0xB0, SUSTAIN_PEDAL, value]) for value in (127, 0))
            events += [(at_s + 0.06, 1, down), (at_s + pedal_s - 0.02, 1, up)]
    body, last = b"", 0
    for at_s, _, event in sorted(events, key=lambda e: e[:2]):
        tick = round(at_s * TICKS_PER_S)
        body += _variable_length(tick - last) + event
        last = tick
    tempo = b"\x00\xff\x51\x03" + (1_000_000).to_bytes(3, "big")
    track = tempo + body + b"\x00\xff\x2f\x00"
    head = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, TICKS_PER_S)
    return head + struct.pack(">4sI", b"MTrk", len(track)) + track


def _variable_length(number: int) -> bytes:
    out = [number & 0x7F]
    while number := number >> 7:
        out.append(0x80 | (number & 0x7F))
    return bytes(reversed(out))
