"""Edit operations on a list of tracks: typed values, and one pure function.

Positions and places count from 0. Tracks are primary keys of catalog.Track. A song that
is in the list comes in a second time only where that is asked for (`Add.again`).

An edit names a song by its track. Where the song stands several times, a `place` says which
of them is meant, as the list is when the edit's turn comes; without one, what goes are all
of its places, and what moves or gives way is its first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Add:
    """Put tracks in at a position, or at the end; those already there stay put.

    again: each comes in as often as it is named, whether it is there already or not.
    """

    tracks: tuple[int, ...]
    position: int | None = None
    again: bool = False


@dataclass(frozen=True)
class Remove:
    """Take tracks out; those that aren't there are no error.

    places: only what stands at these, which must be of the tracks.
    """

    tracks: tuple[int, ...]
    places: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Move:
    """Move a track so that it stands at a position."""

    track: int
    position: int
    place: int | None = None


@dataclass(frozen=True)
class Replace:
    """Put a track in the place of another."""

    track: int
    by: int
    place: int | None = None


@dataclass(frozen=True)
class Swap:
    """Let two tracks change places."""

    track: int
    other: int
    place: int | None = None
    other_place: int | None = None


@dataclass(frozen=True)
class Reorder:
    """Put tracks in this order.

    One that is named several times stands as often as it did. What isn't named follows
    in the order that it had, and what isn't there is no error, so that an order made a
    moment ago can't lose a song.
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
    """What a version holds: a title, tracks in order, and a description."""

    title: str
    tracks: tuple[int, ...]
    description: str = ""


@dataclass(frozen=True)
class Diff:
    """What changed between two versions, in track ids, each as often as it did.

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
                at = _position_now(position, was, now)
                fitted.append(replace(edit, tracks=here, position=at))
            case Remove(places=None) | Rename() | Describe():
                fitted.append(edit)
            case Replace(track=track, by=by, place=None) if (
                track in now.tracks and not (by in now.tracks or by in gone)
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
    before = was.tracks[:position]
    nearest = next((t for t in reversed(before) if t in now.tracks), None)
    if nearest is None:
        return 0
    return places_of(now.tracks, nearest)[: before.count(nearest)][-1] + 1


def places_of(tracks: Sequence[int], track: int) -> list[int]:
    """Return where a track stands, from the top."""
    return [place for place, one in enumerate(tracks) if one == track]


def removal(tracks: Sequence[int], places: Collection[int]) -> Remove:
    """Return the edit that takes out what stands at some places of a list.

    It names the places only where songs that go stay at others.
    """
    gone = {tracks[place] for place in places}
    stays = any(t in gone and p not in places for p, t in enumerate(tracks))
    return Remove(tuple(sorted(gone)), tuple(sorted(places)) if stays else None)


def kept(tracks: Iterable[int], stay: Iterable[int]) -> list[int]:
    """Return tracks in their order, each as often as it is in `stay`, from the top."""
    left = Counter(stay)
    found = []
    for track in tracks:
        if left[track] > 0:
            left[track] -= 1
            found.append(track)
    return found


def as_held(tracks: Iterable[int], held: Iterable[int]) -> list[int]:
    """Return tracks in their order, none more often than a list holds it, new ones once."""
    tracks, stood = list(tracks), Counter(held)
    often = (repeat(track, max(1, stood[track])) for track in dict.fromkeys(tracks))
    return kept(tracks, chain.from_iterable(often))


def _applied(content: Content, edit: Edit) -> Content:
    tracks = list(content.tracks)
    match edit:
        case Add(tracks=new, position=position, again=again):
            fresh = [t for t in dict.fromkeys(new) if t not in tracks]
            at = len(tracks) if position is None else min(position, len(tracks))
            tracks[at:at] = new if again else fresh
        case Remove(tracks=gone, places=None):
            tracks = [t for t in tracks if t not in set(gone)]
        case Remove(tracks=gone, places=tuple(places)):
            standing = {p for track in set(gone) for p in places_of(tracks, track)}
            if not standing.issuperset(places):
                raise EditRefused(_("That song is not in the playlist any more."))
            tracks = [t for p, t in enumerate(tracks) if p not in places]
        case Move(track=track, position=position, place=place):
            del tracks[_place(tracks, track, place)]
            tracks.insert(min(position, len(tracks)), track)
        case Replace(track=track, by=by, place=place):
            at = _place(tracks, track, place)
            if by in tracks:
                raise EditRefused(_("The new song is in the playlist already."))
            tracks[at] = by
        case Swap(track=track, other=other, place=place, other_place=other_place):
            i, j = _place(tracks, track, place), _place(tracks, other, other_place)
            tracks[i], tracks[j] = other, track
        case Reorder(tracks=order):
            tracks = _reordered(tracks, order)
        case Rename(title=title):
            return replace(content, title=title)
        case Describe(description=description):
            return replace(content, description=description)
        case Clear():
            tracks = []
    return replace(content, tracks=tuple(tracks))


def _place(tracks: list[int], track: int, place: int | None) -> int:
    """Return where a track that an edit names stands. Raises EditRefused."""
    places = places_of(tracks, track)
    if not places or place not in (None, *places):
        raise EditRefused(_("That song is not in the playlist any more."))
    return places[0] if place is None else place


def _reordered(tracks: Sequence[int], order: Sequence[int]) -> list[int]:
    """Return tracks in an order, as often as they stood; what it lacks stands behind."""
    named = kept(order, tracks)
    rest = kept(reversed(tracks), (Counter(tracks) - Counter(named)).elements())
    return [*named, *reversed(rest)]


def content_diff(before: Content, after: Content) -> Diff:
    """Say what changed from one content to another."""
    unmoved_before, unmoved_after = common_order(before.tracks, after.tracks)
    left = [t for p, t in enumerate(before.tracks) if p not in unmoved_before]
    came = [t for p, t in enumerate(after.tracks) if p not in unmoved_after]
    waiting = Counter(left)
    added: list[int] = []
    moved: list[int] = []
    for track in came:
        (moved if waiting[track] > 0 else added).append(track)
        waiting[track] -= 1
    removed = [track for track in dict.fromkeys(left) for _ in range(waiting[track])]
    return Diff(tuple(added), tuple(removed), tuple(moved))


# Where a song stood and stands, and the pair before it in a common order.
_Pair = tuple[int, int, "_Pair | None"]


def common_order(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> tuple[set[int], set[int]]:
    """Return the places of the most songs that keep their order, in either list.

    A longest common subsequence by patience sorting over the pairs of places with the
    same song [1]: O(n log n) where few songs stand twice.

    [1] Hunt and Szymanski, "A fast algorithm for computing longest common subsequences",
    CACM 1977.
    """
    stood: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, track in enumerate(before):
        stood[track].insert(0, place)
    tails: list[int] = []
    tail_pairs: list[_Pair] = []
    for place, track in enumerate(after):
        # From the back, so that one place of `after` takes one of `before`.
        for was in stood[track]:
            at = bisect_left(tails, was)
            pair = (was, place, tail_pairs[at - 1] if at else None)
            tails[at : at + 1] = [was]
            tail_pairs[at : at + 1] = [pair]
    kept_before, kept_after = set(), set()
    last = tail_pairs[-1] if tail_pairs else None
    while last is not None:
        was, place, last = last
        kept_before.add(was)
        kept_after.add(place)
    return kept_before, kept_after
