"""What the search does on a loaded catalog, in figures, beside FAISS and numpy."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks.searching.filters import Cut
from benchmarks.searching.generate import MOODS, Floats, Generated
from benchmarks.searching.load import say
from catalog.columns.current import current_columns
from catalog.models import Space
from catalog.search.candidates import evidence_of
from catalog.search.engine import search_tracks
from catalog.search.masks import matching_rows
from catalog.search.query import Filters, Query, Wish

K = 10
WARM_UP, WARM_UP_WHOLE = 5, 100
FAISS_M = 16
FAISS_EF_CONSTRUCTION = 64
FAISS_EF_SEARCH = 200

Find = Callable[[NDArray[np.float32]], Sequence[int]]


def measure_knn(
    space: Space, vectors: Floats, queries: Floats, cuts: Sequence[Cut], faiss: Any
) -> list[dict[str, Any]]:
    """Return a row of figures for each filter: ours, FAISS's and numpy's, in turn.

    vectors: (n, d) unit length in memory. queries: (q, d). faiss: see `faiss_index`,
    None without.
    """
    found = []
    for cut in cuts:
        kept = vectors[cut.rows] if len(cut.rows) < len(vectors) else vectors
        exact = [_exact(kept, cut.rows, q) for q in queries]
        row: dict[str, Any] = {
            "filter": cut.name,
            "width": cut.width,
            "kept": len(cut.rows),
            "ours": _figures(partial(_ours, space, cut.filters), queries, exact),
            "numpy_exact": _figures(partial(_exact, kept, cut.rows), queries, exact),
        }
        if faiss is not None:
            row["faiss_hnsw"] = _figures(_faiss_find(faiss, cut), queries, exact)
        say(f"{space.kind}, {cut.width:.1%} ({cut.name}): {row['ours']}")
        found.append(row)
    return found


def faiss_index(vectors: Floats) -> tuple[Any, dict[str, Any]]:
    """Build FAISS's HNSW over the same vectors. Returns it with its figures."""
    faiss = _faiss()
    index = faiss.IndexHNSWFlat(vectors.shape[1], FAISS_M, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = FAISS_EF_CONSTRUCTION
    began = time.perf_counter()
    index.add(vectors)
    seconds = time.perf_counter() - began
    # Each of its searches is timed alone, as ours are.
    faiss.omp_set_num_threads(1)
    links_mib = faiss.vector_to_array(index.hnsw.neighbors).nbytes / 2**20
    figures = {
        "seconds": round(seconds, 1),
        "mib": round(vectors.nbytes / 2**20 + links_mib, 1),
        "m": FAISS_M,
        "ef_construction": FAISS_EF_CONSTRUCTION,
        "ef_search": FAISS_EF_SEARCH,
    }
    say(f"FAISS's index: {figures}")
    return index, figures


def measure_search(generated: Generated, cuts: Sequence[Cut], count: int) -> Any:
    """Time whole searches: words, mostly with a filter, a wish or songs liked.

    BLAS gets one thread, as in a web process.
    """
    with threadpool_limits(1, user_api="blas"):
        return _measure_search(generated, cuts, count)


def _measure_search(generated: Generated, cuts: Sequence[Cut], count: int) -> Any:
    first, *queries = _requests(generated, cuts, count + 1, seed=1)
    if evidence_of(first).heard is None:
        raise SystemExit("Words don't reach the space of sound: load the catalog anew.")
    # Others to warm up, since vectors of texts that come again are kept. So many that
    # most of what is mapped from files has been touched, as on a site that runs.
    for query in _requests(generated, cuts, WARM_UP_WHOLE, seed=2):
        search_tracks(query)
    milliseconds: list[float] = []
    cpu: list[float] = []
    short = 0
    for number, query in enumerate(queries, 1):
        began, worked = time.perf_counter(), time.process_time()
        hits = search_tracks(query).hits
        milliseconds.append((time.perf_counter() - began) * 1e3)
        cpu.append((time.process_time() - worked) * 1e3)
        # Songs liked are never among the hits.
        there = len(cuts[number % len(cuts)].rows) - len(query.liked)
        short += len(hits) < min(query.limit, there)
    # Without PostgreSQL's, whose process is another.
    figures = {
        **_times(milliseconds),
        "cpu": _times(cpu),
        "queries": count,
        "short_of_limit": short,
    }
    say(f"whole search: {figures}")
    return figures


def _requests(
    generated: Generated, cuts: Sequence[Cut], count: int, *, seed: int
) -> Iterator[Query]:
    chance = np.random.default_rng(seed)
    calm = Wish("energy", None, 0.4, "calm")
    for number in range(count):
        words = chance.choice(MOODS, 2, replace=False)
        genre = generated.genre_keys[int(chance.integers(20))]
        liked = chance.integers(1, len(generated.year) + 1, 3).tolist()
        yield Query(
            text=f"{words[0]} {words[1]} {genre}",
            filters=cuts[number % len(cuts)].filters,
            wishes=(calm,) if number % 3 == 0 else (),
            liked=dict.fromkeys(liked, 1.0) if number % 2 else {},
        )


def _figures(
    find: Find, queries: Floats, exact: Sequence[Sequence[int]]
) -> dict[str, Any]:
    recall, milliseconds, short = [], [], 0
    for query in queries[:WARM_UP]:
        find(query)
    for query, wanted in zip(queries, exact, strict=True):
        began = time.perf_counter()
        found = find(query)
        milliseconds.append((time.perf_counter() - began) * 1e3)
        recall.append(len(set(found) & set(wanted)) / max(1, len(wanted)))
        short += len(found) < len(wanted)
    return {
        "recall_at_10": round(float(np.mean(recall)), 4),
        **_times(milliseconds),
        "short_of_k": short,
    }


def _times(milliseconds: Sequence[float]) -> dict[str, float]:
    return {
        f"p{part}_ms": round(float(np.percentile(milliseconds, part)), 2)
        for part in (50, 95)
    }


def _ours(space: Space, filters: Filters, query: NDArray[np.float32]) -> Sequence[int]:
    """Return track ids as search finds them: a look for changes, the filter, the vectors."""
    view = current_columns().view
    mask = matching_rows(view, filters)
    rows, _ = view.nearest(space.pk, mask, query, limit=K)
    found: list[int] = view.ids[rows].tolist()
    return found


def _exact(
    kept: Floats, rows: NDArray[np.int64], query: NDArray[np.float32]
) -> list[int]:
    """Return track ids by numpy: one product, and the best of it in order."""
    scores = kept @ query
    if len(scores) > K:
        best = np.argpartition(-scores, K)[:K]
    else:
        best = np.arange(len(scores))
    best = best[np.argsort(-scores[best])]
    return [int(row) + 1 for row in rows[best]]


def _faiss() -> Any:
    # By its name, since it need not be there.
    return importlib.import_module("faiss")


def _faiss_find(index: Any, cut: Cut) -> Find:
    faiss = _faiss()
    options = {"efSearch": FAISS_EF_SEARCH}
    if len(cut.rows) < index.ntotal:
        kept = np.zeros(index.ntotal, bool)
        kept[cut.rows] = True
        bits = np.packbits(kept, bitorder="little")
        options["sel"] = faiss.IDSelectorBitmap(bits)
    parameters = faiss.SearchParametersHNSW(**options)

    def find(query: NDArray[np.float32]) -> list[int]:
        _, found = index.search(query[None], K, params=parameters)
        return [int(row) + 1 for row in found[0] if row >= 0]

    return find
