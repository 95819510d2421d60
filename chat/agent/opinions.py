"""The tools for what a listener says of songs, and does with them.

What was read once holds for the turn, as far as no tool changes it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from catalog.models import Artist, Track
from catalog.search.query import Taste
from catalog.signals import tracks_refused
from chat.agent.turn import Turn
from chat.reacting import answered_by
from feedback.models import Reaction
from feedback.refusing import (
    Never,
    never_again_lift,
    never_again_of,
    never_again_set,
)
from feedback.services import (
    Opinions,
    Source,
    opinions_of,
    reaction_set,
    reactions_of,
    signal_note,
)
from feedback.taste.evidence import Mood
from feedback.taste.reading import taste_searched


class Ungrounded(Exception):
    """A planner used a track that no tool had given it."""


class Stopped(Exception):
    """The turn was stopped; nothing may change any more."""


class OpinionTools:
    """The tools of one turn, as far as they are about the listener's opinions."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._stop = threading.Event()
        self._known: set[int] = set()
        self._opinions: Opinions | None = None
        self._never: Never | None = None
        self._tastes: dict[Mood | None, Taste] = {}

    def stop(self) -> None:
        """Let no tool change anything from now on."""
        self._stop.set()

    def opinions(self) -> Opinions:
        """Return what the listener likes and dislikes. Two queries in a turn."""
        if self._opinions is None:
            talk = self._turn.conversation.uuid
            self._opinions = opinions_of(self._turn.user, talk=talk)
            self._known.update(self._opinions.liked, self._opinions.refused)
        return self._opinions

    def never(self) -> Never:
        """Return what the listener never wants to hear again. One query in a turn."""
        if self._never is None:
            self._never = never_again_of(self._turn.user)
        return self._never

    def taste(self, mood: Mood | None = None) -> Taste:
        """Return what the listener's reactions add up to. Four queries for each mood.

        mood: what is asked for, where both sides of it are.
        """
        if mood not in self._tastes:
            self._tastes[mood] = taste_searched(self._turn.user, mood=mood)
        return self._tastes[mood]

    def refused_among(self, track_ids: Iterable[int]) -> frozenset[int]:
        """Return what of tracks is never to be heard again. Four queries at most."""
        return tracks_refused(self._turn.user.pk, set(track_ids))

    def unreact(self, track_ids: Iterable[int]) -> int:
        """Take back what the listener said of tracks. Returns of how many."""
        self._refuse_when_stopped()
        self._forget_read()
        talk = self._turn.conversation.uuid
        held = reactions_of(self._turn.user, track_ids, talk=talk)
        for track in Track.objects.filter(pk__in=held):
            _, answered = answered_by(
                self._turn.conversation, str(track.uuid), Source.CHAT
            )
            reaction_set(
                user=self._turn.user,
                track=track,
                value=Reaction.Value.NONE,
                answered=answered,
            )
        return len(held)

    def react(self, track_id: int, value: Reaction.Value, reason: str = "") -> None:
        """Note that the listener likes or dislikes a track, and why.

        With the words that had brought it, where a reply did. Raises Ungrounded.
        """
        if track_id not in self._known:
            raise Ungrounded(f"track {track_id} was not found by a tool")
        self._refuse_when_stopped()
        self._forget_read()
        track = Track.objects.get(pk=track_id)
        words, answered = answered_by(
            self._turn.conversation, str(track.uuid), Source.CHAT
        )
        reaction_set(
            user=self._turn.user,
            track=track,
            value=value,
            words=words or self._turn.text,
            reason=Reaction.Reason(reason),
            answered=answered,
        )

    def note_removed(self, track_ids: Iterable[int]) -> None:
        """Note that the listener had tracks taken out, one by one."""
        self._refuse_when_stopped()
        self._tastes = {}
        for track in Track.objects.filter(pk__in=set(track_ids) & self._known):
            words, answered = answered_by(
                self._turn.conversation, str(track.uuid), Source.CHAT
            )
            signal_note(
                user=self._turn.user,
                track=track,
                value=Reaction.Value.REMOVED,
                words=words or self._turn.text,
                answered=answered,
            )

    def never_again(self, tracks: Iterable[int], artists: Iterable[int]) -> bool:
        """Note that tracks and artists are never to be heard again.

        Returns whether any list of the listener's lost a song by it, which all that show
        one are told. Raises Ungrounded for a track that no tool returned.
        """
        found = Track.objects.filter(pk__in=set(tracks))
        if unknown := {track.pk for track in found} - self._known:
            raise Ungrounded(f"tracks {sorted(unknown)} were not found by a tool")
        self._refuse_when_stopped()
        self._never = None
        user, words = self._turn.user, self._turn.text
        ruled = [never_again_set(user=user, track=t, words=words) for t in found]
        ruled += [
            never_again_set(user=user, artist=artist, words=words)
            for artist in Artist.objects.filter(pk__in=set(artists))
        ]
        return any(one.moved for one in ruled)

    def may_play(self, tracks: Iterable[int], artists: Iterable[int]) -> bool:
        """Let tracks and artists be heard again. Returns whether any wasn't to be."""
        self._refuse_when_stopped()
        self._never = None
        user = self._turn.user
        lifted = [
            never_again_lift(user=user, track=track)
            for track in Track.objects.filter(pk__in=set(tracks))
        ]
        lifted += [
            never_again_lift(user=user, artist=artist)
            for artist in Artist.objects.filter(pk__in=set(artists))
        ]
        return any(one.is_new for one in lifted)

    def _forget_read(self) -> None:
        """Read opinions and taste anew when they are asked for next."""
        self._opinions, self._tastes = None, {}

    def _refuse_when_stopped(self) -> None:
        if self._stop.is_set():
            raise Stopped
