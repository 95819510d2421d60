"""How much each list counts when they are fused.

Names stand above the rest: who names a song wants that song. Then what a person pointed
at, what they said of mood and tempo, and the meaning of the remaining words. How the
figures were chosen, and what they were measured against: docs/decisions/search.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.search.ranking import ListName

WEIGHTS: Mapping[ListName, float] = {
    "names": 3.0,
    "seeds": 1.5,
    "attributes": 1.0,
    "tags": 0.8,
    "text_to_text": 0.6,
    "seed_words": 0.5,
    "text_to_audio": 0.5,
    "sound": 0.8,
    "words": 0.4,
    "seed_artists": 0.4,
    "taste": 0.5,
}
