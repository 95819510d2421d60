"""How fast songs are listened to, beside a plain librosa pipeline in the same run.

    pip install -r benchmarks/requirements-audio.txt   # librosa, for the comparison
    OMP_NUM_THREADS=1 ./bin/bench audio [--songs 6] [--minutes 3] [FILE …]

Without files, MP3s of drum machines and chords are made first. "Plain" decodes the
whole song with `librosa.load` and computes what the same groups need with librosa's
functions at their defaults: mel spectrum, MFCC and deltas, spectral shape and contrast,
zero crossings, level, harmonic and percussive parts, onsets, tempogram and tempo,
chroma, tonal centroid. Most of its time goes into hpss, so it is also measured
"lean", without that, and once more on our own windows alone. All take turns on the same songs, each having warmed up. Times are CPU time of one process.

Then both (plain without hpss, whose memory starves the cores) take the songs in as many processes as there are cores, by the clock, in turn
at least six each; and fresh processes tell the most memory they
held (VmHWM, Linux only) with a song, and with one of two hours. Without librosa only
our own are measured.
Progress goes to stderr; the last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.songs.chords import make_song
from catalog.audio.decode import decode_excerpts
from catalog.audio.describe import DIMENSIONS, describe

RATE_HZ = 44_100
# Fewer say more of what else the machine does than of either.
SONGS_A_PROCESS = 6
Wave = NDArray[np.float32]
A = TypeVar("A")
T = TypeVar("T")


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audio")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--songs", type=int, default=6, help="songs to make")
    parser.add_argument("--minutes", type=float, default=3.0, help="of each song made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or [
            make_song(Path(folder) / f"{i}.mp3", options.minutes, seed=i)
            for i in range(options.songs)
        ]
        figures = _measure(files) | _measure_processes(files)
        long = _make_long(files[0], Path(folder) / "two hours.mp3")
        figures |= _measure_memory(files[0], long)
        sys.stdout.write(json.dumps(figures) + "\n")


def _measure(files: list[Path]) -> dict[str, object]:
    has_librosa = _has_librosa()
    decode_ms: list[float] = []
    describe_ms: list[float] = []
    plain_load_ms: list[float] = []
    plain_features_ms: list[float] = []
    lean_ms: list[float] = []
    same_windows_ms: list[float] = []
    for number, path in enumerate([files[0], *files]):
        excerpts, decoding = _timed(decode_excerpts, path)
        _, describing = _timed(describe, excerpts)
        _say(f"{path.name}: ours {decoding + describing:.0f} ms")
        loading = features = lean = same_windows = 0.0
        if has_librosa:
            wave, loading = _timed(_plain_load, path)
            _, features = _timed(_plain_features, wave)
            _, lean = _timed(_lean_features, wave)
            heard = np.concatenate(excerpts.windows)
            _, same_windows = _timed(_plain_features, heard)
            _say(f"{path.name}: plain {loading + features:.0f} ms")
        if number == 0:
            continue  # The first song is warm-up: imports, caches, compilation.
        decode_ms.append(decoding)
        describe_ms.append(describing)
        plain_load_ms.append(loading)
        plain_features_ms.append(features)
        lean_ms.append(lean)
        same_windows_ms.append(same_windows)

    ours = sum(decode_ms) + sum(describe_ms)
    figures: dict[str, object] = {
        "benchmark": "audio",
        "songs": len(files),
        "dimensions": DIMENSIONS,
        "decode_ms": round(median(decode_ms), 1),
        "describe_ms": round(median(describe_ms), 1),
        "songs_per_cpu_s": round(1000 * len(files) / ours, 2),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "python": platform.python_version(),
    }
    if has_librosa:
        plain = sum(plain_load_ms) + sum(plain_features_ms)
        figures |= {
            "plain_load_ms": round(median(plain_load_ms), 1),
            "plain_features_ms": round(median(plain_features_ms), 1),
            "plain_songs_per_cpu_s": round(1000 * len(files) / plain, 2),
            "plain_lean_features_ms": round(median(lean_ms), 1),
            "plain_same_windows_features_ms": round(median(same_windows_ms), 1),
            "times_plain": round(plain / ours, 1),
            "times_plain_lean": round((sum(plain_load_ms) + sum(lean_ms)) / ours, 1),
            "times_plain_features_same_windows": round(
                sum(same_windows_ms) / sum(describe_ms), 1
            ),
        }
    return figures


def _measure_processes(files: list[Path]) -> dict[str, object]:
    """Return songs a second by the clock, with a process on each core."""
    workers = os.cpu_count() or 1
    songs = files * -(-SONGS_A_PROCESS * workers // len(files))
    figures: dict[str, object] = {"processes": workers}
    runs = {"ours": _ours}
    if _has_librosa():
        runs["plain_lean"] = _plain_lean
    rates = {}
    for name, run in runs.items():
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(run, files[:1] * workers))  # Imports, caches, compilation.
            started = time.perf_counter()
            list(pool.map(run, songs))
            rates[name] = len(songs) / (time.perf_counter() - started)
        _say(f"{name}: {rates[name]:.2f} songs a second in {workers} processes")
        figures[f"{name}_songs_per_s"] = round(rates[name], 2)
    if "plain_lean" in rates:
        figures["times_plain_lean_processes"] = round(
            rates["ours"] / rates["plain_lean"], 1
        )
    return figures


def _measure_memory(song: Path, long: Path) -> dict[str, object]:
    figures: dict[str, object] = {}
    for name, path in (("song", song), ("two_hours", long)):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            started = time.perf_counter()
            figures[f"peak_{name}_mib"] = pool.submit(_peak_mib, path).result()
            figures[f"{name}_with_start_s"] = round(time.perf_counter() - started, 2)
    return figures


def _peak_mib(path: Path) -> int | None:
    """Describe a recording, and return the most memory this process ever held."""
    _ours(path)
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return round(int(lines["VmHWM"].split()[0]) / 1024)


def _ours(path: Path) -> int:
    return describe(decode_excerpts(path)).features.size


def _plain_lean(path: Path) -> int:
    warnings.simplefilter("ignore")
    return _lean_features(_plain_load(path)).size


def _make_long(song: Path, path: Path) -> Path:
    """Write an MP3 of two hours: a short one's packets, again and again."""
    with av.open(str(song)) as source, av.open(str(path), "w") as out:
        stream = out.add_stream_from_template(source.streams.audio[0])
        packets = [p for p in source.demux(audio=0) if p.size and p.duration]
        base = packets[0].time_base
        lasts = sum(p.duration or 0 for p in packets)
        content = [(bytes(p), p.duration or 0) for p in packets]
        at = 0
        for _ in range(round(7200 / float(lasts * base))):
            for data, duration in content:
                packet = av.Packet(data)
                packet.pts = packet.dts = at
                packet.duration, packet.time_base = duration, base
                packet.stream = stream
                at += duration
                out.mux(packet)
    return path


