"""How well made piano pieces of four emotions are told apart, beside mean MFCCs.

    ./bin/bench emotions [--pieces 160] [--setting keys hall upright] [--keep FOLDER]

Pieces are composed at random for the quadrants of valence and arousal (Q1 happy, Q2
tense, Q3 sad, Q4 calm), with much noise: about a half to two thirds can be told. What
each setting is to the descriptors:

- "keys": features were chosen on it, and the axes of feeling learned on other pieces of
  its kind (./bin/bench axes).
- "hall": another piano, other textures, harmony, room and codec. Not held out: it was
  looked at while features were chosen, and the axes were learned on its kind, too.
- "upright": stiff strings in a noisy room, coded at 64 kbit/s, levels anywhere, other
  textures, and relations of cues to feeling that differ from piece to piece. Nothing
  was chosen or learned on it; it was measured once all else was settled.

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
from pathlib import Path

from benchmarks.piano.pieces import make_pieces
from benchmarks.piano.settings import SETTINGS
from catalog.evaluation.audio.report import Options, evaluate_audio

MEASURED = ["keys", "hall", "upright"]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def main() -> None:
    """Make the pieces, measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench emotions")
    parser.add_argument("--pieces", type=int, default=160, help="of each setting")
    parser.add_argument("--setting", nargs="+", choices=SETTINGS, default=MEASURED)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder in which the pieces stay")
    options = parser.parse_args()
    started = time.monotonic()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.setting:
            folder = (options.keep or Path(scratch)) / name
            make_pieces(folder, options.pieces, name, seed=options.seed, say=_say)
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
