"""Reading takes steps in proportion to a message's length, whatever it is made of."""

import sys

import pytest

from chat.agent.understanding.descriptors import descriptors_in
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.tagging.tagger import Tagging
from tests.chat.understanding.shorthand import look_up

SAID = (
    "90s |",
    "90s | ",
    "jazz, ",
    "sad ",
    "no jazz or ",
    "songs by ",
    "songs like ",
    "songs about rain ",
    "for driving home ",
    "french songs ",
    "no country except Nina Vale ",
)
SHORT, LONG = 1_250, 5_000


def steps_of(read):
    """Count the calls that reading makes, and the elements that its loops go over."""
    count = 0

    def step(frame, event, argument):
        nonlocal count
        count += 1
        return step

    read()  # What is read once, from files, counts for no message.
    sys.settrace(step)
    try:
        read()
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("said", SAID)
def test_four_times_the_words_take_four_times_the_steps(said):
    def read(chars):
        text = (said * chars)[:chars]
        # Read behind a word of its own, since texts just read are remembered.
        texts = iter((f"a {text}", f"b {text}"))

        def once():
            heard = next(texts)
            descriptors_in(heard, this_year=2026)
            read_message(heard, look_up, this_year=2026, tagging=Tagging())

        return steps_of(once)

    assert read(LONG) < 5 * read(SHORT)
