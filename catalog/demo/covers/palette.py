"""Colours that suit how a track feels."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Palette:
    """Five colours as "#rrggbb": `back` behind all, `ink` readable upon it."""

    back: str
    deep: str
    main: str
    accent: str
    ink: str


_SAD = (212, 232, 255, 190, 285, 350)
_MIXED = (178, 205, 330, 20, 275, 40, 140)
_HAPPY = (8, 24, 42, 50, 335, 186, 200, 14)


def colour(hue: float, saturation: float, lightness: float) -> str:
    """Return "#rrggbb" for a hue in degrees and shares 0..1."""
    # Bright greens look poisonous beside anything: they are made into moss.
    green_share = max(0.0, 1 - abs(hue % 360 - 108) / 62)
    saturation *= 1 - 0.6 * green_share
    lightness *= 1 - 0.12 * green_share
    red, green, blue = colorsys.hls_to_rgb(
        hue % 360 / 360, min(1, max(0, lightness)), min(1, max(0, saturation))
    )
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def make_palette(energy: float, valence: float, rng: np.random.Generator) -> Palette:
    """Sad is blue and dark, happy is warm and light, energy is saturation."""
    hues = _SAD if valence < 0.33 else _MIXED if valence < 0.66 else _HAPPY
    hue = float(rng.choice(hues)) + rng.uniform(-10, 10)
    strength = 0.3 + 0.55 * energy
    turn = float(rng.choice([150, 180, 205, 40, -50]))
    if valence < 0.33:
        back = colour(hue, strength * 0.7, 0.12 + 0.08 * energy)
        deep = colour(hue + 15, strength * 0.6, 0.23)
        main = colour(hue + 10, strength, 0.45)
        accent = colour(hue + turn, min(0.9, strength + 0.25), 0.6)
        ink = colour(hue, 0.25, 0.93)
    elif valence < 0.66 and rng.random() < 0.5:
        back = colour(hue, strength * 0.75, 0.3)
        deep = colour(hue + 12, strength * 0.8, 0.2)
        main = colour(hue - 18, strength, 0.52)
        accent = colour(hue + turn, min(0.9, strength + 0.2), 0.66)
        ink = colour(hue, 0.3, 0.95)
    else:
        back = colour(hue + 20, 0.3 + 0.5 * energy, 0.88 - 0.1 * energy)
        deep = colour(hue + turn, strength * 0.8, 0.28)
        main = colour(hue, min(0.92, strength + 0.2), 0.55)
        accent = colour(hue + turn, min(0.9, strength + 0.2), 0.5)
        ink = colour(hue + turn, 0.5, 0.13)
    return Palette(back, deep, main, accent, ink)
