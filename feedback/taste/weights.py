"""How much each reaction counts in a taste, and for how long: all in one place.

What is said counts in full, what is merely done less: who leaves a song may have been
called to the door. Hu, Koren & Volinsky ("Collaborative filtering for implicit feedback
datasets", ICDM 2008) tell preference and confidence apart for the same reason. The
figures are set by hand: no data at hand has skips and opinions of the same people.
"""

from __future__ import annotations

from collections.abc import Mapping

from feedback.models import Reaction

Value = Reaction.Value

OPINIONS: Mapping[str, float] = {
    Value.LIKE: 1.0,
    Value.MORE: 1.2,
    Value.DISLIKE: -1.0,
    Value.NONE: 0.0,
}
SIGNALS: Mapping[str, float] = {
    Value.PLAYED: 0.3,
    Value.SKIP: -0.2,
    Value.REMOVED: -0.4,
}
# However often a song is skipped, it never counts as much as one that is disliked.
SIGNALS_MOST = 0.6
# What a song with a wrong mood counts where a mood like that one is asked for: that close
# in valence and energy, of 1 each. Both set by hand.
WRONG_MOOD = -0.5
LIKE_MOOD = 0.25
# After so many days a reaction counts half. Exponential forgetting is Ding & Li's ("Time
# weight collaborative filtering", CIKM 2005); half a year is what Spotify's Web API
# calls a listener's medium term. Dialogues have no dates to measure it by.
HALF_LIFE_DAYS = 180.0
# How much a taste counts unless the listener says otherwise; see docs/decisions/taste.md.
STRENGTH = 0.5
