"""The whole catalog as one set of rows, put together from segments.

A row is known by its number in the view: those of the first segment, then those of the
next. A view never changes; `view_with` makes the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.columns.postings import NO_ROWS, Rows
from catalog.columns.segment import Segment, joined
from catalog.columns.sketches import Among, Floats, is_mask

Mask = NDArray[np.bool_]

# A segment is joined with the one before where that isn't several times its size, so
# that there are few, and each row is copied a few times only (as in a log-structured
# merge tree; O'Neil et al., 1996).
GROWTH = 4
# Of so many words it is remembered how often they come: some megabytes.
COUNTS_KEPT = 50_000


class View:
    """Rows of all segments. is_there: (n,), False for rows that count no more."""

    def __init__(self, segments: Sequence[Segment], is_there: Sequence[Mask]) -> None:
        """segments: one at least. is_there: (n,) for each of them."""
        self.segments = tuple(segments)
        self.is_there: Mask = np.concatenate(list(is_there))
        sizes = [len(segment) for segment in self.segments]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.count = int(self.is_there.sum())
        self._columns: dict[str, NDArray[Any]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._lock = Lock()

    def masks(self) -> list[Mask]:
        """Return `is_there` segment by segment."""
        return [
            self.is_there[start:end]
            for start, end in zip(self.starts, self.starts[1:], strict=False)
        ]

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """Return the track id of each row; ascending within a segment."""
        return self._whole("ids", lambda segment: segment.ids)

    def derived(self, name: str, make: Callable[[View], NDArray[Any]]) -> NDArray[Any]:
        """Return an array that depends on the view alone, made once for each view.

        For columns made of others, (n,), and for small ones of any size: there may be
        thousands of names.
        """
        with self._lock:
            found = self._columns.get(name)
        if found is None:
            found = make(self)
            with self._lock:
                self._columns[name] = found
        return found

    def number(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers, NaN where unknown."""
        return self._whole(name, lambda segment: segment.numbers[name])

    def flag(self, name: str) -> NDArray[Any]:
        """Return another column by its name, see `Segment`."""
        return self._whole(name, lambda segment: segment.flags[name])

    def _whole(
        self, name: str, part: Callable[[Segment], NDArray[Any]]
    ) -> NDArray[Any]:
        with self._lock:
            found = self._columns.get(name)
            if found is None:
                parts = [part(segment) for segment in self.segments]
                found = np.concatenate(parts) if len(parts) != 1 else parts[0]
                self._columns[name] = found
        return found

    def rows_with(self, postings: str, keys: Iterable[int]) -> Rows:
        """Return the rows that have any of the keys, each once, ascending.

        Also rows that count no more.
        """
        keys = tuple(keys)
        found: list[Rows] = []
        for segment, start in zip(self.segments, self.starts, strict=False):
            for key in keys:
                rows = segment.postings[postings].rows_of(key)
                if len(rows):
                    # Long lists of the first segment needn't be copied.
                    found.append(rows + np.int32(start) if start else rows)
        if len(found) == 1:
            return found[0]
        if len(keys) == 1 and found:
            # In ascending order as they are.
            return np.concatenate(found)
        return np.unique(np.concatenate(found)) if found else NO_ROWS

    def count_with(self, postings: str, key: int) -> int:
        """Return how many rows have a key, with those that count no more."""
        asked = (postings, key)
        count = self._counts.get(asked)
        if count is None:
            count = sum(len(s.postings[postings].rows_of(key)) for s in self.segments)
            if len(self._counts) < COUNTS_KEPT:
                self._counts[asked] = count
        return count

    def words_worth(self, rows: Rows, worth: Mapping[int, float]) -> Floats:
        """Return what words that ascending rows have are worth together: (n,).

        worth: by the words' keys.
        """
        parts = [np.zeros(0, np.float32)]
        for segment, _, local in self._split(rows):
            parts.append(segment.words_worth(local, worth))
        return np.concatenate(parts)

    def mask_with(self, postings: str, keys: Iterable[int]) -> Mask:
        """Return which rows have any of the keys: (n,). Sorts nothing, for many keys."""
        mask = np.zeros(len(self.is_there), bool)
        keys = tuple(keys)
        for segment, start in zip(self.segments, self.starts, strict=False):
            part = mask[start : start + len(segment)]
            for key in keys:
                part[segment.postings[postings].rows_of(key)] = True
        return mask

    def rows_of(self, track_ids: Collection[int]) -> Rows:
        """Return the rows of tracks that are there, ascending."""
        found = [NO_ROWS]
        for segment, start in zip(self.segments, self.starts, strict=False):
            found.append((_places(segment, track_ids) + start).astype(np.int32))
        rows = np.unique(np.concatenate(found))
        return rows[self.is_there[rows]]

    def matrix(self, space_id: int, rows: Rows) -> tuple[Mask, Floats]:
        """Return which of n ascending rows have a vector, and those of the k that do.

        (n,) and (k, d); (k, 0) where no segment has vectors of the space.
        """
        has_vector: list[Mask] = [np.zeros(0, bool)]
        parts: list[Floats] = []
        for segment, _, local in self._split(rows):
            known = segment.vectors.get(space_id)
            if known is None:
                has_vector.append(np.zeros(len(local), bool))
                continue
            places = known.place_of[local]
            has_vector.append(places >= 0)
            parts.append(known.matrix[places[places >= 0]].astype(np.float32))
        vectors = np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)
        return np.concatenate(has_vector), vectors

    def vectors(self, space_id: int, rows: Rows) -> dict[int, Floats]:
        """Return the vectors of ascending rows, by row; those without are left out."""
        has_vector, vectors = self.matrix(space_id, rows)
        return dict(zip(rows[has_vector].tolist(), vectors, strict=True))

    def vectors_of(
        self, space_id: int, track_ids: Collection[int]
    ) -> dict[int, Floats]:
        """Return the vectors of tracks, by id; tracks without one are left out."""
        found = self.vectors(space_id, self.rows_of(track_ids))
        return {int(self.ids[row]): vector for row, vector in found.items()}

    def cosines(self, space_id: int, rows: Rows, vector: Floats) -> Floats:
        """Return how near rows are to a vector, NaN for rows without one."""
        parts = [np.zeros(0, np.float32)]
        for segment, _, local in self._split(rows):
            found = np.full(len(local), np.nan, np.float32)
            known = segment.vectors.get(space_id)
            if known is not None:
                places = known.place_of[local]
                has = places >= 0
                found[has] = known.measured(places[has], vector)
            parts.append(found)
        return np.concatenate(parts)

    def has_vector(self, space_id: int, rows: Rows) -> Mask:
        """Return which of these ascending rows have a vector in a space."""
        parts = [np.zeros(0, bool)]
        for segment, _, local in self._split(rows):
            known = segment.vectors.get(space_id)
            none = np.zeros(len(local), bool)
            parts.append(none if known is None else known.place_of[local] >= 0)
        return np.concatenate(parts)

    def nearest(
        self, space_id: int, among: Among, vector: Floats, *, limit: int
    ) -> tuple[Rows, Floats]:
        """Return the `limit` rows nearest to a vector by cosine, the nearest first.

        among: which rows may come.
        """
        rows, cosines = [NO_ROWS], [np.zeros(0, np.float32)]
        for i, segment in enumerate(self.segments):
            known = segment.vectors.get(space_id)
            if known is None or not len(known.rows):
                continue
            start, end = self.starts[i], self.starts[i + 1]
            if is_mask(among):
                here = among[start:end]
            else:
                first, last = np.searchsorted(among, [start, end])
                here = among[first:last] - np.int32(start)
            near, how = known.nearest(here, vector, limit=limit)
            rows.append((near + start).astype(np.int32))
            cosines.append(how)
        found, how = np.concatenate(rows), np.concatenate(cosines)
        order = np.lexsort((self.ids[found], -how))[:limit]
        return found[order], how[order]

    def artists_of(self, rows: Rows) -> dict[int, list[int]]:
        """Return the artists of ascending rows, by row."""
        found: dict[int, list[int]] = {}
        for segment, start, local in self._split(rows):
            credited = segment.postings["credit"].rows_of_each(local)
            found.update(zip((local + start).tolist(), credited, strict=True))
        return found

    def _split(self, rows: Rows) -> Iterable[tuple[Segment, int, Rows]]:
        """Yield each segment with its start and which of these ascending rows it has."""
        for i, segment in enumerate(self.segments):
            start, end = self.starts[i], self.starts[i + 1]
            first, last = np.searchsorted(rows, [start, end])
            if first < last:
                yield segment, int(start), rows[first:last] - int(start)


