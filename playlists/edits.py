"""Edit operations on a list of tracks: typed values, and one pure function.

Positions count from 0. Tracks are primary keys of catalog.Track. A list holds each of
them once, so that every edit can name a song by its track and mean one place; who asks for
a song again is told where it stands. Another recording of it is another track.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Add:
    """Put tracks in at a position, or at the end; those already there stay put."""

    tracks: tuple[int, ...]
    position: int | None = None


@dataclass(frozen=True)
class Remove:
    """Take tracks out; those that aren't there are no error."""

    tracks: tuple[int, ...]


@dataclass(frozen=True)
class Move:
    """Move a track so that it stands at a position."""

    track: int
    position: int


@dataclass(frozen=True)
class Replace:
    """Put a track in the place of another."""

    track: int
    by: int


@dataclass(frozen=True)
class Swap:
    """Let two tracks change places."""

    track: int
    other: int


@dataclass(frozen=True)
class Reorder:
    """Put tracks in this order.

    Those that aren't named follow in the order that they had, and those that aren't
    there are no error, so that an order made a moment ago can't lose a song.
    """

    tracks: tuple[int, ...]


@dataclass(frozen=True)
class Rename:
    """Give the playlist another title."""

    title: str


@dataclass(frozen=True)
class Describe:
    """Give the playlist a description, "" for none."""

    description: str


@dataclass(frozen=True)
class Clear:
    """Take everything out."""


Edit = Add | Remove | Move | Replace | Swap | Reorder | Rename | Describe | Clear


@dataclass(frozen=True)
class Content:
    """What a version holds: a title, tracks in order, none twice, and a description."""

    title: str
    tracks: tuple[int, ...]
    description: str = ""


@dataclass(frozen=True)
class Diff:
    """What changed between two versions, in track ids.

    `moved` holds the fewest tracks whose moving explains the new order of those
    that stayed.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    moved: tuple[int, ...]


class EditRefused(Exception):
    """An edit that can't be made; the message tells the listener why."""


class Stale(EditRefused):
    """The playlist is no longer at the version that the edit was meant for."""


def content_edited(content: Content, edits: Sequence[Edit]) -> Content:
    """Apply edits in turn. Raises EditRefused, and then none of them holds."""
    for edit in edits:
        content = _applied(content, edit)
    return content


def edits_rebased(
    edits: Sequence[Edit], was: Content, now: Content
) -> list[Edit] | None:
    """Fit edits that were meant for one list to what it has become by other hands.

    Songs come in and go out, and titles are given, whatever else was done; a song comes
    in behind the one that it was meant to follow. One that was there and has gone doesn't
    come back. Returns None where an edit means the list as it was: an order, a whole.
    """
    gone = set(was.tracks) - set(now.tracks)
    fitted: list[Edit] = []
    for edit in edits:
        match edit:
            case Add(tracks=tracks, position=position):
                here = tuple(t for t in tracks if t not in gone)
                fitted.append(Add(here, _position_now(position, was, now)))
            case Remove() | Rename() | Describe():
                fitted.append(edit)
            case Replace(track=track, by=by) if track in now.tracks and not (
                by in now.tracks or by in gone
            ):
                fitted.append(edit)
            case _:
                return None
        was, now = _applied(was, edit), _applied(now, fitted[-1])
    return fitted


def _position_now(position: int | None, was: Content, now: Content) -> int | None:
    """Return the place behind the nearest song before a position that is still there."""
    if position is None or position >= len(was.tracks):
        return None
    before = [t for t in was.tracks[:position] if t in now.tracks]
    return now.tracks.index(before[-1]) + 1 if before else 0


def _applied(content: Content, edit: Edit) -> Content:
    tracks = list(content.tracks)
    match edit:
        case Add(tracks=new, position=position):
            fresh = [t for t in dict.fromkeys(new) if t not in tracks]
            at = len(tracks) if position is None else min(position, len(tracks))
            tracks[at:at] = fresh
        case Remove(tracks=gone):
            tracks = [t for t in tracks if t not in set(gone)]
        case Move(track=track, position=position):
            if track not in tracks:
                raise EditRefused(_("That song is not in the playlist any more."))
            tracks.remove(track)
            tracks.insert(min(position, len(tracks)), track)
        case Replace(track=track, by=by):
            if track not in tracks:
                raise EditRefused(_("That song is not in the playlist any more."))
            if by in tracks:
                raise EditRefused(_("The new song is in the playlist already."))
            tracks[tracks.index(track)] = by
        case Swap(track=track, other=other):
            if track not in tracks or other not in tracks:
                raise EditRefused(_("That song is not in the playlist any more."))
            i, j = tracks.index(track), tracks.index(other)
            tracks[i], tracks[j] = other, track
        case Reorder(tracks=order):
            named = [t for t in dict.fromkeys(order) if t in set(tracks)]
            tracks = [*named, *(t for t in tracks if t not in set(named))]
        case Rename(title=title):
            return replace(content, title=title)
        case Describe(description=description):
            return replace(content, description=description)
        case Clear():
            tracks = []
    return replace(content, tracks=tuple(tracks))


def content_diff(before: Content, after: Content) -> Diff:
    """Say what changed from one content to another."""
    old, new = set(before.tracks), set(after.tracks)
    stayed_before = [t for t in before.tracks if t in new]
    stayed_after = [t for t in after.tracks if t in old]
    unmoved = _longest_common_order(stayed_before, stayed_after)
    return Diff(
        added=tuple(t for t in after.tracks if t not in old),
        removed=tuple(t for t in before.tracks if t not in new),
        moved=tuple(t for t in stayed_after if t not in unmoved),
    )


def _longest_common_order(before: list[int], after: list[int]) -> set[int]:
    """Return the largest set that keeps its order: a longest increasing subsequence.

    Patience sorting, O(n log n).
    """
    rank = {track: i for i, track in enumerate(before)}
    tails: list[int] = []
    tail_tracks: list[int] = []
    previous: dict[int, int | None] = {}
    for track in after:
        at = bisect_left(tails, rank[track])
        previous[track] = tail_tracks[at - 1] if at else None
        tails[at : at + 1] = [rank[track]]
        tail_tracks[at : at + 1] = [track]
    kept: set[int] = set()
    track_or_none = tail_tracks[-1] if tail_tracks else None
    while track_or_none is not None:
        kept.add(track_or_none)
        track_or_none = previous[track_or_none]
    return kept
