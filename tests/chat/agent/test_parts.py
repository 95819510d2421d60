"""Places of a list that several kinds share."""

from hypothesis import given
from hypothesis import strategies as st

from chat.agent.constraints import genre, years
from chat.agent.parts import interleaved, places_for
from chat.agent.state import Given, Part, State

ROCK = Part("80s rock", 0.5, (genre("rock"), years(1980, 1989)), ("rock",))
POP = Part("pop", 0.25, (genre("pop"),), ("pop",))
JAZZ = Part("jazz", 0.25, (genre("jazz"),), ("jazz",))
shares = st.lists(st.floats(0.01, 1.0), min_size=1, max_size=6)


@given(shares, st.integers(0, 60))
def test_all_places_are_given_and_each_share_is_met_within_one(wanted, count):
    places = places_for(wanted, count)

    assert sum(places) == count
    for share, place in zip(wanted, places, strict=True):
        assert abs(share / sum(wanted) * count - place) < len(wanted)


def test_what_stands_already_counts():
    assert places_for([0.5, 0.5], 6, held=[4, 0]) == [1, 5]
    assert places_for([0.75, 0.25], 4) == [3, 1]


@given(st.lists(st.lists(st.integers(), min_size=1), min_size=1, max_size=4))
def test_rows_keep_their_order_and_lose_nothing(rows):
    marked = [[(w, i) for i in range(len(row))] for w, row in enumerate(rows)]

    mixed = interleaved(marked)

    for w, row in enumerate(marked):
        assert [item for item in mixed if item[0] == w] == row
    assert len(mixed) == sum(map(len, rows))


def test_a_few_are_spread_over_the_whole():
    assert interleaved(["aaaaaa", "bb"]) == list("aabaaaba")


def test_a_part_takes_the_place_of_what_is_asked_of_the_whole():
    whole = Given(words=("party",), constraints=(years(1990, 1999),), parts=(ROCK, POP))

    alone = whole.for_part(ROCK)

    assert alone.genres == ("rock",)
    assert alone.years == (1980, 1989)
    assert alone.words == ("rock", "party")
    assert whole.for_part(POP).years == (1990, 1999)
    assert alone.parts == ()


def test_another_kind_of_song_ends_the_parts_and_other_wishes_are_for_all():
    whole = Given(parts=(ROCK, POP))

    assert whole.having((genre("jazz"),)).parts == ()
    assert whole.having((genre("jazz", is_refused=True),)).parts == (ROCK, POP)
    later = whole.having((years(1990, 1999),))
    assert [later.for_part(part).years for part in later.parts] == [(1990, 1999)] * 2
    assert [later.for_part(part).genres for part in later.parts] == [
        ("rock",),
        ("pop",),
    ]


def test_a_part_that_asks_for_what_is_refused_goes_and_refusals_hold_in_all():
    whole = Given(parts=(ROCK, POP, JAZZ))

    left = whole.having((genre("rock", is_refused=True),))

    assert [part.text for part in left.parts] == ["pop", "jazz"]
    for part in left.parts:
        assert left.for_part(part).without_genres == ("rock",)
    alone = left.having((genre("pop", is_refused=True),))
    assert alone.genres == ("jazz",)
    assert set(alone.without_genres) == {"rock", "pop"}


def test_the_last_part_that_is_left_is_the_whole():
    whole = Given(parts=(ROCK, POP, JAZZ))

    two = whole.without_parts([ROCK])
    assert [part.share for part in two.parts] == [0.5, 0.5]
    assert two.without_parts([two.parts[0]]).genres == ("jazz",)


def test_parts_are_saved_with_the_state():
    state = State(given=Given(parts=(ROCK, POP)))

    assert State.from_json(state.to_json()) == state
