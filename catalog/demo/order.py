"""The order of the demo library: first of all, variety."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalog.demo.library import DemoTrack


def spread_out(tracks: Sequence[DemoTrack]) -> tuple[DemoTrack, ...]:
    """Order tracks so that each next one is the least like those before it.

    Farthest-point order on genre, style, artist, mood, energy, valence and decade: a
    library that is still being made can already answer different wishes.
    """
    left = sorted(tracks, key=lambda track: track.slug)
    if not left:
        return ()
    chosen = [left.pop(0)]
    nearness = [_likeness(track, chosen[0]) for track in left]
    while left:
        best = min(range(len(left)), key=lambda at: (nearness[at], left[at].slug))
        track = left.pop(best)
        nearness.pop(best)
        chosen.append(track)
        nearness = [
            near + _likeness(other, track)
            for near, other in zip(nearness, left, strict=True)
        ]
    return tuple(chosen)


def _likeness(a: DemoTrack, b: DemoTrack) -> float:
    """How alike two tracks are, 0 for strangers. Near things weigh much more."""
    apart = abs(a.energy - b.energy) + abs(a.valence - b.valence)
    like = 1.2 / (0.12 + apart)
    like += 3.0 * (a.genre == b.genre) + 1.5 * (a.style == b.style)
    like += 2.0 * bool(set(a.artists) & set(b.artists))
    like += 1.0 * bool(set(a.moods) & set(b.moods))
    like += 1.0 * (a.year // 10 == b.year // 10)
    return like
