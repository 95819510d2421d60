"""Which of a message's words name something that the catalog knows."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from catalog.columns.current import current_columns
from catalog.columns.postings import text_key
from catalog.encoders.text import text_encoder
from catalog.findable import findable_tracks
from catalog.models import Artist, Track
from catalog.names import name_key

# A word that the text model's vocabulary cuts into more pieces is no word it knows.
PIECES_OF_A_WORD = 2


def artists_named(keys: Collection[str]) -> dict[str, int]:
    """Return the artists whose name key is among the keys. One indexed query."""
    found = Artist.objects.filter(key__in=keys, credits__isnull=False).distinct()
    return dict(found.values_list("key", "pk"))


def best_titled(keys: Collection[str]) -> dict[str, int]:
    """Return the best known track of each title key among the keys. One indexed query."""
    best_known = F("popularity").desc(nulls_last=True)
    titled = findable_tracks().filter(key__in=keys)
    best = titled.order_by("key", best_known, "pk").distinct("key")
    return dict(best.values_list("key", "pk"))


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
