"""Conversations follow when tracks or artists of the catalog become one.

Their memory holds primary keys (chat.agent.state), and the frames that they keep for
clients who come back hold UUIDs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from catalog.models import Artist, Track
from catalog.signals import Held
from chat.agent.constraints import put
from chat.agent.state import Given, State
from chat.models import Branch, Conversation, Event, Message
from playlists.merging import ids_merged
from playlists.models import LivingPlaylist

CHUNK = 500
# The frames that show songs.
SHOWING = ("tracks", "playlist")


def tracks_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Put the kept track in place of the others into all that conversations hold."""
    old = {other.pk for other in others}
    _states_rewrite(old, lambda state: state_with_track(state, old, keep.pk))
    _frames_rewrite({str(other.uuid) for other in others}, str(keep.uuid))


def artists_follow(
    sender: object, *, keep: Artist, others: list[Artist], **_: Any
) -> None:
    """Put the kept artist in place of the others into what conversations remember."""
    old = {other.pk for other in others}
    _states_rewrite(old, lambda state: state_with_artist(state, old, keep.pk))


def conversations_of_tracks(sender: object, *, track_ids: list[int], **_: Any) -> Held:
    """Count the conversations that remember each of these tracks. One query."""
    return _conversations_with(track_ids, tracks_remembered)


def conversations_of_artists(
    sender: object, *, artist_ids: list[int], **_: Any
) -> Held:
    """Count the conversations that remember each of these artists. One query."""
    return _conversations_with(artist_ids, artists_remembered)


def all_given(state: State) -> tuple[Given, ...]:
    """Return what is given now, and what undo may bring back."""
    unlisted = () if state.given_unlisted is None else (state.given_unlisted,)
    return state.given, *unlisted, *state.given_at.values()


def tracks_remembered(state: State) -> set[int]:
    """Return the tracks that a memory holds."""
    held = {*state.shown, *state.reasons, *state.pointed, *state.named}
    held |= {track for tracks in state.lists for track in tracks}
    for given in all_given(state):
        held |= {*given.seeds}
    return held | ({state.spoken_of} if state.spoken_of is not None else set())


def artists_remembered(state: State) -> set[int]:
    """Return the artists that a memory holds."""
    held = {*state.named_artists}
    if state.artist is not None:
        held.add(state.artist)
    for given in all_given(state):
        held |= {*given.artists, *given.without_artists}
    return held


def state_with_track(state: State, old: Collection[int], new: int) -> State:
    """Return the memory with `new` in place of the old tracks.

    Where there were several reasons for songs that are one now, the kept one's stand.
    """

    def one(pk: int | None) -> int | None:
        return new if pk in old else pk

    def given(held: Given) -> Given:
        return replace(held, seeds=_merged(held.seeds, old, new))

    reasons = {pk: why for pk, why in state.reasons.items() if pk not in old}
    theirs = [why for pk, why in state.reasons.items() if pk in old]
    if theirs:
        reasons.setdefault(new, theirs[0])
    return replace(
        state,
        given=given(state.given),
        shown=_merged(state.shown, old, new),
        spoken_of=one(state.spoken_of),
        pointed=_merged(state.pointed, old, new),
        named=_merged(state.named, old, new),
        lists=tuple(tuple(ids_merged(t, old, new)) for t in state.lists),
        reasons=reasons,
        given_unlisted=state.given_unlisted and given(state.given_unlisted),
        given_at={version: given(held) for version, held in state.given_at.items()},
    )


def state_with_artist(state: State, old: Collection[int], new: int) -> State:
    """Return the memory with `new` in place of the old artists, each once."""

    def given(held: Given) -> Given:
        renamed = (
            replace(c, artist=new) if c.artist in old else c for c in held.constraints
        )
        return replace(held, constraints=put((), renamed))

    return replace(
        state,
        given=given(state.given),
        artist=new if state.artist in old else state.artist,
        named_artists=_merged(state.named_artists, old, new),
        given_unlisted=state.given_unlisted and given(state.given_unlisted),
        given_at={version: given(held) for version, held in state.given_at.items()},
    )


def _merged(ids: tuple[int, ...], old: Collection[int], new: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(new if pk in old else pk for pk in ids))


def _conversations_with(
    ids: Collection[int], remembered: Callable[[State], set[int]]
) -> Held:
    counts: Counter[int] = Counter()
    for row in _rows(Conversation, "state", _pattern(ids)).iterator(CHUNK):
        counts.update(remembered(State.from_json(row.state)).intersection(ids))
    return Held("Conversations", counts)


def _states_rewrite(old: Collection[int], change: Callable[[State], State]) -> None:
    """Rewrite the memories that may hold any of these numbers.

    The database picks them by their text, which costs a look at each; a reply that is
    being written saves its own memory at its end, and ids that are gone are left out
    by whoever reads it.
    """
    memories = (
        (Conversation, "state"),
        (Message, "state_before"),
        (Branch, "state"),
        (LivingPlaylist, "request"),
    )
    for model, field in memories:
        # Locked, so that a turn's own save isn't overwritten by an older memory.
        rows = _rows(model, field, _pattern(old)).select_for_update(of=("self",))
        for row in rows.iterator(CHUNK):
            before = State.from_json(getattr(row, field))
            after = change(before)
            if after != before:
                setattr(row, field, after.to_json())
                row.save(update_fields=[field])


def _rows(model: type[models.Model], field: str, pattern: str) -> QuerySet[Any]:
    rows = model._default_manager.annotate(as_text=Cast(field, TextField()))
    return rows.filter(as_text__regex=pattern).order_by("pk").only(field)


def _pattern(ids: Collection[int]) -> str:
    """Return the regular expression of these numbers, each as a word of its own."""
    return rf"\y({'|'.join(str(pk) for pk in sorted(ids))})\y"


def _frames_rewrite(old: Collection[str], new: str) -> None:
    frames = Event.objects.filter(frame__type__in=SHOWING)
    rows = frames.annotate(as_text=Cast("frame", TextField()))
    changed = []
    for event in rows.filter(as_text__regex="|".join(sorted(old))).iterator(CHUNK):
        text = json.dumps(_one_of_them(event.frame, {*old, new}))
        for uuid in old:
            text = text.replace(uuid, new)
        event.frame = json.loads(text)
        changed.append(event)
    Event.objects.bulk_update(changed, ["frame"], batch_size=CHUNK)


def _one_of_them(value: Any, uuids: Collection[str]) -> Any:
    """Return a frame's value with only the first of these songs in each list."""
    match value:
        case dict():
            return {name: _one_of_them(held, uuids) for name, held in value.items()}
        case list():
            names = [_name(held) for held in value]
            first = next((n for n in names if n in uuids), None)
            return [
                _one_of_them(held, uuids)
                for held, name in zip(value, names, strict=True)
                if name == first or name not in uuids
            ]
    return value


def _name(held: Any) -> str | None:
    name = held.get("id") if isinstance(held, dict) else held
    return name if isinstance(name, str) else None
