"""Which of a message's words name something that the catalog knows."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import F

from catalog.columns.current import current_columns
from catalog.columns.postings import text_key
from catalog.encoders.text import text_encoder
from catalog.findable import findable_tracks
from catalog.models import Track
from catalog.names import name_key

# A word that the text model's vocabulary cuts into more pieces is no word it knows.
PIECES_OF_A_WORD = 2


# By hand, since the ORM takes two statements and longer to word them than they take.
_NAMED = """
    SELECT 'artist', key, id FROM catalog_artist AS artist
    WHERE key = ANY(%(keys)s)
        AND EXISTS (SELECT FROM catalog_trackartist WHERE artist_id = artist.id)
    UNION ALL (
        SELECT DISTINCT ON (key) 'title', key, id FROM catalog_track
        WHERE key = ANY(%(keys)s) AND vanished_at IS NULL
        ORDER BY key, popularity DESC NULLS LAST, id
    )
"""


def named_by(keys: Collection[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return which name keys name an artist with songs, and which a song's title.

    Of several songs of one title it is the best known one. One indexed query.
    """
    found: dict[str, dict[str, int]] = {"artist": {}, "title": {}}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"keys": list(keys)})
        for kind, key, pk in cursor.fetchall():
            found[kind][key] = pk
    return found["artist"], found["title"]


def tracks_titled(keys: Collection[str]) -> dict[str, list[Track]]:
    """Return the tracks whose title key is among the keys. One indexed query."""
    found: dict[str, list[Track]] = {}
    best_known = F("popularity").desc(nulls_last=True)
    titled = findable_tracks().filter(key__in=keys)
    for track in titled.order_by(best_known, "pk"):
        found.setdefault(track.key, []).append(track)
    return found


def are_familiar(words: Collection[str]) -> bool:
    """Say whether any word means something: to the text model, or in the catalog."""
    encoder = text_encoder()
    if any(encoder.word_pieces(word) <= PIECES_OF_A_WORD for word in words):
        return True
    view = current_columns().view
    known = view.rows_with("word", [text_key(name_key(word)) for word in words])
    return bool(view.is_there[known].any())
