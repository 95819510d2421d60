"""The nearest among any rows."""

from dataclasses import replace

import numpy as np
import pytest

from catalog.columns import sketches
from catalog.columns.sketches import COUNTED
from catalog.columns.vectors import (
    AGAIN,
    ALWAYS_EXACT,
    HALF_FROM,
    MEASURED,
    Vectors,
    matrix_type,
)

SIZE = 24
# Of sketches of several words.
LONG = 130


def make_vectors(count, *, rows=None, of=None, size=SIZE):
    """Clustered places, as music has them; of: rows of the whole segment."""
    chance = np.random.default_rng(3)
    middles = chance.normal(size=(40, size))
    matrix = middles[chance.integers(40, size=count)] + chance.normal(
        0, 0.6, (count, size)
    )
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    rows = np.arange(count) if rows is None else rows
    vectors = Vectors.of(of or count, rows.astype(np.int32), matrix.astype(np.float32))
    queries = middles[:20] + chance.normal(0, 0.6, (20, size))
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    return vectors, queries.astype(np.float32)


def nearest_rows(vectors, may_come, query, limit):
    rows, cosines = vectors.nearest(may_come, query, limit=limit)
    return rows[np.argsort(-cosines)].tolist()


def truth(vectors, may_come, query, limit):
    cosines = vectors.matrix @ query
    order = np.argsort(-cosines)
    rows = vectors.rows[order]
    return rows[may_come[rows]][:limit].tolist()


def share_found(vectors, queries, may_come):
    """Return which share of the ten nearest is found; none may be one that can't come."""
    hits = 0
    for query in queries:
        found = nearest_rows(vectors, may_come, query, 10)
        assert len(found) == 10
        assert may_come[found].all()
        hits += len(set(found) & set(truth(vectors, may_come, query, 10)))
    return hits / (10 * len(queries))


def test_among_few_rows_the_answer_is_exact():
    vectors, queries = make_vectors(300)
    everything = np.ones(300, bool)

    assert vectors.sketches is None
    for query in queries:
        found = nearest_rows(vectors, everything, query, 10)
        assert found == truth(vectors, everything, query, 10)


FEW = 3_000


@pytest.fixture(scope="module")
def many_vectors():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketches, "COUNTED", FEW)
        return make_vectors(40_000, size=LONG)


@pytest.fixture
def in_cells(many_vectors, monkeypatch):
    """As of so many that most cells are passed by."""
    monkeypatch.setattr(sketches, "COUNTED", FEW)
    return many_vectors


@pytest.mark.parametrize("width", [1.0, 0.9, 0.25, 0.2])
def test_in_cells_few_of_the_nearest_are_missed(in_cells, width):
    vectors, queries = in_cells
    may_come = np.random.default_rng(1).random(len(vectors.rows)) < width

    assert len(vectors.sketches.centres) > 1
    assert share_found(vectors, queries, may_come) >= 0.95


def test_cells_of_which_a_filter_keeps_nothing_are_passed(in_cells):
    vectors, queries = in_cells
    found = vectors.sketches
    shares = []
    for query in queries[:8]:
        near = np.argsort(-(found.centres @ query))
        may_come = ~np.isin(found.cell_of, near[: len(near) // 2])
        assert 0.3 < may_come.mean() < 0.7
        shares.append(share_found(vectors, query[None], may_come))

    # All are far away there, and about as far.
    assert np.mean(shares) >= 0.7


def test_more_are_measured_where_sketches_tell_little(in_cells):
    vectors, queries = in_cells
    # Sketches that tell nothing: of other vectors.
    order = np.random.default_rng(2).permutation(len(vectors.rows))
    blind = replace(vectors, matrix=vectors.matrix[order])
    may_come = np.zeros(len(order), bool)
    may_come[: 2 * AGAIN * MEASURED] = True

    found = [len(set(nearest_rows(blind, may_come, q, 10))) for q in queries]
    share = share_found(blind, queries, may_come)

    assert set(found) == {10}
    # Half of all are measured, and of those that are measured first an eighth.
    assert share > 0.35


@pytest.mark.parametrize("size", [SIZE, LONG])
@pytest.mark.parametrize("width", [1.0, 0.9, 0.2])
def test_among_many_rows_few_of_the_nearest_are_missed(width, size):
    vectors, queries = make_vectors(COUNTED, size=size)
    may_come = np.random.default_rng(1).random(COUNTED) < width

    assert len(vectors.sketches.centres) == 1
    assert share_found(vectors, queries, may_come) >= 0.95


def test_a_narrow_filter_among_many_rows_is_exact():
    count = ALWAYS_EXACT * 3
    vectors, queries = make_vectors(count)
    may_come = np.zeros(count, bool)
    may_come[::100] = True

    for query in queries:
        found = nearest_rows(vectors, may_come, query, 200)
        assert found == truth(vectors, may_come, query, 200)


def test_rows_without_a_vector_are_never_near():
    rows = np.array([1, 4, 7])
    vectors, queries = make_vectors(3, rows=rows, of=9)

    found = nearest_rows(vectors, np.ones(9, bool), queries[0], 5)

    assert sorted(found) == [1, 4, 7]
    assert vectors.place_of.tolist() == [-1, 0, -1, -1, 1, -1, -1, 2, -1]


def test_a_filter_that_keeps_nothing_finds_nothing():
    vectors, queries = make_vectors(50)

    rows, cosines = vectors.nearest(np.zeros(50, bool), queries[0], limit=5)

    assert (len(rows), len(cosines)) == (0, 0)


def test_a_filter_holds_however_many_are_asked_for():
    count = ALWAYS_EXACT * 2
    vectors, queries = make_vectors(count)
    may_come = np.ones(count, bool)
    may_come[::4] = False

    found = nearest_rows(vectors, may_come, queries[0], 1000)

    assert len(set(found)) == 1000
    assert may_come[found].all()


def test_halves_are_measured_as_they_are():
    chance = np.random.default_rng(7)
    matrix = chance.normal(0, 0.05, (300, SIZE)).astype(matrix_type(HALF_FROM))
    # The least and the largest halves, and those below what has a full mantissa.
    matrix[0, :6] = [0.0, -0.0, 6e-8, -6e-8, 65504, -65504]
    matrix[1] = chance.normal(0, 1e-5, SIZE)
    vectors = Vectors.of(300, np.arange(300, dtype=np.int32), matrix)
    query = chance.normal(size=SIZE).astype(np.float32)

    found = vectors.measured(np.arange(300, dtype=np.int32), query)

    assert matrix.dtype == np.float16
    wanted = np.einsum("ij,j->i", matrix.astype(np.float32), query)
    assert found.tolist() == wanted.tolist()
