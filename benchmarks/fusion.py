"""How well lists find what people want: each alone, fused evenly, by hand, learned.

    ./bin/bench fusion --dialogues dialogs.train.jsonl [--table spotify_songs.csv.gz]

The dialogues are those of the Conversational Playlist Curation Dataset (Chaganty et al.
2023, CC BY 4.0), its part for development. Their songs come into a throwaway catalog
with title, artists and album; where the table of audio features knows them, with what
it says, and with other songs of it as distractors. Each turn's words, with the likes
and dislikes of the turns before, are asked of the search's own lists; their fused order
is measured against the listener's final playlist (macro averages over dialogues).

Weights, k and the share of lists that can't judge are chosen on half of the dialogues.
All that is printed is measured on the other half, which no choice saw, with intervals of
95 % by the bootstrap over dialogues. Weights are learned only for the five lists that
need no more than the dialogues' own names and words. The others stand on the table's
features, in the place of sound: they are measured, and not learned from.
`without_text_vector` takes the text lists' word on half of the songs away, and tells
how songs with and without fare under each share. --whole N also puts some N unseen turns
to the whole search, under the weights by hand and under those in use.

Text vectors and lists are kept in --cache, apart from the repository; lists are made
anew when the code of the search is another. The first run takes minutes, another one
half a minute. Progress goes to stderr; the last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.fusing import asking
from benchmarks.fusing.asking import Case
from benchmarks.fusing.fuse import BY_HAND, IN_USE, Cases, Way
from benchmarks.fusing.learn import figures, gain, learned
from catalog.search.ranking import ListName
from chat.evaluation.cpcd import dialogues
from chat.evaluation.cpcd.dialogues import Asked

# Their lists know all songs of the dialogues, by what the dialogues say themselves.
NAMED: tuple[ListName, ...] = (
    "names",
    "text_to_text",
    "seed_words",
    "words",
    "seed_artists",
)
KS = (1, 5, 10, 20, 40, 60, 100)
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
OF_TEXT: tuple[ListName, ...] = ("text_to_text", "seed_words")
# What lists depend on most; how they are weighed doesn't change them.
_SOURCES = (
    *("catalog/search/*.py", "catalog/documents.py", "catalog/names.py"),
    *("catalog/bridge.py", "catalog/data/*", "benchmarks/fusing/*.py"),
    "chat/evaluation/cpcd/*.py",
    *("chat/agent/data/*", "chat/agent/wishes.py", "chat/agent/understanding/*.py"),
)
_NOT_SOURCES = ("ranking.py", "weights.py", "fuse.py", "learn.py", "whole.py")


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench fusion")
    parser.add_argument("--dialogues", type=Path, required=True)
    parser.add_argument("--table", type=Path, help="of Spotify features")
    parser.add_argument("--distractors", type=int, default=8000)
    parser.add_argument("--whole", type=int, default=0, help="turns; 0: leave out")
    parser.add_argument("--cache", type=Path, default=_cache())
    options = parser.parse_args()
    for path in (options.dialogues, options.table):
        if path is not None and not path.is_file():
            raise SystemExit(f"There is no file {path}.")
    began = time.perf_counter()
    kept = _kept(options)
    whole = None
    if options.whole or not kept.exists():
        whole = _in_catalog(options, kept)
    made_seconds = time.perf_counter() - began
    songs, cases = asking.read(kept)
    found = _measure(cases) | {
        "whole_search": whole,
        "songs": songs,
        "seconds_in_catalog": round(made_seconds, 1),
        "seconds": round(time.perf_counter() - began, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
    }
    sys.stdout.write(json.dumps({"benchmark": "fusion", **found}) + "\n")


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "personalais" / "bench-fusion"


def _kept(options: argparse.Namespace) -> Path:
    """Return where the lists are kept, by all that they depend on."""
    digest = hashlib.sha256(str(options.distractors).encode())
    root = Path(__file__).resolve().parent.parent
    sources = {path for pattern in _SOURCES for path in root.glob(pattern)}
    for path in (
        options.dialogues,
        *([options.table] if options.table else []),
        *sorted(path for path in sources if path.name not in _NOT_SOURCES),
    ):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    options.cache.mkdir(parents=True, exist_ok=True)
    return Path(options.cache / f"lists-{digest.hexdigest()[:16]}.json.gz")


def _in_catalog(options: argparse.Namespace, kept: Path) -> dict[str, Any] | None:
    """Ask the lists, where none are kept, and the whole search, where it's wanted."""
    from benchmarks.fusing.throwaway import catalog_of

    read = dialogues.read(options.dialogues)
    asked, named = dialogues.asked_of(read), dialogues.songs_of(read)
    _say(f"{len(read)} dialogues name {len(named)} songs; making a catalog of them")
    with catalog_of(
        named,
        table=options.table,
        distractors=options.distractors,
        cache=options.cache,
    ) as ids:
        if not kept.exists():
            for old in options.cache.glob("lists-*"):
                old.unlink()
            cases = asking.cases_of(asked, ids, on_case=_every_100("asked", len(asked)))
            asking.write(cases, kept)
        return _whole(asked, ids, options.whole) if options.whole else None


