"""Tracks that several tests listen to, each rendered once."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from catalog.demo.library import DemoTrack, demo_tracks
from catalog.demo.synth import render_track


@cache
def track(slug: str) -> DemoTrack:
    """Return a track by its slug."""
    return next(track for track in demo_tracks() if track.slug == slug)


@cache
def sound(slug: str) -> NDArray[np.float32]:
    """Return a track's samples, (n, 2)."""
    samples = render_track(track(slug))
    samples.setflags(write=False)
    return samples


@cache
def one_of_each_style() -> tuple[DemoTrack, ...]:
    """Return the first track of every style."""
    firsts: dict[str, DemoTrack] = {}
    for each in demo_tracks():
        firsts.setdefault(each.style, each)
    return tuple(firsts.values())
