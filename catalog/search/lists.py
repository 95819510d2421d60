"""Candidate lists over the catalog's columns.

Every function takes a view, a mask of the rows that may be found, and returns track
ids, best first; of equals the lower id first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from catalog.columns.least import least
from catalog.columns.postings import Rows, text_key
from catalog.columns.view import Mask, View
from catalog.models import Space, Tag
from catalog.search.fame import song_fame
from catalog.search.levels import Levels
from catalog.search.query import Attribute, Wish
from catalog.search.words import content_words

# Where an attribute is unknown, the track counts as this far (in spreads of the
# catalog) from every wish: behind those that keep it, before the far misses.
UNKNOWN_DISTANCE = 0.5

# Of these, who wants much wants as much as there is: what lies beyond the catalog's last
# twentieth is a little odd, by this share of how far off it is. Tempo has no such end:
# the fastest are slow ones counted twice.
BEYOND_SHARE = 0.25
_AS_MUCH_AS_THERE_IS: frozenset[Attribute] = frozenset(
    {"energy", "valence", "danceability", "acousticness", "instrumentalness"}
)

# How much a disliked song pushes the wanted place away, against 1.0 for liked ones.
# Rocchio's classic ratio of negative to positive feedback is 0.15 / 0.75
# (Manning et al., Introduction to Information Retrieval, 2008, section 9.1.1).
DISLIKE_WEIGHT = 0.2

# Okapi BM25's usual figures (Robertson & Zaragoza, "The Probabilistic Relevance
# Framework: BM25 and Beyond", 2009): how far a long document is held against it. A word
# that comes twice in so short a document says no more than once.
BM25_K1, BM25_B = 1.2, 0.75
# Of what was said before, the newest words; a third as much as those of now.
WORDS_BEFORE = 40
WORD_BEFORE_WORTH = 0.4
# Among more equals than this nearness decides nothing: they take too long to measure.
NEARNESS_ROWS = 2000
# A word of more than this share of the documents brings none by itself where rarer ones
# bring enough: it only adds to theirs.
COMMON_SHARE = 0.05
_TAGS_CALLED = "SELECT id FROM catalog_tag WHERE kind <> %s AND key = ANY(%s)"
# Of so small a share of the catalog each row is looked at.
NARROW_SHARE = 0.02


def rocchio(
    liked: Mapping[int, float],
    disliked: Mapping[int, float],
    vectors: Mapping[int, np.ndarray],
) -> np.ndarray | None:
    """Return the unit vector towards liked and away from disliked tracks.

    vectors: (d,) float32 of unit length by track id. None where no liked track has a
    vector. Source: Rocchio, "Relevance feedback in information retrieval", 1971.
    """
    known = {t: w for t, w in liked.items() if t in vectors}
    if not known:
        return None
    wanted = sum(w * vectors[t] for t, w in known.items()) / sum(known.values())
    unwanted = {t: w for t, w in disliked.items() if t in vectors}
    if unwanted:
        away = sum(w * vectors[t] for t, w in unwanted.items())
        wanted = wanted - DISLIKE_WEIGHT * away / sum(unwanted.values())
    length = float(np.linalg.norm(wanted))
    return np.asarray(wanted / length, np.float32) if length > 1e-6 else None


def centres(
    liked: Mapping[int, float],
    disliked: Mapping[int, float],
    interests: Collection[frozenset[int]],
    vectors: Mapping[int, np.ndarray],
) -> tuple[np.ndarray, ...]:
    """Return a Rocchio vector for each interest, for all liked tracks where none are.

    interests: liked tracks in groups.
    """
    groups = interests or (liked.keys(),)
    found = (
        rocchio({t: liked[t] for t in group if t in liked}, disliked, vectors)
        for group in groups
    )
    return tuple(centre for centre in found if centre is not None)


def by_words(
    view: View, mask: Mask, text: str, *, before: str = "", limit: int
) -> list[int]:
    """Rank by the words of what is known of each track (BM25): any may match.

    before: words that were said before the text, and count for less.
    """
    worth = dict.fromkeys(content_words(before)[:WORDS_BEFORE], WORD_BEFORE_WORTH)
    worth |= dict.fromkeys(content_words(text), 1.0)
    return by_worth(view, mask, worth, limit=limit)


def by_worth(
    view: View, mask: Mask, worth: Mapping[str, float], *, limit: int
) -> list[int]:
    """Rank by words (BM25), each of which counts as much as its worth says."""
    counts: dict[int, int] = {}
    worths: dict[int, float] = {}
    for word, share in worth.items():
        key = text_key(word)
        if count := view.count_with("word", key):
            counts[key] = count
            worths[key] = share * float(_rarity(count, view.count))
    if np.count_nonzero(mask) <= NARROW_SHARE * len(mask):
        rows = np.flatnonzero(mask).astype(np.int32)
    else:
        rows = _brought(view, mask, counts, limit=limit)
    sums = view.words_worth(rows, worths)
    rows, sums = rows[sums > 0], sums[sums > 0]
    weight = view.derived("bm25", _bm25_weights)
    return first_ids(view, rows, -sums * weight[rows], limit=limit)


def _brought(view: View, mask: Mask, counts: Mapping[int, int], *, limit: int) -> Rows:
    """Return the rows that have the rarer of some words, ascending.

    counts: how many have each, by its key.
    """
    is_brought = np.zeros(len(mask), bool)
    brought = 0
    for key, count in sorted(counts.items(), key=lambda pair: pair[1]):
        if brought >= limit and count > COMMON_SHARE * view.count:
            break
        rows = view.rows_with("word", [key])
        is_brought[rows] = True
        if brought < limit:
            brought += int(np.count_nonzero(mask[rows]))
    is_brought &= mask
    return np.flatnonzero(is_brought).astype(np.int32)


def telling_words(
    view: View, documents: Mapping[str, float], *, most: int
) -> dict[str, float]:
    """Return the words that tell documents from the others, with what each is worth.

    documents: what is known of tracks, with their weights, above 0. A word is worth the
    share of the weights whose documents have it; those are kept that are frequent here
    and rare elsewhere. Source: Rocchio's expansion by words, as in Manning et al. (see
    above), section 9.1.
    """
    whole = sum(documents.values())
    worth: dict[str, float] = {}
    for document, weight in documents.items():
        for word in content_words(document):
            worth[word] = worth.get(word, 0.0) + weight / whole
    counts = {word: view.count_with("word", text_key(word)) for word in worth}
    told = {
        word: share * float(_rarity(counts[word], view.count))
        for word, share in worth.items()
        if counts[word]
    }
    best = sorted(told, key=lambda word: (-told[word], word))[:most]
    return {word: worth[word] for word in best}


def _rarity(count: int, documents: int) -> np.float32:
    """Return BM25's inverse document frequency of a word that `count` have."""
    others = max(0, documents - count)
    return np.float32(np.log(1 + (others + 0.5) / (count + 0.5)))


