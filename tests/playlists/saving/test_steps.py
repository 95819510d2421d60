"""Any list becomes any other, by as few calls as there are."""

from hypothesis import given
from hypothesis import strategies as st

from playlists.saving.steps import (
    AT_ONCE,
    Cut,
    Insert,
    Move,
    Remove,
    Replace,
    step_applied,
    steps_between,
    steps_by_place,
)

refs = st.integers(0, 12).map(str)
held = st.lists(refs, max_size=14)
wanted = st.lists(refs, max_size=14)


def applied(now, steps):
    for step in steps:
        now = step_applied(now, step)
    return now


@given(now=held, wanted=wanted, may_replace=st.booleans())
def test_the_steps_lead_to_what_is_wanted(now, wanted, may_replace):
    steps = steps_between(now, wanted, may_replace=may_replace)

    assert applied(now, steps) == wanted
    assert (steps == []) == (now == wanted)
    if may_replace:
        assert len(steps) <= 1
    else:
        assert not [step for step in steps if isinstance(step, Replace)]


@given(now=st.permutations(range(230)), keep=st.integers(0, 230))
def test_long_lists_go_by_hundreds(now, keep):
    now = [str(n) for n in now]
    wanted = sorted(now[:keep])

    steps = steps_between(now, wanted)

    assert applied(now, steps) == wanted
    assert len(steps) <= max(1, -(-len(wanted) // AT_ONCE))


def many(count, start=0):
    return [f"s{n}" for n in range(start, start + count)]


def test_a_long_lists_small_change_is_one_call():
    songs = many(300)
    new = ["new"]

    assert steps_between(songs, songs) == []
    assert steps_between(songs, songs + new) == [Insert(300, ("new",))]
    assert steps_between(songs, new + songs) == [Insert(0, ("new",))]
    assert steps_between(songs, songs[:50] + songs[51:]) == [Remove(("s50",))]
    assert steps_between(songs, songs[10:40] + songs[:10] + songs[40:]) == [
        Move(10, 30, 0)
    ]
    assert steps_between(songs, [*songs[5:], *songs[:5]]) == [Move(5, 295, 0)]
    assert len(steps_between(songs, songs[:50] + new + songs[51:])) == 2


def test_a_short_list_of_many_changes_is_put_anew():
    assert steps_between(["a", "b", "c"], ["c", "x", "a"]) == [Replace(("c", "x", "a"))]
    assert steps_between(["a", "b"], []) == [Remove(("a", "b"))]


def test_a_song_comes_in_twice_and_leaves_one_of_its_places_by_few_calls():
    songs = many(150)
    twice = [*songs[:100], "s7", *songs[100:]]

    assert steps_between(songs, twice) == [Insert(100, ("s7",))]
    assert steps_between(songs, ["s149", *songs]) == [Insert(0, ("s149",))]
    # Taking it out by its name takes both places.
    assert steps_between(twice, songs) == [Remove(("s7",)), Insert(7, ("s7",))]
    assert steps_by_place(songs, twice) == [Insert(100, ("s7",))]
    assert steps_by_place(twice, songs) == [Cut(100, 1)]
    assert steps_by_place(twice, [*songs[:7], *songs[8:100], "s7", *songs[100:]]) == [
        Cut(7, 1)
    ]


@given(now=held, wanted=wanted)
def test_steps_by_place_lead_there_too_and_lose_nothing_on_the_way(now, wanted):
    stays = set(now) & set(wanted)
    steps = steps_by_place(now, wanted)

    assert applied(now, steps) == wanted
    assert (steps == []) == (now == wanted)
    # Two calls put a short list anew.
    assert len(steps) <= 2
    assert not [step for step in steps if isinstance(step, (Remove, Replace))]
    for step in steps:
        now = step_applied(now, step)
        assert stays <= set(now)


def test_by_place_a_change_is_as_few_calls_as_there_are():
    songs = many(300)

    assert steps_by_place([], many(150)) == [
        Insert(0, tuple(songs[:100])),
        Insert(100, tuple(songs[100:150])),
    ]
    assert steps_by_place(songs, songs[:50] + songs[60:]) == [Cut(50, 10)]
    assert steps_by_place([*songs, "s7"], songs) == [Cut(300, 1)]
    assert steps_by_place(songs, songs[5:] + songs[:5]) == [Move(5, 295, 0)]
    assert len(steps_by_place(songs, songs[:50] + ["new"] + songs[51:])) == 2
    assert steps_by_place(songs, []) == [Cut(0, 300)]
