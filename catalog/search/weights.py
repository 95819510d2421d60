"""How much each list counts when they are fused.

Those of names, meanings and words were learned from dialogues about playlists, and are
clearly better there than what was set by hand. Those of sound, attributes and tags are
set by hand: no data is at hand to learn them from. The figures, and what they were
measured against: docs/decisions/search.md, `./bin/bench fusion`.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.search.query import Query
from catalog.search.ranking import ListName

WEIGHTS: Mapping[ListName, float] = {
    "names": 1.4,
    "names_before": 0.6,
    "seeds": 1.5,
    "attributes": 1.0,
    "tags": 0.8,
    "text_to_text": 0.7,
    "seed_words": 0.7,
    "text_to_audio": 0.5,
    "sound": 0.8,
    "words": 0.7,
    "seed_artists": 1.4,
    "taste": 0.5,
}


def weights_for(query: Query) -> Mapping[ListName, float]:
    """Return how much each list counts for a query."""
    return WEIGHTS
