"""Measure the reading of real requests, beside a gazetteer, in one run."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from chat.agent.understanding.descriptors import DescriptorSpan
from chat.agent.understanding.names_said import descriptors_said
from chat.agent.understanding.tagging.tagger import tagger
from chat.evaluation.requests.gazetteer import FOLDS, gazetteer_read
from chat.evaluation.requests.marking import as_marked
from chat.evaluation.requests.rows import (
    HALVES,
    TYPES,
    Marked,
    requests_read,
)
from chat.evaluation.requests.scoring import figures_of

HELP = (
    "Measure which genres, moods, instruments, occasions, times and places are found in "
    "real requests (MusicRecoIntent), and which of them are refused."
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file and which of its rows to measure."""
    parser.add_argument("file", type=Path, help="MusicRecoIntent's queries, as CSV")
    parser.add_argument(
        "--half",
        choices=(*HALVES, "all"),
        default="all",
        help="one half of the rows, parted by a hash of the query: vocabularies and "
        "rules were written looking at half a of queries.dev.csv, and b was kept aside",
    )


def run(options: Mapping[str, Any], *, say: Callable[[str], None]) -> dict[str, object]:
    """Return the figures, ready for JSON. Raises CannotEvaluate. Takes half a minute.

    understanding: with our spans cut as the annotators cut theirs (`marking.py`);
    understanding_uncut: as they are.
    """
    path, half = Path(options["file"]), str(options["half"])
    requests = requests_read(path)
    chosen = [i for i, request in enumerate(requests) if half in ("all", request.half)]
    if not chosen:
        raise CannotEvaluate(f"{path} has no rows in half {half}: leave --half out.")
    say(f"reading {len(chosen)} of {len(requests)} requests")
    gold = [requests[i].marked for i in chosen]
    this_year = datetime.now(tz=UTC).year
    started = time.perf_counter()
    reader = tagger()
    read = [
        descriptors_said(requests[i].query, by=reader, this_year=this_year)
        for i in chosen
    ]
    read_s = time.perf_counter() - started
    say(f"reading them as a gazetteer of the other rows would, {FOLDS} folds")
    baseline = gazetteer_read(requests)
    return {
        "evaluation": "requests",
        "file": path.name,
        "half": half,
        "requests": len(chosen),
        "descriptors": sum(len(marks) for marks in gold),
        "understanding": figures_of([_marks(as_marked(spans)) for spans in read], gold),
        "understanding_uncut": figures_of([_marks(spans) for spans in read], gold),
        "gazetteer": figures_of([baseline[i] for i in chosen], gold),
        "read_ms_mean": round(1000 * read_s / len(chosen), 3),
    }


def _marks(spans: Iterable[DescriptorSpan]) -> frozenset[Marked]:
    return frozenset(
        Marked(TYPES[span.kind], span.text.lower(), span.polarity) for span in spans
    )
