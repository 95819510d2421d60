"""Which column of a table means which field, for each kind of table.

The rule of this file: a format is data. A column that isn't there is no fault as long
as there is a title; one that the person names and that isn't there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog.ingest.tables.fields import FIELDS
from catalog.ingest.tables.reading import TableError

# Column (as `column_key` gives it): field.
SPOTIFY = {
    "track_id": "id",
    "id": "id",
    "track_name": "title",
    "name": "title",
    "track_artist": "artist",
    "artists": "artists",
    "track_popularity": "popularity",
    "popularity": "popularity",
    "track_album_name": "album",
    "album_name": "album",
    "track_album_release_date": "date",
    "release_date": "date",
    "playlist_genre": "genre",
    "playlist_subgenre": "genre",
    "track_genre": "genre",
    "explicit": "explicit",
    "duration_ms": "duration_ms",
    "isrc": "isrc",
    "key": "key",
    "mode": "mode",
    "tempo": "tempo",
    "loudness": "loudness",
    "energy": "energy",
    "valence": "valence",
    "danceability": "danceability",
    "acousticness": "acousticness",
    "instrumentalness": "instrumentalness",
    "speechiness": "speechiness",
    "liveness": "liveness",
}
JAMENDO = {
    "track_id": "id",
    "artist_id": "artist",
    "album_id": "album",
    "path": "audio_path",
    "duration": "duration_s",
    "tags": "tags",
}
GENERIC = {
    **{name: name for name in FIELDS},
    "track_id": "id", "song_id": "id",
    "name": "title", "track": "title", "track_name": "title", "track_title": "title",
    "song": "title", "song_name": "title", "song_title": "title",
    "artist_name": "artist", "track_artist": "artist", "performer": "artist",
    "singer": "artist", "artist_names": "artists", "artists_names": "artists",
    "album_name": "album", "album_title": "album", "release": "album",
    "albumartist": "album_artist",
    "genres": "genre", "track_genre": "genre", "style": "genre", "styles": "genre",
    "subgenre": "genre", "tags_genre": "genre",
    "moods": "mood", "themes": "theme", "instruments": "instrument",
    "release_date": "date", "released": "date", "released_on": "date",
    "album_release_date": "date", "release_year": "year",
    "length": "duration", "duration_sec": "duration_s", "seconds": "duration_s",
    "duration_seconds": "duration_s", "length_s": "duration_s",
    "length_ms": "duration_ms", "milliseconds": "duration_ms",
    "mbid": "musicbrainz_id", "recording_mbid": "musicbrainz_id",
    "musicbrainz_trackid": "musicbrainz_id", "musicbrainz_recording_id": "musicbrainz_id",
    "spotify_uri": "spotify_id", "spotify_track_id": "spotify_id", "uri": "spotify_id",
    "spotify_url": "spotify_id", "spotify_link": "spotify_id",
    "youtube_url": "youtube_id", "youtube_link": "youtube_id",
    "youtube_video_id": "youtube_id", "apple_music_url": "apple_music_id",
    "apple_music_link": "apple_music_id", "itunes_id": "apple_music_id",
    "deezer_url": "deezer_id", "deezer_link": "deezer_id", "deezer_track_id": "deezer_id",
    "is_explicit": "explicit", "lang": "language", "license": "licence",
    "path": "audio_path", "file": "audio_path", "filename": "audio_path",
    "bpm": "tempo", "tempo_bpm": "tempo", "loudness_lufs": "loudness",
    "replaygain_db": "replaygain", "replaygain_track_gain": "replaygain",
}  # fmt: skip
# What a column of MTG-Jamendo's "mood/theme" names besides moods.
THEMES = frozenset(
    ["action", "adventure", "advertising", "background", "ballad", "children"]
    + ["christmas", "commercial", "corporate", "documentary", "drama", "film", "game"]
    + ["holiday", "movie", "nature", "party", "soundscape", "space", "sport", "summer"]
    + ["trailer", "travel"]
)


@dataclass(frozen=True)
class Format:
    """One kind of table. columns: column to field. required: columns it can't lack.

    genres: what its own words for genres mean, where the taxonomy's are others.
    """

    name: str
    columns: Mapping[str, str] = field(repr=False)
    required: tuple[str, ...] = ()
    origin: str = ""
    licence: str = ""
    genres: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_jamendo(self) -> bool:
        """Say whether rows have no titles, and more tags than columns."""
        return "tags" in self.columns.values()


# MTG-Jamendo writes genres in one word.
JAMENDO_GENRES = {
    "acidjazz": "acid jazz",
    "alternativerock": "alternative rock",
    "bluesrock": "blues rock",
    "classicrock": "classic rock",
    "darkambient": "dark ambient",
    "easylistening": "easy listening",
    "instrumentalpop": "instrumental pop",
    "instrumentalrock": "instrumental rock",
    "jazzfusion": "jazz fusion",
    "newage": "new age",
    "newwave": "new wave",
    "popfolk": "pop folk",
    "poprock": "pop rock",
    "punkrock": "punk rock",
    "singersongwriter": "singer-songwriter",
    "tropical": "tropical latin",
    "worldfusion": "world fusion",
}
FORMATS = {
    "spotify-features": Format(
        "spotify-features",
        SPOTIFY,
        origin="spotify-features",
        licence="Spotify content",
        genres={"tropical": "tropical latin"},
    ),
    "jamendo": Format(
        "jamendo",
        JAMENDO,
        required=("track_id", "artist_id", "duration", "tags"),
        origin="jamendo",
        licence="Tags: CC BY-NC-SA 4.0 (MTG-Jamendo)",
        genres=JAMENDO_GENRES,
    ),
    "generic": Format("generic", GENERIC),
}


def column_key(name: str) -> str:
    """Return a column's name as the maps write it: "Track Name" is track_name."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def columns_mapped(
    form: Format, columns: Sequence[str], given: Sequence[str]
) -> dict[str, str]:
    """Return the field of each column that means something, by the column's own name.

    given: "column=field" as the person wrote them; they win. Raises TableError with
    the columns that are there and the fields that exist.
    """
    mapped = {
        column: form.columns[column_key(column)]
        for column in columns
        if column_key(column) in form.columns
    }
    exact = {column_key(column): column for column in columns}
    for pair in given:
        column, is_pair, name = (part.strip() for part in pair.rpartition("="))
        if not is_pair or name not in (*FIELDS, ""):
            raise TableError(
                f"--map {pair}: {name!r} is no field. Write COLUMN=FIELD with one of: "
                + ", ".join(FIELDS)
            )
        found = column if column in columns else exact.get(column_key(column))
        if found is None:
            raise TableError(
                f"--map {pair}: there is no column {column!r}. {_found(columns)}"
            )
        mapped = {c: f for c, f in mapped.items() if f != name or name in ("genre",)}
        mapped.pop(found, None)
        if name:
            mapped[found] = name
    keys = {column_key(column) for column in columns}
    missing = [name for name in form.required if name not in keys]
    if missing:
        raise TableError(
            f"A {form.name} table needs the columns {', '.join(missing)}. "
            + _found(columns)
        )
    if "title" not in mapped.values() and not form.is_jamendo:
        raise TableError(
            f"No column is known to hold the title. {_found(columns)} Say which with "
            "--map COLUMN=title. Fields: " + ", ".join(FIELDS)
        )
    return mapped


def _found(columns: Sequence[str]) -> str:
    listed = ", ".join(column[:60] for column in columns[:60])
    return f"The table's columns are: {listed}."
