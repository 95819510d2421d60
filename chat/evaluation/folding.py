"""Learning a tagger within an evaluation: each part measured by one that saw the others."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from chat.agent.understanding.tagging.sets import Example
from chat.agent.understanding.tagging.tagger import Tagger

Say = Callable[[str], None]


def add_fold_arguments(parser: ArgumentParser, *, folds_help: str) -> None:
    """Add how to learn from the file that is measured."""
    parser.add_argument("--folds", type=int, default=0, help=folds_help)
    parser.add_argument(
        "--ours",
        type=int,
        default=None,
        help="of our own sentences use only so many, for a quick look with --folds",
    )
    parser.add_argument("--epochs", type=int, default=None, help="of training, with it")
    parser.add_argument("--seed", type=int, default=0)


def folds_checked(options: dict[str, Any], *, count: int) -> int:
    """Return in how many folds to learn, 0 for none. Raises CannotEvaluate."""
    folds = int(options["folds"])
    if folds and not 2 <= folds <= count:
        raise CannotEvaluate("--folds takes 2 or more, up to one a sentence.")
    return folds


def tagger_name(folds: int, *, trained_on: str) -> str:
    """Return what measured, so that nobody takes what was seen for what is known."""
    if folds:
        return f"{folds}-fold cross-validated"
    return (
        f"as shipped: it was trained on the training part of {trained_on}, of which this "
        "is no measure of quality; --folds measures what it never saw"
    )


def fold_by_fold(
    examples: Sequence[Example],
    options: dict[str, Any],
    *,
    beside: Sequence[Example],
    say: Say,
) -> Iterator[tuple[list[Example], Tagger]]:
    """Yield each fold of the examples with a tagger that learned from the others.

    beside: what each learns from as well, and is never measured on. Minutes a fold.
    """
    from chat.agent.understanding.tagging.fitting import EPOCHS, tagger_fit

    folds, seed = options["folds"], options["seed"]
    drawn = list(examples)
    Random(seed).shuffle(drawn)  # noqa: S311 (draws folds)
    for fold in range(folds):
        kept = [e for i, e in enumerate(drawn) if i % folds != fold]
        fitted = tagger_fit(
            [*kept, *beside],
            seed=seed,
            say=lambda line, fold=fold: say(f"fold {fold + 1}, {line}"),  # type: ignore[misc]
            epochs=options["epochs"] or EPOCHS,
        )
        yield drawn[fold::folds], fitted.tagger
