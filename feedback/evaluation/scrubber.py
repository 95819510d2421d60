"""`manage.py evaluate scrubber`: how much that tells people apart is taken out.

Recall is of the stretches marked: one counts when each of its letters and digits is gone.
Of music, a name is wrongly scrubbed when any of its letters is. Rules were written against
one half of the messages ("develop"); the figures that count are of the other ("held").
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from feedback.evaluation.messages import (
    PARTS,
    Labelled,
    UnreadableMessages,
    known_read,
    messages_read,
)
from feedback.scrubbing.scrubber import Scrubbed, scrub

HELP = "how much that tells people apart is taken out of messages, and how much music"
DIGITS = 4

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """Add the messages, and what the catalog knows beside what they mark."""
    parser.add_argument("file", type=Path, help="labelled messages")
    parser.add_argument("--catalog", type=Path, required=True, help="kind, tab, name")
    parser.add_argument(
        "--misses", action="store_true", help="say what was missed of the develop half"
    )


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    started = time.monotonic()
    try:
        messages = messages_read(options["file"])
        known = known_read(options["catalog"], messages)
    except (OSError, UnreadableMessages) as failure:
        raise CannotEvaluate(str(failure)) from failure
    say(f"scrubbing {len(messages):,} messages")
    scrubbed = [(m, scrub(m.text, look_up=known.look_up)) for m in messages]
    halves = {part: [(m, s) for m, s in scrubbed if m.part == part] for part in PARTS}
    if options["misses"]:
        for line in _misses(halves["develop"]):
            say(line)
    return {
        "evaluation": "scrubber",
        "file": options["file"].name,
        "messages": len(messages),
        **{part: figures_of(half) for part, half in halves.items()},
        "seconds": round(time.monotonic() - started, 1),
    }


def figures_of(scrubbed: Sequence[tuple[Labelled, Scrubbed]]) -> dict[str, object]:
    """Return recall in all and by kind, and what was scrubbed that need not be."""
    asked, gone = Counter[str](), Counter[str]()
    names = wrong = spans = right = 0
    for message, result in scrubbed:
        for start, end, kind in message.private:
            asked[kind] += 1
            gone[kind] += _is_gone(message.text, result, start, end)
        names += len(message.music)
        wrong += sum(_is_touched(result, *where) for where in message.music)
        spans += len(result.found)
        right += sum(
            any(f.overlaps(start, end) for start, end, _ in message.private)
            for f in result.found
        )
    return {
        "messages": len(scrubbed),
        "private": asked.total(),
        "recall": _share(gone.total(), asked.total()),
        "recall_by_kind": {kind: [gone[kind], asked[kind]] for kind in sorted(asked)},
        "precision": _share(right, spans),
        "artists_and_titles": names,
        "wrongly_scrubbed": wrong,
        "music_kept": _share(names - wrong, names),
        "doubtful_messages": sum(result.doubt > 0 for _, result in scrubbed),
    }


def _is_gone(text: str, result: Scrubbed, start: int, end: int) -> bool:
    return all(
        any(f.overlaps(at, at + 1) for f in result.found)
        for at in range(start, end)
        if text[at].isalnum()
    )


def _is_touched(result: Scrubbed, start: int, end: int) -> bool:
    return any(f.overlaps(start, end) for f in result.found)


def _misses(half: Sequence[tuple[Labelled, Scrubbed]]) -> list[str]:
    lines = []
    for message, result in half:
        missed = [
            message.text[start:end]
            for start, end, _ in message.private
            if not _is_gone(message.text, result, start, end)
        ]
        lost = [
            message.text[s:e] for s, e in message.music if _is_touched(result, s, e)
        ]
        beside = [
            message.text[f.start : f.end]
            for f in result.found
            if not any(f.overlaps(s, e) for s, e, _ in message.private)
        ]
        if missed or lost or beside:
            lines.append(f"{result.text}  missed {missed} music {lost} beside {beside}")
    return lines


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, DIGITS) if whole else None
