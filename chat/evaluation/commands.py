"""`manage.py evaluate commands`: commands to a player, their parts, and what is none."""

from __future__ import annotations

import datetime
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from chat.agent.understanding.addressee.examples import (
    own_requests,
    public_requests,
)
from chat.agent.understanding.addressee.head import features_of
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import (
    AddSome,
    AskHelp,
    Reading,
    SmallTalk,
    WhyThis,
)
from chat.agent.understanding.spans import KnownNames
from chat.agent.understanding.tagging.labels import Intent, Tag
from chat.agent.understanding.tagging.sets import (
    Example,
    UnreadableSet,
    commands_read,
    own_examples,
)
from chat.agent.understanding.tagging.tagger import Tagger, Tagging, tagger
from chat.evaluation.folding import (
    Say,
    add_fold_arguments,
    fold_by_fold,
    folds_checked,
    tagger_name,
)
from chat.evaluation.span_scores import strict

HELP = "how well commands to a player are read (SNIPS), and those of others turned away"
# The slots that the score is of, by what they are called in SNIPS: entity_name, track
# and album are one, since nobody can tell which of them a bare title is.
JUDGED = {
    "artist": "artist",
    "genre": "genre",
    "year": "year",
    "title": "title",
    "album": "title",
    "playlist": "playlist",
}
# Words taken as the commands' own where no file of that intent is given.
BASELINE_WORDS = {"add": ("add", "put"), "play": ("play", "hear", "listen")}
NOTHING_KNOWN = KnownNames({}, {})


def add_arguments(parser: ArgumentParser) -> None:
    """Add the files, and how to learn from them."""
    parser.add_argument(
        "files", nargs="+", type=Path, help="SNIPS JSON, one intent a file"
    )
    add_fold_arguments(
        parser,
        folds_help="learn from the files themselves, and measure each part by a tagger "
        "that saw only the others; without it the shipped one is measured",
    )


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    try:
        examples = [e for path in options["files"] for e in commands_read(path)]
    except UnreadableSet as unreadable:
        raise CannotEvaluate(str(unreadable)) from unreadable
    folds = folds_checked(options, count=len(examples))
    started = time.monotonic()
    if folds:
        others = [e for e in own_examples() if e.intent == "other"]
        examples, taggings, odds = _cross_validated(
            [*examples, *others[: options["ours"]]], options, say
        )
    else:
        taggings = _tagged(examples, tagger())
        odds = [None] * len(examples)
    say(f"{len(examples):,} commands tagged")
    readings = _readings(examples, taggings, odds)
    return {
        "evaluation": "commands",
        "files": [path.name for path in options["files"]],
        "tagger": tagger_name(folds, trained_on="SNIPS and our own requests"),
        "commands": dict(Counter(str(e.intent) for e in examples)),
        "intent": _intent_figures(examples, readings),
        "slots": _slot_figures(examples, taggings),
        "others": _others(examples, readings),
        "baseline": _baseline(examples),
        "seed": options["seed"],
        "seconds": round(time.monotonic() - started, 1),
    }


def intent_of(reading: Reading) -> Intent:
    """Say what a reading does: adds to a list, searches or edits, or neither."""
    if any(isinstance(act, AddSome) for act in reading.acts):
        return "add"
    if any(
        not isinstance(act, SmallTalk | AskHelp | Asked | WhyThis)
        for act in reading.acts
    ):
        return "play"
    return "other"


def _readings(
    examples: Sequence[Example],
    taggings: Sequence[Tagging],
    odds: Sequence[float | None],
) -> list[Reading]:
    """Read commands as a turn does, where the catalog knows no name."""
    year = datetime.datetime.now(tz=datetime.UTC).year
    return [
        read_message(
            example.text,
            lambda keys: NOTHING_KNOWN,
            this_year=year,
            tagging=tagging,
            for_others=for_others,
        )
        for example, tagging, for_others in zip(examples, taggings, odds, strict=True)
    ]


