"""Songs that lie in scenes, and people who love parts of a few. Pure.

The rule of this file: what a person loves is told to nobody; it only decides how they
react. All is drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]

DIMENSIONS = 24
SCENES = 12
SONGS_A_SCENE = 100
SONGS_AN_ARTIST = 5
# How far songs lie around their scene, beside its own length of 1: neighbours overlap.
SPREAD = 0.8
# A person loves so much of all songs, in two or three scenes.
LOVED_SHARE = 0.15
INTERESTS = (2, 3)
# And where in a scene they are at home.
OWN_SPREAD = 0.3
# Of songs that aren't loved so many are said to be disliked; of the others nothing is.
SAYS_NO = 0.7
# What is measured of sound is a way through its space, with so much noise to a spread.
ATTRIBUTES = ("energy", "valence", "danceability", "acousticness")
MEASURED_AMISS = 0.5
GENRES = (
    "ambient",
    "country",
    "electronic",
    "folk",
    "hip hop",
    "jazz",
    "metal",
    "soul",
)


@dataclass(frozen=True)
class World:
    """Songs by number: unit vectors (n, d), the scene of each, and of each scene a genre.

    attributes: what was measured of the songs' sound, 0 to 1, by name (n,). is_silent:
    which of them nothing was heard of, so that they have no vector (n,).
    """

    vectors: Vectors
    scenes: NDArray[np.intp]
    genres: tuple[str, ...]
    centres: Vectors
    attributes: Mapping[str, Vectors]
    is_silent: NDArray[np.bool_]


@dataclass(frozen=True)
class Person:
    """Somebody, and which songs they love: (n,)."""

    number: int
    loves: NDArray[np.bool_]

    def says(self, song: int) -> bool | None:
        """Return whether they like a song that they heard; None where they say nothing."""
        if self.loves[song]:
            return True
        chance = np.random.default_rng((self.number, song)).random()
        return False if chance < SAYS_NO else None


def world_made(*, seed: int, silent: float = 0.0) -> World:
    """Draw the songs. silent: the share of which nothing was heard."""
    chance = np.random.default_rng(seed)
    centres = _unit(chance.normal(size=(SCENES, DIMENSIONS)))
    scenes = np.repeat(np.arange(SCENES), SONGS_A_SCENE)
    around = chance.normal(size=(len(scenes), DIMENSIONS)) / np.sqrt(DIMENSIONS)
    vectors = _unit(centres[scenes] + SPREAD * around)
    genres = tuple(GENRES[scene % len(GENRES)] for scene in range(SCENES))
    # Drawn apart, so that the songs of a seed are the same with and without them.
    beside = np.random.default_rng((seed, 1))
    ways = _unit(beside.normal(size=(len(ATTRIBUTES), DIMENSIONS)))
    heard = vectors @ ways.T * np.sqrt(DIMENSIONS)
    heard += MEASURED_AMISS * beside.normal(size=heard.shape)
    attributes = dict(zip(ATTRIBUTES, 1 / (1 + np.exp(-heard.T)), strict=True))
    is_silent = beside.random(len(scenes)) < silent
    return World(vectors, scenes, genres, centres, attributes, is_silent)


def people_made(world: World, count: int, *, seed: int) -> Sequence[Person]:
    """Draw people, each with interests of their own."""
    return [_person(world, number, seed) for number in range(count)]


def _person(world: World, number: int, seed: int) -> Person:
    chance = np.random.default_rng((seed, number))
    count = int(chance.integers(INTERESTS[0], INTERESTS[1] + 1))
    scenes = chance.choice(SCENES, size=count, replace=False)
    around = chance.normal(size=(count, DIMENSIONS)) / np.sqrt(DIMENSIONS)
    homes = _unit(world.centres[scenes] + OWN_SPREAD * around)
    nearest = (world.vectors @ homes.T).max(axis=1)
    return Person(number, nearest >= np.quantile(nearest, 1 - LOVED_SHARE))


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float64)
