"""Moods told in sentences, and what is said of the songs at hand."""

import pytest

from chat.agent.understanding.feelings import Feeling, with_feeling
from chat.agent.understanding.reading import Ask, Reading, SmallTalk
from chat.agent.wishes import mood_wishes
from tests.chat.understanding.listening import hear, inferred, moods
from tests.chat.understanding.shorthand import in_short, read

LOW = (
    "my dog died yesterday",
    "my grandmother passed away last week",
    "I lost my keys and missed the train",
    "my flight got cancelled and I'm stuck at the airport",
    "they fired me without a word",
    "he never called me back",
    "I miss my mom so much",
    "everything is going wrong today",
    "my best friend moved away and I have nobody to talk to",
)
HIGH = (
    "we won the championship!!!",
    "I got the job!",
    "I got promoted today",
    "we are getting married tomorrow!",
    "my sister just had her baby and we are over the moon!",
)
NEUTRAL = (
    "play songs by nina simone",
    "I live in berlin",
    "I have a car",
    "my name is ada",
    "we are three people",
    "I use this on my phone",
    "my brother plays the guitar",
    "add some jazz to my playlist",
    "play the top 20 songs of 1999",
    "can you put on my road trip list",
    "I want to hear something from the 80s",
    "songs with piano",
    "show me what you have from France",
    "my favourite band is Wren & Hollow",
    "start over",
    "the second one",
)


@pytest.mark.parametrize("message", LOW)
def test_bad_news_asks_for_songs_of_low_valence(message):
    assert inferred(message)["valence"] == -1


@pytest.mark.parametrize("message", HIGH)
def test_good_news_asks_for_songs_of_high_valence(message):
    assert inferred(message)["valence"] == 1
    assert inferred(message).get("energy", 1) == 1


@pytest.mark.parametrize("message", NEUTRAL)
def test_what_tells_no_mood_gets_none(message):
    assert inferred(message) == {}


def test_a_mood_beside_a_request_is_added_to_it():
    [ask] = hear("play some jazz, my dog died yesterday").acts

    assert ask.wanted.genres == ("jazz",)
    assert [mood.is_inferred for mood in ask.wanted.moods] == [True]


@pytest.mark.parametrize(
    "message",
    [
        "I just got dumped and it's raining",
        "my dog died, play something happy",
        "we won the championship, something calm please",
    ],
)
def test_words_that_name_a_mood_win(message):
    assert moods(hear(message))
    assert not [mood for mood in moods(hear(message)) if mood.is_inferred]
    assert moods(hear(message)) == moods(read(message))


def test_an_inferred_mood_is_a_soft_wish_under_its_own_name(db):
    from catalog.search.levels import attribute_levels
    from tests.factories import make_catalog

    make_catalog()
    wishes = mood_wishes(moods(hear("we won the championship!!!")), attribute_levels())

    assert {wish.attribute for wish in wishes} == {"valence", "energy"}
    assert {wish.words for wish in wishes} == {"high spirits"}


OPINIONS = (
    ("omg yes these are perfect", "thanks"),
    ("wow you nailed it, these are wonderful", "thanks"),
    ("you made these so wonderful for me", "thanks"),
    ("meh, not feeling these", "displeased"),
    ("these are garbage", "displeased"),
    ("you made a horrible mess of the list", "displeased"),
)


@pytest.mark.parametrize(("message", "kind"), OPINIONS)
def test_an_opinion_of_the_songs_makes_no_list(message, kind):
    assert hear(message).acts == (SmallTalk(kind),)


def test_an_opinion_of_one_song_is_noted_for_it():
    def glad(text):
        return Feeling(1, 0)

    reading = with_feeling(Reading(()), "omg the second one, wow", glad)

    assert [type(act).__name__ for act in reading.acts] == ["ReactTo"]
    assert reading.acts[0].value == "like"


def test_a_head_that_is_not_sure_changes_nothing():
    def unsure(text):
        return Feeling(0, 0)

    for message in (*LOW, *HIGH):
        assert hear(message, feel=unsure) == read(message)


def test_commands_are_not_asked_how_they_feel():
    def never(text):
        raise AssertionError(f"asked of {text!r}")

    for message in (
        "undo",
        "remove the sad ones",
        "more upbeat",
        "thanks!",
        "sad jazz",
    ):
        assert hear(message, feel=never) == read(message)


def test_the_words_of_a_tale_are_not_searched_for():
    [ask] = hear("my dog died yesterday").acts

    assert isinstance(ask, Ask)
    assert ask.wanted.words == ()
    assert in_short("they fired me without a word") == "off_topic"