def view_of(segment: Segment) -> View:
    """Return a view of one segment, all of whose rows count."""
    return View([segment], [np.ones(len(segment), bool)])


def view_with(view: View, fresh: Segment, *, gone: Collection[int]) -> View:
    """Return a view in which some tracks are as a segment has them.

    gone: tracks whose rows count no more, those of the segment among them.
    """
    masks = [np.array(mask) for mask in view.masks()]
    for segment, mask in zip(view.segments, masks, strict=True):
        mask[_places(segment, gone)] = False
    segments = list(view.segments)
    if len(fresh):
        segments.append(fresh)
        masks.append(np.ones(len(fresh), bool))
    while len(segments) > 1 and _is_small(masks[-1], masks[-2]):
        one = joined(segments[-2:], masks[-2:])
        segments[-2:], masks[-2:] = [one], [np.ones(len(one), bool)]
    return View(segments, masks)


def view_joined(view: View) -> Segment:
    """Return the rows that are there as one segment."""
    if len(view.segments) == 1 and view.is_there.all():
        return view.segments[0]
    return joined(view.segments, view.masks())


def _is_small(last: Mask, before: Mask) -> bool:
    return int(last.sum()) * GROWTH >= int(before.sum())


def _places(segment: Segment, track_ids: Collection[int]) -> Rows:
    """Return where a segment has tracks, as far as it has them."""
    if not len(segment) or not track_ids:
        return NO_ROWS
    wanted = np.fromiter(track_ids, np.int64, len(track_ids))
    places = np.minimum(np.searchsorted(segment.ids, wanted), len(segment) - 1)
    found: Rows = places[segment.ids[places] == wanted].astype(np.int32)
    return found
