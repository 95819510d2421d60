"""Made-up listeners: what they love is hidden, and what they say makes lists better."""

import numpy as np
import pytest

from chat.evaluation.listeners.giving import FITTING_SHARE, OCCASIONS, fitting
from chat.evaluation.listeners.listening import ARMS, live
from chat.evaluation.listeners.loading import load
from chat.evaluation.listeners.world import (
    LOVED_SHARE,
    SCENES,
    SONGS_A_SCENE,
    people_made,
    world_made,
)

NO_FEEDBACK, *_, INTERESTS = ARMS


def test_of_some_songs_nothing_is_heard_and_they_are_the_same():
    world, heard = world_made(seed=1, silent=0.5), world_made(seed=1)

    assert world.is_silent.mean() == pytest.approx(0.5, abs=0.05)
    assert not heard.is_silent.any()
    assert np.array_equal(world.vectors, heard.vectors)
    for name, measured in world.attributes.items():
        assert np.array_equal(measured, heard.attributes[name])
        assert 0 < measured.min() < measured.max() < 1


def test_people_love_as_much_of_a_few_scenes_and_say_the_same_each_time():
    world = world_made(seed=1)
    people = people_made(world, 20, seed=2)

    for person in people:
        assert person.loves.mean() == pytest.approx(LOVED_SHARE, abs=0.001)
        loved = np.bincount(world.scenes[person.loves], minlength=SCENES)
        # Most of it lies in three scenes at most.
        assert np.sort(loved)[-3:].sum() > 0.8 * person.loves.sum()
        assert [person.says(n) for n in range(50)] == [
            person.says(n) for n in range(50)
        ]
    assert np.linalg.norm(world.vectors, axis=1) == pytest.approx(1.0)
    assert len(world.scenes) == SCENES * SONGS_A_SCENE
    assert not np.array_equal(people[0].loves, people[1].loves)


@pytest.mark.django_db
def test_what_they_say_brings_them_more_of_what_they_love():
    world = world_made(seed=1)
    ids = load(world, seed=1)
    people = people_made(world, 3, seed=2)

    before = [live(person, NO_FEEDBACK, ids).precision[0] for person in people]
    lives = [live(person, INTERESTS, ids) for person in people]

    after = [one.precision[20] for one in lives]
    assert sum(after) > sum(before) + 0.5
    assert [one.came_back for one in lives] == [0, 0, 0]


def test_a_tenth_of_all_songs_fits_each_occasion():
    world = world_made(seed=1)

    fits = fitting(world, seed=1)

    assert fits.shape == (len(OCCASIONS), len(world.scenes))
    assert fits.mean(axis=1) == pytest.approx(FITTING_SHARE, abs=0.001)
    assert not np.array_equal(fits[0], fits[1])
