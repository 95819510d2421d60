"""What is never to be heard again, told to all of a listener's open tabs.

The rule of this file: whichever way something is ruled out or lifted (words, a press, the
page of the taste, a merge in the admin), the feedback says so, and it is told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from asgiref.sync import async_to_sync
from django.db.models import QuerySet

from accounts.models import User
from catalog.aliases import tracks_named
from catalog.guests import guests_of
from catalog.models import Artist, Track
from catalog.signals import ListMoved
from chat.agent.events import PlaylistMoved
from chat.codes import ErrorCode, Refused
from chat.models import Conversation
from chat.protocol import events, requests
from chat.rendering import playlist_frame
from chat.turns import Posting, publish
from feedback.refusing import (
    Ruled,
    never_again_lift,
    never_again_of,
    never_again_set,
    refused_told,
    song_versions,
    songs_with_guest,
)


@dataclass(frozen=True)
class Asked:
    """Who asked for it: a socket's channel, and what it asked."""

    by: str
    request: requests.NeverSet


def rule_out(user: User, asked: Asked) -> None:
    """Never play a track or an artist again, or let them be played again.

    With a track that may be played again, so may artists whom its title names as guests.
    Raises Refused. All of it blocks.
    """
    track = tracks_named(asked.request.track).first()
    if track is None:
        raise Refused(ErrorCode.NOT_FOUND, "There is no such song.")
    place = asked.request.artist
    artist = None if place is None else _artist_at(track, place)
    change = never_again_set if asked.request.is_on else never_again_lift
    change(
        user=user,
        track=track if artist is None else None,
        artist=artist,
        asked=asked,
    )
    if artist is None and not asked.request.is_on:
        for guest in _guests_refused(user, track):
            never_again_lift(user=user, artist=guest, asked=asked)


def _guests_refused(user: User, track: Track) -> QuerySet[Artist]:
    """Return those whom the title names as guests and the listener has ruled out."""
    ruled = never_again_of(user).artists
    return Artist.objects.filter(pk__in=guests_of(track.title) & ruled)


def _artist_at(track: Track, place: int) -> Artist:
    credits = track.credits.select_related("artist").order_by("position")
    for credit in credits[place : place + 1]:
        return credit.artist
    raise Refused(ErrorCode.NOT_FOUND, "That song has no such artist.")


def ruled_tell(user: User, ruled: Ruled, asked: Asked | None = None) -> None:
    """Tell all tabs which lists lost songs, and what is never to be heard, or may be.

    The one that asked is answered under its request's id.
    """
    extra: dict[str, Any] = {}
    if asked is not None:
        extra = {"asked_by": asked.by, "asked_as": asked.request.id}
    for moved in ruled.moved:
        _list_tell(user, moved, extra)
    frame = _never_frame(ruled, asked).model_dump(mode="json")
    async_to_sync(publish)(user, frame, **extra)


def _list_tell(user: User, moved: ListMoved, extra: dict[str, Any]) -> None:
    step = PlaylistMoved(moved.before, moved.after, moved.words, author="listener")
    frame = playlist_frame(user, step)
    conversation = Conversation.objects.filter(playlist=moved.playlist).first()
    if conversation is None:
        async_to_sync(publish)(user, frame, **extra)
    else:
        async_to_sync(Posting(user, conversation, None).post)(frame, **extra)


def _never_frame(ruled: Ruled, asked: Asked | None) -> events.NeverChanged:
    song, artist = ruled.track, ruled.artist
    versions = song_versions(song).values_list("uuid", flat=True) if song else ()
    named = asked.request.track if asked else song.uuid if song else None
    return events.NeverChanged(
        track=named,
        artist=asked.request.artist if asked else None,
        name=artist.name if artist else song.title if song else "",
        tracks=list(versions),
        guests=list(songs_with_guest({artist.pk} if artist else ())),
        is_on=ruled.is_on,
    )


def refused_view(user: User) -> events.Refusals:
    """Return all that a listener never wants to hear, as clients know it. Two queries,
    and three more where artists are refused."""
    told = refused_told(user)
    return events.Refusals(
        tracks=list(told.tracks),
        artists=list(told.artists),
        guests=list(told.guests),
    )
