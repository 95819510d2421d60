"""What of a message says nothing of the songs that are wanted isn't searched for."""

import pytest

from chat.agent.understanding.feelings import Feeling, with_feeling
from tests.chat.understanding.shorthand import read


@pytest.mark.parametrize(
    ("message", "unsaid"),
    [
        ("quiet but not sad", ("not sad",)),
        ("no Nina Vale please, I want jazz", ("no Nina Vale",)),
        ("something fun, nothing too slow", ("nothing too slow",)),
        ("anything but metal", ("anything but metal",)),
        ("songs like Nina Vale but calmer", ("Nina Vale", "calmer")),
        ("sad songs by Nina Vale", ()),
        ("rock from the 80s", ()),
    ],
)
def test_refusals_and_likenesses_are_left_out(message, unsaid):
    assert read(message).unsaid == unsaid


def test_a_tale_says_how_one_feels_and_no_titles():
    text = "I just broke up with my boyfriend"

    def sad(told):
        return Feeling(-1, 0)

    reading = with_feeling(read(text), text, sad)

    assert reading.unsaid == (text,)
    assert [mood.phrase for mood in reading.acts[0].wanted.moods] == ["broke up"]
    assert not reading.acts[0].wanted.words


def test_whoever_is_tired_of_an_artist_has_no_hard_day():
    text = "I'm tired of Nina Vale"

    reading = with_feeling(read(text), text, lambda told: Feeling(-1, 0))

    assert not reading.acts[0].wanted.moods
    assert reading.acts[0].wanted.without_artists
