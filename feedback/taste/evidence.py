"""From reactions to evidence: what each track says of a taste, and how loudly. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.taste.weights import (
    HALF_LIFE_DAYS,
    OPINIONS,
    REASONS,
    SIGNALS,
    SIGNALS_MOST,
)

# What has faded to less than this says nothing any more.
LEAST = 0.02
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """One reaction, by its key, to a track."""

    pk: int
    track: int
    value: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """What a listener's reactions to a track come to.

    weight: above 0 where it is liked, below where it isn't. reactions: those that
    count, the newest first.
    """

    track: int
    weight: float
    reactions: tuple[Said, ...]


def evidence_of(said: Iterable[Said], *, now: datetime) -> tuple[Evidence, ...]:
    """Return what reactions come to, the track that was spoken of last first.

    Of opinions of a track the newest holds; what was done with it adds to that.
    """
    by_track: dict[int, list[Said]] = {}
    for one in sorted(said, key=lambda one: -one.pk):
        by_track.setdefault(one.track, []).append(one)
    found = (_evidence(track, ones, now) for track, ones in by_track.items())
    return tuple(evidence for evidence in found if abs(evidence.weight) >= LEAST)


def liked_among(evidence: Iterable[Evidence]) -> dict[int, float]:
    """Return the weights of liked tracks."""
    return {one.track: one.weight for one in evidence if one.weight > 0}


def disliked_among(evidence: Iterable[Evidence]) -> dict[int, float]:
    """Return the weights of tracks that aren't liked, above 0 too."""
    return {one.track: -one.weight for one in evidence if one.weight < 0}


def _evidence(track: int, said: list[Said], now: datetime) -> Evidence:
    opinion = next((one for one in said if one.value in OPINIONS), None)
    done = [one for one in said if one.value in SIGNALS]
    weight = sum(SIGNALS[one.value] * faded(one.at, now) for one in done)
    weight = max(-SIGNALS_MOST, min(SIGNALS_MOST, weight))
    if opinion is not None:
        weight += _opinion_weight(opinion, REASONS) * faded(opinion.at, now)
    counting = (one for one in said if one is opinion or one in done)
    return Evidence(track, weight, tuple(counting))


def _opinion_weight(opinion: Said, reasons: Mapping[str, float]) -> float:
    weight = OPINIONS[opinion.value]
    return weight * reasons.get(opinion.reason, 1.0) if weight < 0 else weight


def faded(at: datetime, now: datetime) -> float:
    """Return what is left, 0 to 1, of what was said then."""
    return float(0.5 ** (max(0.0, (now - at) / _DAY) / HALF_LIFE_DAYS))
