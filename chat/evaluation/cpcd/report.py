"""From a file of dialogues to figures: the agent's rankings beside plain retrieval's."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.encoders.text import text_encoder
from catalog.models import Track
from chat.evaluation.cpcd import dialogues
from chat.evaluation.cpcd.baselines import Baselines
from chat.evaluation.cpcd.dialogues import Asked, Song
from chat.evaluation.cpcd.measures import Measured, measured, over_best, told
from chat.evaluation.cpcd.songs import load
from chat.evaluation.cpcd.talk import Said, talks
from chat.evaluation.cpcd.texts import KeptTexts

Say = Callable[[str], None]
EVERY_DIALOGUES = 20


@dataclass(frozen=True)
class Options:
    """What to measure. dialogues: how many are talked through, 0 for all.

    part: of which part, see `dialogues.part_of`; all songs stay in the catalog.
    distractors: a table of audio features whose songs are put beside, None for none.
    cache: for text vectors, from run to run.
    """

    path: Path
    distractors: Path | None
    dialogues: int
    cache: Path
    part: str = "all"


def measure(options: Options, *, home: Path, say: Say) -> dict[str, Any]:
    """Measure in the current database, which is empty. Raises CannotEvaluate.

    home: for files on the way.
    """
    began = time.perf_counter()
    read = dialogues.read(options.path)
    songs = dialogues.songs_of(read)
    say(f"{len(read)} dialogues name {len(songs)} songs; making a catalog of them")
    options.cache.mkdir(parents=True, exist_ok=True)
    texts = KeptTexts(text_encoder(), options.cache)
    ids = load(
        songs, table=options.distractors, distractors=None, texts=texts, folder=home
    )
    some = dialogues.part_of(read, options.part)
    some = some[: options.dialogues] if options.dialogues else some
    say(f"talking through {len(some)} dialogues")
    figures = compare(some, songs, ids, texts, say=say)
    return {
        "evaluation": "cpcd",
        "part": options.part,
        **figures,
        "songs_in_catalog": Track.objects.count(),
        "distractors": options.distractors.name if options.distractors else None,
        "seconds": round(time.perf_counter() - began, 1),
    }


def compare(
    read: Sequence[dict[str, Any]],
    songs: Mapping[str, Song],
    ids: Mapping[str, int],
    texts: KeptTexts,
    *,
    say: Say,
) -> dict[str, Any]:
    """Talk the dialogues through, and put each turn to the baselines too.

    songs: the corpus by cluster; ids: the tracks of the catalog by cluster.
    """
    asked = [dialogues.asked_of([one], also_without_gold=True) for one in read]
    # All at once: each call that brings something new writes the file anew.
    texts.encode_text(
        [text for turns in asked for turn in _said(turns) for text in turn]
    )
    baselines = Baselines(_corpus(songs, ids), texts.encode_text)
    clusters: dict[int, list[str]] = {}
    for cluster, track in ids.items():
        clusters.setdefault(track, []).append(cluster)
    ours: list[Measured] = []
    others: dict[str, list[Measured]] = {}
    came_back = 0
    for number, turns in enumerate(asked, 1):
        texts_said = _said(turns)
        for said in talks(turns, ids) if turns else ():
            came_back += said.came_back
            turn = said.asked
            if not turn.gold:
                continue
            ranking = _as_clusters(said, clusters)
            ours.append(measured(turn.dialogue, turn.turn, ranking, turn.gold))
            for name, found in baselines.rankings(turn, *texts_said[turn.turn]):
                row = measured(turn.dialogue, turn.turn, found, turn.gold)
                others.setdefault(name, []).append(row)
        if number % EVERY_DIALOGUES == 0:
            now = told(ours)["hit@10"]
            say(f"{number} of {len(read)} dialogues, hit@10 {now:.3f} so far")
    first = [row for row in ours if row.turn == 0]
    first_of_others = {
        name: [row for row in rows if row.turn == 0] for name, rows in others.items()
    }
    return {
        "dialogues": len({row.dialogue for row in ours}),
        "turns": len(ours),
        "songs": len(songs),
        "agent": told(ours),
        "agent_first_turn": told(first),
        "disliked_that_came_back": came_back,
        "baselines": {name: told(rows) for name, rows in others.items()},
        "over_best_baseline": over_best(ours, others),
        "first_turn_over_bm25": over_best(
            first, {"bm25_last": first_of_others["bm25_last"]}
        ),
    }


def _said(turns: Sequence[Asked]) -> list[tuple[str, str]]:
    """Return for each turn of a dialogue its own words, and all up to it."""
    words = [turn.text for turn in turns]
    return [(text, " ".join(words[: n + 1])) for n, text in enumerate(words)]


def _corpus(songs: Mapping[str, Song], ids: Mapping[str, int]) -> dict[str, Song]:
    """Return all songs of the catalog: the dialogues', then those put beside them."""
    own = set(ids.values())
    beside = Track.objects.exclude(pk__in=own).select_related("album")
    others = beside.prefetch_related("credits__artist").order_by("pk")
    return {
        **songs,
        **{
            f"track {track.pk}": Song(
                track.title,
                tuple(credit.artist.name for credit in track.credits.all()),
                track.album.title if track.album else "",
            )
            for track in others
        },
    }


def _as_clusters(said: Said, clusters: Mapping[int, Sequence[str]]) -> list[str]:
    """Return a ranking of tracks as one of clusters, none of them a seed."""
    found = (
        cluster
        for track in said.ranking
        for cluster in clusters.get(track, [f"track {track}"])
    )
    return [c for c in dict.fromkeys(found) if c not in said.asked.liked]
