"""Holds an edit of the model's to the number, the time, the place and the path asked for.

The model decides which songs; how many, how long and in which order the message says.
It is done with the edit itself, so that what the model says of it afterwards is so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.search.result import Result
from chat.agent.builtin.gathering import MAX_SIZE, Measure, gather
from chat.agent.builtin.placing import in_order, is_ordered, places_along, spot_of
from chat.agent.lasting import TOLERANCE, counted, lasting
from chat.agent.state import Given
from chat.agent.understanding.reading import AddSome, Ask
from playlists.edits import Add, Clear, Content, Edit

if TYPE_CHECKING:
    from chat.agent.llm.toolbox import Toolbox

MS_A_MINUTE = 60_000


def held_to_measure(box: Toolbox, before: Content, after: Content) -> list[Edit]:
    """Return what an edit lacks yet, as more edits; [] for nothing. Blocks.

    Where the model was asked for several things at once, which songs are which isn't
    known, and nothing is held.
    """
    acts = [act for act in box.reading.acts if isinstance(act, Ask | AddSome)]
    if len(acts) != 1 or not after.tracks:
        return []
    act = acts[0]
    if isinstance(act, Ask):
        wanted = _whole(box, act, after.tracks)
    else:
        wanted = _with_added(box, act, after.tracks)
    if wanted == after.tracks:
        return []
    return [Clear(), Add(wanted, again=True)]


def _whole(box: Toolbox, act: Ask, tracks: tuple[int, ...]) -> tuple[int, ...]:
    """Return the list as long as was asked, along the path that was asked for.

    Songs that the message names by title are in it.
    """
    given = box.bounds.becomes
    disliked = box.desk.tools.opinions().refused
    named = [t for t in act.wanted.like_tracks if t not in disliked]
    if not set(named) <= set(tracks):
        others = [track for track in tracks if track not in named]
        tracks = (*named, *others)[: max(len(tracks), len(named))]
    count, minutes = act.wanted.count, act.wanted.minutes
    if count is None and minutes is None:
        # What was asked for earlier goes on to hold.
        count, minutes = given.size if given.is_counted else None, given.minutes
    count = None if count is None else min(count, MAX_SIZE)
    made = _measured(box, given, tracks, count=count, minutes=minutes)
    return tuple(in_order(box.desk, given, made))


def _with_added(box: Toolbox, act: AddSome, tracks: tuple[int, ...]) -> tuple[int, ...]:
    """Return the list with as many new songs as were asked for, where they belong."""
    old = tuple(track for track in tracks if track in box.at_start.tracks)
    new = tuple(track for track in tracks if track not in box.at_start.tracks)
    count = act.wanted.count
    if count is not None or box.bounds.minutes is not None:
        total = None if count is None else len(old) + min(count, MAX_SIZE)
        minutes = None if count is not None else box.bounds.minutes
        given = box.bounds.search
        made = _measured(
            box, given, (*old, *new), count=total, minutes=minutes, fixed=len(old)
        )
        new = made[len(old) :]
    place = spot_of(box.desk, act.spot, among=old)
    given = box.bounds.becomes
    if place is not None:
        return (*old[:place], *new, *old[place:])
    if is_ordered(given):
        listed = list(old)
        for track, at in places_along(box.desk, given, new, beside=old):
            listed.insert(at, track)
        return tuple(listed)
    kept = [track for track in tracks if track in old or track in new]
    return (*kept, *(track for track in new if track not in kept))


def _measured(
    box: Toolbox,
    given: Given,
    tracks: tuple[int, ...],
    *,
    count: int | None,
    minutes: int | None,
    fixed: int = 0,
) -> tuple[int, ...]:
    """Return the songs, some fewer or some more, to make up a count or a time.

    fixed: how many of them, from the head, stay in any case.
    """
    if minutes is not None and count is not None and not fixed:
        both = _counted(box, given, tracks, count=count, minutes=minutes)
        if both:
            return both
    if minutes is not None:
        lengths = [box.desk.tools.songs(tracks)[t].duration_ms for t in tracks]
        target_ms = minutes * MS_A_MINUTE
        if sum(ms or 0 for ms in lengths) > (1 + TOLERANCE) * target_ms:
            chosen = lasting(lengths, target_ms=target_ms, fixed=fixed)
            return tuple(tracks[place] for place in chosen)
        return (*tracks, *_more(box, given, Measure(0, minutes), tracks))
    if count is None:
        return tracks
    missing = count - len(tracks)
    if missing <= 0:
        return tracks[:count]
    return (*tracks, *_more(box, given, Measure(missing, enough=missing), tracks))


def _counted(
    box: Toolbox, given: Given, tracks: tuple[int, ...], *, count: int, minutes: int
) -> tuple[int, ...]:
    """Return just so many songs that last so long, the model's first; () for none."""
    row = (*tracks, *_more(box, given, Measure(MAX_SIZE), tracks))
    songs = box.desk.tools.songs(row)
    chosen = counted(
        [songs[track].duration_ms for track in row],
        count=count,
        target_ms=minutes * MS_A_MINUTE,
    )
    return tuple(row[place] for place in chosen)


def _more(
    box: Toolbox, given: Given, measure: Measure, tracks: Sequence[int]
) -> list[int]:
    """Return songs to stand beside others; the turn knows them from then on."""
    search = box.bounds.apart_from(given)
    result: Result = gather(box.desk, search, measure, beside=tracks)
    box.note_found(result, given)
    return [hit.track_id for hit in result.hits]
