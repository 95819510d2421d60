"""What an edit of the model's may not do: bring in what breaks what was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from chat.agent.asking import violations
from chat.agent.builtin.desk import Desk
from chat.agent.llm.showing import plain
from chat.agent.state import Given
from playlists.edits import Content

if TYPE_CHECKING:
    from chat.agent.llm.toolbox import Toolbox


class Refusal(Exception):
    """A call that isn't carried out; the message tells the model why."""


def refuse_breaks(box: Toolbox, before: Content, after: Content) -> None:
    """Refuse what would put in a disliked song, or break a condition.

    Songs that are there already are held to it where the whole list was asked for.
    """
    new = [track for track in after.tracks if track not in before.tracks]
    if not new:
        return
    disliked = [t for t in new if t in box.desk.tools.opinions().refused]
    if disliked:
        raise Refusal(
            f"the listener dislikes {_named(box, disliked)}, or not in this talk; leave it out"
        )
    if never := box.desk.tools.refused_among(new):
        names = _named(box, sorted(never))
        raise Refusal(f"the listener never wants to hear {names} again; leave it out")
    let_in = box.let_in
    broken = broken_by(box.desk, box.bounds.search, new, let_in=let_in)
    if box.bounds.is_of_list:
        given = box.bounds.becomes
        broken |= broken_by(box.desk, given, after.tracks, let_in=let_in)
    if broken:
        told = (f"{_named(box, tracks)} {why}" for why, tracks in broken.items())
        raise Refusal(f"{'; '.join(told)}; leave them out (op set makes a new list)")


def broken_by(
    desk: Desk, given: Given, tracks: Iterable[int], *, let_in: Collection[int]
) -> dict[str, list[int]]:
    """Return the songs that break each condition, by what it says to the model.

    let_in: songs that a search brought when it had to let a condition go.
    """
    songs = desk.tools.songs(tracks)
    broken: dict[str, list[int]] = {}
    for violation in violations(given, songs.values(), heard=desk.tools.heard_lately()):
        held = violation.constraint
        ids = [track for track in violation.track_ids if track not in let_in]
        what = plain(held.words or held.key or held.kind)
        verb = "are what was refused" if held.is_refused else "are not what was asked"
        if ids:
            broken[f"{verb} ({held.kind}: {what})"] = ids
    return broken


def _named(box: Toolbox, tracks: Iterable[int]) -> str:
    return ", ".join(box.handles.of(track) for track in tracks)
