"""What the catalog tells the rooms above it, and asks them.

What tells of a change is sent inside the transaction that makes it, with `send`: a
receiver that fails takes the change back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.dispatch import Signal

# Tracks have become one. Sent with `keep` (the Track that stays) and `others` (those
# that go); their rows are still there, and go right after. Whoever holds ids or
# UUIDs of the others now holds those of `keep`.
tracks_merged = Signal()

# Tracks, or artists (`sender`), are about to become one: `ids`. Sent before a row is
# locked, for locks that others wait for before they lock any.
merge_begun = Signal()

# Artists have become one. Sent with `keep` and `others`, likewise.
artists_merged = Signal()


@dataclass(frozen=True)
class Held:
    """What a room holds of tracks or artists: how many of it, by primary key."""

    label: str
    counts: Mapping[int, int]


# A curator asks what is held of tracks, before they merge or delete them. Sent with
# `track_ids`; a receiver returns a Held.
tracks_asked = Signal()

# The same of artists, with `artist_ids`.
artists_asked = Signal()


def tracks_held(track_ids: Collection[int]) -> list[Held]:
    """Ask the rooms what they hold of tracks."""
    answers: Any = tracks_asked.send(sender=None, track_ids=list(track_ids))
    return [held for _, held in answers]


def artists_held(artist_ids: Collection[int]) -> list[Held]:
    """Ask the rooms what they hold of artists."""
    answers: Any = artists_asked.send(sender=None, artist_ids=list(artist_ids))
    return [held for _, held in answers]


# The catalog asks by which texts and tracks a trained bridge is judged, whose row doesn't
# keep them. Sent with `bridge`; a receiver returns pairs of a text and track keys.
held_out_asked = Signal()


def held_out_of(bridge: Model) -> list[tuple[str, Sequence[int]]]:
    """Ask the rooms by what a trained bridge is judged now."""
    answers: Any = held_out_asked.send(sender=None, bridge=bridge)
    return [pair for _, pairs in answers for pair in pairs]


# A room asks what of tracks a listener never wants to hear, before it puts them into a
# list of theirs. Sent with `user_id` and `track_ids`; a receiver returns a set of keys.
refusals_asked = Signal()

# A listener never wants to hear a track or an artist again. Sent with `user_id`, inside the
# transaction; whoever holds lists of theirs takes it out, and returns ListMoved of those.
refusals_grown = Signal()


@dataclass(frozen=True)
class ListMoved:
    """A list that shows another version than before, all by primary key; words: why."""

    playlist: int
    before: int
    after: int
    words: str


def lists_without_refused(user_id: int) -> tuple[ListMoved, ...]:
    """Have what a listener has just ruled out taken out of their lists."""
    answers: Any = refusals_grown.send(sender=None, user_id=user_id)
    return tuple(moved for _, lists in answers for moved in lists)


def tracks_refused(user_id: int, track_ids: Collection[int]) -> frozenset[int]:
    """Return which tracks a listener never wants to hear, in whichever version."""
    if not track_ids:
        return frozenset()
    asked: Any = refusals_asked.send(
        sender=None, user_id=user_id, track_ids=frozenset(track_ids)
    )
    return frozenset(track for _, refused in asked for track in refused)
