"""Catalog rows as clients see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import F

from accounts.models import User
from catalog.links import audio_url, cover_url, outside_links
from catalog.stored import Stored, tracks_stored
from chat.models import Conversation
from chat.protocol import events
from feedback.services import reactions_of
from playlists.models import LivingPlaylist, Playlist, PlaylistVersion
from playlists.standing import standing_of

Reasons = Mapping[int, Sequence[events.Reason]]
Proofs = Mapping[int, events.Proof]


class Shelf:
    """Songs as one listener's clients see them, each read once.

    talk: in which; a reaction may hold in one talk alone.
    """

    def __init__(self, user: User, talk: UUID | None = None) -> None:
        self._user, self._talk = user, talk
        self._tracks: dict[int, Stored] = {}
        self._reactions: dict[int, str] = {}

    def tracks(self, track_ids: Collection[int]) -> dict[int, Stored]:
        """Return what is stored, by id, without those that are gone. Three queries at most."""
        new = set(track_ids) - self._tracks.keys()
        if new:
            self._tracks |= tracks_stored(new)
            self._reactions |= reactions_of(self._user, new, talk=self._talk)
        return {i: self._tracks[i] for i in track_ids if i in self._tracks}

    def views(
        self,
        track_ids: Sequence[int],
        reasons: Reasons | None = None,
        proofs: Proofs | None = None,
    ) -> list[events.TrackView]:
        """Render tracks in the given order, without those that are gone."""
        stored = self.tracks(track_ids)
        return [
            _track_view(
                stored[i],
                (reasons or {}).get(i, ()),
                self._reactions.get(i, "none"),
                (proofs or {}).get(i),
            )
            for i in track_ids
            if i in stored
        ]

    def playlist(self, version: PlaylistVersion) -> events.PlaylistView:
        """Render one version of a playlist."""
        views = self.views(version.track_ids)
        standing = standing_of(version)
        return events.PlaylistView(
            id=version.playlist.uuid,
            title=version.title,
            version=version.number,
            duration_ms=sum(view.duration_ms or 0 for view in views),
            tracks=views,
            saved_to=standing.services,
            can_undo=version.parent_id is not None,
            can_redo=standing.can_redo,
            description=version.description,
            refresh=_refresh_view(standing.living),
        )


def _refresh_view(living: LivingPlaylist | None) -> events.RefreshView | None:
    if living is None:
        return None
    last = None
    if living.ended_at is not None:
        last = events.LastRefresh(
            at=living.ended_at,
            outcome=living.outcome,
            added=living.added,
            removed=living.removed,
            is_seen=living.is_seen,
        )
    return events.RefreshView(
        every=living.every,
        new_percent=living.new_percent,
        rest_weeks=living.rest_weeks,
        due_at=living.due_at,
        is_paused=living.is_paused,
        last=last,
    )


def _track_view(
    track: Stored,
    reasons: Sequence[events.Reason],
    reaction: str,
    proof: events.Proof | None,
) -> events.TrackView:
    return events.TrackView(
        id=track.uuid,
        title=track.title,
        artists=list(track.artists.values()),
        album=track.album if track.album_id else None,
        year=track.year,
        duration_ms=track.duration_ms,
        audio_url=audio_url(track),
        cover_url=cover_url(track),
        links=outside_links(track),
        reasons=list(reasons),
        reaction=reaction,
        proof=proof,
        valence=track.attributes["valence"],
        energy=track.attributes["energy"],
    )


def playlist_view(user: User, version: PlaylistVersion) -> events.PlaylistView:
    """Render one version of a playlist as a listener's clients see it."""
    return Shelf(user, talk_about(version.playlist)).playlist(version)


def talk_about(playlist: Playlist) -> UUID | None:
    """Return the conversation that a playlist is of. One query."""
    found = Conversation.objects.filter(playlist=playlist)
    return found.values_list("uuid", flat=True).first()


def current_version(playlist: Playlist) -> PlaylistVersion:
    """Fetch the version that a playlist shows now. One query."""
    return PlaylistVersion.objects.select_related("playlist").get(
        playlist=playlist, playlist__current=F("pk")
    )
