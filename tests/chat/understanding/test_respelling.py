"""Words that are spelt almost like one that describes music are read as that."""

import pytest

from chat.agent.understanding.respelling import MOST_RESPELT, respelt
from chat.agent.understanding.tokens import tokenised
from tests.chat.understanding.shorthand import in_short, read

READ = (
    ("some regaeton please", "ask reggaeton"),
    ("reggeaton party mix", "ask reggaeton 'party'"),
    ("regeton", "ask reggaeton"),
    ("play jaz", "ask jazz"),
    ("hip hopp from the 90's", "ask hip hop 1990..1999"),
    ("progresive house", "ask progressive house"),
    ("contry and blugrass", "ask country bluegrass"),
    ("clasical musik", "ask classical"),
    ("romatic jazz", "ask jazz 'romatic'"),
    ("workuot music", "ask 'workuot'"),
    ("somthing romatic", "ask 'romatic'"),
    ("jazz with a saxaphone", "ask jazz instrument=saxophone"),
)
# Names, English words and what is compared are no misspellings.
LET_ALONE = (
    ("songs by regaeton", "ask unknown regaeton"),
    ("play stromae", "ask unknown stromae"),
    ("songs like metalica", "ask unknown metalica"),
    ("nina vale", "ask by Nina Vale"),
    ("klangwerk sud", "ask by Klangwerk Süd"),
)


@pytest.mark.parametrize(("message", "meant"), READ)
def test_a_misspelt_word_is_read_as_what_it_means(message, meant):
    assert in_short(message) == meant


@pytest.mark.parametrize(("message", "meant"), LET_ALONE)
def test_what_is_a_word_or_a_name_is_let_alone(message, meant):
    assert in_short(message) == meant


def test_what_a_word_was_taken_for_is_noted():
    taken = [(t.said, t.word) for t in read("some regaeton and jazz").taken]

    assert taken == [("regaeton", "reggaeton")]


def test_no_more_than_some_words_of_a_message_are_compared():
    tokens = tokenised(" ".join(["regaeton"] * 3 * MOST_RESPELT))

    right = [token.key for token in respelt(tokens, set())].count("reggaeton")

    assert right == MOST_RESPELT
