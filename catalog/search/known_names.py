"""Which of a message's words name something that the catalog knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F, Q

from catalog.columns.current import current_columns
from catalog.columns.postings import text_key
from catalog.encoders.text import text_encoder
from catalog.findable import findable_tracks
from catalog.models import Track
from catalog.models.words import PART, song_title
from catalog.names import name_key

# A word that the text model's vocabulary cuts into more pieces is no word it knows.
PIECES_OF_A_WORD = 2


NICKNAMES = Path(__file__).parents[1] / "data" / "nicknames.tsv"
# An artist of fewer songs here is little known.
FEW_SONGS = 4

# By hand, since the ORM takes two statements and longer to word them than they take.
_NAMED = """
    SELECT kind, key, id, (
        SELECT count(*) FROM (
            SELECT FROM catalog_trackartist WHERE artist_id = artist.id LIMIT %(few)s
        ) AS credit
    ) AS songs
    FROM (
        SELECT 'artist' AS kind, key, id FROM catalog_artist WHERE key = ANY(%(keys)s)
        UNION ALL
        SELECT 'alias', key, artist_id FROM catalog_artistalias
        WHERE key = ANY(%(keys)s)
    ) AS artist
    WHERE EXISTS (SELECT FROM catalog_trackartist WHERE artist_id = artist.id)
    UNION ALL (
        SELECT DISTINCT ON (title) 'title', title, id, 0 FROM (
            SELECT key AS title, id, popularity FROM catalog_track
            WHERE key = ANY(%(keys)s) AND vanished_at IS NULL
            UNION ALL
            SELECT split_part(song_key, %(part)s, 1), id, popularity FROM catalog_track
            WHERE split_part(song_key, %(part)s, 1) = ANY(%(keys)s)
                AND vanished_at IS NULL
        ) AS titled
        ORDER BY title, popularity DESC NULLS LAST, id
    )
"""


@dataclass(frozen=True)
class NamedBy:
    """What name keys name: ids of artists with songs, and of songs, by key.

    Of several songs of one title it is the best known one. An artist also goes by an
    alias, or by what people call them. little_known: those keys of artists who have few
    songs.
    """

    artists: dict[str, int]
    titles: dict[str, int]
    little_known: frozenset[str]


def named_by(keys: Collection[str]) -> NamedBy:
    """Return what name keys name. One indexed query.

    A song is named by its title as written, or without what says its version.
    """
    found: dict[str, dict[str, int]] = {"artist": {}, "title": {}, "alias": {}}
    called = {key: nicknames()[key] for key in keys if key in nicknames()}
    few: set[str] = set()
    with connection.cursor() as cursor:
        wanted = [*keys, *called.values()]
        asked: dict[str, Any] = {"keys": wanted, "part": PART, "few": FEW_SONGS}
        cursor.execute(_NAMED, asked)
        for kind, key, pk, songs in cursor.fetchall():
            found[kind][key] = pk
            if kind == "artist" and songs < FEW_SONGS:
                few.add(key)
    artists, aliases = found["artist"], found["alias"]
    named = {key: artists[name] for key, name in called.items() if name in artists}
    # Who has that very name is meant, unless hardly anybody knows them.
    known = {**aliases, **named, **{k: artists[k] for k in artists.keys() - few}}
    return NamedBy(
        {key: pk for key, pk in {**artists, **known}.items() if key in keys},
        {key: pk for key, pk in found["title"].items() if key in keys},
        frozenset(few.intersection(keys) - known.keys()),
    )


@lru_cache(maxsize=1)
def nicknames() -> dict[str, str]:
    """Read what people call artists, as data that comes with the program: keys of names."""
    rows = (
        line.split("\t")
        for line in NICKNAMES.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return {name_key(called): name_key(name) for called, name in rows}


def tracks_titled(keys: Collection[str]) -> dict[str, list[Track]]:
    """Return the tracks whose title is among the keys, the best known first.

    As it is written, or without what says its version: "Hotel California" is also
    “Hotel California - 2013 Remaster”. One indexed query.
    """
    found: dict[str, list[Track]] = {}
    best_known = F("popularity").desc(nulls_last=True)
    titled = findable_tracks().annotate(song_title=song_title())
    titled = titled.filter(Q(key__in=keys) | Q(song_title__in=keys))
    for track in titled.order_by(best_known, "pk"):
        key = track.key if track.key in keys else track.song_title
        found.setdefault(key, []).append(track)
    return found


def are_familiar(words: Collection[str]) -> bool:
    """Say whether any word means something: to the text model, or in the catalog."""
    encoder = text_encoder()
    if any(encoder.word_pieces(word) <= PIECES_OF_A_WORD for word in words):
        return True
    view = current_columns().view
    known = view.rows_with("word", [text_key(name_key(word)) for word in words])
    return bool(view.is_there[known].any())
