"""Chips: what is given in a few words, and what it becomes when a chip is set."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from catalog.search.query import Wish
from chat.agent.arcs import Arc, Waypoint
from chat.agent.chips import changed, chip_id, chips_of
from chat.agent.choices import (
    MoodPoint,
    SetConstraint,
    SetMood,
    choice_from_json,
    choice_to_json,
)
from chat.agent.constraints import (
    Constraint,
    artist,
    genre,
    refused_genre,
    wished,
    years,
)
from chat.agent.labels import MAX_LABEL_CHARS, label_of, mood_words
from chat.agent.state import Given

PATH = Arc("start calm, end wild", (Waypoint(energy=0.1), Waypoint(energy=0.9)))


def labels(given, artists=None, songs=None):
    return [c.label for c in chips_of(given, artists=artists or {}, songs=songs or {})]


@pytest.mark.parametrize(
    ("held", "label"),
    [
        (genre("jazz"), "jazz"),
        (genre("country", is_refused=True), "not country"),
        (
            refused_genre("hip hop", except_artists=(), except_genres=("trap",)),
            "not hip hop, but trap",
        ),
        (years(1990, 1999, words="90s"), "90s"),
        (years(2000, 2009), "2000s"),
        (years(1920, 1929), "1920s"),
        (years(1987, 1994, words="from 1987 to 1994"), "1987 to 1994"),
        (years(2000, None, words="nothing older than 2000"), "from 2000"),
        (years(None, 1979), "until 1979"),
        (years(1984, 1984), "1984"),
        (years(1980, 1989, is_refused=True), "not 80s"),
        (artist(7), "Nina Vale"),
        (artist(7, is_refused=True), "not Nina Vale"),
        (Constraint("tempo", "about 120 BPM", low=112, high=128), "about 120 BPM"),
        (Constraint("tempo", low=112, high=128), "112 to 128 BPM"),
        (Constraint("duration", "under 3 minutes", high=180.0), "songs up to 3:00"),
        (Constraint("duration", low=150, high=210), "songs of 2:30 to 3:30"),
        (Constraint("language", "in Spanish", key="es"), "in Spanish"),
        (Constraint("language", key="pt-BR", is_refused=True), "not in Portuguese"),
        (Constraint("version", "live versions", key="live"), "live versions"),
        (Constraint("version", key="remix", is_refused=True), "no remixes"),
        (Constraint("instrumental"), "instrumental"),
        (Constraint("instrumental", is_refused=True), "with vocals"),
        (
            Constraint("explicit", "no explicit lyrics", is_refused=True),
            "nothing explicit",
        ),
        (Constraint("unheard"), "not heard lately"),
        (Constraint("instrument", "piano", key="piano"), "with piano"),
        (
            Constraint("instrument", "no sax", key="saxophone", is_refused=True),
            "without saxophone",
        ),
        (Constraint("place", "jamaica", key="jamaica"), "from Jamaica"),
        (wished(Wish("energy", None, 0.3, "calm")), "calm"),
        (wished(Wish("energy", 0.6, None, "")), "high energy"),
    ],
)
def test_a_label_says_what_holds(held, label):
    assert label_of(held, artist="Nina Vale") == label


def test_what_one_mood_word_leans_on_is_one_chip():
    given = Given().wishing(
        [Wish("energy", None, 0.3, "calm"), Wish("tempo_bpm", None, 90, "calm")]
    )

    (chip,) = chips_of(given, artists={}, songs={})

    assert (chip.id, chip.kind, chip.label) == ("mood:calm", "mood", "calm")
    assert chip.strength == "soft"
    assert changed(given, chip.id, "hard").constraints[1].is_hard
    assert changed(given, chip.id, "off").constraints == ()


def test_what_is_no_constraint_has_chips_too():
    given = Given(
        words=("calm", "rainy", "window"),
        constraints=(wished(Wish("energy", None, 0.3, "calm")),),
        seeds=(5,),
        size=15,
        arc=PATH,
    )

    assert labels(given, songs={5: "“Rain” by Ada"}) == [
        "calm",
        "about “rainy window”",
        "near “Rain” by Ada",
        "15 songs",
        "start calm, end wild",
    ]
    assert labels(Given(minutes=60, size=17)) == ["an hour long"]
    assert labels(Given(minutes=45, size=10, is_counted=True)) == [
        "10 songs",
        "45 minutes long",
    ]
    assert labels(Given()) == []


def test_words_that_asked_for_it_go_with_a_chip_unless_another_holds_them():
    given = Given(
        words=("sad", "pop", "rock", "rain"),
        constraints=(
            genre("pop", words="sad pop"),
            wished(Wish("valence", 0, 0, "sad")),
        ),
    )

    after = changed(given, "genre:pop", "off")

    assert after.words == ("sad", "rock", "rain")


def test_refusals_that_the_search_never_lets_go_can_be_no_wishes():
    given = Given(constraints=(Constraint("explicit", is_refused=True), genre("jazz")))

    explicit, jazz = chips_of(given, artists={}, songs={})

    assert explicit.can == ("hard", "off")
    assert jazz.can == ("hard", "soft", "off")


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (SetMood(MoodPoint(0.1, 0.1)), "sad, calm"),
        (SetMood(MoodPoint(0.7, 0.5)), "cheerful"),
        (SetMood(MoodPoint(0.5, 0.9)), "energetic"),
        (SetMood(MoodPoint(0.5, 0.5)), "balanced"),
        (
            SetMood(MoodPoint(0.1, 0.1), MoodPoint(0.9, 0.9)),
            "from sad and calm to happy and energetic",
        ),
    ],
)
def test_a_place_of_the_plane_has_words(mood, words):
    assert mood_words(mood) == words


def test_a_choice_is_the_same_after_it_was_saved():
    for choice in (
        SetConstraint("years", "off"),
        SetMood(MoodPoint(0.2, 0.3), MoodPoint(0.4, 0.5)),
        None,
    ):
        assert choice_from_json(choice_to_json(choice)) == choice


some_text = st.text(max_size=90)
some_number = st.none() | st.integers(0, 3000).map(float)
some_constraint = st.builds(
    Constraint,
    kind=st.sampled_from(
        ["genre", "artist", "years", "tempo", "duration", "language", "version"]
        + ["instrumental", "explicit", "unheard", "instrument", "place", "attribute"]
    ),
    words=some_text,
    is_hard=st.booleans(),
    is_refused=st.booleans(),
    key=some_text,
    artist=st.none() | st.integers(1, 9),
    low=some_number,
    high=some_number,
)


@drawn(st.lists(some_constraint, max_size=6), st.data())
def test_whatever_is_given_has_chips_that_can_be_let_go_one_by_one(held, data):
    given = Given(seeds=(1, 2), size=15, arc=PATH).having(held)
    chips = chips_of(given, artists={1: "Ada"}, songs={})

    assert len({chip.id for chip in chips}) == len(chips)
    assert all(0 < len(chip.label) <= MAX_LABEL_CHARS for chip in chips)
    assert {chip_id(c) for c in given.constraints} <= {chip.id for chip in chips}
    chip = data.draw(st.sampled_from(chips))
    left = chips_of(changed(given, chip.id, "off"), artists={}, songs={})
    assert {c.id for c in left} == {c.id for c in chips} - {chip.id}
    for value in chip.can:
        if value != "off":
            again = chips_of(changed(given, chip.id, value), artists={}, songs={})
            assert next(c for c in again if c.id == chip.id).strength == value
