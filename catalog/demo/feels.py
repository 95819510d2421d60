"""What a piece is meant to feel like, and what that asks of its players."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feel:
    """A feeling in the players' terms, each 0..1 within what a style allows.

    pace: slow .. fast; drive: gentle .. hard; lightness: long, low, sinking lines ..
    short, high, leaping ones.
    """

    is_major: bool
    pace: float
    drive: float
    lightness: float
    moods: tuple[str, ...]


FEELS: dict[str, Feel] = {
    "joyful": Feel(True, 0.75, 0.75, 0.95, ("happy", "joyful", "upbeat")),
    "playful": Feel(True, 0.6, 0.45, 0.9, ("playful", "happy", "light-hearted")),
    "sunny": Feel(True, 0.5, 0.5, 0.8, ("sunny", "warm", "carefree")),
    "warm": Feel(True, 0.25, 0.25, 0.55, ("warm", "tender", "relaxed")),
    "romantic": Feel(True, 0.2, 0.3, 0.5, ("romantic", "warm", "intimate")),
    "calm": Feel(True, 0.15, 0.05, 0.5, ("calm", "peaceful", "relaxed")),
    "dreamy": Feel(True, 0.3, 0.2, 0.65, ("dreamy", "soft", "floating")),
    "nostalgic": Feel(True, 0.35, 0.35, 0.35, ("nostalgic", "wistful", "bittersweet")),
    "hopeful": Feel(True, 0.5, 0.6, 0.7, ("hopeful", "uplifting", "warm")),
    "triumphant": Feel(True, 0.7, 0.95, 0.75, ("triumphant", "uplifting", "epic")),
    "euphoric": Feel(True, 0.85, 0.95, 0.95, ("euphoric", "energetic", "uplifting")),
    "cool": Feel(False, 0.5, 0.55, 0.6, ("cool", "confident", "laid-back")),
    "groovy": Feel(False, 0.6, 0.75, 0.8, ("groovy", "confident", "energetic")),
    "longing": Feel(False, 0.3, 0.4, 0.4, ("longing", "romantic", "wistful")),
    "melancholy": Feel(False, 0.2, 0.25, 0.25, ("melancholic", "sad", "reflective")),
    "sad": Feel(False, 0.05, 0.1, 0.08, ("sad", "lonely", "heartbroken")),
    "gloomy": Feel(False, 0.2, 0.4, 0.05, ("gloomy", "dark", "brooding")),
    "mysterious": Feel(False, 0.35, 0.3, 0.3, ("mysterious", "dark", "atmospheric")),
    "tense": Feel(False, 0.6, 0.7, 0.15, ("tense", "restless", "suspenseful")),
    "dark": Feel(False, 0.5, 0.75, 0.05, ("dark", "intense", "ominous")),
    "angry": Feel(False, 0.9, 0.97, 0.1, ("angry", "aggressive", "intense")),
    "driving": Feel(False, 0.8, 0.9, 0.4, ("driving", "energetic", "determined")),
    "hypnotic": Feel(False, 0.5, 0.5, 0.3, ("hypnotic", "focused", "trance-like")),
    "epic": Feel(False, 0.6, 0.92, 0.35, ("epic", "dramatic", "powerful")),
}


def valence_of(feel: Feel, tempo_bpm: float, lightness: float, colour: float) -> float:
    """Return how happy it sounds, 0..1, from what makes it so.

    Mode weighs most, then how light the lines are, then tempo; `colour` is what the
    style's timbres add or take. The order is that of listening studies on musical
    structure and emotion (Gabrielsson and Lindström, "The role of structure in the
    musical expression of emotions", 2010); the weights are ours.
    """
    pace = min(1.0, max(0.0, (tempo_bpm - 60) / 110))
    value = 0.05 + 0.36 * feel.is_major + 0.28 * lightness + 0.2 * pace + colour
    return round(min(0.97, max(0.03, value)), 3)
