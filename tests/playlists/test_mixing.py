"""Keys and tempos that go over into each other."""

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playlists.mixing import (
    EXACT_UP_TO,
    Sound,
    goes_over,
    key_steps,
    mixed,
    place_among,
    step_cost,
    steps_smooth,
    tempo_gap,
)

C, D, F_SHARP, G, A = 0, 2, 6, 7, 9


@pytest.mark.parametrize(
    ("pitch_class", "is_major", "name"),
    [
        (C, True, "8B"),
        (A, False, "8A"),
        (G, True, "9B"),
        (D, True, "10B"),
        (F_SHARP, True, "2B"),
        (3, False, "2A"),  # E flat minor
        (11, True, "1B"),  # B major
        (8, False, "1A"),  # G sharp minor
        (None, True, ""),
        (C, None, ""),
    ],
)
def test_keys_have_their_names_on_the_wheel(pitch_class, is_major, name):
    assert Sound(pitch_class, is_major).camelot == name


def test_each_number_and_letter_is_a_key_once():
    names = {Sound(p, m).camelot for p in range(12) for m in (True, False)}

    assert len(names) == 24


def test_steps_on_the_wheel_go_the_shorter_way_round():
    def steps(one, other):
        return key_steps(Sound(*one), Sound(*other))

    assert steps((C, True), (C, True)) == 0
    assert steps((C, True), (A, False)) == 1  # relative minor
    assert steps((C, True), (G, True)) == 1
    assert steps((C, True), (F_SHARP, True)) == 6
    assert steps((11, True), (4, True)) == 1  # 1B to 12B, over the top
    assert steps((C, True), (None, None)) is None


def test_half_and_double_tempos_are_near():
    def gap(one, other):
        return tempo_gap(Sound(tempo_bpm=one), Sound(tempo_bpm=other))

    assert gap(120, 126) == (pytest.approx(0.05), False)
    assert gap(126, 120) == (pytest.approx(0.05), False)
    assert gap(70, 140) == (pytest.approx(0), True)
    assert gap(87, 172) == (pytest.approx(174 / 172 - 1), True)
    assert gap(None, 120) is None
    assert gap(0, 120) is None


def test_a_song_goes_over_into_one_of_a_near_key_and_tempo():
    song = Sound(C, True, 124)

    assert goes_over(song, Sound(G, True, 128))
    assert not goes_over(song, Sound(D, True, 124))
    assert not goes_over(song, Sound(G, True, 140))
    assert not goes_over(song, Sound(None, None, 124))


SOUNDS = st.builds(
    Sound,
    st.none() | st.integers(0, 11),
    st.none() | st.booleans(),
    st.none() | st.floats(60, 200),
    st.none() | st.floats(0, 1),
)


def cost(order, sounds):
    return sum(step_cost(sounds[a], sounds[b]) for a, b in itertools.pairwise(order))


@given(st.lists(SOUNDS, max_size=30))
def test_any_songs_come_as_often_as_they_stand_and_unknown_ones_last(listed):
    sounds = dict(enumerate(listed))
    tracks = [*sounds, *list(sounds)[::3]]

    order = mixed(tracks, sounds)

    assert sorted(order) == sorted(tracks)
    unknown = [t for t in tracks if not sounds[t].is_known]
    assert list(order[len(order) - len(unknown) :]) == unknown


@given(st.lists(SOUNDS.filter(lambda s: s.is_known), min_size=3, max_size=6))
def test_no_order_of_a_few_songs_has_smaller_steps(listed):
    sounds = dict(enumerate(listed))

    found = cost(mixed(list(sounds), sounds), sounds)

    best = min(cost(order, sounds) for order in itertools.permutations(sounds))
    assert found == pytest.approx(best)


def chosen(count, seed):
    chance = Random(seed)  # noqa: S311
    return {
        i: Sound(chance.randrange(12), chance.random() < 0.6, chance.uniform(80, 160))
        for i in range(count)
    }


@pytest.mark.parametrize("seed", range(4))
def test_what_is_looked_for_comes_close_to_the_best(seed, monkeypatch):
    sounds = chosen(EXACT_UP_TO, seed)
    best = cost(mixed(list(sounds), sounds), sounds)
    monkeypatch.setattr("playlists.mixing.EXACT_UP_TO", 0)

    found = cost(mixed(list(sounds), sounds), sounds)

    assert best <= found <= 1.15 * best


@pytest.mark.parametrize(("count", "least"), [(40, 12), (150, 100)])
def test_a_long_list_goes_over_far_more_often_than_by_chance(count, least):
    sounds = chosen(count, seed=count)

    order = mixed(list(sounds), sounds)

    by_chance = steps_smooth([sounds[t] for t in sounds])
    smooth = steps_smooth([sounds[t] for t in order])
    assert smooth >= least > 5 * by_chance
    assert cost(order, sounds) < cost(list(sounds), sounds) / 2


def test_a_path_that_there_is_is_found():
    # One step along the wheel and one BPM each: 1B 120, 2B 121, …
    path = {i: Sound(i * 7 % 12, True, 120 + i, i / 30) for i in range(24)}
    tracks = list(path)
    Random(3).shuffle(tracks)  # noqa: S311

    assert mixed(tracks, path) == tuple(range(24))


def test_a_song_that_comes_later_goes_where_it_costs_least():
    keys = {1: C, 2: G, 3: D}
    sounds = {n: Sound(key, True, 120.0) for n, key in keys.items()}
    row = [1, 2, 3]  # 8B, 9B, 10B

    def place(sound):
        return place_among(9, row, {**sounds, 9: sound})

    assert place(Sound(5, True, 120.0)) == 0  # F major, 7B
    assert place(Sound(A, True, 120.0)) == 3  # 11B
    assert place(Sound(C, True, 120.0)) == 1  # 8B again, behind the first
    assert place(Sound(G, True, 120.0)) == 2
    assert place(Sound()) == 3  # nothing is known of it
    assert place_among(9, [], {9: Sound(C, True, 120.0)}) == 0
