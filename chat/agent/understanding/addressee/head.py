"""The head: a small network from a sentence's layers to the odds that it is for others.

It speaks for the packaged text model alone, whatever model the site searches with. The
odds are as if half of all messages were for others; `deciding.py` weighs them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from catalog.encoders.text import packaged_encoder

WEIGHTS = Path(__file__).parent / "data" / "addressee.npz"
LAYERS, WIDTH = 4, 384
# Layers come as unit vectors, whose parts are small beside a network's first weights.
SCALE = 5.0
# What a longer message begins with says whom it is for.
READ_CHARS = 400

Array = NDArray[np.float32]
_PARTS = ("first", "first_bias", "second", "second_bias")


class UnusableAddressee(Exception):
    """The file of weights is gone, damaged or of another network; says what to do."""


@dataclass(frozen=True)
class Addressee:
    """b networks of one hidden layer of h units.

    first: (b, LAYERS * WIDTH, h); first_bias: (b, h); second: (b, h); second_bias: (b,).
    """

    first: Array
    first_bias: Array
    second: Array
    second_bias: Array

    def odds_of(self, features: Array) -> Array:
        """Return log-odds (n,) float32, the mean over the networks."""
        hidden = np.einsum("nf,bfh->bnh", features, self.first, optimize=True)
        hidden += self.first_bias[:, None, :]
        # GELU: Hendrycks and Gimpel 2016.
        hidden = hidden * 0.5 * (1.0 + erf(hidden / np.sqrt(2.0)))
        odds = np.einsum("bnh,bh->bn", hidden, self.second) + self.second_bias[:, None]
        return np.asarray(odds.mean(axis=0), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the weights in half precision."""
        np.savez_compressed(
            path, **{part: getattr(self, part).astype(np.float16) for part in _PARTS}
        )


def features_of(texts: Sequence[str]) -> Array:
    """Return (n, LAYERS * WIDTH) float32. One text takes about 8 ms on a CPU core."""
    read = [text[:READ_CHARS] for text in texts]
    layers = packaged_encoder().encode_layers(read, last=LAYERS)
    if layers is None:
        return np.zeros((0, LAYERS * WIDTH), np.float32)
    return _scaled(layers)


def _scaled(layers: Array) -> Array:
    unit = layers / np.maximum(np.linalg.norm(layers, axis=2, keepdims=True), 1e-6)
    return np.asarray(unit.reshape(len(layers), -1) * SCALE, dtype=np.float32)


def addressee_read(path: Path = WEIGHTS) -> Addressee:
    """Read weights. Raises UnusableAddressee."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            head = Addressee(*(arrays[part].astype(np.float32) for part in _PARTS))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise UnusableAddressee(
            f"The weights in {path} can't be read ({error}). Restore the file that came "
            "with this version, or write it anew: manage.py train_addressee."
        ) from error
    networks, _, hidden = head.first.shape if head.first.ndim == 3 else (0, 0, 0)
    shapes = [getattr(head, part).shape for part in _PARTS]
    inputs = LAYERS * WIDTH
    if shapes != [
        (networks, inputs, hidden), (networks, hidden), (networks, hidden), (networks,)
    ]:  # fmt: skip
        raise UnusableAddressee(f"The weights in {path} are of another network.")
    return head


@lru_cache(maxsize=1)
def shipped() -> Addressee:
    """Return this process's head. Raises UnusableAddressee."""
    return addressee_read()


@lru_cache(maxsize=1024)
def odds_for_others(text: str) -> float:
    """Say how likely a message is for another assistant, as log-odds. About 3 ms.

    Raises UnusableAddressee.
    """
    layers = packaged_encoder().glance(text[:READ_CHARS], last=LAYERS)
    if layers is None:
        raise UnusableAddressee("The packaged text model has too few layers.")
    return float(shipped().odds_of(_scaled(layers[None]))[0])
