"""Learns which directions among the descriptors tell valence and arousal.

    apt install fluidsynth fluid-soundfont-gm
    ./bin/bench axes [--pieces N] [--keep FOLDER] [--write]

Made piano pieces (benchmarks/piano) of three pianos, whose valence and arousal are
known by how they were composed, are described; a ridge regression on their standardised
descriptors gives an axis for each. With --write they replace catalog/encoders/axes.json,
by which the space of the descriptors weighs its features.

"sampled" draws the relation of each cue to feeling anew for each piece, so that no one
relation is learned by heart. None of the pieces that ./bin/bench emotions measures is
among them (other seeds), and none of its setting "upright". Each axis is also learned
without one setting and tried on that. The last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

from benchmarks.piano.pieces import make_pieces
from benchmarks.piano.playing import QUADRANTS
from catalog.encoders.descriptors import AXES_FILE, AXIS_NAMES, feature_names
from catalog.evaluation.audio.listening import describe_files
from catalog.standardising import scale_fit

Doubles = NDArray[np.float64]

# How many pieces of each setting.
LEARNED_ON = {"keys": 160, "hall": 160, "sampled": 240}
# ./bin/bench emotions measures seed 0.
SEED = 1
# So strong that features which say the same share their weight. With a third of it some
# measures of mode count against others of mode, and with four times as much pieces of a
# setting that wasn't learned on are told less well (1-NN 0.54 for 0.56).
REGULARISATION = 1000.0
DIGITS = 4


def main() -> None:
    """Learn, print figures, and write the axes if asked to."""
    parser = argparse.ArgumentParser(prog="./bin/bench axes")
    parser.add_argument("--pieces", type=int, help="of each setting, to try it out")
    parser.add_argument("--keep", type=Path, help="folder in which the pieces stay")
    parser.add_argument(
        "--write", action="store_true", help=f"replace {AXES_FILE.name}"
    )
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        sets = {}
        for name, count in LEARNED_ON.items():
            folder = (options.keep or Path(scratch)) / f"{name}-{SEED}"
            if not folder.is_dir():
                make_pieces(folder, options.pieces or count, name, seed=SEED, say=_say)
            sets[name] = _read(folder)
    axes = _learn(list(sets.values()))
    if options.write:
        _write(axes)
    report = {
        "benchmark": "axes",
        "pieces": sum(len(rows) for rows, _ in sets.values()),
        "side_of_unseen_setting": {
            name: _sides(_learn([s for n, s in sets.items() if n != name]), sets[name])
            for name in sets
        },
        "seconds": round(time.monotonic() - started, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "python": platform.python_version(),
    }
    sys.stdout.write(json.dumps(report) + "\n")


def _read(folder: Path) -> tuple[Doubles, Doubles]:
    """Return (n, d) standardised descriptors and (n, 2) valence and arousal, ±1."""
    paths = sorted(folder.glob("*.mp3"))
    _say(f"{folder.name}: listening to {len(paths)} pieces")
    heard = [h for h in describe_files(paths) if h.descriptors is not None]
    raw = np.stack([h.descriptors for h in heard if h.descriptors is not None])
    scale = scale_fit(lambda: [raw], layout=None)
    if scale is None:
        sys.exit(f"{folder} holds too few pieces.")
    meant = [QUADRANTS[h.path.name.split("_")[0]] for h in heard]
    return scale.standardised(raw), np.array(meant, np.float64)


def _learn(sets: list[tuple[Doubles, Doubles]]) -> Doubles:
    """Return (2, d): the axes of valence and arousal, of unit length."""
    ridge = Ridge(alpha=REGULARISATION, fit_intercept=False)
    ridge.fit(
        np.vstack([rows for rows, _ in sets]), np.vstack([meant for _, meant in sets])
    )
    return np.asarray(ridge.coef_ / np.linalg.norm(ridge.coef_, axis=1, keepdims=True))


def _sides(axes: Doubles, tried: tuple[Doubles, Doubles]) -> dict[str, float]:
    """Return how often each axis puts a piece on its side of the middle."""
    rows, meant = tried
    right = np.mean((rows @ axes.T > 0) == (meant > 0), axis=0)
    return {
        name: round(float(share), DIGITS)
        for name, share in zip(AXIS_NAMES, right, strict=True)
    }


def _write(axes: Doubles) -> None:
    """Write a readable table: feature by feature, its part in each axis."""
    table = {
        feature: [round(float(part), DIGITS) for part in parts]
        for feature, parts in zip(feature_names(), axes.T, strict=True)
    }
    lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in table.items())
    AXES_FILE.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
