"""What a version of a playlist is as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from catalog.models import Track
from playlists.files.identifiers import ARTIST, ISRC, RECORDING, SPOTIFY, TRACK
from playlists.files.listing import Entry, Listing, entry_made, listing_made
from playlists.models import PlaylistImport, PlaylistVersion

# Versions that are read at once, from the newest on.
VERSIONS_AT_ONCE = 100


def version_listing(
    version: PlaylistVersion,
    *,
    locate: Callable[[Track], str | None],
    has_times: bool = False,
) -> Listing:
    """Return a version's songs in order. Three queries, and two for times.

    locate: gives the web address of a track's audio for whom the file is meant, None
    for none. Where audio lies on this machine stands in no file. has_times: whether it
    tells when each song came in.
    """
    known = Track.objects.select_related("album").prefetch_related("credits__artist")
    tracks = known.in_bulk(version.track_ids)
    songs = [(tracks[i], n) for i, n in _numbered(version.track_ids) if i in tracks]
    times = _added_at(version, tracks) if has_times else {}
    return listing_made(
        version.title,
        [_entry(t, locate(t) or "", times.get((t.pk, n), "")) for t, n in songs],
        description=version.description,
    )


# A song that stands several times came in at as many times: each is told by its number.
_Numbered = tuple[int, int]


def _numbered(track_ids: Iterable[int]) -> Iterable[_Numbered]:
    """Yield tracks with how often each stood before, from 0."""
    stood: Counter[int] = Counter()
    for track in track_ids:
        yield track, stood[track]
        stood[track] += 1


def _added_at(
    version: PlaylistVersion, tracks: Mapping[int, Track]
) -> dict[_Numbered, str]:
    """Say since when each song has been in the list, without a break.

    Of songs that a file brought, what that says, where it does.
    """
    since: dict[_Numbered, str] = {}
    standing = set(_numbered(version.track_ids))
    expected: int | None = version.pk
    earlier = PlaylistVersion.objects.filter(
        playlist=version.playlist_id, number__lte=version.number
    ).order_by("-number")
    rows = earlier.values_list("pk", "parent", "created_at", "track_ids")
    for pk, parent, created_at, track_ids in rows.iterator(VERSIONS_AT_ONCE):
        if pk != expected:
            continue  # on no way here
        standing &= set(_numbered(track_ids))
        if not standing:
            break
        since.update(dict.fromkeys(standing, created_at.isoformat()))
        expected = parent
    return since | _brought_at(version, tracks)


def _brought_at(
    version: PlaylistVersion, tracks: Mapping[int, Track]
) -> dict[_Numbered, str]:
    """Return what the files say that a list was made of."""
    pks = {str(track.uuid): pk for pk, track in tracks.items()}
    imports = PlaylistImport.objects.filter(playlist=version.playlist_id)
    items = (item for row in imports.order_by("pk") for item in row.items)
    told = [(pks[i["track"]], i["entry"]) for i in items if i["track"] in pks]
    numbered = zip(_numbered(pk for pk, _ in told), told, strict=True)
    times = {one: entry.get("added_at", "") for one, (_, entry) in numbered}
    return {one: at for one, at in times.items() if at}


def _entry(track: Track, location: str, added_at: str) -> Entry:
    credited = [credit.artist for credit in track.credits.all()]
    return entry_made(
        title=track.title,
        artists=[artist.name for artist in credited],
        album=track.album.title if track.album else "",
        duration_ms=track.duration_ms,
        addresses=[
            f"{RECORDING}{track.musicbrainz_id}",
            f"{ISRC}{track.isrc}",
            f"{SPOTIFY}{track.spotify_id}",
            f"{TRACK}{track.uuid}",
        ],
        location=location,
        artist_addresses=[f"{ARTIST}{artist.musicbrainz_id}" for artist in credited],
        added_at=added_at,
    )
