"""How well lists find what people want: each alone, fused evenly, by hand, learned.

    ./bin/bench fusion --dialogues dialogs.train.jsonl [--most 400]

The file is the Conversational Playlist Curation Dataset (Chaganty et al. 2023, CC BY
4.0). Its songs are put into a throwaway catalog with title, artists and album alone;
each turn's words, with the likes and dislikes of the turns before, are asked of the
search's own lists, and the fused order is measured against the listener's final
playlist. There is no audio, genre or mood in it, so the weights of those lists can't be
learned here. Learned weights are measured on dialogues that they weren't learned
from (5 folds). `without_text_vector` takes the text vector of half of the songs away
and tells what becomes of them under each share of `ranking.UNJUDGED_SHARE`.

Progress goes to stderr; the last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SHARES = (0.0, 0.3, 0.6, 1.0)


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench fusion")
    parser.add_argument("--dialogues", type=Path, required=True)
    parser.add_argument("--most", type=int, default=400, help="dialogues at most")
    options = parser.parse_args()
    if not options.dialogues.is_file():
        raise SystemExit(f"There is no file {options.dialogues}.")
    path = options.dialogues.resolve()
    with tempfile.TemporaryDirectory(prefix="bench-fusion-") as folder:
        _run(Path(folder), path, options.most)


def _run(home: Path, path: Path, most: int) -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    from personalais.embedded.lease import Lease

    home.chmod(0o711)  # The embedded PostgreSQL of root is another user's.
    os.environ["DJANGO_SETTINGS_MODULE"] = "personalais.settings"
    os.environ["PERSONALAIS_ENV_FILE"] = ""
    os.environ["PERSONALAIS_HOME"] = str(home)
    for setting in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(setting, None)
    lease = Lease(home, is_throwaway=True)
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        sys.stdout.write(json.dumps(_measure(path, most)) + "\n")
    finally:
        connections.close_all()
        lease.release(is_end_awaited=True)


def _measure(path: Path, most: int) -> dict[str, Any]:
    from benchmarks.fusing import dialogues
    from benchmarks.fusing.learn import folds, learned, scores
    from catalog.search.ranking import ListName
    from catalog.search.weights import WEIGHTS

    began = time.perf_counter()
    read = dialogues.read(path)[:most]
    songs = dialogues.songs_of(read)
    _say(f"{len(read)} dialogues, {len(songs)} songs; embedding them")
    ids = dialogues.load(songs)
    cases = _cases(dialogues.asked_of(read), ids)
    names: list[ListName] = sorted({name for case in cases for name in case.lists})
    by_hand = {name: WEIGHTS[name] for name in names}
    evenly = dict.fromkeys(names, 1.0)
    _say("learning weights on four fifths of the dialogues, five times")
    held_out = []
    for learn_from, measure_on in folds(cases):
        weights = learned(learn_from, by_hand)
        held_out.append((scores(measure_on, weights), len(measure_on), weights))
        _say(f"{held_out[-1]}")
    figures: dict[str, Any] = {
        "benchmark": "fusion",
        "dialogues": len(read),
        "turns": len(cases),
        "songs": len(songs),
        "alone": {name: scores(cases, {name: 1.0}) for name in names},
        "fused_evenly": scores(cases, evenly),
        "by_hand": scores(cases, by_hand),
        "weights_in_use": by_hand,
        "learned_held_out": {
            key: round(sum(s[key] for s, _, _ in held_out) / len(held_out), 4)
            for key in ("hit@10", "hit@100", "mrr@100")
        },
        "weights_of_folds": [weights for _, _, weights in held_out],
        "weights_learned_on_all": learned(cases, by_hand),
        "without_text_vector": _without_vectors(cases, by_hand, set(ids.values())),
        "seconds": round(time.perf_counter() - began, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
    }
    return figures


def _cases(asked: list[Any], ids: dict[str, int]) -> list[Any]:
    from benchmarks.fusing.learn import Case
    from catalog.search.candidates import evidence_of, rankings
    from catalog.search.conditions import findable_tracks
    from catalog.search.query import Query

    cases = []
    for number, turn in enumerate(asked):
        liked = {ids[song]: 1.0 for song in turn.liked}
        query = Query(
            text=turn.text,
            liked=liked,
            disliked={ids[s]: 1.0 for s in turn.disliked if ids[s] not in liked},
        )
        found = rankings(evidence_of(query), findable_tracks())
        lists = {r.name: r.ids for r in found if r.ids}
        gold = frozenset(ids[song] for song in turn.gold)
        cases.append(Case(turn.dialogue, lists, gold))
        if number % 200 == 0:
            _say(f"turn {number} of {len(asked)}")
    return cases


def _without_vectors(
    cases: list[Any], weights: Any, tracks: set[int]
) -> dict[str, dict[str, Any]]:
    """Tell how songs with and without a text vector are found, share by share."""
    from dataclasses import replace

    from benchmarks.fusing.learn import scores
    from catalog.search import ranking

    of_text: tuple[ranking.ListName, ...] = ("text_to_text", "seed_words")
    without = {track for track in tracks if track % 2}
    cut = [
        replace(
            case,
            lists={
                name: tuple(t for t in found if name not in of_text or t not in without)
                for name, found in case.lists.items()
            },
        )
        for case in cases
    ]
    figures = {}
    for share in SHARES:
        told = {
            label: [replace(c, gold=c.gold & group) for c in cut if c.gold & group]
            for label, group in (
                ("with", tracks - without),
                ("without", without),
                ("all", tracks),
            )
        }
        figures[str(share)] = {
            label: scores(
                group, weights, unjudged=without, of_text=of_text, share=share
            )["hit@10"]
            for label, group in told.items()
        }
    return figures


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
