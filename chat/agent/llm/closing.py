"""The end of a turn: what breaks the conditions goes, and what must be told is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from catalog.names import name_key
from catalog.search.result import Result
from chat.agent.builtin import phrases
from chat.agent.builtin.arriving import tell_arriving, tell_no_music
from chat.agent.builtin.ledger import tell_relaxed
from chat.agent.builtin.unknowing import (
    missing_here,
    offer_nearest,
    tell_known_for,
    tell_unknown_names,
)
from chat.agent.llm.checking import broken_by
from chat.agent.llm.toolbox import Toolbox
from chat.agent.understanding.reading import AddSome, Ask
from playlists.edits import Remove, content_diff


def close_up(box: Toolbox) -> None:
    """Take out what breaks the conditions after all, and tell what was let go. Blocks."""
    desk = box.desk
    has_changed = box.effects & {"brought", "took"}
    if has_changed and box.bounds.is_of_list and "undone" not in box.effects:
        tracks = desk.tools.tracks()
        broken = broken_by(desk, box.bounds.becomes, tracks, let_in=box.let_in)
        gone = tuple({track for ids in broken.values() for track in ids})
        if gone and desk.edit([Remove(gone)]):
            count = phrases.songs(len(gone))
            desk.say(f"I took out {count} that didn't fit what you asked for.")
    for search in box.searches:
        brought = (hit for hit in search.result.hits if hit.track_id in box.brought)
        hits = tuple(brought)
        if any(hit.step is not None for hit in hits):
            result = replace(search.result, hits=hits)
            tell_relaxed(desk, result, search.given, asked=box.bounds.asked)


def tell_changes(box: Toolbox) -> None:
    """Say what became of the list, in place of a model that said nothing. Blocks."""
    desk = box.desk
    after = desk.tools.content()
    diff = content_diff(box.at_start, after)
    if diff.added:
        first = desk.tools.songs(diff.added[:1])[diff.added[0]].credit
        stayed = len(after.tracks) - len(diff.added)
        desk.say(*phrases.made(len(diff.added), stayed, len(diff.removed), first))
    elif diff.removed:
        left = phrases.songs(len(after.tracks))
        desk.say(f"{phrases.songs(len(diff.removed))} went out; {left} left.")
    elif box.known.has_changed:
        desk.say("Done.")
    else:
        desk.say("I found nothing that fits, so the list is as it was.")


def tell_lacking(box: Toolbox, said: str) -> None:
    """Tell of names and kinds that aren't here, where the model's words didn't. Blocks."""
    if not box.desk.tools.catalog_size():
        if _searches(box):
            tell_no_music(box.desk)
        return
    _tell_unknown(box, said)
    _tell_missing(box, said)
    tell_known_for(box.desk, box.bounds.search, box.brought)
    if _searches(box):
        tell_arriving(box.desk)


def _searches(box: Toolbox) -> bool:
    """Say whether the model looked for music, or was asked to."""
    acts = box.reading.acts
    return bool(box.searches) or any(isinstance(act, Ask | AddSome) for act in acts)


def _tell_unknown(box: Toolbox, said: str) -> None:
    heard = f" {name_key(said)} "
    wanted = [act.wanted for act in box.reading.acts if isinstance(act, Ask | AddSome)]
    names = [name for one in wanted for name in one.unknown_names]
    untold = [name for name in names if f" {name_key(name)} " not in heard]
    if untold:
        tell_unknown_names(box.desk, untold)


def _tell_missing(box: Toolbox, said: str) -> None:
    if "found nothing" not in box.effects:
        return
    missing = missing_here(box.desk, box.bounds.search)
    what = name_key(missing.removeprefix("nothing by ").removeprefix("no "))
    if what and f" {what} " not in f" {name_key(said)} ":
        box.desk.say(f"There is {missing} in this catalog.")
        if "?" not in said:
            for act in box.reading.acts:
                if isinstance(act, Ask):
                    offer_nearest(box.desk, act.wanted)


def show_mentioned(box: Toolbox, tracks: Iterable[int]) -> None:
    """Show songs that were found and spoken of, and stay out of the list. Blocks."""
    held = box.desk.tools.tracks()
    mentioned = [t for t in tracks if t in box.hits and t not in held]
    if mentioned:
        box.desk.show(Result(tuple(box.hits.values()), (), 0), mentioned)
