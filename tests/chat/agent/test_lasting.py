"""Songs that are to last a time together."""

import numpy as np
import pytest

from chat.agent.lasting import TOLERANCE, counted, lasting


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("minutes", [20, 45, 60, 90])
def test_songs_of_usual_lengths_meet_a_time_within_three_in_a_hundred(seed, minutes):
    chance = np.random.default_rng(seed)
    lengths = chance.normal(225_000, 50_000, 40).clip(60_000, 600_000).astype(int)

    chosen = lasting(lengths.tolist(), target_ms=minutes * 60_000)

    total = sum(lengths[place] for place in chosen)
    assert abs(total - minutes * 60_000) <= TOLERANCE * minutes * 60_000
    assert len(set(chosen)) == len(chosen)


def test_the_head_of_the_row_stays_where_it_fits_already():
    assert lasting([180_000] * 30, target_ms=1_800_000) == tuple(range(10))


def test_songs_that_are_fixed_stay():
    lengths = [300_000, 300_000, 100_000, 110_000, 120_000, 200_000]

    chosen = lasting(lengths, target_ms=800_000, fixed=2)

    assert chosen[:2] == (0, 1)
    total = sum(lengths[place] for place in chosen)
    assert abs(total - 800_000) <= TOLERANCE * 800_000


def test_one_song_is_left_at_least_and_none_of_none():
    assert lasting([600_000], target_ms=60_000) == (0,)
    assert lasting([], target_ms=60_000) == ()


def test_all_are_taken_where_there_are_too_few():
    assert lasting([180_000, None], target_ms=3_600_000) == (0, 1)


def test_a_number_and_a_time_are_both_met_with_the_head_of_the_row_where_it_can_be():
    chance = np.random.default_rng(5)
    lengths = [int(ms) for ms in chance.uniform(125_000, 390_000, 60)]

    chosen = counted(lengths, count=15, target_ms=45 * 60_000)

    assert len(chosen) == len(set(chosen)) == 15
    lasts = sum(lengths[place] for place in chosen)
    assert lasts == pytest.approx(45 * 60_000, rel=TOLERANCE)
    assert counted([180_000] * 30, count=15, target_ms=45 * 60_000) == tuple(range(15))


@pytest.mark.parametrize(
    ("lengths", "count", "minutes"),
    [
        ([240_000] * 40, 20, 20),
        ([240_000] * 40, 5, 60),
        ([180_000] * 5, 15, 45),
        ([], 3, 9),
        ([180_000], 0, 3),
    ],
)
def test_nothing_is_chosen_where_no_songs_are_of_that_number_and_time(
    lengths, count, minutes
):
    assert counted(lengths, count=count, target_ms=minutes * 60_000) == ()
