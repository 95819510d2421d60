"""The mood that a message asks for, as one place in the plane of moods."""

import pytest

from tests.chat.understanding.shorthand import read


def target(message):
    (act,) = read(message).acts
    return act.wanted.mood_target


@pytest.mark.parametrize(
    ("message", "valence", "energy"),
    [
        ("sad songs", (None, 0.32), (None, 0.48)),
        ("sad but energetic songs", (None, 0.32), (0.68, None)),
        ("happy calm songs", (0.68, None), (None, 0.32)),
        ("jazz from the 70s", None, None),
    ],
)
def test_words_of_mood_make_one_target(message, valence, energy):
    found = target(message)

    ends = tuple(
        None if aim is None else (aim.low, aim.high)
        for aim in (found.valence, found.energy)
    )
    assert ends == (valence, energy)
    assert found.is_open is (valence is None and energy is None)


def test_a_target_says_which_words_it_is_from():
    found = target("sad but energetic songs")

    assert (found.valence.words, found.energy.words) == ("sad", "energetic")
    assert not found.valence.is_inferred
