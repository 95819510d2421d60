"""Whether a message is for this companion, decided on the head's odds and its words."""

import pytest

from chat.agent.understanding.addressee.deciding import Addressed
from chat.agent.understanding.addressee.head import odds_for_others
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import AskHelp, SmallTalk, WhyThis
from chat.agent.understanding.spans import KnownNames

# Written after the head's templates, and none of them.
TO_OTHERS = (
    "will I need my umbrella in Aberdeen on Saturday?",
    "tell me if there's going to be hail in Nebraska at dawn",
    "temperatures for Yosemite this coming Tuesday",
    "is it chilly in the Azores at the moment",
    "I want a reservation for seven at a churrascaria in Reno",
    "get my grandmother and me into a soul food place tonight",
    "the textbook I'm on deserves a 4 out of 6",
    "give Sorrow of the Glass Harp 3 stars out of 5",
    "rate The Blues Murders one star",
    "please look up the television show Harmony Lane",
    "I wish to read the graphic novel Rhythm and Ruin",
    "where's the closest cinema showing Soul Station",
    "what time tonight is Dance of the Salamander on at the Rialto",
    "play the video game Rock Valley",
    "wake me at a quarter past five",
    "switch the porch lamps off at midnight",
    "ring my sister",
    "drop a line to the accountant about the tax form",
    "quickest road to Dover avoiding tolls",
    "put oat milk on the shopping list",
    "seventeen squared minus nine",
    "who discovered penicillin",
    "what do you call a baby swan",
    "how did Chelsea get on yesterday",
    "take a picture of me",
    "setting an alarm for seven",
    "looking for a table by the window",
    "how long should I roast a chicken",
    "compose an apology to my neighbour",
)
# They name places, times, films, meals and machines, and mean music.
TO_US = (
    "songs for a stormy night in Aberdeen",
    "something mellow for roasting a chicken",
    "what would they dance to in Havana",
    "the soundtrack of Soul Station",
    "tunes from the video game Rock Valley",
    "a playlist for seven people at brunch",
    "wake me up with punk",
    "music to drive to Dover by",
    "play Weather Man",
    "play Table for Two by Nina Solano",
    "add Taxi Driver to Sunday Brunch",
    "put The Alarm on my cooking list",
    "find the album Glass Harp",
    "some folk for a picnic, it's sunny",
    "remove the alarm song",
    "move the last one up two places",
    "driving alone at night through the city",
    "cooking pasta for friends",
    "a long walk through the snow",
    "sitting by the fire with a book.",
    "jazz",
    "Radiohead",
    "swing for a kitchen party, 20 minutes",
    "less gloomy",
)


def read(text, **more):
    known = KnownNames({}, {})
    return read_message(text, lambda keys: known, this_year=2026, **more)


def touches(reading):
    return [a for a in reading.acts if not isinstance(a, SmallTalk | AskHelp | WhyThis)]


@pytest.mark.parametrize("text", TO_OTHERS)
def test_what_others_do_searches_and_changes_nothing(text):
    assert touches(read(text)) == []


@pytest.mark.parametrize("text", TO_US)
def test_music_is_never_turned_away(text):
    assert SmallTalk("off_topic") not in read(text).acts


def test_the_head_is_not_asked_where_nothing_hangs_on_it():
    def refuse(text):
        raise AssertionError(f"asked of {text}")

    assert Addressed("anything", odds=-1.0, ask=refuse).is_for_others() is False
    assert Addressed("anything", odds=1.0, ask=refuse).is_for_others() is True


@pytest.mark.parametrize(
    "text", ["find the album Titanic", "the song Titanic", "a playlist called Titanic"]
)
def test_what_names_songs_is_music_however_much_it_sounds_like_a_film(text):
    assert not Addressed(text, odds=8.0).is_for_others()
    assert Addressed(text.split(" ", 1)[0] + " Titanic", odds=8.0).is_for_others()


def test_odds_given_by_the_caller_stand_for_the_heads():
    assert SmallTalk("off_topic") in read("calm evening", for_others=20.0).acts
    assert touches(read("calm evening", for_others=-20.0))


def test_odds_are_of_the_words_and_not_of_their_case():
    assert odds_for_others("WHAT'S THE WEATHER") == pytest.approx(
        odds_for_others("what's the weather"), abs=0.1
    )
