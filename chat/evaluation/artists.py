"""`manage.py evaluate artists`: names found in requests, with no catalog to look up in."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from chat.agent.understanding.names_said import names_by_pattern, names_said
from chat.agent.understanding.tagging.labels import Tag
from chat.agent.understanding.tagging.sets import (
    Example,
    UnreadableSet,
    names_read,
    own_examples,
)
from chat.agent.understanding.tagging.tagger import Tagger, tagger
from chat.evaluation.folding import (
    Say,
    add_fold_arguments,
    fold_by_fold,
    folds_checked,
    tagger_name,
)
from chat.evaluation.span_scores import Rows, relaxed, strict

HELP = "how well artists and works are found in requests (music-ner), from words alone"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file, and how to learn from it."""
    parser.add_argument("file", type=Path, help="BIO: word, tab, tag; as music-ner has")
    add_fold_arguments(
        parser,
        folds_help="learn from the file itself, and measure each part by a tagger that "
        "saw only the others (two minutes a fold); without it the shipped one is measured",
    )


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    try:
        examples = names_read(options["file"])
    except UnreadableSet as unreadable:
        raise CannotEvaluate(str(unreadable)) from unreadable
    folds = folds_checked(options, count=len(examples))
    started = time.monotonic()
    if folds:
        examples, found = _cross_validated(examples, options, say)
    else:
        found = _found(examples, tagger())
        say(f"{len(examples):,} requests read")
    gold = [example.spans for example in examples]
    patterns = [names_by_pattern(example.text) for example in examples]
    return {
        "evaluation": "artists",
        "file": options["file"].name,
        "requests": len(examples),
        "tagger": tagger_name(folds, trained_on="music-ner"),
        "learned": _figures(gold, found),
        "patterns": _figures(gold, patterns),
        "seed": options["seed"],
        "seconds": round(time.monotonic() - started, 1),
    }


def _cross_validated(
    examples: Sequence[Example], options: dict[str, Any], say: Say
) -> tuple[list[Example], Rows]:
    """Return the examples in the order of the folds, and what was found in each."""
    ours = own_examples()[: options["ours"]]
    ordered: list[Example] = []
    found: list[Sequence[Tag]] = []
    for held, fitted in fold_by_fold(examples, options, beside=ours, say=say):
        ordered.extend(held)
        found.extend(_found(held, fitted))
        gold = [example.spans for example in ordered]
        say(f"folds so far: strict F1 {strict(gold, found).as_json()['f1']}")
    return ordered, found


def _found(examples: Sequence[Example], by: Tagger) -> list[Sequence[Tag]]:
    """Read requests as the agent does, where the catalog knows no name."""
    return [names_said(example.text, by=by) for example in examples]


def _figures(gold: Rows, found: Rows) -> dict[str, object]:
    return {
        "strict": strict(gold, found).as_json(),
        "relaxed": relaxed(gold, found).as_json(),
        "artists": {
            "strict": strict(gold, found, kind="artist").as_json(),
            "relaxed": relaxed(gold, found, kind="artist").as_json(),
        },
        "works": {
            "strict": strict(gold, found, kind="work").as_json(),
            "relaxed": relaxed(gold, found, kind="work").as_json(),
        },
    }
