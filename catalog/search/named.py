"""Artists, songs and albums that a text names, and the tracks they point at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from catalog.columns.postings import text_key
from catalog.columns.view import Mask, View
from catalog.genres import genre_spellings
from catalog.names import name_key
from catalog.search.lists import NOWHERE, Nearness, first_ids
from catalog.search.words import STOP_WORDS

# Longer names than this many words, and words after so many, aren't looked for.
MAX_NAME_WORDS = 8
MAX_WORDS = 60

# By hand, since the ORM's way takes three statements and four times as long.
_STATEMENT = """
    SELECT 'a', key, id FROM catalog_artist WHERE key = ANY(%(keys)s)
    UNION ALL SELECT 'b', key, id FROM catalog_album WHERE key = ANY(%(keys)s)
    UNION ALL SELECT 't', key, id FROM catalog_tag WHERE key = ANY(%(keys)s)
"""


@dataclass(frozen=True)
class Named:
    """What a text names, with how many words of it each name takes.

    artists and albums by id, titles by key. lone: titles of one word, which count only
    beside their artist or where the text says nothing else: "summer" is a song too.
    """

    artists: Mapping[int, int] = field(default_factory=dict)
    albums: Mapping[int, int] = field(default_factory=dict)
    titles: Mapping[str, int] = field(default_factory=dict)
    lone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything is named."""
        return bool(self.artists or self.albums or self.titles)


def named_in(text: str, view: View) -> Named:
    """Find the names in a text: the longest, by whole words. One indexed query.

    A single word that is a tag, a genre or an everyday word names no artist or album.
    """
    tokens = name_key(text).split()[:MAX_WORDS]
    spans = _spans(tokens)
    if not spans:
        return Named()
    found_artists, found_albums, tags = _stored(spans)
    found_titles = {key for key in spans if _is_title(key, view)}
    keys = {key for key, _ in (*found_artists, *found_albums)} | found_titles
    if not keys:
        return Named()
    words = {key for key in keys if " " not in key}
    everyday = {w for w in words if w in tags or w in genre_spellings()}
    content = [t for t in tokens if t not in STOP_WORDS]
    whole = " ".join(tokens)
    lone = {w for w in words if content != [w] or w in everyday}
    longest = _longest(keys - (everyday & words - {whole}), spans)
    return Named(
        artists={pk: len(key.split()) for key, pk in found_artists if key in longest},
        albums={
            pk: len(key.split())
            for key, pk in found_albums
            if key in longest and key not in lone
        },
        titles={key: len(key.split()) for key in found_titles if key in longest},
        lone=frozenset(lone & found_titles),
    )


def by_names(
    view: View, mask: Mask, named: Named, near: Nearness = NOWHERE, *, limit: int
) -> list[int]:
    """Rank tracks by how many words of the text name them; ties by popularity.

    Where that is equal or nobody knows it, the nearest first.

    A title counts beside its artist's name most.
    """
    size = len(mask)
    by_artist, by_title, by_album = (np.zeros(size, np.int32) for _ in range(3))
    for artist, words in named.artists.items():
        by_artist[view.rows_with("artist", [artist])] += words
    for title, words in named.titles.items():
        rows = view.rows_with("title", [text_key(title)])
        if title in named.lone:
            rows = rows[by_artist[rows] > 0]
        by_title[rows] = words
    for album, words in named.albums.items():
        by_album[view.rows_with("album", [album])] = words
    score = by_artist + by_title + by_album
    rows = np.flatnonzero(mask & (score > 0)).astype(np.int32)
    fame = np.nan_to_num(view.number("popularity")[rows])
    # Popularity is below 101, so that it only decides between equals; so is nearness.
    order = score[rows] * 102.0 + fame + near.of(view, rows)
    return first_ids(view, rows, -order, limit=limit)


def _stored(
    keys: Iterable[str],
) -> tuple[list[tuple[str, int]], list[tuple[str, int]], set[str]]:
    """Return which artists and albums have one of the keys, and which tags are one."""
    found: dict[str, list[tuple[str, int]]] = {kind: [] for kind in ("a", "b", "t")}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"keys": list(keys)})
        for kind, key, pk in cursor.fetchall():
            found[kind].append((key, pk))
    return found["a"], found["b"], {key for key, _ in found["t"]}


def _is_title(key: str, view: View) -> bool:
    return bool(view.is_there[view.rows_with("title", [text_key(key)])].any())


def _spans(tokens: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the runs of words that could be a name, by key, with where they stand."""
    found: dict[str, tuple[int, int]] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + MAX_NAME_WORDS, len(tokens)) + 1):
            run = tokens[start:end]
            is_everyday = all(word in STOP_WORDS for word in run)
            if is_everyday and len(run) < 3 and len(run) < len(tokens):
                continue
            found.setdefault(" ".join(run), (start, end))
    return found


def _longest(keys: Iterable[str], spans: Mapping[str, tuple[int, int]]) -> set[str]:
    """Return the keys that lie within no longer one."""
    kept: list[tuple[int, int]] = []
    found = set()
    for key in sorted(keys, key=lambda k: (spans[k][0] - spans[k][1], k)):
        start, end = spans[key]
        if any(s < end and start < e and (s, e) != (start, end) for s, e in kept):
            continue
        kept.append((start, end))
        found.add(key)
    return found
