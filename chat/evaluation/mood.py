"""How well the feeling of sentences is heard, beside VADER and tf-idf with ridge."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_union
from vader import SentimentIntensityAnalyzer

from catalog.encoders.text import text_encoder
from catalog.evaluation.failure import CannotEvaluate
from chat.agent.mood.current import current_head, head_failure
from chat.agent.mood.emobank import Sentences, UnusableSentences, sentences_of
from chat.agent.mood.head import UnusableHead

HELP = "how well valence and arousal are heard in EmoBank's test sentences"

RESAMPLES = 1000
SEED = 7
# The best of 0.3, 1, 3 and 10 for the baseline, trained on train, measured on dev.
RIDGE = 1.0
DIGITS = 4

Say = Callable[[str], None]
Array = NDArray[np.float64]


def add_arguments(parser: ArgumentParser) -> None:
    """Add the table."""
    parser.add_argument("file", type=Path, help="emobank.csv, with its official split")


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure the head in use on the test part. Raises CannotEvaluate."""
    started = time.monotonic()
    head, encoder = current_head(), text_encoder()
    if head is None:
        raise CannotEvaluate(
            f"{head_failure()} Train one with manage.py train_mood DATA."
        )
    try:
        known = sentences_of(options["file"], "train", "dev")
        test = sentences_of(options["file"], "test")
        say(f"hearing {len(test):,} sentences")
        heard = head.affects_of(test.texts, encoder)
    except (UnusableSentences, UnusableHead) as failure:
        raise CannotEvaluate(str(failure)) from failure
    say(f"fitting the baseline on {len(known):,} sentences")
    said = {
        "head": np.array([(affect.valence, affect.arousal) for affect in heard]),
        "tfidf_ridge": _tfidf_ridge(known, test),
        "vader": _vader(test),
    }
    say(f"resampling {RESAMPLES} times")
    return {
        "evaluation": "mood",
        "file": options["file"].name,
        "sentences": len(test),
        "trained_on": list(head.provenance.trained_on),
        "text_model": head.provenance.text_model,
        "pearson_r": _figures(said, test.moods),
        "interval": "95 % of resampled test sentences",
        "resamples": RESAMPLES,
        "seconds": round(time.monotonic() - started, 1),
    }


def _tfidf_ridge(known: Sentences, test: Sentences) -> Array:
    """Fit ridge regression on words, pairs of words, and pieces of words."""
    counts = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    ridge = Ridge(alpha=RIDGE).fit(counts.fit_transform(known.texts), known.moods)
    return np.asarray(ridge.predict(counts.transform(test.texts)))


def _vader(test: Sentences) -> Array:
    """Return the compound score; for arousal its distance from neutral."""
    vader = SentimentIntensityAnalyzer()
    compound = np.array([vader.polarity_scores(t)["compound"] for t in test.texts])
    return np.stack([compound, np.abs(compound)], axis=1)


def _figures(
    said: Mapping[str, Array], truth: Array
) -> dict[str, dict[str, dict[str, object]]]:
    """Return r with its interval, by who says it and by dimension.

    Of the baselines also by how much the head is better, on the same resamples.
    """
    rng = np.random.default_rng(SEED)
    samples = rng.integers(0, len(truth), (RESAMPLES, len(truth)))
    figures: dict[str, dict[str, dict[str, object]]] = {name: {} for name in said}
    for column, dimension in enumerate(("valence", "arousal")):
        own = _resampled(said["head"][:, column], truth[:, column], samples)
        for name, values in said.items():
            r = _pearson(values[:, column], truth[:, column])
            spread = _resampled(values[:, column], truth[:, column], samples)
            figure: dict[str, object] = {"r": _rounded(r), "interval": _middle(spread)}
            if name != "head":
                figure["head_better_by"] = _middle(own - spread)
            figures[name][dimension] = figure
    return figures


def _resampled(said: Array, truth: Array, samples: NDArray[np.int64]) -> Array:
    return np.array([_pearson(said[rows], truth[rows]) for rows in samples])


def _pearson(said: Array, truth: Array) -> float:
    """Return r, 0 where one side never varies."""
    if said.std() == 0 or truth.std() == 0:
        return 0.0
    return float(np.corrcoef(said, truth)[0, 1])


def _middle(values: Array) -> list[float]:
    low, high = np.percentile(values, (2.5, 97.5))
    return [_rounded(float(low)), _rounded(float(high))]


def _rounded(value: float) -> float:
    return round(value, DIGITS)
