"""A demo track as sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from catalog.demo.synth.form import Form, make_form
from catalog.demo.synth.master import master
from catalog.demo.synth.mix import mix_score
from catalog.demo.synth.score import Mood, write_score
from catalog.demo.synth.signal import Sound
from catalog.demo.synth.styles import STYLES

if TYPE_CHECKING:
    from catalog.demo.library import DemoTrack


def form_of(style_slug: str, tempo_bpm: float) -> Form:
    """Return the bars and the clock of a piece in a style."""
    style = STYLES[style_slug]
    return make_form(tempo_bpm, style.beats_per_bar, style.swing, style.swing_16)


def render_track(track: DemoTrack) -> Sound:
    """Compose, play and mix a track.

    Returns (n, 2) float32 at 48 kHz, peak below 1.0, n = duration_s * 48000 rounded.
    The same track gives the same samples.
    """
    style = STYLES[track.style]
    form = form_of(track.style, track.tempo_bpm)
    mood = Mood(track.pitch_class, track.is_major, track.drive, track.lightness)
    score = write_score(style, form, mood, track.slug)
    mixed = mix_score(score, style, track.slug)
    finished = master(mixed, style, track.year, track.energy, track.slug)
    return np.ascontiguousarray(finished.T)
