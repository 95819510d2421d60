"""How well and how fast songs are found, beside FAISS and numpy in the same run.

    pip install -r benchmarks/requirements-search.txt   # FAISS, for the comparison
    ./bin/bench search [--tracks 20000] [--queries 100] [--folder DIR] [--only whole]

A catalog of generated, clustered vectors (an audio space and the text space) and
metadata is loaded by COPY into an embedded PostgreSQL of its own, and read into the
columns that search goes through. Then nearest neighbours are asked for under filters that keep all, 10 %, 1 % and 0.1 % of it,
by years and by a genre with years: recall@10 against numpy's exact answer, the times,
how often fewer than 10 came. FAISS (HNSW, m 16, ef 200, the filter as a
bitmap) and numpy answer the same queries, each having warmed up. Queries a second come
from two processes, and the whole search is timed with words, filters, wishes and songs.

`--folder` keeps the catalog for a next time (a million: 12 GB). `--only whole` times whole
searches alone, over the columns that were saved there last, in a minute.
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
from pathlib import Path
from typing import Any

from chat.evaluation.throwaway import throwaway_site

WIDTHS = (1.0, 0.1, 0.01, 0.001)


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench search")
    parser.add_argument("--tracks", type=int, default=20_000)
    parser.add_argument("--dimensions", type=int, default=172, help="of the audio")
    parser.add_argument("--queries", type=int, default=100, help="for each filter")
    parser.add_argument("--folder", type=Path, help="where the catalog is kept")
    parser.add_argument("--only", choices=["whole"], help="whole searches alone")
    options = parser.parse_args()
    if options.folder:
        _run(options.folder.resolve(), options)
        return
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        _run(Path(folder), options)


def _run(home: Path, options: argparse.Namespace) -> None:
    with throwaway_site(home, is_timed=True):
        sys.stdout.write(json.dumps(_measure(home, options)) + "\n")


def _measure(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    import numpy as np

    from benchmarks.searching import load, measure
    from benchmarks.searching.filters import cuts_of
    from benchmarks.searching.generate import generate
    from benchmarks.searching.rate import measure_rate
    from catalog.models import Space

    # As many as the folder's vectors were made with.
    generated = generate(
        options.tracks, dimensions=options.dimensions, queries=1000, folder=home
    )
    figures: dict[str, Any] = {
        "benchmark": "search",
        "tracks": options.tracks,
        "dimensions": options.dimensions,
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "load_before": round(os.getloadavg()[0], 1),
    }
    if not load.is_loaded(home, generated):
        figures["load_seconds"] = load.load(generated)
        load.mark_loaded(home, generated)
    cuts = [cut for width in WIDTHS for cut in cuts_of(generated, width)]
    if options.only == "whole":
        figures["search"] = measure.measure_search(generated, cuts, options.queries)
        return figures
    figures["columns"] = load.build_columns()
    has_faiss = importlib.util.find_spec("faiss") is not None
    if not has_faiss:
        load.say(
            "FAISS is not installed, so it is left out of the comparison:"
            " pip install -r benchmarks/requirements-search.txt."
        )
    figures["knn"] = {}
    for kind in (Space.Kind.AUDIO, Space.Kind.TEXT):
        space = Space.objects.defer("fitted").get(kind=kind)
        vectors = np.array(getattr(generated, kind))
        queries = getattr(generated, f"{kind}_queries")[: options.queries]
        faiss = None
        if kind == Space.Kind.AUDIO and has_faiss:
            faiss, figures["faiss_index"] = measure.faiss_index(vectors)
        figures["knn"][kind] = measure.measure_knn(space, vectors, queries, cuts, faiss)
        if kind == Space.Kind.AUDIO:
            figures["rate"] = measure_rate(space.pk, queries)
            load.say(f"{figures['rate']}")
    figures["search"] = measure.measure_search(generated, cuts, options.queries)
    return figures


if __name__ == "__main__":
    main()
