"""A view in files, so that a process that starts needn't read the catalog anew.

They lie under the data folder, one folder for each build. All processes map the same
files, so that a million tracks are in memory once. A build is made beside the others and then takes the
name that readers look for; who still reads an old one keeps it, as files that are mapped outlive their names.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from catalog.columns.changes import Mark
from catalog.columns.postings import Postings
from catalog.columns.segment import CREDIT, FLAGS, NUMBERS, POSTINGS, Segment
from catalog.columns.sketches import Sketches
from catalog.columns.vectors import Vectors
from catalog.models import Space

logger = logging.getLogger(__name__)

# What lies in the files; another number, and they aren't read.
FORMAT = 3


@dataclass(frozen=True)
class Base:
    """A segment from files, and up to where it knows the catalog."""

    segment: Segment
    mark: Mark


def base_opened(spaces: Sequence[Space]) -> Base | None:
    """Open the newest base that has the vectors of all these spaces, if there is one.

    A base that can't be read is logged, and none.
    """
    for folder in _builds():
        try:
            facts = json.loads((folder / "facts.json").read_text())
            if facts["format"] != FORMAT or facts["database"] != _database():
                continue
            if not {space.pk for space in spaces} <= set(facts["spaces"]):
                continue
            mark = Mark(**{**facts["mark"], "seen": frozenset(facts["mark"]["seen"])})
            return Base(_segment_opened(folder, facts), mark)
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("the columns in %s can't be used: %s", folder, error)
    return None


def base_save(segment: Segment, mark: Mark) -> Path:
    """Write a base, and delete those before. Raises OSError where the disk is full."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    number = max((int(f.name) for f in _builds()), default=0) + 1
    draft = root / f"{number}.part"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        for name, array in _arrays(segment):
            np.save(draft / f"{name}.npy", array)
        facts = {
            "format": FORMAT,
            "database": _database(),
            "spaces": sorted(segment.vectors),
            "rows": len(segment),
            "mark": {**vars(mark), "seen": sorted(mark.seen)},
        }
        (draft / "facts.json").write_text(json.dumps(facts))
        final = draft.rename(root / str(number))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    for old in _builds():
        if old != final:
            shutil.rmtree(old, ignore_errors=True)
    return final


def _builds() -> list[Path]:
    """Return the folders of finished builds, the newest first."""
    root = _root()
    found = [f for f in root.iterdir() if f.name.isdigit()] if root.is_dir() else []
    return sorted(found, key=lambda folder: -int(folder.name))


def _root() -> Path:
    return Path(settings.HOME) / "columns"


def _database() -> list[Any]:
    """Return which database this is: its cluster's own number, and its oid."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text, (SELECT oid::bigint FROM pg_database"
            " WHERE datname = current_database()) FROM pg_control_system()"
        )
        return list(cursor.fetchone())


def _arrays(segment: Segment) -> list[tuple[str, NDArray[np.generic]]]:
    found: list[tuple[str, NDArray[np.generic]]] = [("ids", segment.ids)]
    found += [(f"number-{name}", segment.numbers[name]) for name in NUMBERS]
    found += [(f"flag-{name}", segment.flags[name]) for name in FLAGS]
    for name in (*POSTINGS, CREDIT):
        postings = segment.postings[name]
        found += [
            (f"{name}-keys", postings.keys),
            (f"{name}-starts", postings.starts),
            (f"{name}-rows", postings.rows),
        ]
    for space, vectors in segment.vectors.items():
        found += [
            (f"space-{space}-rows", vectors.rows),
            (f"space-{space}-place_of", vectors.place_of),
            (f"space-{space}-matrix", vectors.matrix),
        ]
        if vectors.sketches is not None:
            found += [
                (f"space-{space}-{name}", array)
                for name, array in vars(vectors.sketches).items()
            ]
    return found


def _segment_opened(folder: Path, facts: dict[str, Any]) -> Segment:
    def opened(name: str) -> NDArray[Any]:
        # As a plain array: each slice and sum of a memmap is one as well, and to make
        # those takes longer than many of them.
        return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))

    def postings(name: str) -> Postings:
        return Postings(
            *(opened(f"{name}-{part}") for part in ("keys", "starts", "rows"))
        )

    def vectors(space: int) -> Vectors:
        parts = ("rows", "place_of", "matrix")
        rows, place_of, matrix = (opened(f"space-{space}-{part}") for part in parts)
        sketches = None
        if (folder / f"space-{space}-words.npy").exists():
            names = (field.name for field in fields(Sketches))
            sketches = Sketches(*(opened(f"space-{space}-{name}") for name in names))
        return Vectors(rows, place_of, matrix, sketches)

    return Segment(
        ids=opened("ids"),
        numbers={name: opened(f"number-{name}") for name in NUMBERS},
        flags={name: opened(f"flag-{name}") for name in FLAGS},
        postings={name: postings(name) for name in (*POSTINGS, CREDIT)},
        vectors={int(space): vectors(int(space)) for space in facts["spaces"]},
    )
