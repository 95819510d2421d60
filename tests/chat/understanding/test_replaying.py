"""Asking to hear a song once more."""

import pytest

from chat.agent.understanding.pointing import Place, ThatOne
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import PlayAgain
from chat.agent.understanding.spans import KnownNames


def acts(text):
    known = KnownNames({}, {})
    return read_message(text, lambda keys: known, this_year=2026).acts


@pytest.mark.parametrize(
    "text",
    [
        "play that last song again",
        "play it again",
        "Again!",
        "once more please",
        "can you play the last one again?",
        "replay that",
        "I want to hear it again",
        "repeat that song",
        "encore",
    ],
)
def test_the_song_spoken_of_last_is_meant(text):
    assert acts(text) == (PlayAgain((ThatOne(),)),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("play the second one", Place(2)),
        ("play the third song again", Place(3)),
        ("play number 4", Place(4, is_of_playlist=True)),
    ],
)
def test_a_song_is_meant_by_where_it_stands(text, place):
    assert acts(text) == (PlayAgain((place,)),)


@pytest.mark.parametrize(
    "text",
    ["start again", "play the first list", "not again", "play something", "play jazz"],
)
def test_nothing_is_played_again_where_something_else_is_meant(text):
    assert not any(isinstance(act, PlayAgain) for act in acts(text))
