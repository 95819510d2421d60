"""Names of the catalog that are spelt almost like what somebody wrote.

A few wrong letters leave some part of a name whole: cut in one part more than there may
be errors, one part at least is right (the pigeonhole principle). The database finds the
names that hold all trigrams of one part, by index, and rapidfuzz measures what's left:
a few dozen names, however many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Q
from rapidfuzz.distance import OSA

from catalog.findable import findable_tracks
from catalog.models import Artist
from catalog.models.near import PADDED, key_trigrams, trigrams
from catalog.models.words import key_words
from catalog.names import name_key

# Names so short are other names, and not misspelt, with another letter.
MIN_LETTERS = 5
# One wrong letter up to here, two beyond; three from the second on.
ONE_ERROR, TWO_ERRORS = 8, 16
# A part shorter than this is in too many names to narrow anything.
MIN_PART = 4
CANDIDATES = 400
MAX_NAMES = 8
# As near as this is worth a hint, though it isn't taken for the same name.
HINT_LIKENESS = 0.6
TITLE_START = 1
# Whoever has fewer songs isn't who is meant by a part of their name.
KNOWN_SONGS = 4


@dataclass(frozen=True)
class Near:
    """A name of the catalog near one that was written.

    errors: letters to change, add, drop or swap with the next; 0 where only spaces
    differ.
    """

    pk: int
    name: str
    errors: int


def errors_allowed(letters: int) -> int:
    """Return how many letters of a name may be wrong and it still be that name."""
    if letters < MIN_LETTERS:
        return 0
    return 1 + (letters > ONE_ERROR) + (letters > TWO_ERRORS)


def artists_near(names: Collection[str]) -> dict[str, Near]:
    """Return the artist that each name is a misspelling of, by the name as given.

    Also of a part of their name: "Timberlake" is the one with most songs who is called
    that. Only artists with songs; of equally near ones the one with more. One indexed
    query, none for names that are too short.
    """
    letters = {name: _letters(name) for name in sorted(names)[:MAX_NAMES]}
    conditions = [q for said in letters.values() for q in _shares_part(said)]
    if not conditions:
        return {}
    found = _artists(conditions)
    parts = {name: part for name in letters if (part := _part_of(name, found))}
    return _nearest_each(letters, [row[:3] for row in found]) | parts


def artist_hint(name: str) -> str:
    """Return the artist whose name is most like one that isn't there; "" for none.

    One indexed query: of artists that share a word with it, or its beginning.
    """
    said = _letters(name)
    if len(said) < MIN_LETTERS:
        return ""
    words = [word for word in name_key(name).split() if len(word) >= MIN_PART]
    begins = PADDED.format(said)[: MIN_PART + 2]
    conditions = [
        *_shares_part(said),
        *(Q(near_trigrams__contains=trigrams(part)) for part in (begins, *words)),
    ]
    best = HINT_LIKENESS, ""
    for _, artist, key, _ in _artists(conditions):
        likeness = OSA.normalized_similarity(said, key)
        if likeness > best[0]:
            best = likeness, artist
    return best[1]


def _artists(conditions: Sequence[Q]) -> list[tuple[int, str, str, int]]:
    """Return id, name, letters and songs of artists, those with most songs first."""
    rows = (
        Artist.objects.annotate(near_trigrams=key_trigrams())
        .filter(reduce(or_, conditions), credits__isnull=False)
        .annotate(songs=Count("credits"))
        .order_by("-songs", "pk")
        .values_list("pk", "name", "key", "songs")[:CANDIDATES]
    )
    return [(pk, name, _letters(key), songs) for pk, name, key, songs in rows]


def _part_of(said: str, found: Iterable[tuple[int, str, str, int]]) -> Near | None:
    """Return the artist of several songs whose name holds all words of what was said."""
    words = set(name_key(said).split())
    for pk, name, _, songs in found:
        if songs >= KNOWN_SONGS and words < set(name_key(name).split()):
            return Near(pk, name, 0)
    return None


def _shares_part(said: str) -> list[Q]:
    return [Q(near_trigrams__contains=trigrams(part)) for part in _parts(said)]


def _parts(said: str) -> list[str]:
    """Cut letters in one part more than may be wrong, each long enough to search by."""
    padded = PADDED.format(said)
    count = errors_allowed(len(said)) + 1
    if count == 1:
        return []
    count = min(count, len(padded) // MIN_PART)
    edges = [round(i * len(padded) / count) for i in range(count + 1)]
    return [padded[a:b] for a, b in zip(edges, edges[1:], strict=False)]


def _nearest_each(
    letters: Mapping[str, str], found: Sequence[tuple[int, str, str]]
) -> dict[str, Near]:
    """Return what each name is a misspelling of; letters: those of each name."""
    near: dict[str, Near] = {}
    for name, said in letters.items():
        best = _best(said, found, at_most=errors_allowed(len(said)))
        if best is not None:
            near[name] = best
    return near


def _best(
    said: str, found: Iterable[tuple[int, str, str]], *, at_most: int
) -> Near | None:
    best: Near | None = None
    for pk, name, key in found:
        errors = OSA.distance(said, key, score_cutoff=at_most)
        if errors <= at_most and (best is None or errors < best.errors):
            best = Near(pk, name, errors)
    return best


def titles_near(names: Collection[str]) -> dict[str, Near]:
    """Return the song that each title is a misspelling of, by the title as given.

    Of two words and more, all but one of them right, and that one's first letter:
    a title of one word is too like others. The best known first. One indexed query.
    """
    letters = {
        name: _letters(name)
        for name in sorted(names)[:MAX_NAMES]
        if len(name_key(name).split()) > 1
    }
    queries = [query for name in letters for query in _title_queries(name)]
    if not queries:
        return {}
    rows = (
        findable_tracks()
        .annotate(key_vector=key_words())
        .filter(key_vector=reduce(or_, queries))
        .order_by(F("popularity").desc(nulls_last=True), "pk")
        .values_list("pk", "title", "key")[:CANDIDATES]
    )
    found = [(pk, title, _letters(key)) for pk, title, key in rows]
    return _nearest_each(letters, found)


def _title_queries(name: str) -> Iterable[SearchQuery]:
    words = [word for word in name_key(name).split() if word.isalnum()]
    for i, word in enumerate(words):
        if len(word) > TITLE_START:
            kept: Sequence[str] = [*words[:i], *words[i + 1 :]]
            terms = [*kept, f"{word[:TITLE_START]}:*"]
            yield SearchQuery(" & ".join(terms), config="simple", search_type="raw")


def _letters(name: str) -> str:
    return name_key(name).replace(" ", "")
