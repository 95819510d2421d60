"""How much each list counts when they are fused.

Those of names, meanings and words were learned from dialogues about playlists, and are
clearly better there than what was set by hand. Those of sound, attributes, tags and what
is usual are set by hand: no data is at hand to learn them from. The figures, and what
they were measured against: docs/decisions/search.md, `./bin/bench fusion`.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.search.query import Query
from catalog.search.ranking import ListName

# Where there are songs that were liked or pointed at. Of what was learned only the
# proportions are: how it stands to the lists of sound is set by hand, so that a song that
# is known to sound otherwise stands far behind (tests/catalog/search/test_fairness.py).
WEIGHTS: Mapping[ListName, float] = {
    "names": 0.61,
    "names_before": 0.22,
    "seeds": 1.5,
    "attributes": 1.0,
    "tags": 0.8,
    "text_to_text": 0.31,
    "seed_words": 0.42,
    "text_to_audio": 0.5,
    "sound": 0.8,
    "words": 0.92,
    "seed_artists": 0.31,
    "seed_terms": 1.04,
    "taste": 0.5,
    # What somebody leans to brings in nothing where anything was asked for.
    "traits": 0.0,
    "usual": 2.0,
}
# Where there is nothing to go on but what was said.
WORDS_ALONE: Mapping[ListName, float] = {
    **WEIGHTS,
    "names": 1.0,
    "names_before": 0.8,
    "text_to_text": 1.3,
    "seed_words": 0.25,
    "words": 0.75,
}


# Where nothing is said of music at all ("surprise me"), what the listener likes leads.
TASTE_ALONE: Mapping[ListName, float] = {
    **WORDS_ALONE,
    "taste": 6.0,
    "traits": 4.0,
    "text_to_text": 0.3,
    "words": 0.2,
}


def weights_for(query: Query) -> Mapping[ListName, float]:
    """Return how much each list counts for a query."""
    if query.liked:
        return WEIGHTS
    is_left_to_taste = bool(query.taste.liked) and not query.text
    return TASTE_ALONE if is_left_to_taste else WORDS_ALONE
