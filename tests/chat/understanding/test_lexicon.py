"""The lexicon's rows can be read, and hold every mood of the demo library."""

from catalog.demo.library import demo_tracks
from catalog.genres import genre_spellings
from catalog.names import name_key
from chat.agent.understanding.lexicon import (
    command_words,
    comparative_words,
    idioms,
    manner_of,
    mood_words,
)


def test_every_mood_of_the_demo_library_is_known():
    said = {mood for track in demo_tracks() for mood in track.moods}

    unknown = {mood for mood in said if name_key(mood) not in mood_words()}

    # "Cool" is what people say of a list that they like.
    assert unknown <= {"cool"}


def test_steps_stay_within_the_quarters():
    for leanings in mood_words().values():
        assert all(-2 <= leaning.step <= 2 for leaning in leanings)
    for leanings in comparative_words().values():
        assert leanings
        assert all(leaning.step in (-1, 1) for leaning in leanings)


def test_a_word_stands_in_one_list():
    assert not idioms().intersection(mood_words())
    assert not {"jazz", "metal", "techno"}.intersection(command_words())
    assert not set(mood_words()).intersection(genre_spellings())


def test_a_reply_takes_moods_up_in_their_manner():
    assert manner_of("calm") == "quality"
    assert manner_of("not sad") == "quality"
    assert manner_of("can't sleep") == "aside"
    assert manner_of("heartbroken") == "feeling"
    assert manner_of("studying") == "occasion"
