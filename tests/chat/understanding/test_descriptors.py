"""What a message says of music is found as typed spans, each with its polarity."""

import pytest

from chat.agent.understanding.descriptors import descriptors_in
from chat.agent.understanding.tokens import Span
from tests.chat.understanding.shorthand import in_short


def said(text):
    spans = descriptors_in(text, this_year=2026)
    return [(span.kind, span.text, span.polarity) for span in spans]


def test_each_kind_is_found_where_it_stands():
    text = "sad brazilian jazz from the 70s with a flute, for studying"

    spans = descriptors_in(text, this_year=2026)

    assert [(span.kind, span.key) for span in spans] == [
        ("mood", "sad"),
        ("place", "brazil"),
        ("genre", "jazz"),
        ("era", "1970-1979"),
        ("instrument", "flute"),
        ("context", "study"),
    ]
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert (spans[3].year_from, spans[3].year_to) == (1970, 1979)
    assert spans[0].leanings
    assert spans[5].leanings


def test_what_is_refused_is_marked():
    assert said("rock with no vocals") == [
        ("genre", "rock", "+"),
        ("instrument", "vocals", "-"),
    ]
    assert said("I'm tired of rap") == [("genre", "rap", "-")]
    assert said("i like indie, not a fan of pop") == [
        ("genre", "indie", "+"),
        ("genre", "pop", "-"),
    ]
    assert said("hip hop with dubstep influences") == [
        ("genre", "hip hop", "+"),
        ("genre", "dubstep", "~"),
    ]


def test_names_and_topics_describe_nothing():
    assert said("songs like happy by pharrell") == []
    assert said("something similar to dark horse") == []
    assert said("songs about rainy days and being sad") == []


def test_whole_occasions_are_kept_together():
    assert said("songs for driving home alone and crying in the car") == [
        ("context", "driving home alone", "+"),
        ("context", "crying in the car", "+"),
    ]
    assert said("music to fall asleep to") == [("context", "fall asleep", "+")]


def test_adjectives_that_no_list_has_are_moods_before_music():
    assert said("some gloopy music") == [("mood", "gloopy", "+")]
    assert said("some good music") == []


def test_a_voice_takes_the_words_that_say_which():
    assert said("metal with raspy female vocals") == [
        ("genre", "metal", "+"),
        ("instrument", "raspy female vocals", "+"),
    ]
    assert said("a sad harmonica") == [
        ("mood", "sad", "+"),
        ("instrument", "harmonica", "+"),
    ]


def test_what_says_which_voice_joins_it():
    assert said("punk with female lead vocalists") == [
        ("genre", "punk", "+"),
        ("instrument", "female lead vocalists", "+"),
    ]
    assert said("bands with baritone bass voices") == [
        ("instrument", "baritone bass voices", "+")
    ]


def test_music_is_no_part_of_instrumental():
    assert said("great instrumental music") == [("instrument", "instrumental", "+")]


def test_a_row_of_moods_is_said_of_music_where_one_of_them_is():
    assert said("something sad and spiteful like that") == [
        ("mood", "sad", "+"),
        ("mood", "spiteful", "+"),
    ]


def test_the_force_of_a_sound_is_no_mood():
    assert said("rock with heavy bass") == [
        ("genre", "rock", "+"),
        ("instrument", "bass", "+"),
    ]


def test_what_there_is_no_need_of_is_neither_asked_for_nor_refused():
    assert said("some jazz, it doesn't have to be slow") == [("genre", "jazz", "+")]
    assert said("it needn't be jazz") == []


def test_a_listener_tells_when_they_will_hear_it():
    assert said("a playlist to listen to when i have friends over") == [
        ("context", "i have friends over", "+")
    ]


def test_every_time_of_a_message_is_read():
    spans = descriptors_in("late 80s, early 90s, also the 2010s", this_year=2026)

    assert [(span.year_from, span.year_to) for span in spans] == [
        (1986, 1989),
        (1990, 1993),
        (2010, 2019),
    ]


def test_a_name_that_was_looked_up_describes_nothing():
    assert descriptors_in("play Blue Jazz", this_year=2026, names=[Span(1, 3)]) == ()


def test_a_long_row_of_refusals_is_read_to_its_end():
    text = "no " + "jazz, " * 1200 + "90s " * 300

    spans = descriptors_in(text, this_year=2026)

    assert spans[0].polarity == "-"
    assert len(spans) == 1500


@pytest.mark.parametrize(
    "message",
    [
        "i was happy to find this band",
        "im really sad that theyre gone",
        "a theme for the grim villain",
        "i recently watched this film",
    ],
)
def test_what_tells_of_something_else_describes_no_music(message):
    assert said(message) == []


def test_a_row_of_what_is_refused_goes_on_over_names():
    spans = descriptors_in("no jazz, Blue or metal", this_year=2026, names=[Span(2, 3)])

    assert [(s.text, s.polarity) for s in spans] == [("jazz", "-"), ("metal", "-")]


def test_what_follows_like_is_a_name_unless_it_is_a_kind():
    assert said("songs like Happy") == []
    assert said("something like slow jazz") == [
        ("mood", "slow", "+"),
        ("genre", "jazz", "+"),
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "sad brazilian jazz with a flute, no trumpets",
            "ask jazz 'sad' place=brazil instrument=flute -instrument=trumpet",
        ),
        ("lofi for studying, without drums", "ask lo fi 'studying' -instrument=drums"),
        ("piano music from Japan", "ask place=japan instrument=piano"),
    ],
)
def test_what_is_found_is_what_a_turn_asks_for(message, expected):
    assert sorted(in_short(message).split()) == sorted(expected.split())