def _cross_validated(
    examples: list[Example], options: dict[str, Any], say: Say
) -> tuple[list[Example], list[Tagging], list[float | None]]:
    """Return examples in the order of folds, by what learned from the others alone.

    What is asked of other assistants is told by a head that learned from the templates
    too, whose domains are those of the requests.
    """
    talk = [e for e in own_examples() if e.intent != "other"][: options["ours"]]
    ordered: list[Example] = []
    taggings: list[Tagging] = []
    odds: list[float | None] = []
    for held, fitted in fold_by_fold(examples, options, beside=talk, say=say):
        ordered.extend(held)
        taggings.extend(_tagged(held, fitted))
        odds.extend(_odds(examples, held, options))
    return ordered, taggings, odds


def _odds(
    examples: Sequence[Example], held: Sequence[Example], options: dict[str, Any]
) -> list[float]:
    from chat.agent.understanding.addressee.training import addressee_fit

    seed, most = options["seed"], options["ours"]
    texts = {example.text for example in held}
    own = [r for r in own_requests(seed=seed) if r.text not in texts]
    if most is not None:
        Random(seed).shuffle(own)  # noqa: S311 (draws a few of both sides)
        own = own[:most]
    kept = [e for e in examples if e.text not in texts]
    requests = [*own, *public_requests(kept)]
    head = addressee_fit(requests, features_of([r.text for r in requests]), seed=seed)
    return list(map(float, head.odds_of(features_of([e.text for e in held]))))


def _tagged(examples: Sequence[Example], by: Tagger) -> list[Tagging]:
    return by.tag_all([example.text for example in examples])


def _intent_figures(
    examples: Sequence[Example], readings: Sequence[Reading]
) -> dict[str, object]:
    pairs = Counter(
        (str(e.intent), intent_of(reading))
        for e, reading in zip(examples, readings, strict=True)
    )
    right = sum(count for (meant, read), count in pairs.items() if meant == read)
    return {
        "accuracy": round(right / len(examples), 4),
        "read_as": {f"{meant} as {read}": n for (meant, read), n in pairs.items()},
    }


def _slot_figures(
    examples: Sequence[Example], taggings: Sequence[Tagging]
) -> dict[str, object]:
    of_players = [
        (example, tagging)
        for example, tagging in zip(examples, taggings, strict=True)
        if example.intent != "other"
    ]
    gold = [_judged(example.spans) for example, _ in of_players]
    found = [_judged(tagging.slots) for _, tagging in of_players]
    kinds = sorted(set(JUDGED.values()))
    return {
        "micro": strict(gold, found).as_json(),
        **{kind: strict(gold, found, kind=kind).as_json() for kind in kinds},
        "all_kinds": strict(
            [e.spans for e, _ in of_players], [t.slots for _, t in of_players]
        ).as_json(),
    }


def _judged(spans: Sequence[Tag]) -> list[Tag]:
    return [
        Tag(JUDGED[tag.kind], tag.start, tag.end) for tag in spans if tag.kind in JUDGED
    ]


def _others(
    examples: Sequence[Example], readings: Sequence[Reading]
) -> dict[str, object]:
    """Say how many commands to other assistants would have searched or edited."""
    touched = [
        example.text
        for example, reading in zip(examples, readings, strict=True)
        if example.intent == "other" and intent_of(reading) != "other"
    ]
    return {
        "commands": sum(example.intent == "other" for example in examples),
        "touched_the_list": len(touched),
        "first": touched[:20],
    }


def _baseline(examples: Sequence[Example]) -> dict[str, object]:
    """Measure what the commands' own words tell: "add", "put", "play", "hear"."""
    right = 0
    for example in examples:
        words = set(example.text.lower().split())
        said = next(
            (k for k, own in BASELINE_WORDS.items() if not words.isdisjoint(own)),
            "other",
        )
        right += said == example.intent
    return {"intent_accuracy_by_words": round(right / len(examples), 4)}
