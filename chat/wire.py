"""Catalog rows as clients see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import F

from accounts.models import User
from catalog.links import audio_url, cover_url, outside_links
from catalog.models import Track
from chat.protocol import events
from feedback.services import reactions_of
from playlists.models import Playlist, PlaylistVersion
from playlists.services import version_after

Reasons = Mapping[int, Sequence[events.Reason]]
Proofs = Mapping[int, events.Proof]


def tracks_by_id(track_ids: Sequence[int]) -> dict[int, Track]:
    """Fetch tracks with their artists and albums. Two queries."""
    found = Track.objects.select_related("album").prefetch_related("credits__artist")
    return found.in_bulk(list(track_ids))


def track_artists(track: Track) -> list[str]:
    """Return the credited names in their order. Needs the prefetched credits."""
    return [credit.artist.name for credit in track.credits.all()]


def track_views(
    user: User,
    track_ids: Sequence[int],
    reasons: Reasons | None = None,
    proofs: Proofs | None = None,
) -> list[events.TrackView]:
    """Render tracks in the given order, leaving out ids that are gone."""
    tracks = tracks_by_id(track_ids)
    reactions = reactions_of(user, track_ids)
    return [
        _track_view(
            tracks[i],
            (reasons or {}).get(i, ()),
            reactions.get(i, "none"),
            (proofs or {}).get(i),
        )
        for i in track_ids
        if i in tracks
    ]


def _track_view(
    track: Track,
    reasons: Sequence[events.Reason],
    reaction: str,
    proof: events.Proof | None,
) -> events.TrackView:
    return events.TrackView(
        id=track.uuid,
        title=track.title,
        artists=track_artists(track),
        album=track.album.title if track.album else None,
        year=track.year,
        duration_ms=track.duration_ms,
        audio_url=audio_url(track),
        cover_url=cover_url(track),
        links=outside_links(track),
        reasons=list(reasons),
        reaction=reaction,
        proof=proof,
        valence=track.valence,
        energy=track.energy,
    )


def playlist_view(user: User, version: PlaylistVersion) -> events.PlaylistView:
    """Render one version of a playlist."""
    views = track_views(user, version.track_ids)
    return events.PlaylistView(
        id=version.playlist.uuid,
        title=version.title,
        version=version.number,
        duration_ms=sum(view.duration_ms or 0 for view in views),
        tracks=views,
        saved_to=[],
        can_undo=version.parent_id is not None,
        can_redo=version_after(version) is not None,
    )


def current_version(playlist: Playlist) -> PlaylistVersion:
    """Fetch the version that a playlist shows now. One query."""
    return PlaylistVersion.objects.select_related("playlist").get(
        playlist=playlist, playlist__current=F("pk")
    )
