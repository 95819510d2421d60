"""Bringing the list at hand to a time by exchanging songs, where nothing less does."""

from __future__ import annotations

from dataclasses import replace

from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import MAX_LASTING, Measure, gather
from chat.agent.builtin.placing import in_order
from chat.agent.lasting import TOLERANCE, lasting
from playlists.edits import Add, Clear, kept

MS_A_MINUTE = 60_000


def retime(desk: Desk, minutes: int) -> None:
    """Exchange songs where a list misses the time that was asked for.

    Its own songs stay as far as they go together, the liked ones first; more of the same
    kind take the places of others. Nothing changes where no songs meet the time. A search.
    """
    target_ms = minutes * MS_A_MINUTE
    if abs(desk.duration_ms() - target_ms) <= TOLERANCE * target_ms:
        return
    held = desk.tools.tracks()
    liked = set(desk.tools.opinions().liked)
    given = replace(desk.state.given, minutes=None)
    result = gather(desk, given, Measure(MAX_LASTING), beside=held)
    found = [hit.track_id for hit in result.hits]
    row = [*sorted(held, key=lambda track: track not in liked), *found]
    songs = desk.tools.songs(row)
    row = [track for track in row if track in songs]
    chosen = lasting([songs[t].duration_ms for t in row], target_ms=target_ms)
    stay = [row[place] for place in chosen]
    lasts_ms = sum(songs[track].duration_ms or 0 for track in stay)
    if abs(lasts_ms - target_ms) > TOLERANCE * target_ms:
        return
    came = [track for track in found if track in stay]
    tracks = [*kept(held, stay), *came]
    order = tuple(in_order(desk, given, tracks))
    desk.edit([Clear(), Add(order, again=True)], uses=tracks)
    desk.give(replace(desk.state.given, size=len(tracks)))
    desk.point_at(came)
    desk.show(result, came)
    desk.found_count += len(came)
