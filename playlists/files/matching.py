"""Which tracks of the catalog the songs of a file are.

The rule of this file: what is surer comes first. The track's own UUID; an ISRC, a
MusicBrainz or a Spotify id, where title or artist agree; words and length, as imports
of the catalog judge them; then as saving at a service judges them: the same title in
the same version, an artist in common, lengths that are near where both are known. What
shares less is near, and the listener is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from rapidfuzz import fuzz, process

from catalog.aliases import artists_aliased, track_ids_named
from catalog.ingest.matching import Recording, tracks_matching
from catalog.models import Track
from catalog.names import name_key
from catalog.recordings.matching import NEAR_OFFERS, best_of
from catalog.recordings.songs import Found, Offer, Song
from catalog.versions import TitleParts, song_key_of, title_parts
from playlists.files.listing import Entry

# What may stand between several artists; some of it stands in one's name, too.
_PARTING = re.compile(
    r"\s*[;,/&+]\s*|\s+(?:feat\.?|ft\.?|featuring|with|and|vs\.?|x)\s+", re.IGNORECASE
)
# Of the names that an entry's artists may be, the first.
MOST_NAMES = 6
# Of one title, and of one artist, the best known.
SAME_TITLE, SAME_ARTIST = 20, 300
# Of an artist's titles, those most like the one that is looked for, if so like it.
TITLES_LIKE, LIKENESS = 4, 60

# An index range a row. `split_part` is spelt as catalog.models.words.song_title has it.
SAME_SONG = """
SELECT s.n, t.id FROM jsonb_to_recordset(%(rows)s::jsonb) AS s(n int, song_key text)
CROSS JOIN LATERAL (
  SELECT id FROM catalog_track
  WHERE song_key = s.song_key AND song_key <> '' AND vanished_at IS NULL
  ORDER BY popularity DESC NULLS LAST, id LIMIT %(most)s
) t
"""
SAME_NAME = """
SELECT s.n, t.id FROM jsonb_to_recordset(%(rows)s::jsonb) AS s(n int, title text)
CROSS JOIN LATERAL (
  SELECT id FROM catalog_track
  WHERE split_part(song_key, ' | ', 1) = s.title AND vanished_at IS NULL
  ORDER BY popularity DESC NULLS LAST, id LIMIT %(most)s
) t
"""
OF_ARTIST = """
SELECT s.n, t.id, t.key FROM jsonb_to_recordset(%(rows)s::jsonb) AS s(n int, artist text)
JOIN catalog_artist a ON a.key = s.artist
CROSS JOIN LATERAL (
  SELECT t.id, t.key
  FROM catalog_trackartist c JOIN catalog_track t ON t.id = c.track_id
  WHERE c.artist_id = a.id AND t.vanished_at IS NULL
  ORDER BY t.popularity DESC NULLS LAST, t.id LIMIT %(most)s
) t
"""


@dataclass(frozen=True)
class Match:
    """What a song of a file is: a track's UUID, or None and what comes near it."""

    track: UUID | None
    near: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class _Sought:
    """An entry, its title taken apart, and the names that its artists may have."""

    entry: Entry
    parts: TitleParts
    names: tuple[str, ...]

    @property
    def song(self) -> Song:
        return Song(self.entry.title, self.names, duration_ms=self.entry.duration_ms)

    @property
    def keys(self) -> list[str]:
        """Return the names' keys, each once."""
        return list(
            dict.fromkeys(key for name in self.names if (key := name_key(name)))
        )

    @property
    def song_keys(self) -> list[str]:
        return (
            [song_key_of(self.parts, [key]) for key in self.keys] if self.base else []
        )

    @property
    def base(self) -> str:
        """Return the key of its title without version and guests."""
        return name_key(self.parts.base)


@dataclass(frozen=True)
class _Candidate:
    """A track that an entry may be."""

    pk: int
    version: str
    popularity: int
    offer: Offer


def entries_match(entries: Sequence[Entry]) -> list[Match]:
    """Return for each entry which track it is, or what comes near it.

    A dozen statements, however many entries; about a second for 500.
    """
    sought = _sought(entries)
    own = _own(sought)
    named = _named(sought)
    known = _candidates({*own.values(), *named.values()})
    found = {n: Found(known[pk].offer.ref) for n, pk in own.items()}
    for n, pk in named.items():
        judged = _judged(sought[n], [known[pk]], is_named=True)
        if judged.ref:
            found.setdefault(n, judged)
    near = {n: {pk} for n, pk in named.items()}
    for find in (_of_songs, _of_titles, _of_artists):
        # Where something is near already, what is farther away would only distract.
        left = {n: one for n, one in enumerate(sought) if not _is_any(found.get(n))}
        for n, pk in find(left):
            near.setdefault(n, set()).add(pk)
        wanted = {pk for n in left for pk in near.get(n, ())}
        known |= _candidates(wanted - known.keys())
        for n, one in left.items():
            found[n] = _judged(
                one, [known[pk] for pk in near.get(n, ()) if pk in known]
            )
    return [
        _match(found[n], offered=known[named[n]].offer if n in named else None)
        for n in range(len(sought))
    ]


def _match(found: Found, *, offered: Offer | None) -> Match:
    """offered: what an id names, which is near at least, whatever it is called."""
    if found.ref:
        return Match(UUID(found.ref))
    refs = [offer.ref for offer in (*([offered] if offered else []), *found.near)]
    return Match(None, tuple(map(UUID, dict.fromkeys(refs)))[:NEAR_OFFERS])


