"""Which tags of a catalog tell of an instrument or a place that was asked for."""

from __future__ import annotations

from functools import lru_cache

from catalog.models import Tag
from catalog.names import name_key
from catalog.search.query import TagWords
from chat.agent.constraints import Constraint, Kind
from chat.agent.understanding.lexicon import grouped_rows

# A genre's name speaks for a place ("french house"), and for no instrument: drum and
# bass may have neither.
_KINDS: dict[Kind, frozenset[str]] = {
    "instrument": frozenset(set(Tag.Kind.values) - {Tag.Kind.GENRE}),
    "place": frozenset(),
}


def tag_words(held: Constraint) -> TagWords:
    """Return the words by which tags tell of an instrument or a place."""
    words = _ways(held.kind).get(held.key, frozenset()) | {name_key(held.key)}
    return TagWords(held.key, words, _KINDS[held.kind])


@lru_cache(maxsize=2)
def _ways(kind: Kind) -> dict[str, frozenset[str]]:
    """Read the ways of naming each instrument, or each place, by its key."""
    is_place = kind == "place"
    rows = grouped_rows(
        "places.tsv" if is_place else "instruments.tsv", has_leanings=not is_place
    )
    return {key: frozenset(map(name_key, phrases)) for key, _, phrases in rows}