def _plain_load(path: Path) -> Wave:
    import librosa

    wave, _ = librosa.load(path, sr=22_050, mono=True)
    return np.asarray(wave, np.float32)


def _plain_features(wave: Wave) -> NDArray[np.float64]:
    """Return what the groups of `catalog.audio.features` hold, plainly computed."""
    import librosa

    harmonic, percussive = librosa.decompose.hpss(np.abs(librosa.stft(wave)))
    return np.append(_lean_features(wave), [harmonic.mean(), percussive.mean()])


def _lean_features(wave: Wave) -> NDArray[np.float64]:
    """Return the same but for the harmonic and percussive parts."""
    import librosa
    from librosa import feature

    rate = 22_050
    mel_db = librosa.power_to_db(feature.melspectrogram(y=wave, sr=rate))
    mfcc = feature.mfcc(S=mel_db, n_mfcc=14)
    magnitude = np.abs(librosa.stft(wave))
    strength = librosa.onset.onset_strength(S=mel_db, sr=rate)
    chroma = feature.chroma_stft(S=magnitude**2, sr=rate)
    curves = [
        mfcc,
        feature.delta(mfcc),
        feature.spectral_centroid(S=magnitude, sr=rate),
        feature.spectral_bandwidth(S=magnitude, sr=rate),
        feature.spectral_rolloff(S=magnitude, sr=rate),
        feature.spectral_flatness(S=magnitude),
        feature.spectral_contrast(S=magnitude, sr=rate),
        feature.zero_crossing_rate(wave),
        feature.rms(S=magnitude),
        feature.tempogram(onset_envelope=strength, sr=rate),
        chroma,
        feature.tonnetz(chroma=chroma, sr=rate),
    ]
    tempo = feature.tempo(onset_envelope=strength, sr=rate)
    onsets = librosa.onset.onset_detect(onset_envelope=strength, sr=rate)
    return np.concatenate(
        [np.append(c.mean(axis=1), c.std(axis=1)) for c in curves]
        + [tempo, [onsets.size]]
    )


def _timed(run: Callable[[A], T], argument: A) -> tuple[T, float]:
    started = time.process_time()
    result = run(argument)
    return result, 1000 * (time.process_time() - started)


def _has_librosa() -> bool:
    # A folder that an uninstalled one left behind has no origin.
    found = importlib.util.find_spec("librosa")
    return found is not None and found.origin is not None


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    # librosa warns of its own dependencies' deprecations.
    warnings.simplefilter("ignore")
    main()
