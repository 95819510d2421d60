"""What a version of a playlist is as a file."""

from __future__ import annotations

from collections.abc import Callable

from catalog.models import Track
from playlists.files.identifiers import ISRC, RECORDING, SPOTIFY, TRACK
from playlists.files.listing import Entry, Listing, entry_made, listing_made
from playlists.models import PlaylistVersion


def version_listing(
    version: PlaylistVersion, *, locate: Callable[[Track], str | None]
) -> Listing:
    """Return a version's songs in order. Three queries.

    locate: gives the web address of a track's audio for whom the file is meant, None
    for none. Where audio lies on this machine stands in no file.
    """
    known = Track.objects.select_related("album").prefetch_related("credits__artist")
    tracks = known.in_bulk(version.track_ids)
    songs = [tracks[i] for i in version.track_ids if i in tracks]
    return listing_made(
        version.title,
        [_entry(track, locate(track) or "") for track in songs],
        description=version.description,
    )


def _entry(track: Track, location: str) -> Entry:
    return entry_made(
        title=track.title,
        artists=[credit.artist.name for credit in track.credits.all()],
        album=track.album.title if track.album else "",
        duration_ms=track.duration_ms,
        addresses=[
            f"{RECORDING}{track.musicbrainz_id}",
            f"{ISRC}{track.isrc}",
            f"{SPOTIFY}{track.spotify_id}",
            f"{TRACK}{track.uuid}",
        ],
        location=location,
    )