def _bm25_weights(view: View) -> NDArray[np.float32]:
    """Return what one occurrence counts in each document, before the word's rarity."""
    length = view.flag("length")
    usual = max(1.0, float(length.mean(dtype=np.float64))) if len(length) else 1.0
    penalty = 1 - BM25_B + BM25_B * length / usual
    return np.asarray((BM25_K1 + 1) / (1 + BM25_K1 * penalty), np.float32)


@dataclass(frozen=True)
class Nearness:
    """A place in a space of vectors: which of equals is nearer. None: nowhere."""

    space: Space | None = None
    vector: np.ndarray | None = None

    def of(self, view: View, rows: Rows) -> NDArray[np.floating]:
        """Return cosines of ascending rows, 0 where nothing is known: (n,)."""
        if self.space is None or self.vector is None or len(rows) > NEARNESS_ROWS:
            return np.zeros(len(rows), np.float32)
        return np.nan_to_num(view.cosines(self.space.pk, rows, self.vector))


NOWHERE = Nearness()


def by_artists(
    view: View,
    mask: Mask,
    artists: Mapping[int, float],
    near: Nearness = NOWHERE,
    *,
    limit: int,
) -> list[int]:
    """Rank the tracks of artists: by the artist's weight, then the best known first.

    Of equally known ones, or where nobody knows, the nearest first.
    """
    found = [
        (rows[mask[rows]], weight)
        for artist, weight in artists.items()
        if len(rows := view.rows_with("artist", [artist]))
    ]
    if not found:
        return []
    rows = np.unique(np.concatenate([rows for rows, _ in found]))
    heaviest = np.zeros(len(rows))
    for having, weight in found:
        places = np.searchsorted(rows, having)
        heaviest[places] = np.maximum(heaviest[places], weight)
    fame = np.nan_to_num(view.number("popularity")[rows], nan=-1.0)
    order = np.lexsort((view.ids[rows], -near.of(view, rows), -fame, -heaviest))[:limit]
    return _ids(view, rows[order])


