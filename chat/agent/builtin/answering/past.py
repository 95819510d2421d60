"""Answers about the list's past: what was changed last, and what stood there before."""

from __future__ import annotations

from collections.abc import Sequence

from chat.agent.builtin import phrases
from chat.agent.builtin.answering.lists import titles
from chat.agent.builtin.desk import Desk
from chat.agent.quoting import quoted
from chat.agent.understanding.asked import OfChange
from playlists.models import PlaylistVersion


def of_change(desk: Desk, act: OfChange) -> None:
    """Say what the last change did, or what the list was before it."""
    before = desk.tools.before()
    if before is None:
        desk.say("Nothing was changed so far: this is the list's first version.")
        return
    if act.what == "before":
        _tell_before(desk, before.track_ids)
        return
    now = desk.tools.current()
    came = [t for t in now.track_ids if t not in before.track_ids]
    went = [t for t in before.track_ids if t not in now.track_ids]
    songs = desk.tools.songs([*came, *went])
    parts = []
    if came:
        parts.append(f"in came {titles([songs[t] for t in came if t in songs])}")
    if went:
        parts.append(f"out went {titles([songs[t] for t in went if t in songs])}")
    if not parts and list(before.track_ids) != list(now.track_ids):
        parts.append("the order is another one, with the same songs")
    if before.title != now.title:
        parts.append(f"it was renamed from {quoted(before.title)} to {quoted(now.title)}")  # fmt: skip
    told = "; ".join(parts) or "only its description"
    is_yours = now.author == PlaylistVersion.Author.LISTENER
    who = "You changed it by hand" if is_yours else "My last change"
    since = f", as you said {quoted(now.words)}" if now.words and not is_yours else ""
    desk.say(f"{who}{since}: {told}.")


def _tell_before(desk: Desk, tracks: Sequence[int]) -> None:
    songs = desk.tools.songs(tracks)
    held = [songs[track] for track in tracks if track in songs]
    if not held:
        desk.say("Before that the list was empty.")
        return
    desk.say(
        f"Before the last change it held {phrases.songs(len(held))}: {titles(held, 12)}. "
        "“Undo” brings that back."
    )
