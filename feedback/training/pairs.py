"""A release's rows as texts, and the tracks of this catalog that were said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from catalog.aliases import track_ids_named
from catalog.contrasting import Judged
from catalog.encoders.protocol import TextEncoder


@dataclass
class Said:
    """What people said of tracks (ids) for one text. people: how many, at least."""

    approved: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    people: int = 0


def said_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Said]:
    """Put rows of one text together, by the tracks of this catalog. Two queries.

    What some approved of and others refused counts as approved. Tracks of other sites,
    and those that are gone, are left out.
    """
    rows = list(rows)
    uuids = {
        UUID(song["track"])
        for row in rows
        for song in (*row["approved"], *row["refused"])
        if song["track"]
    }
    ids = {str(uuid): pk for uuid, pk in track_ids_named(uuids).items()}
    found: dict[str, Said] = defaultdict(Said)
    for row in rows:
        said = found[row["text"]]
        said.people += row["people"]
        for name, tracks in (("approved", said.approved), ("refused", said.refused)):
            tracks |= {ids[s["track"]] for s in row[name] if s["track"] in ids}
    for said in found.values():
        said.refused -= said.approved
    return dict(found)


def judged_of(
    said: Mapping[str, Said], places: Mapping[int, int], encoder: TextEncoder
) -> tuple[Judged, list[str]]:
    """Return what was said as rows of a space, and the texts of it.

    places: the row of each track that has a vector. Texts for which no such track was
    approved of are left out.
    """
    texts = [text for text, one in sorted(said.items()) if one.approved & places.keys()]
    vectors = encoder.encode_text(texts) if texts else np.zeros((0, 0))
    judged = Judged(
        text=np.asarray(vectors, np.float32),
        approved=[_rows(said[text].approved, places) for text in texts],
        refused=[_rows(said[text].refused, places) for text in texts],
        weight=np.array([said[text].people for text in texts], np.float32),
    )
    return judged, texts


def _rows(tracks: Iterable[int], places: Mapping[int, int]) -> Any:
    return np.array(sorted(places[pk] for pk in tracks if pk in places), np.intp)