def by_tags(view: View, mask: Mask, text: str, *, limit: int) -> list[int]:
    """Rank by how many of the words are tags: moods, themes, instruments. One query."""
    words = content_words(text)
    if not words:
        return []
    matches = np.zeros(len(mask), np.int8)
    with connection.cursor() as cursor:
        cursor.execute(_TAGS_CALLED, [Tag.Kind.GENRE, list(words)])
        for (tag,) in cursor.fetchall():
            matches[view.rows_with("tag", [tag])] += 1
    matches *= mask
    fewest = int(matches.max(initial=0))
    # Those with more matches fill the list before the others are looked at.
    while fewest > 1 and np.count_nonzero(matches >= fewest) < limit:
        fewest -= 1
    rows = np.flatnonzero(matches >= max(fewest, 1)).astype(np.int32)
    return first_ids(view, rows, -matches[rows].astype(np.float32), limit=limit)


def by_attributes(
    view: View, mask: Mask, wishes: tuple[Wish, ...], levels: Levels, *, limit: int
) -> list[int]:
    """Rank by how well the wished ranges are kept, and by how clearly.

    A track within a range is nearer the further in it lies, up to the catalog's last
    twentieth, so that "calm" brings the calmest and not the nearly lively.
    """
    rows = np.flatnonzero(mask).astype(np.int32)
    terms = [_distances(view, rows, wish, levels) for wish in wishes]
    known = [term for term in terms if term is not None]
    if not known:
        return []
    return first_ids(view, rows, reduce(np.add, known), limit=limit)


def first_ids(
    view: View, rows: Rows, order: NDArray[np.floating], *, limit: int
) -> list[int]:
    """Return the ids of the `limit` rows whose order is lowest; rows ascending."""
    if len(rows) > limit:
        near = least(order, limit)
        rows, order = rows[near], order[near]
        last = order.max(initial=-np.inf)
        is_sure, ties = order < last, np.flatnonzero(order == last)
        left = limit - int(np.count_nonzero(is_sure))
        if len(ties) > left:
            # There may be as many as tracks, so that sorting them would take longest.
            if len(view.segments) > 1:
                ties = ties[np.argpartition(view.ids[rows[ties]], left - 1)]
            ties = ties[:left]
        best = np.concatenate([np.flatnonzero(is_sure), ties])
        rows, order = rows[best], order[best]
    return _ids(view, rows[np.lexsort((view.ids[rows], order))[:limit]])


def _ids(view: View, rows: Rows) -> list[int]:
    found: list[int] = view.ids[rows].tolist()
    return found


def _distances(
    view: View, rows: Rows, wish: Wish, levels: Levels
) -> NDArray[np.float64] | None:
    low, high = levels.at(wish.attribute, 0.1), levels.at(wish.attribute, 0.9)
    if low is None or high is None:
        return None
    spread = max(high - low, 1e-6)
    if wish.attribute == "popularity" and wish.low is None:
        # A hit that stands here a second time, from some collection, is no deep cut.
        away = song_fame(view)[rows]
    else:
        away = view.number(wish.attribute)[rows]
    if wish.attribute in _AS_MUCH_AS_THERE_IS and None in (wish.low, wish.high):
        _measure_one_way(away, wish, levels)
    else:
        away -= _middle(wish, low, high)
        np.abs(away, out=away)
    away /= spread
    np.copyto(away, UNKNOWN_DISTANCE, where=np.isnan(away))
    away *= wish.weight
    return away


def _measure_one_way(values: NDArray[np.float64], wish: Wish, levels: Levels) -> None:
    """Put in place of values how far they are from the open end of a wish."""
    is_upwards = wish.high is None
    end = levels.at(wish.attribute, 0.95 if is_upwards else 0.05) or 0.0
    end = max(end, wish.low or end) if is_upwards else min(end, wish.high or end)
    values -= end
    if is_upwards:
        np.negative(values, out=values)
    np.maximum(values, values * -BEYOND_SHARE, out=values)


def _middle(wish: Wish, tenth: float, ninetieth: float) -> float:
    """Return the best value of a wish: the middle of its range, ends taken as given."""
    if wish.attribute == "popularity" and wish.high is None:
        return 100.0
    low = wish.low if wish.low is not None else min(tenth, wish.high or tenth)
    high = wish.high if wish.high is not None else max(ninetieth, wish.low or ninetieth)
    if wish.low is None:
        return low + 0.25 * (high - low)
    if wish.high is None:
        return high - 0.25 * (high - low)
    return (low + high) / 2
