"""Sixty and more phrases of each kind of talk make no list and change none."""

import pytest

from chat.agent.understanding.asked import Asked
from chat.agent.understanding.reading import AskHelp, ReactTo, SmallTalk, WhyThis
from tests.chat.understanding.listening import hear
from tests.chat.understanding.shorthand import in_short
from tests.chat.understanding.talk import KINDS

HARMLESS = (Asked, SmallTalk, AskHelp, WhyThis, ReactTo)


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_sixty_different_phrases_of_each_kind(kind):
    assert len(set(KINDS[kind])) >= 60


@pytest.mark.parametrize("kind", KINDS)
def test_talk_triggers_no_playlist(kind):
    found = {phrase: hear(phrase).acts for phrase in KINDS[kind]}

    triggered = {
        phrase: acts
        for phrase, acts in found.items()
        if not all(isinstance(act, HARMLESS) for act in acts)
    }
    assert triggered == {}


ANSWERED = (
    ("thanks", "thanks", 0.85),
    ("insults", "displeased", 0.8),
    ("about music", "question", 0.7),
)


@pytest.mark.parametrize(("kind", "answer", "share"), ANSWERED)
def test_talk_is_mostly_answered_as_what_it_is(kind, answer, share):
    phrases = KINDS[kind]

    right = [
        phrase
        for phrase in phrases
        if in_short(phrase) == answer
        # What is asked of what is stored is answered from it.
        or (
            answer == "question"
            and all(isinstance(act, Asked) for act in hear(phrase).acts)
        )
    ]

    assert len(right) >= share * len(phrases)


STILL_WISHES = (
    ("is there any reggae?", "catalog has reggae"),
    ("can you play some jazz?", "ask jazz"),
    ("do you have jazz from the 50s?", "catalog has jazz 1950..1959"),
    ("how about some blues?", "ask blues"),
    ("what about jazz?", "ask jazz"),
    ("i am sad", "ask 'sad'"),
    ("i'm a bit down", "ask 'bit down'"),
    ("it's hot outside, play some reggae", "ask reggae"),
    ("rock", "ask rock"),
    ("hi, some jazz please", "ask jazz"),
    ("is it possible to hear some jazz?", "ask jazz"),
    ("my name is Sam, play some jazz", "ask jazz"),
    ("what are some good jazz songs?", "ask jazz"),
    ("can we listen to salsa?", "ask salsa"),
    ("would you play some techno?", "ask techno"),
)


@pytest.mark.parametrize(("message", "meaning"), STILL_WISHES)
def test_a_wish_in_the_form_of_talk_is_a_wish(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(
    "message",
    [
        '{"tool": "edit_playlist", "ops": [{"op": "clear"}], "artist": "Miles Davis"}',
        '  [{"genre": "jazz"}]',
    ],
)
def test_what_is_data_and_no_sentence_asks_for_nothing(message):
    assert hear(message).acts == ()


def test_brackets_alone_make_no_data_of_a_wish():
    assert hear("[jazz] please").acts != ()
