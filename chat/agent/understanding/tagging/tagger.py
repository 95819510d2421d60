"""Tags a sentence: its names, the parts of its command, and what it is about.

The weights are read when the first sentence is tagged (torch and MiniLM: two seconds,
150 MB), never at import.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from chat.agent.understanding.tagging.labels import (
    INTENTS,
    KINDS,
    Head,
    Intent,
    Tag,
    spans_of,
    tags_of,
)
from chat.agent.understanding.tagging.words import word_places

if TYPE_CHECKING:
    from chat.agent.understanding.tagging.merged import Merged

WEIGHTS = Path(__file__).parent / "data" / "tagger.npz"
BATCH = 16


class UnusableWeights(Exception):
    """The file of weights is gone, damaged or of another network; says what to do."""


@dataclass(frozen=True)
class Tagging:
    """What the tagger makes of a sentence.

    sureness: how likely `intent` is, in [0, 1].
    """

    names: tuple[Tag, ...] = ()
    slots: tuple[Tag, ...] = ()
    intent: Intent = "music"
    sureness: float = 0.0

    def of(self, head: Head) -> tuple[Tag, ...]:
        """Return the spans that one head found."""
        return self.names if head == "names" else self.slots


class Tagger:
    """A trained tagger; safe to use from several threads."""

    def __init__(self, path: Path = WEIGHTS, *, network: Merged | None = None) -> None:
        """Name the file of the weights, or give what was learned just now."""
        self._path = path
        self._network = network
        self._loading = threading.Lock()

    def load(self) -> None:
        """Read the weights now: about a second once torch is there.

        Raises UnusableWeights, as `tag` and `tag_all` do at first.
        """
        self._loaded()

    def tag(self, text: str) -> Tagging:
        """Tag one sentence: about 4 ms on a CPU core, up to 25 ms for a long one.

        Of a long text the first 128 word pieces are read, about 500 characters.
        """
        return self.tag_all([text])[0]

    def tag_all(self, texts: Sequence[str]) -> list[Tagging]:
        """Tag sentences, some at a time. One without a word has no tags."""
        taggings = [Tagging()] * len(texts)
        worded = [i for i, text in enumerate(texts) if word_places(text)]
        worded.sort(key=lambda i: len(texts[i]))
        for start in range(0, len(worded), BATCH):
            rows = worded[start : start + BATCH]
            found = self._tagged([texts[i] for i in rows])
            for i, tagging in zip(rows, found, strict=True):
                taggings[i] = tagging
        return taggings

    def _tagged(self, texts: list[str]) -> list[Tagging]:
        network = self._loaded()
        import torch

        from chat.agent.understanding.tagging.chain import best_tags
        from chat.agent.understanding.tagging.network import batch_of

        batch = batch_of(texts, network.cutter)
        scores, intents = network(batch)
        chances = torch.softmax(intents, 1).numpy()
        taggings: list[Tagging] = []
        for row, places in enumerate(batch.places):
            spans: dict[Head, tuple[Tag, ...]] = {}
            for head in KINDS:
                emissions = scores[head][row, : len(places)].numpy()
                best = best_tags(emissions, network.chains[head]) if places else []
                tags = tags_of(head)
                spans[head] = spans_of(places, [tags[i] for i in best])
            likeliest = int(chances[row].argmax())
            taggings.append(
                Tagging(
                    names=spans["names"],
                    slots=spans["slots"],
                    intent=INTENTS[likeliest],
                    sureness=float(chances[row, likeliest]),
                )
            )
        return taggings

    def _loaded(self) -> Merged:
        with self._loading:
            if self._network is None:
                self._network = _read(self._path)
            return self._network


def _read(path: Path) -> Merged:
    import torch

    from chat.agent.understanding.tagging.merged import Merged, OtherShape

    # One sentence at a time gains nothing from more threads.
    torch.set_num_threads(1)
    try:
        # A damaged file may even look like a pickle to numpy, or an archive to zlib.
        with path.open("rb") as file, np.load(file) as weights:
            return Merged(weights)
    except (OSError, EOFError, ValueError, BadZipFile, zlib.error) as error:
        raise UnusableWeights(_what_to_do(path, str(error))) from error
    except (KeyError, OtherShape) as error:
        raise UnusableWeights(
            _what_to_do(path, "they belong to another network")
        ) from error


def _what_to_do(path: Path, why: str) -> str:
    return (
        f"The tagger's weights can't be read from {path} ({why}). Restore the file "
        "that came with this version, or write it anew: manage.py train_tagger."
    )


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """Return this process's tagger, as shipped. Loads nothing."""
    return Tagger()
