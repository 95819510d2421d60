"""Bringing the list at hand to a number of songs and a time at once."""

from __future__ import annotations

from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import sized
from chat.agent.builtin.gathering import MAX_SIZE, Measure, gather
from chat.agent.builtin.placing import in_order, tell_length
from chat.agent.lasting import counted
from chat.agent.understanding.reading import Resize
from playlists.edits import Add, Clear

MS_A_MINUTE = 60_000


def resize_to_both(desk: Desk, act: Resize) -> bool:
    """Let the list be of so many songs that last so long, keeping what it can.

    Songs of the list come first, more of the same kind are found to exchange for them.
    Returns False, and changes nothing, where no songs are of that number and time.
    """
    if act.count is None or act.minutes is None:
        return False
    held = desk.tools.tracks()
    given = sized(desk.state.given, act.count, act.minutes)
    result = gather(desk, replace(given, minutes=None), Measure(MAX_SIZE), beside=held)
    row = [*held, *(hit.track_id for hit in result.hits)]
    songs = desk.tools.songs(row)
    chosen = counted(
        [songs[track].duration_ms for track in row],
        count=given.size,
        target_ms=act.minutes * MS_A_MINUTE,
    )
    tracks = [row[place] for place in chosen]
    if not tracks or given.size != act.count:
        return False
    found = [track for track in tracks if track not in held]
    order = tuple(in_order(desk, given, tracks))
    desk.edit([Clear(), Add(order, again=True)], uses=tracks)
    desk.give(given)
    if found:
        desk.point_at(found)
        desk.show(result, found)
        desk.found_count += len(found)
    desk.say(
        f"{phrases.songs(len(tracks))} now.",
        f"The list has {phrases.songs(len(tracks))}.",
    )
    tell_length(desk, act.minutes)
    return True
