"""What a turn's edits did to the list, said shortly: only what was plainly changed."""

from __future__ import annotations

from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.changes import ListDiff, MedianChange, list_diff, plainly_heard
from chat.agent.proof import ATTRIBUTE_NAMES, number


def tell_figures(desk: Desk) -> None:
    """Say what came, what went, and which middles moved so far that one hears it.

    Nothing is said of a list that was empty before, or of which nothing is left, nor
    where only songs came, or only went, and it sounds as before. Five queries.
    """
    if not desk.moves:
        return
    was = desk.tools.content_at(desk.moves[0].before_version)
    now = desk.tools.content()
    if not was.tracks or not now.tracks:
        return
    diff = list_diff(was, now, desk.tools.songs({*was.tracks, *now.tracks}))
    heard = plainly_heard(diff)
    if heard:
        moved = phrases.listed(_middle(change) for change in heard)
        counts = _counts(diff)
        desk.say(
            f"That is {counts}, with {moved}.",
            f"In figures: {counts}; {moved}.",
            f"What that did: {moved}, by {counts}.",
            topic="figures",
        )
    elif diff.added and diff.removed:
        counts = _counts(diff)
        desk.say(f"That is {counts}.", f"All in all {counts}.", topic="figures")


def _counts(diff: ListDiff) -> str:
    """Say how many came and went: "3 in and 2 out"."""
    parts = [
        *((f"{diff.added} in",) if diff.added else ()),
        *((f"{diff.removed} out",) if diff.removed else ()),
    ]
    return " and ".join(parts)


def _middle(change: MedianChange) -> str:
    """Say how the middle of an attribute moved: "the median energy up from 0.42 to 0.61"."""
    name = ATTRIBUTE_NAMES[change.attribute]
    way = "up" if change.after > change.before else "down"
    before = number(change.attribute, change.before).removesuffix(" BPM")
    after = number(change.attribute, change.after)
    return f"the median {name} {way} from {before} to {after}"
