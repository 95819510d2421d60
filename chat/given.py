"""What a conversation takes as given, as clients see it and set it.

The rule of this file: from the agent's memory to the protocol's values, and from a
request to a choice, or a refusal in words. All of it blocks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from catalog.models import Artist
from catalog.search.levels import attribute_levels
from catalog.search.query import Attribute
from chat.agent.chips import Chip, chips_of
from chat.agent.choices import Choice, MoodPoint, SetConstraint, SetMood
from chat.agent.labels import mood_words
from chat.agent.songs import songs_of
from chat.agent.state import VERSIONS_REMEMBERED, Given, State
from chat.codes import ErrorCode, Refused
from chat.models import Conversation, Event, Message
from chat.protocol import events, requests
from playlists.models import PlaylistVersion
from playlists.services import is_like

_TOLD = {
    "hard": "Must be: {}",
    "soft": "Rather than must: {}",
    "off": "Let go of: {}",
}


def chips(given: Given) -> tuple[Chip, ...]:
    """Return the chips of what is given. Five queries at most, none for most."""
    artists = {*given.artists, *given.without_artists}
    seeds = songs_of(given.seeds) if len(given.seeds) == 1 else {}
    return chips_of(
        given,
        artists=dict(Artist.objects.filter(pk__in=artists).values_list("pk", "name"))
        if artists
        else {},
        songs={pk: song.credit for pk, song in seeds.items()},
    )


def given_view(given: Given) -> dict[str, Any]:
    """Render what is given: the fields of a `constraints` event that say so."""
    views = [_constraint_view(chip) for chip in chips(given)]
    return {
        "constraints": [view.model_dump(mode="json") for view in views],
        "mood": _mood_view(given).model_dump(mode="json"),
    }


def given_frame(given: Given, message: Message | None) -> dict[str, Any]:
    """Render what is given as an event without its number."""
    return {
        "type": "constraints",
        "message": str(message.uuid) if message else None,
        **given_view(given),
    }


def given_frames(
    before: Given, after: Given, message: Message | None = None
) -> list[dict[str, Any]]:
    """Return the event that tells what is given now; none where that is as before."""
    return [] if before == after else [given_frame(after, message)]


def _constraint_view(chip: Chip) -> events.ConstraintView:
    return events.ConstraintView(
        id=chip.id,
        kind=chip.kind,
        label=chip.label,
        strength=chip.strength,
        polarity="exclude" if chip.is_refused else "include",
        can=list(chip.can),
    )


def _mood_view(given: Given) -> events.MoodView:
    ranges = {
        held.key: events.Range(low=held.low, high=held.high)
        for held in given.of("attribute")
    }
    return events.MoodView(
        valence=ranges.get("valence"), energy=ranges.get("energy"), path=_path(given)
    )


def _path(given: Given) -> tuple[events.PathPoint, ...]:
    if given.arc is None or not {"valence", "energy"}.intersection(given.arc.axes()):
        return ()
    levels = attribute_levels()

    def at(axis: Attribute, share: float | None) -> float | None:
        return None if share is None else levels.at(axis, share)

    return tuple(
        events.PathPoint(
            valence=at("valence", point.valence), energy=at("energy", point.energy)
        )
        for point in given.arc.points
    )


def choice_of(
    conversation: Conversation | None,
    request: requests.ConstraintSet | requests.MoodSet,
) -> tuple[str, Choice]:
    """Return what was chosen, and the words that tell it. Raises Refused."""
    if isinstance(request, requests.MoodSet):
        mood = SetMood(_point(request.start), _point(request.end or request.start))
        if request.end is None or mood.end == mood.start:
            mood = SetMood(mood.start)
        return f"Mood: {mood_words(mood)}", mood
    if conversation is None:
        raise TypeError("constraints are those of a conversation")
    chip = _chip_for(conversation, request)
    choice = SetConstraint(chip.id, request.value)
    return _TOLD[request.value].format(chip.label), choice


def _point(point: requests.PlanePoint) -> MoodPoint:
    return MoodPoint(point.valence, point.energy)


def _chip_for(conversation: Conversation, request: requests.ConstraintSet) -> Chip:
    newer = Event.objects.filter(
        conversation=conversation, seq__gt=request.base or 0, frame__type="constraints"
    )
    if request.base is not None and newer.exists():
        raise Refused(ErrorCode.STALE, "What is asked for has changed in the meantime.")
    held = chips(State.from_json(conversation.state).given)
    chip = next((one for one in held if one.id == request.constraint), None)
    if chip is None:
        raise Refused(ErrorCode.NOT_FOUND, "That isn't asked for in this conversation.")
    if request.value not in chip.can:
        raise Refused(
            ErrorCode.VALUE_REFUSED,
            f"“{chip.label}” can only be {' or '.join(chip.can)}.",
        )
    if request.value == chip.strength:
        raise Refused(ErrorCode.VALUE_REFUSED, f"“{chip.label}” is so already.")
    return chip


@transaction.atomic
def given_follow(
    conversation: Conversation, version: PlaylistVersion, *, like: int | None = None
) -> list[dict[str, Any]]:
    """Take as given what was when a version of the list was made, where that is known.

    For a list that was undone, redone or restored by hand. like: the number of the
    version that a restored one is like. While a reply is being written its memory
    counts, and nothing changes. Returns the event that tells of it, or none.
    """
    held = _held(conversation)
    if held is None:
        return []
    state = State.from_json(held.state)
    source = version if like is None else version.playlist.versions.get(number=like)
    given = _given_at(state, source)
    if given is None or given == state.given:
        return []
    return _taken(held, replace(state, given=given).remembering(version.pk, given))


@transaction.atomic
def choice_undo(
    conversation: Conversation, version: PlaylistVersion
) -> list[dict[str, Any]]:
    """Take back the last choice where it left the list as it was, and still is.

    version: the list's; songs that were ruled out since make no other list of it. Returns the event that tells of it; none where no
    such choice was made, or while a reply is being written.
    """
    held = _held(conversation)
    if held is None:
        return []
    state = State.from_json(held.state)
    before = state.given_unlisted
    if before is None or not is_like(version, state.version):
        return []
    back = replace(state, given=before, given_unlisted=None)
    return _taken(held, back.remembering(version.pk, before))


def _held(conversation: Conversation) -> Conversation | None:
    """Lock a conversation to change its memory; None while a reply is being written."""
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    running = held.messages.filter(branch=None, status=Message.Status.RUNNING)
    return None if running.exists() else held


def _taken(held: Conversation, state: State) -> list[dict[str, Any]]:
    held.state = state.to_json()
    held.save(update_fields=["state"])
    return [given_frame(state.given, None)]


def _given_at(state: State, version: PlaylistVersion) -> Given | None:
    """Return what was given at a version, if that is remembered.

    An edit by hand changes nothing that is given, so of its version what was given
    before it holds. A query for each such edit.
    """
    for _step in range(VERSIONS_REMEMBERED):
        for key in (version.pk, version.original):
            if key in state.given_at:
                return state.given_at[key]
        if version.author != PlaylistVersion.Author.LISTENER or version.parent is None:
            return None
        version = version.parent
    return None