def _whole(
    asked: Sequence[Asked], ids: Mapping[str, int], count: int
) -> dict[str, Any]:
    """Compare the whole search on turns that no choice saw, spread over them."""
    from benchmarks.fusing import whole

    unseen = [turn for turn in asked if not dialogues.is_learned_from(turn.dialogue)]
    some = unseen[:: max(1, len(unseen) // count)]
    ways = {"by_hand": BY_HAND, "in_use": IN_USE}
    return whole.compare(some, ids, ways, on_turn=_every_100("searched", len(some)))


def _every_100(done: str, total: int) -> Callable[[int], None]:
    def tell(count: int) -> None:
        if count % 100 == 0:
            _say(f"{count} of {total} turns {done}")

    return tell


def _measure(cases: Sequence[Case]) -> dict[str, Any]:
    seen = [case for case in cases if dialogues.is_learned_from(case.dialogue)]
    unseen = [case for case in cases if not dialogues.is_learned_from(case.dialogue)]
    everything: tuple[ListName, ...] = tuple(
        name for name in IN_USE.weights if any(case.lists.get(name) for case in cases)
    )
    first = [case for case in unseen if case.turn == 0]
    later = [case for case in unseen if case.turn > 0]
    _say("learning")
    ways = _learned(Cases(seen, NAMED))
    turned = _learned(Cases(unseen, NAMED))
    return {
        "dialogues": {
            "learned_from": len({case.dialogue for case in seen}),
            "measured_on": len({case.dialogue for case in unseen}),
        },
        "turns": {"learned_from": len(seen), "measured_on": len(unseen)},
        "weights": {
            "by_hand": {name: BY_HAND.weights[name] for name in everything},
            "in_use": {name: IN_USE.weights[name] for name in everything},
            **{name: _told(way) for name, way in ways.items()},
        },
        "weights_learned_on_the_other_half": {n: _told(w) for n, w in turned.items()},
        "by_names_and_words": {
            **_compared(Cases(unseen, NAMED), ways),
            **_taken_apart(Cases(unseen, NAMED)),
        },
        "first_turns": _compared(Cases(first, NAMED), ways),
        "later_turns": _compared(Cases(later, NAMED), ways),
        "other_half": _compared(Cases(seen, NAMED), turned),
        "by_all_lists": {
            **_compared(Cases(unseen, everything), ways),
            **_taken_apart(Cases(unseen, everything)),
        },
        "without_text_vector": _without_vectors(unseen),
    }


def _learned(cases: Cases) -> dict[str, Way]:
    """Return ways chosen on these cases: weights for our k, and for the best one."""
    way = learned(cases, BY_HAND, NAMED)
    by_k = {k: cases.measure(replace(way, k=k))[:, 0].mean() for k in KS}
    best_k = max(KS, key=lambda k: by_k[k])
    with_k = learned(cases, replace(way, k=best_k), NAMED)
    return {"learned": way, "learned_with_k": with_k}


def _told(way: Way) -> dict[str, Any]:
    return {"k": way.k, **{name: way.weights[name] for name in NAMED}}


def _compared(cases: Cases, ways: Mapping[str, Way]) -> dict[str, Any]:
    """Measure ways to weigh, each with what it gains over those set by hand."""
    base = cases.measure(BY_HAND)
    evenly = replace(BY_HAND, weights=dict.fromkeys(cases.names, 1.0))
    found: dict[str, Any] = {"by_hand": figures(base)}
    for name, way in {"evenly": evenly, "in_use": IN_USE, **ways}.items():
        measured = cases.measure(way)
        found[name] = {**figures(measured), "over_by_hand": gain(measured, base)}
    return found


def _taken_apart(cases: Cases) -> dict[str, Any]:
    """Measure the way in use list by list, and with another k and another share."""
    base = cases.measure(IN_USE)

    def told(way: Way) -> dict[str, Any]:
        measured = cases.measure(way)
        return {**figures(measured), "over_in_use": gain(measured, base)["ndcg@20"]}

    return {
        "alone": {
            name: figures(cases.measure(replace(IN_USE, weights={name: 1.0})))
            for name in cases.names
        },
        "left_out": {name: told(IN_USE.without(name)) for name in cases.names},
        "k": {str(k): told(replace(IN_USE, k=k)) for k in KS},
        "unjudged_share": {str(s): told(replace(IN_USE, share=s)) for s in SHARES},
    }


def _without_vectors(cases: Sequence[Case]) -> dict[str, Any]:
    """Tell how songs with and without a text vector are found, share by share."""
    cut = [_cut(case) for case in cases]
    parts = {
        "with": [replace(c, gold=[t for t in c.gold if not t % 2]) for c in cut],
        "without": [replace(c, gold=[t for t in c.gold if t % 2]) for c in cut],
    }
    arrays = {
        label: Cases([case for case in part if case.gold], NAMED)
        for label, part in parts.items()
    }
    arrays["all"] = Cases(cut, NAMED)
    base = arrays["all"].measure(IN_USE)
    return {
        str(share): {
            **{
                label: figures(part.measure(replace(IN_USE, share=share)))
                for label, part in arrays.items()
            },
            "over_in_use": gain(
                arrays["all"].measure(replace(IN_USE, share=share)), base
            )["ndcg@20"],
        }
        for share in SHARES
    }


def _cut(case: Case) -> Case:
    """Take tracks of odd ids from the text lists: no vector, nothing to judge by."""
    brought = {track for found in case.lists.values() for track in found}
    odd = sorted(track for track in brought if track % 2)
    lists = {
        name: [t for t in found if name not in OF_TEXT or not t % 2]
        for name, found in case.lists.items()
    }
    return replace(
        case, lists=lists, unjudged={**case.unjudged, **dict.fromkeys(OF_TEXT, odd)}
    )


def _say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


if __name__ == "__main__":
    main()
