"""A generated catalog: clustered vectors, and metadata as real catalogs have it.

What makes it like music and unlike isotropic noise: tracks belong to artists of very
unequal size (Zipf), artists to styles, styles to genres of the taxonomy, whose sizes
fall off alike. A vector is its style's place, moved by its artist's own manner and by
the track, in few dimensions of falling weight (as real embeddings have) and by a little
in all. Styles are wide or narrow. Places of styles in the text space are the true text
model's vectors of what documents say, so that typed words land among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from catalog.documents import KnownTrack, attribute_words
from catalog.encoders.text import text_encoder
from catalog.genres import genres

SEED = 20261125
CHUNK = 50_000
TRACKS_PER_ARTIST = 12
TRACKS_PER_STYLE = 400
MAX_STYLES = 2000
LATENT = 64
# The genres that most listeners name, largest first; the rest of the taxonomy follows.
LARGE_GENRES = (
    *("pop", "rock", "hip hop", "electronic", "metal", "country", "jazz", "folk"),
    *("classical", "r and b", "latin", "punk", "indie rock", "house", "soul", "blues"),
    *("techno", "ambient", "reggae", "gospel"),
)
MOODS = (
    *("calm", "happy", "sad", "energetic", "dark", "romantic", "epic", "relaxing"),
    *("melancholic", "dreamy", "uplifting", "aggressive", "groovy", "funny", "tense"),
    *("hopeful", "mysterious", "nostalgic", "party", "peaceful", "powerful", "warm"),
    *("cold", "sensual", "heavy", "light", "lonely", "proud", "playful", "solemn"),
)
# A track without any genre tag, and one whose audio nobody measured.
UNTAGGED, UNMEASURED = 0.05, 0.05
ATTRIBUTES = (
    *("energy", "valence", "danceability", "acousticness", "instrumentalness"),
    *("tempo_bpm", "loudness_lufs"),
)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Generated:
    """A catalog in arrays, row i being the track of id i + 1.

    genre_keys: the taxonomy, by size. genre: (n, 2) index, -1 for none; mood: (n, 3)
    likewise; artist: (n,) from 0; attributes: (n,) by name, nan where unknown. audio,
    text: (n, d) unit length, on disk. audio_queries, text_queries: (q, d), of tracks
    that aren't in the catalog.
    """

    genre_keys: tuple[str, ...]
    genre: Ints
    mood: Ints
    artist: Ints
    artists: int
    year: Ints
    popularity: Ints
    attributes: dict[str, Floats]
    audio: Floats
    text: Floats
    audio_queries: Floats
    text_queries: Floats


@dataclass(frozen=True)
class _Styles:
    genre: Ints
    energy: Floats
    audio: Floats
    text: Floats
    spread: Floats


def generate(tracks: int, *, dimensions: int, queries: int, folder: Path) -> Generated:
    """Make the catalog; the same numbers give the same one. ~1 min for a million.

    dimensions: of the audio space. Vectors that lie in the folder are used again.
    """
    chance = np.random.default_rng(SEED)
    keys = _genre_keys()
    styles = _styles(tracks, keys, dimensions, chance)
    count = tracks + queries
    artists = max(8, tracks // TRACKS_PER_ARTIST)
    artist = _zipf(artists, count, chance, power=0.8)
    home = _zipf(len(styles.genre), artists, chance, power=0.5)
    style = home[artist]
    elsewhere = chance.random(count) < 0.1
    style[elsewhere] = _zipf(len(styles.genre), int(elsewhere.sum()), chance, power=0.5)
    genre = np.stack([styles.genre[style], np.full(count, -1)], axis=1)
    second = chance.random(count) < 0.3
    genre[second, 1] = _zipf(len(keys), int(second.sum()), chance, power=1.0)
    genre[genre[:, 0] == genre[:, 1], 1] = -1
    genre[chance.random(count) < UNTAGGED] = -1
    mood = _zipf(len(MOODS), count * 3, chance, power=0.7).reshape(count, 3)
    mood[chance.random((count, 3)) < 0.5] = -1
    mood[mood[:, 1] == mood[:, 0], 1] = -1
    mood[(mood[:, 2] == mood[:, 0]) | (mood[:, 2] == mood[:, 1]), 2] = -1
    places = _Places(artist, style, styles, artists)
    audio = places.vectors("audio", folder)
    text = places.vectors("text", folder)
    return Generated(
        genre_keys=keys,
        genre=genre[:tracks],
        mood=mood[:tracks],
        artist=artist[:tracks],
        artists=artists,
        year=_years(styles.genre[style], chance)[:tracks],
        popularity=(chance.beta(1.2, 3.5, count) * 100).astype(int)[:tracks],
        attributes={
            name: values[:tracks]
            for name, values in _attributes(styles.energy[style], chance).items()
        },
        audio=audio[:tracks],
        text=text[:tracks],
        audio_queries=np.array(audio[tracks:]),
        text_queries=np.array(text[tracks:]),
    )


def _genre_keys() -> tuple[str, ...]:
    known = genres()
    large = [key for key in LARGE_GENRES if key in known]
    return (*large, *sorted(set(known) - set(large)))


def _zipf(kinds: int, count: int, chance: np.random.Generator, *, power: float) -> Ints:
    """Draw kinds whose sizes fall off as rank to the minus power."""
    weights = np.arange(1, kinds + 1) ** -power
    cuts = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(cuts, chance.random(count)), kinds - 1)


def _styles(
    tracks: int, keys: tuple[str, ...], dimensions: int, chance: np.random.Generator
) -> _Styles:
    count = max(20, min(MAX_STYLES, tracks // TRACKS_PER_STYLE))
    genre = _zipf(len(keys), count, chance, power=1.0)
    of_genre = chance.random(len(keys))
    energy = np.clip(of_genre[genre] + chance.normal(0, 0.1, count), 0.02, 0.98)
    moods = chance.integers(0, len(MOODS), (count, 2))
    words = [
        _document(keys[g], [MOODS[m] for m in pair], float(e))
        for g, pair, e in zip(genre, moods, energy, strict=True)
    ]
    genre_place = chance.normal(0, 1, (len(keys), dimensions))
    own = chance.normal(0, 0.8, (count, dimensions))
    return _Styles(
        genre=genre,
        energy=energy.astype(np.float32),
        audio=_unit(genre_place[genre] + own),
        text=text_encoder().encode_text(words),
        spread=chance.uniform(0.3, 1.0, count).astype(np.float32),
    )


def _document(genre: str, moods: list[str], energy: float) -> str:
    sound = attribute_words(KnownTrack(title="", energy=energy))
    return f"Genre: {genre}. Mood: {', '.join(moods)}. Sound: {', '.join(sound)}."


class _Places:
    """Where each track lies in a space, written to disk chunk by chunk."""

    def __init__(
        self, artist: Ints, style: Ints, styles: _Styles, artists: int
    ) -> None:
        self.artist, self.style, self.styles = artist, style, styles
        self.artists = artists

    def vectors(self, space: str, folder: Path) -> Floats:
        places: Floats = getattr(self.styles, space)
        count, size = len(self.artist), places.shape[1]
        file = folder / f"{space}-{count}x{size}.npy"
        if file.exists():
            return _opened(file)
        # Of a space's own seed, so that one that lies there already changes nothing.
        chance = np.random.default_rng([SEED, size, len(space)])
        axes = np.linalg.qr(chance.normal(0, 1, (size, min(LATENT, size))))[0].T
        weights = np.arange(1, len(axes) + 1) ** -0.5
        axes = (axes * (weights / np.linalg.norm(weights))[:, None]).astype(np.float32)
        manner = chance.standard_normal((self.artists, len(axes)), dtype=np.float32)
        draft = file.with_suffix(".part")
        out = open_memmap(draft, mode="w+", dtype=np.float32, shape=(count, size))
        for start in range(0, count, CHUNK):
            rows = slice(start, min(count, start + CHUNK))
            style, artist = self.style[rows], self.artist[rows]
            own = chance.standard_normal((len(style), len(axes)), dtype=np.float32)
            moved = (0.6 * manner[artist] + 0.8 * own) @ axes
            moved *= self.styles.spread[style][:, None]
            noise = chance.standard_normal((len(style), size), dtype=np.float32)
            out[rows] = _unit(places[style] + moved + noise * (0.2 / size**0.5))
        out.flush()
        draft.rename(file)
        return _opened(file)


def _years(genre: Ints, chance: np.random.Generator) -> Ints:
    centre = 1965 + (genre * 7919 % 50)
    return np.clip(centre + chance.normal(0, 9, len(genre)), 1930, 2026).astype(int)


def _attributes(energy: Floats, chance: np.random.Generator) -> dict[str, Floats]:
    count = len(energy)

    def unit(mean: Floats, deviation: float) -> Floats:
        values = mean + chance.normal(0, deviation, count)
        return np.clip(values, 0, 1).astype(np.float32)

    loud = unit(energy, 0.15)
    found: dict[str, NDArray[np.floating]] = {
        "energy": loud,
        "valence": unit(0.3 + 0.4 * energy, 0.22),
        "danceability": unit(0.3 + 0.4 * energy, 0.18),
        "acousticness": unit(0.9 - 0.9 * loud, 0.2),
        "instrumentalness": chance.beta(0.3, 1.2, count),
        "tempo_bpm": np.clip(85 + 55 * loud + chance.normal(0, 22, count), 40, 220),
        "loudness_lufs": -24 + 18 * loud + chance.normal(0, 2, count),
    }
    unknown = chance.random(count) < UNMEASURED
    for values in found.values():
        values[unknown] = np.nan
    return {name: values.astype(np.float32) for name, values in found.items()}


def _unit(rows: NDArray[np.floating]) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / lengths, dtype=np.float32)


def _opened(file: Path) -> Floats:
    vectors: Floats = np.load(file, mmap_mode="r")
    return vectors
