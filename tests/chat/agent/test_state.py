"""What a conversation takes as given is saved, read again, and read from before."""

import json

from catalog.search.query import Wish
from chat.agent.arcs import Arc, Waypoint
from chat.agent.constraints import Constraint, artist, genre, hardened, wished, years
from chat.agent.state import Given, State

CALM = Wish("energy", None, 0.3, "calm")


def test_a_state_is_the_same_after_it_was_saved():
    given = Given(
        words=("rain",),
        constraints=(
            genre("jazz"),
            artist(7, is_refused=True),
            years(1980, 1989),
            Constraint("tempo", "around 120 BPM", is_hard=False, low=114, high=126),
            wished(CALM),
        ),
        minutes=60,
        arc=Arc("build up", (Waypoint(energy=0.2), Waypoint(energy=0.9))),
    )
    state = State(
        given=given, pointed=(3, 4), lists=((1, 2), (3, 4)), given_at={9: given}
    )

    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_a_state_of_before_there_were_constraints_is_still_read():
    flat = {
        "words": ["rain"],
        "genres": ["jazz"],
        "without_genres": ["country"],
        "artists": [5],
        "without_artists": [7],
        "year_from": 1980,
        "year_to": None,
        "wishes": [
            {
                "attribute": "energy",
                "low": None,
                "high": 0.3,
                "words": "calm",
                "weight": 1,
            }
        ],
        "seeds": [4],
        "size": 20,
    }

    state = State.from_json({"given": flat, "shown": [1], "given_at": {"3": flat}})

    assert state.given == state.given_at[3]
    assert state.given.genres == ("jazz",)
    assert state.given.without_genres == ("country",)
    assert state.given.artists == (5,)
    assert state.given.without_artists == (7,)
    assert state.given.years == (1980, None)
    assert state.given.wishes == (CALM,)
    assert (state.given.words, state.given.seeds, state.given.size) == (
        ("rain",),
        (4,),
        20,
    )
    assert state.shown == (1,)


def test_a_state_of_a_shape_that_nobody_knows_is_empty():
    assert State.from_json({"given": {"size": "many"}}) == State()


def test_a_constraint_takes_the_place_of_the_one_with_its_id():
    given = Given(constraints=(genre("jazz"), genre("country", is_refused=True)))

    now = given.having((genre("country"), years(1990, 1999), years(1970, 1979)))

    assert now.genres == ("jazz", "country")
    assert now.without_genres == ()
    assert now.years == (1970, 1979)


def test_refused_years_stand_beside_each_other_and_those_asked_for():
    spans = [years(low, low + 9, is_refused=True) for low in (1970, 1980)]

    given = Given().having((*spans, years(1960, 1999)))

    assert given.of("years", is_refused=True) == tuple(spans)
    assert given.years == (1960, 1999)


def test_a_constraint_is_removed_or_made_soft_by_its_id():
    given = Given(constraints=(genre("jazz"), years(1990, 1999)))

    assert given.lacking(["years"]).constraints == (genre("jazz"),)
    soft = hardened(given.constraints, "genre:jazz", is_hard=False)
    assert [held.is_hard for held in soft] == [False, True]


def test_a_new_wish_matters_most_and_replaces_one_on_its_attribute():
    given = Given().wishing((CALM, Wish("valence", 0.6, None, "happy")))

    now = given.wishing((Wish("valence", None, 0.4, "sad"),))

    assert [(wish.attribute, wish.words) for wish in now.wishes] == [
        ("valence", "sad"),
        ("energy", "calm"),
    ]
