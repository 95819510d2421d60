"""A model's prose says what is known, or less."""

import pytest

from chat.agent.llm.grounding import Prose, is_grounded
from chat.agent.llm.known import Known
from chat.agent.songs import Song

FACTS = {
    "energy": 0.712,
    "valence": 0.4,
    "tempo_bpm": 121.6,
    "danceability": 0.5,
    "acousticness": 0.1,
    "instrumentalness": 0.0,
    "popularity": 63,
}


def song(pk, title, *artists, year=1994, **facts):
    return Song(
        track_id=pk,
        title=title,
        artists=artists,
        artist_ids=tuple(range(pk, pk + len(artists))),
        genres=frozenset({"jazz"}),
        year=year,
        duration_ms=184_000,
        facts={**FACTS, **facts},
    )


def known(said="play some jazz", *, has_changed=True):
    known = Known(said=said, has_changed=has_changed)
    known.add_songs(
        [
            song(1, "Blue Hours", "Ada Monk"),
            song(2, "99 Lamps", "The Quiet Ones", year=1971, energy=0.2),
            song(3, "Stay", "Björk"),
            song(4, "Help!", "Blink-7"),
        ]
    )
    known.list_titles.add("slow jazz")
    known.list_size = 12
    known.counts = {12, 3, 37}
    known.years = {1990, 1999}
    return known


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are 12 songs, starting with “Blue Hours” by Ada Monk.",
        "“Blue Hours” by Ada Monk opens it; “99 Lamps” by The Quiet Ones ends it.",
        "Blue Hours by Ada Monk is the calmest of them.",
        "*Blue Hours* and **99 Lamps** stay.",
        "“Blue Hours – Ada Monk” is first.",
        "1. Blue Hours – Ada Monk",
        "- “Stay” by Björk",
        "I kept Stay by Bjork.",
        "“Help!” by Blink-7 is a bit louder.",
        "“Blue Hours” is from 1994 and has an energy of 0.71.",
        "It runs at 122 BPM.",
        "At 71% energy, “Blue Hours” is lively.",
        "All are from the 1990s.",
        "These are from 1990 to 1999.",
        "A twelve song list, the calmest jazz that I found.",
        "Number 3 is the slowest.",
        "It plays for 37 minutes, and “Stay” for 3:04.",
        "I added 3 songs of Slow Jazz and Hip Hop.",
        "Would you like more?",
        "Voilà: du jazz tranquille pour ce soir.",
        "Hier ist etwas Ruhiges.",
        "The list is called “Slow Jazz”.",
        "Enjoy!",
    ],
)
def test_what_is_known_is_said(sentence):
    assert is_grounded(sentence, known())


@pytest.mark.parametrize(
    "sentence",
    [
        "Here is “Imaginary Sunrise” for you.",
        'Here is "Imaginary Sunrise" for you.',
        "Here is ‘Imaginary Sunrise’ for you.",
        "Here is 'Imaginary Sunrise' for you.",
        "Here is «Imaginary Sunrise» for you.",
        "Here is *Imaginary Sunrise* for you.",
        "Here is **imaginary sunrise** for you.",
        "Here is Imaginary Sunrise for you.",
        "Try imaginary sunrise by Nobody Ever.",
        "Something by Nobody may fit.",
        "1. Imaginary Sunrise – Nobody Ever",
        "- Sunrise by someone",
        "2) “Sunrise” (1994)",
        "“Blue Hours” by Nobody Ever is first.",
        "I put Miles Davis in.",
        "I added 25 songs.",
        "I added twenty songs for you.",
        "“Blue Hours” is from 1987.",
        "“Blue Hours” is from 1971.",
        "It runs at 128 BPM.",
        "“99 Lamps” has an energy of 0.71.",
        "Its energy is 0.95.",
        "All at 90% energy.",
        "All from the 80s.",
        "I saved it to Spotify.",
        "The list was exported for you.",
        "See https://evil.example/x for more.",
        "Read [this](x) first.",
        "I put in t12 for you.",
        '<tool_call>{"name": "find_tracks"}',
    ],
)
def test_what_is_not_known_is_left_out(sentence):
    assert not is_grounded(sentence, known())


@pytest.mark.parametrize(
    "sentence",
    [
        "I added “Blue Hours”.",
        "Removed.",
        "I've made a list.",
        "Here is your playlist.",
    ],
)
def test_nothing_is_claimed_that_was_not_done(sentence):
    assert is_grounded(sentence, known()) or "list" in sentence
    assert not is_grounded(sentence, known(has_changed=False))


def test_what_the_listener_named_may_be_denied_and_not_offered():
    asked = known("play bohemian rhapsody by Queen please")

    assert is_grounded("I don't have “Bohemian Rhapsody” by Queen.", asked)
    assert is_grounded("Sorry, nothing by Queen is here.", asked)
    assert not is_grounded("Here is “Bohemian Rhapsody” by Queen.", asked)
    assert not is_grounded("I don't have “Radio Ga Ga” by Queen.", asked)


def test_a_number_of_the_listeners_may_be_said():
    assert is_grounded("You wanted 40 of them.", known("40 songs please"))


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_prose_in_pieces_is_held_until_its_sentence_is_whole(size):
    text = (
        "Here we go. “Imaginary! Sunrise” is lovely. Mr. Nobody sings it. "
        "I like “Help!” best, feat. nobody else.\n1. Blue Hours – Ada Monk\n"
        "2. Sunrise – Nobody\nEnjoy"
    )
    prose = Prose(known())

    out = "".join(prose.take(text[i : i + size]) for i in range(0, len(text), size))
    out += prose.rest()

    assert "Sunrise" not in out
    assert "Nobody" not in out
    assert out.startswith("Here we go.")
    assert "I like “Help!” best" in out
    assert "1. Blue Hours – Ada Monk\n" in out
    assert out.endswith("Enjoy")
    assert out == prose.said


def test_words_go_out_before_the_reply_has_ended():
    prose = Prose(known())

    assert prose.take("Enjoy the evening. And") == "Enjoy the evening."


def test_an_answer_that_broke_off_leaves_nothing_behind():
    prose = Prose(known())
    prose.take("Enjoy the evening. And th")

    prose.begin()

    assert prose.take("More? ") + prose.rest() == " More? "
