"""How fast a space is filled, beside a plain loop of decode, then encode, in one run.

    ./bin/bench embed [--songs 24] [--minutes 2] [--layers 4] [--width 256]

The model is MERT's architecture at random weights: its speed is that of true weights of
its size (12 layers of 768 are MERT-v1-95M), its vectors say nothing. "Plain" decodes
and encodes one file after the other, and stores nothing; "pipeline" is what
`manage.py embed` runs, with its claims and rows in an embedded database of its own,
which goes when it ends. Both hear the same files by the same windows and take turns,
each having warmed up. Progress goes to stderr; the last line of stdout is one JSON
object.
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

from benchmarks.songs.chords import make_song
from chat.evaluation.throwaway import throwaway_site

ROUNDS = 2
CONV_KERNELS, CONV_STRIDES = [10, 3, 3, 3, 3, 2, 2], [5, 2, 2, 2, 2, 2, 2]


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embed")
    parser.add_argument("--songs", type=int, default=24, help="songs to make")
    parser.add_argument("--minutes", type=float, default=2.0, help="of each song")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--width", type=int, default=256)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)  # The embedded PostgreSQL of root is another user's.
        with throwaway_site(folder / "home"):
            sys.stdout.write(json.dumps(_measure(folder, options)) + "\n")


def _measure(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    import torch

    from catalog.embedding.pipeline import file_decode, space_fill
    from catalog.embedding.spaces import encoder_space_ensure
    from catalog.embedding.wanted import embed_again
    from catalog.encoders.mert import MertEncoder
    from catalog.models import Track

    _say("making songs and a model")
    songs = [
        make_song(folder / f"{n}.mp3", options.minutes, seed=n)
        for n in range(options.songs)
    ]
    encoder = MertEncoder(str(_make_model(folder / "bench-mert", options)))
    encoder.load()
    tracks = Track.objects.bulk_create(
        Track(
            title=song.name,
            key=song.name,
            source=Track.Source.FILE,
            audio_path=str(song),
        )
        for song in songs
    )
    space = encoder_space_ensure(encoder)
    ids = [track.pk for track in tracks]
    plain_s: list[float] = []
    pipeline_s: list[float] = []
    plain_cpu_s: list[float] = []
    pipeline_cpu_s: list[float] = []
    encoder.encode_audio([file_decode(songs[0], encoder)])
    for number in range(ROUNDS):
        started, cpu = time.perf_counter(), time.process_time()
        for song in songs:
            encoder.encode_audio([file_decode(song, encoder)])
        plain_s.append(time.perf_counter() - started)
        plain_cpu_s.append(time.process_time() - cpu)
        _say(f"round {number + 1}: plain {plain_s[-1]:.1f} s")
        embed_again(space, track_ids=ids)
        started, cpu = time.perf_counter(), time.process_time()
        filled = space_fill(space, encoder)
        pipeline_s.append(time.perf_counter() - started)
        pipeline_cpu_s.append(time.process_time() - cpu)
        _say(f"round {number + 1}: pipeline {pipeline_s[-1]:.1f} s, {filled}")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return {
        "benchmark": "embed",
        "songs": len(songs),
        "minutes": options.minutes,
        "layers": options.layers,
        "width": options.width,
        "windows": encoder.window_count,
        "plain_tracks_per_s": round(len(songs) / min(plain_s), 2),
        "pipeline_tracks_per_s": round(len(songs) / min(pipeline_s), 2),
        "plain_cpu_s_per_track": round(min(plain_cpu_s) / len(songs), 3),
        "pipeline_cpu_s_per_track": round(min(pipeline_cpu_s) / len(songs), 3),
        "times_plain": round(min(plain_s) / min(pipeline_s), 2),
        "device": device,
        "load_1_min": round(os.getloadavg()[0], 1),
        "torch_threads": torch.get_num_threads(),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "python": platform.python_version(),
    }


def _make_model(folder: Path, options: argparse.Namespace) -> Path:
    """Write random weights of MERT's architecture, in the hub's layout."""
    from transformers import HubertConfig, HubertModel

    folder.mkdir()
    config = HubertConfig(
        hidden_size=options.width,
        num_hidden_layers=options.layers,
        num_attention_heads=max(1, options.width // 64),
        intermediate_size=4 * options.width,
        conv_dim=[512 * options.width // 768] * len(CONV_KERNELS),
        conv_kernel=CONV_KERNELS,
        conv_stride=CONV_STRIDES,
    )
    HubertModel(config).save_pretrained(folder)
    said = config.to_dict() | {"model_type": "mert_model", "sample_rate": 24_000}
    (folder / "config.json").write_text(json.dumps(said))
    (folder / "preprocessor_config.json").write_text(
        json.dumps({"sampling_rate": 24_000, "do_normalize": True, "feature_size": 1})
    )
    return folder


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