def _is_any(found: Found | None) -> bool:
    return bool(found and (found.ref or found.near))


def _judged(
    one: _Sought, candidates: Iterable[_Candidate], *, is_named: bool = False
) -> Found:
    """Choose among candidates; of equally near ones the same version, the best known."""
    if is_named and not one.entry.title:
        return Found(next(iter(candidates)).offer.ref)
    ranked = sorted(
        candidates,
        key=lambda c: (c.version != one.parts.version, -c.popularity, c.pk),
    )
    return best_of(one.song, [c.offer for c in ranked], is_named=is_named)


def _sought(entries: Sequence[Entry]) -> list[_Sought]:
    named = [list(_names(entry.artists)) for entry in entries]
    keys = {name_key(name) for names in named for name in names}
    # Artists who were merged into others: their songs have the others' names now.
    aliases = artists_aliased(keys)
    sought = []
    for entry, names in zip(entries, named, strict=True):
        others = [aliases[k].name for k in map(name_key, names) if k in aliases]
        sought.append(
            _Sought(entry, title_parts(entry.title), (*names[:MOST_NAMES], *others))
        )
    return sought


def _names(artists: Iterable[str]) -> Iterator[str]:
    """Yield artists as they are, then those that may be several in one."""
    artists = list(artists)
    yield from artists
    for artist in artists:
        parts = [part for part in _PARTING.split(" ".join(artist.split())) if part]
        yield from parts if len(parts) > 1 else ()


def _own(sought: Sequence[_Sought]) -> dict[int, int]:
    """Return the tracks that entries name by our own UUIDs, by the entries' places."""
    uuids = {
        n: UUID(one.entry.ids.track_uuid)
        for n, one in enumerate(sought)
        if one.entry.ids.track_uuid
    }
    held = track_ids_named(set(uuids.values()))
    return {n: held[uuid] for n, uuid in uuids.items() if uuid in held}


def _named(sought: Sequence[_Sought]) -> dict[int, int]:
    """Return the tracks that ids, or words and length, name; by the entries' places."""
    at_spotify = {one.entry.ids.spotify_id for one in sought} - {""}
    rows = Track.objects.filter(spotify_id__in=at_spotify).order_by("-pk")
    by_spotify = dict(rows.values_list("spotify_id", "pk"))
    recordings = [(n, r) for n, one in enumerate(sought) for r in _recordings(one)]
    matched = tracks_matching([recording for _n, recording in recordings])
    named = {
        n: by_spotify[one.entry.ids.spotify_id]
        for n, one in enumerate(sought)
        if one.entry.ids.spotify_id in by_spotify
    }
    for (n, _recording), pk in zip(recordings, matched, strict=True):
        if pk is not None:
            named.setdefault(n, pk)
    return named


def _recordings(one: _Sought) -> Iterator[Recording]:
    """Yield what an entry may be recognised by: once for each artist it may be of."""
    for song_key in one.song_keys or [""]:
        yield Recording(
            kind="",
            origin="",
            key="",
            song_key=song_key,
            version=one.parts.version,
            version_detail=one.parts.detail,
            duration_ms=one.entry.duration_ms,
            isrc=one.entry.ids.isrc or None,
            musicbrainz_id=one.entry.ids.musicbrainz_id or None,
        )


def _of_songs(left: Mapping[int, _Sought]) -> Iterator[tuple[int, int]]:
    """Yield tracks of the same title by the same artist, in whichever version."""
    asked = [{"n": n, "song_key": k} for n, one in left.items() for k in one.song_keys]
    yield from _rows(SAME_SONG, asked, SAME_TITLE)


def _of_titles(left: Mapping[int, _Sought]) -> Iterator[tuple[int, int]]:
    """Yield tracks of the same title by anybody."""
    asked = [{"n": n, "title": one.base} for n, one in left.items() if one.base]
    yield from _rows(SAME_NAME, asked, SAME_TITLE)


def _of_artists(left: Mapping[int, _Sought]) -> Iterator[tuple[int, int]]:
    """Yield the tracks of the same artist whose titles are most alike."""
    asked = [{"n": n, "artist": k} for n, one in left.items() for k in one.keys]
    titles: dict[int, dict[int, str]] = {}
    for n, pk, key in _rows(OF_ARTIST, asked, SAME_ARTIST):
        titles.setdefault(n, {})[pk] = key
    for n, keys in titles.items():
        alike = process.extract(
            left[n].base,
            keys,
            scorer=fuzz.token_set_ratio,
            limit=TITLES_LIKE,
            score_cutoff=LIKENESS,
        )
        yield from ((n, pk) for _key, _score, pk in alike)


def _rows(
    statement: str, asked: Sequence[Mapping[str, object]], most: int
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"rows": json.dumps(list(asked)), "most": most})
        return list(cursor.fetchall())


def _candidates(pks: Iterable[int]) -> dict[int, _Candidate]:
    """Fetch tracks to choose among. Three queries, however many."""
    tracks = Track.objects.prefetch_related("credits__artist").in_bulk(set(pks))
    return {pk: _candidate(track) for pk, track in tracks.items()}


def _candidate(track: Track) -> _Candidate:
    names = tuple(credit.artist.name for credit in track.credits.all())
    offer = Offer(str(track.uuid), track.title, names, track.duration_ms)
    return _Candidate(track.pk, track.version, track.popularity or 0, offer)
