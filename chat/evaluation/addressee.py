"""`manage.py evaluate addressee`: other assistants' requests turned away, and no music.

Nothing is measured by a head that learned from it, nor from its like: our own requests
by one that saw none of their domain, public sets that the head learns from by folds.
Each of these is one network, where the shipped head is several: what is measured is
somewhat less sure.
"""

from __future__ import annotations

import datetime
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.failure import CannotEvaluate
from chat.agent.understanding.addressee.examples import (
    Request,
    own_requests,
    public_requests,
    written_requests,
)
from chat.agent.understanding.addressee.head import Addressee, Array, features_of
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import AskHelp, Reading, SmallTalk, WhyThis
from chat.agent.understanding.spans import KnownNames
from chat.agent.understanding.tagging.sets import (
    UnreadableSet,
    commands_read,
    names_read,
    talk_read,
)
from chat.agent.understanding.tagging.tagger import Tagging
from chat.evaluation.folding import Say
from chat.evaluation.requests.rows import requests_read

HELP = (
    "how surely other assistants' requests are turned away, and how seldom music's are"
)
NOTHING_KNOWN = KnownNames({}, {})
FIRST = 20


@dataclass(frozen=True)
class Measured:
    """Messages with the odds by heads that learned from nothing like them."""

    requests: Sequence[Request]
    odds: Array


def add_arguments(parser: ArgumentParser) -> None:
    """Add the sets of music: some to learn from by folds, some never to learn from."""
    parser.add_argument("--commands", nargs="*", type=Path, default=[], help="SNIPS")
    parser.add_argument("--talk", nargs="*", type=Path, default=[], help="CPCD")
    parser.add_argument("--names", nargs="*", type=Path, default=[], help="music-ner")
    parser.add_argument(
        "--requests", nargs="*", type=Path, default=[], help="MusicRecoIntent"
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument(
        "--ours",
        type=int,
        default=None,
        help="of our own requests use only so many, for a quick look",
    )
    parser.add_argument("--seed", type=int, default=1)


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures: minutes. Raises CannotEvaluate."""
    started = time.monotonic()
    folds, seed = options["folds"], options["seed"]
    if folds < 2:
        raise CannotEvaluate("--folds takes 2 or more.")
    learned, unseen = _sets(options)
    own = own_requests(seed=seed)
    if options["ours"] is not None:
        Random(seed).shuffle(own)  # noqa: S311 (draws a few of both sides)
        own = own[: options["ours"]]
    parts = {"own": own, **learned, **unseen}
    features = {name: features_of([r.text for r in row]) for name, row in parts.items()}
    say(f"{sum(map(len, parts.values())):,} messages encoded")
    taught = [name for name in parts if name not in unseen]
    row = [request for name in taught for request in parts[name]]
    known = np.concatenate([features[name] for name in taught])
    odds = _by_folds(row, known, folds=folds, seed=seed, say=say)
    others = np.array([request.is_for_others for request in row])
    of_set = np.repeat(taught, [len(parts[name]) for name in taught])
    whole = _fitted(row, known, np.ones(len(row), bool), seed)
    music = {name: _some(row, odds, (of_set == name) & ~others) for name in taught}
    music |= {
        name: Measured(parts[name], whole.odds_of(features[name])) for name in unseen
    }
    texts = {request.text for request in written_requests()}
    written = np.array([request.text in texts for request in row])
    by_templates = _fitted(row, known, ~written, seed).odds_of(known)
    return {
        "evaluation": "addressee",
        "folds": folds,
        "seed": seed,
        "to_others": {
            "domains_never_seen": _touching(_some(row, odds, others)),
            "written_apart_of_known_domains": _touching(
                _some(row, by_templates, written & others)
            ),
        },
        "music_turned_away": {name: _turned_away(held) for name, held in music.items()},
        "seconds": round(time.monotonic() - started, 1),
    }


def _sets(
    options: dict[str, Any],
) -> tuple[dict[str, list[Request]], dict[str, list[Request]]]:
    """Read the sets: those to learn from by folds, and those never to."""
    try:
        learned = {
            "commands": [
                e for path in options["commands"] for e in commands_read(path)
            ],
            "talk": [e for path in options["talk"] for e in talk_read(path)],
        }
        names = [e for path in options["names"] for e in names_read(path)]
    except UnreadableSet as unreadable:
        raise CannotEvaluate(str(unreadable)) from unreadable
    posts = [row.query for path in options["requests"] for row in requests_read(path)]
    unseen = {
        "names": public_requests(names),
        "requests": [Request(text) for text in posts],
    }
    return (
        {name: public_requests(held) for name, held in learned.items() if held},
        {name: held for name, held in unseen.items() if held},
    )


def _by_folds(
    row: list[Request], known: Array, *, folds: int, seed: int, say: Say
) -> Array:
    """Return the odds (n,) of each message by a head that didn't see its fold."""
    fold = np.array([_fold_of(request, folds) for request in row])
    odds = np.zeros(len(row), np.float32)
    for number in range(folds):
        head = _fitted(row, known, fold != number, seed)
        odds[fold == number] = head.odds_of(known[fold == number])
        say(f"fold {number + 1} of {folds}")
    return odds


def _some(row: list[Request], odds: Array, which: NDArray[np.bool_]) -> Measured:
    requests = [r for r, is_meant in zip(row, which, strict=True) if is_meant]
    return Measured(requests, odds[which])


def _fold_of(request: Request, folds: int) -> int:
    """Return a fold: one domain, like one sentence, is never in two."""
    return crc32((request.domain or f"music: {request.text}").encode()) % folds


def _fitted(
    row: list[Request], known: Array, kept: NDArray[np.bool_], seed: int
) -> Addressee:
    from chat.agent.understanding.addressee.training import addressee_fit

    learned = [request for request, is_kept in zip(row, kept, strict=True) if is_kept]
    return addressee_fit(learned, known[kept], seed=seed, networks=1)


def _readings(held: Measured) -> list[Reading]:
    """Read messages as a turn does, where no catalog and no tagger knows a name."""
    year = datetime.datetime.now(tz=datetime.UTC).year
    return [
        read_message(
            request.text,
            lambda keys: NOTHING_KNOWN,
            this_year=year,
            tagging=Tagging(),
            for_others=float(odds),
        )
        for request, odds in zip(held.requests, held.odds, strict=True)
    ]


def _touching(held: Measured) -> dict[str, object]:
    """Say how many would have searched or edited."""
    touched = [
        request.text
        for request, reading in zip(held.requests, _readings(held), strict=True)
        if any(
            not isinstance(a, SmallTalk | AskHelp | Asked | WhyThis)
            for a in reading.acts
        )
    ]
    return _told(touched, len(held.requests), "touched_the_list")


def _turned_away(held: Measured) -> dict[str, object]:
    """Say how many were taken for other assistants' business."""
    gone = [
        request.text
        for request, reading in zip(held.requests, _readings(held), strict=True)
        if SmallTalk("off_topic") in reading.acts
    ]
    return _told(gone, len(held.requests), "turned_away")


def _told(texts: list[str], count: int, what: str) -> dict[str, object]:
    share = round(len(texts) / count, 4) if count else None
    return {"messages": count, what: len(texts), "share": share, "first": texts[:FIRST]}
