"""A shuffled list keeps its songs, and an artist apart from themselves."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from playlists.shuffling import shuffled

ARTISTS = st.lists(st.integers(1, 5), min_size=0, max_size=25)


def neighbours_of_one_artist(order, artists):
    pairs = zip(order, order[1:], strict=False)
    return sum(bool(set(artists[a]) & set(artists[b])) for a, b in pairs)


@given(ARTISTS, st.integers(0, 99))
def test_no_artist_follows_on_themselves_where_that_can_be(names, seed):
    artists = {track: (name,) for track, name in enumerate(names)}

    order = shuffled(tuple(artists), artists, Random(seed))  # noqa: S311

    assert sorted(order) == sorted(artists)
    most = max((names.count(name) for name in names), default=0)
    # One that fills more than every second place has to follow on itself.
    least = max(0, most - (len(names) - most) - 1)
    assert neighbours_of_one_artist(order, artists) == least


def test_a_seed_makes_the_order_and_another_one_another():
    artists = {track: (track,) for track in range(20)}

    first, again, other = (
        shuffled(tuple(artists), artists, Random(seed))  # noqa: S311
        for seed in (1, 1, 2)
    )

    assert first == again != other
