"""What the built-in planner says of what it had to let go."""

import pytest

from chat.agent.builtin.phrases import era, years_relaxed


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((1990, 1999), "the nineties"),
        ((1985, 1989), "the late eighties"),
        ((1990, 1994), "the early nineties"),
        ((2010, 2019), "the 2010s"),
        ((1987, 1994), "1987 to 1994"),
        ((1987, 1987), "1987"),
        ((None, 1979), "1979 or before"),
        ((2020, None), "2020 or later"),
    ],
)
def test_years_are_said_as_people_say_them(years, words):
    assert era(*years) == words


def test_songs_of_other_years_are_told_with_how_many_fit():
    told = years_relaxed((1990, 1999), 3, [1985, 1988])

    assert told[0] == (
        "I only found 3 from the nineties, so the rest are from the late eighties."
    )
    assert all("the late eighties" in words for words in told)


def test_songs_without_a_year_are_not_given_one():
    told = years_relaxed((1990, 1999), 0, [])

    assert all("times that nobody noted" in words for words in told)
