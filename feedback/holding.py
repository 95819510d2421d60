"""Which opinion of a track holds: by its reason, in which talk, and until when. Pure.

A dislike refuses a song for good, unless its reason says less. A wrong mood, or a song
that isn't known, is said of one talk; a song that was heard too often rests for a while.
Where such a dislike doesn't hold, what was said of the song before it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from feedback.models import Reaction

Value, Reason = Reaction.Value, Reaction.Reason
# So long nobody is played what they have heard too often.
RESTS = timedelta(days=90)
OF_TALK = frozenset({Reason.WRONG_MOOD, Reason.UNKNOWN})
PASSING = OF_TALK | {Reason.OVERPLAYED}


@dataclass(frozen=True)
class Said:
    """One reaction, by its key, to a track.

    talk: in which it was said, None where that isn't known. mood: what was asked for then,
    as valence and energy (0 to 1), where both were.
    """

    pk: int
    track: int
    value: str
    reason: str
    at: datetime
    talk: UUID | None = None
    mood: tuple[float, float] | None = None

    @property
    def is_passing(self) -> bool:
        """Say whether it is a dislike that doesn't last."""
        return self.value == Value.DISLIKE and self.reason in PASSING

    @property
    def until(self) -> datetime | None:
        """Return when a dislike that has an end ends."""
        is_resting = self.value == Value.DISLIKE and self.reason == Reason.OVERPLAYED
        return self.at + RESTS if is_resting else None

    def refuses(self, *, talk: UUID | None, now: datetime) -> bool:
        """Say whether it is a dislike that holds in a talk; None for outside of any."""
        if self.value != Value.DISLIKE:
            return False
        if self.reason in OF_TALK:
            return talk is not None and self.talk == talk
        return self.until is None or now < self.until


def opinion_holding(
    said: Iterable[Said], *, talk: UUID | None, now: datetime
) -> Said | None:
    """Return the opinion that holds in a talk. said: those of one track, newest first."""
    return _first_of(
        one
        for one in _told(said)
        if not one.is_passing or one.refuses(talk=talk, now=now)
    )


def opinion_lasting(said: Iterable[Said]) -> Said | None:
    """Return the opinion that holds beyond any talk and time: none that passes."""
    return _first_of(one for one in _told(said) if not one.is_passing)


def _told(said: Iterable[Said]) -> Iterable[Said]:
    """Leave out dislikes whose passing reason was told after them."""
    is_explained = False
    for one in said:
        is_plain = one.value == Value.DISLIKE and not one.reason
        if not (is_explained and is_plain):
            is_explained = one.is_passing
            yield one


def _first_of(said: Iterable[Said]) -> Said | None:
    first = next(iter(said), None)
    return None if first is None or first.value == Value.NONE else first


def opinions_apart(said: Iterable[Said]) -> dict[int, Sequence[Said]]:
    """Return opinions by their track, in the order in which they came."""
    apart: dict[int, list[Said]] = {}
    for one in said:
        apart.setdefault(one.track, []).append(one)
    return dict(apart)
