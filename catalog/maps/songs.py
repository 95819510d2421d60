"""Songs on the map as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.admin.finding import best_first, tracks_found
from catalog.findable import findable_tracks
from catalog.links import audio_url, cover_url, outside_links
from catalog.maps.reading import map_ids, songs_on
from catalog.models import Tag, Track

FOUND = 12
# Some of what words name may not lie on the map.
LOOKED_AT = 60


def songs_numbered(number: int, songs: Sequence[int]) -> list[dict[str, Any]]:
    """Return songs of a map by their numbers; those that left the catalog are missing.

    Four queries. Raises CatalogMap.DoesNotExist where the map isn't there any more.
    """
    ids = map_ids(number)
    wanted = {int(ids[song]): song for song in songs if 0 <= song < len(ids)}
    return _told(wanted)


def songs_found(number: int, words: str) -> list[dict[str, Any]]:
    """Return the songs on a map that words name, titles before the rest. Five queries.

    Raises CatalogMap.DoesNotExist where the map isn't there any more.
    """
    if not words.strip():
        return []
    found = best_first(tracks_found(findable_tracks(), words), words)
    on_map = songs_on(number, list(found.values_list("pk", flat=True)[:LOOKED_AT]))
    return _told(dict(list(on_map.items())[:FOUND]))


def _told(numbers: dict[int, int]) -> list[dict[str, Any]]:
    rows = findable_tracks().select_related("album")
    tracks = rows.prefetch_related("credits__artist", "tags").in_bulk(list(numbers))
    return [
        {"number": number, **_song(tracks[pk])}
        for pk, number in numbers.items()
        if pk in tracks
    ]


def _song(track: Track) -> dict[str, Any]:
    genres = [tag.name for tag in track.tags.all() if tag.kind == Tag.Kind.GENRE]
    return {
        "id": str(track.uuid),
        "title": track.title,
        "artists": [credit.artist.name for credit in track.credits.all()],
        "album": track.album.title if track.album else None,
        "year": track.year,
        "duration_ms": track.duration_ms,
        "genres": genres,
        "audio_url": audio_url(track),
        "cover_url": cover_url(track),
        "links": outside_links(track),
    }
