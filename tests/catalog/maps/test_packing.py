"""The map's body, read as its description says, and what its colours tell."""

import gzip
import json
import struct

import numpy as np
import pytest

from catalog.maps.colours import genre_roots, legend_of
from catalog.maps.packing import Points, compressed, packed, places_unpacked


@pytest.fixture
def body():
    return packed(
        Points(
            places=np.array([[0.0, 1.0], [0.5, 0.25], [1.0, 0.0]]),
            genres=np.array([0, 255, 1], np.uint8),
            genre_names=("jazz", "soul"),
            feelings=np.array([[1.0, 0.5], [np.nan, np.nan], [0.0, 0.25]]),
        ),
        number=7,
    )


def test_a_body_reads_as_it_is_described(body):
    magic, length = struct.unpack_from("<4sI", body)
    header = json.loads(body[8 : 8 + length])
    columns = body[8 + length :]

    assert (magic, length % 4) == (b"PMAP", 0)
    assert header == {
        "format": 1,
        "map": 7,
        "count": 3,
        "genres": ["jazz", "soul"],
        "middle": {"valence": 0.5, "energy": 0.375},
    }
    assert struct.unpack_from("<6H", columns) == (0, 32768, 65535, 65535, 16384, 0)
    assert list(columns[12:]) == [0, 255, 1, 254, 255, 0, 127, 255, 64]


def test_places_come_back(body):
    found = places_unpacked(body)

    assert np.allclose(found, [[0, 1], [0.5, 0.25], [1, 0]], atol=1e-5)


def test_a_hundred_thousand_songs_take_well_under_two_megabytes():
    chance = np.random.default_rng(1)
    count = 100_000
    points = Points(
        places=chance.uniform(0, 1, (count, 2)),
        genres=chance.integers(0, 11, count).astype(np.uint8),
        genre_names=tuple(map(str, range(11))),
        feelings=chance.uniform(0, 1, (count, 2)),
    )

    sent = compressed(packed(points, number=1))

    assert len(sent) < 800_000
    assert len(gzip.decompress(sent)) < 710_000


def test_a_genre_counts_as_its_oldest_ancestors():
    assert genre_roots("deep house") == ("electronic",) or "electronic" in genre_roots(
        "deep house"
    )
    assert genre_roots("jazz") == ("jazz",)
    assert genre_roots("zydeco polka nonsense") == ("zydeco polka nonsense",)


def test_a_legend_names_the_commonest_and_joins_the_rest():
    families = [name for n, name in enumerate("abcdefghijkl") for _ in range(20 - n)]

    found, legend = legend_of([*families, ""])

    assert legend == (*"abcdefghij", "other genres")
    assert found[0] == 0
    assert found[-2] == 10
    assert found[-1] == 255
