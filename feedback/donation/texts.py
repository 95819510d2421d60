"""What listeners are told before they agree: one file a version, in every language.

A version is never changed, since rows say who agreed to which: what is to be said
otherwise becomes the next version, and everybody is asked anew.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from feedback.models import Consent

FOLDER = Path(__file__).with_name("texts")
FALLBACK = "en"


@dataclass(frozen=True)
class Wording:
    """What is said of one purpose. points: sentences, each of one thing."""

    purpose: str
    title: str
    lead: str
    points: tuple[str, ...]


@lru_cache(maxsize=1)
def current_version() -> int:
    """Return the number of the wording that holds."""
    return max(int(path.stem) for path in FOLDER.glob("*.toml"))


def wordings(version: int) -> list[Wording]:
    """Return a version's wording of each purpose, in the reader's language."""
    texts = _read(version)
    said = texts.get((get_language() or FALLBACK).split("-")[0], texts[FALLBACK])
    return [
        Wording(purpose, one["title"], one["lead"], tuple(one["points"]))
        for purpose in Consent.Purpose.values
        if (one := said[purpose])
    ]


@lru_cache(maxsize=8)
def _read(version: int) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{version}.toml").read_text("utf-8"))
