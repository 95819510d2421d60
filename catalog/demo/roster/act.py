"""How the roster is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Record:
    """An album in one style; songs are "title : feel : theme theme : guest"."""

    title: str
    year: int
    style: str
    songs: tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """An artist and their records."""

    name: str
    records: tuple[Record, ...]
