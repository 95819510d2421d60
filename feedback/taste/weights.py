"""How much each reaction counts in a taste, and for how long: all in one place.

What is said counts in full, what is merely done less: who leaves a song may have been
called to the door. Hu, Koren & Volinsky ("Collaborative filtering for implicit feedback
datasets", ICDM 2008) tell preference and confidence apart for the same reason. The
figures are set by hand: no data at hand has skips and opinions of the same people.
"""

from __future__ import annotations

from collections.abc import Mapping

from feedback.models import Reaction

Value, Reason = Reaction.Value, Reaction.Reason

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
# A dislike says so much of the listener's taste, by why the song isn't wanted. A wrong
# mood is wrong for now; a song that was heard too often was once liked.
REASONS: Mapping[str, float] = {
    Reason.NONE: 1.0,
    Reason.NOT_FOR_ME: 1.0,
    Reason.WRONG_MOOD: 0.2,
    Reason.UNKNOWN: 0.3,
    Reason.OVERPLAYED: 0.0,
}
# After so many days a reaction counts half. Exponential forgetting is Ding & Li's ("Time
# weight collaborative filtering", CIKM 2005); half a year is what Spotify's Web API
# calls a listener's medium term. Dialogues have no dates to measure it by.
HALF_LIFE_DAYS = 180.0
# How much a taste counts unless the listener says otherwise; see docs/decisions/taste.md.
STRENGTH = 0.5
