"""From reactions to evidence: what each track says of a taste, and how loudly. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import dist

from feedback.holding import Said, opinion_lasting, opinions_apart
from feedback.models import Reaction
from feedback.taste.weights import (
    HALF_LIFE_DAYS,
    LIKE_MOOD,
    OPINIONS,
    SIGNALS,
    SIGNALS_MOST,
    WRONG_MOOD,
)

# What has faded to less than this says nothing any more.
LEAST = 0.02
_DAY = timedelta(days=1)
# Valence and energy, 0 to 1.
Mood = tuple[float, float]


@dataclass(frozen=True)
class Evidence:
    """What a listener's reactions to a track come to.

    weight: above 0 where it is liked, below where it isn't. reactions: those that
    count, the newest first.
    """

    track: int
    weight: float
    reactions: tuple[Said, ...]


def evidence_of(
    said: Iterable[Said], *, now: datetime, mood: Mood | None = None
) -> tuple[Evidence, ...]:
    """Return what reactions come to, the track that was spoken of last first.

    Of opinions of a track the newest that lasts holds; what was done with it adds to that,
    and so does that it had the wrong mood, where one like it is asked for now. mood: None
    where none is.
    """
    by_track = opinions_apart(sorted(said, key=lambda one: -one.pk))
    found = (_evidence(track, ones, now, mood) for track, ones in by_track.items())
    return tuple(evidence for evidence in found if abs(evidence.weight) >= LEAST)


def liked_among(evidence: Iterable[Evidence]) -> dict[int, float]:
    """Return the weights of liked tracks."""
    return {one.track: one.weight for one in evidence if one.weight > 0}


def disliked_among(evidence: Iterable[Evidence]) -> dict[int, float]:
    """Return the weights of tracks that aren't liked, above 0 too."""
    return {one.track: -one.weight for one in evidence if one.weight < 0}


def _evidence(
    track: int, said: Sequence[Said], now: datetime, mood: Mood | None
) -> Evidence:
    opinions = [one for one in said if one.value in OPINIONS]
    opinion = opinion_lasting(opinions)
    wrong = opinions[0] if opinions and _is_wrong_now(opinions[0], mood) else None
    done = [one for one in said if one.value in SIGNALS]
    weight = sum(SIGNALS[one.value] * faded(one.at, now) for one in done)
    weight = max(-SIGNALS_MOST, min(SIGNALS_MOST, weight))
    if opinion is not None:
        weight += OPINIONS[opinion.value] * faded(opinion.at, now)
    if wrong is not None:
        weight += WRONG_MOOD * faded(wrong.at, now)
    counting = (one for one in said if one in (opinion, wrong) or one in done)
    return Evidence(track, weight, tuple(counting))


def _is_wrong_now(newest: Said, mood: Mood | None) -> bool:
    """Say whether a track's mood was wrong where one like that of now was asked for."""
    if newest.reason != Reaction.Reason.WRONG_MOOD or not newest.is_passing:
        return False
    if mood is None or newest.mood is None:
        return False
    return dist(mood, newest.mood) <= LIKE_MOOD


def faded(at: datetime, now: datetime) -> float:
    """Return what is left, 0 to 1, of what was said then."""
    return float(0.5 ** (max(0.0, (now - at) / _DAY) / HALF_LIFE_DAYS))
