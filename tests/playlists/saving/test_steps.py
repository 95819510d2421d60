"""Any list becomes any other, by as few calls as there are."""

from hypothesis import given
from hypothesis import strategies as st

from playlists.saving.steps import (
    AT_ONCE,
    Insert,
    Move,
    Remove,
    Replace,
    step_applied,
    steps_between,
)

refs = st.integers(0, 12).map(str)
held = st.lists(refs, max_size=14)
wanted = st.lists(refs, unique=True, max_size=14)


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


def test_a_short_list_of_many_changes_is_put_anew_and_a_song_there_twice_goes():
    assert steps_between(["a", "b", "c"], ["c", "x", "a"]) == [Replace(("c", "x", "a"))]
    assert steps_between(["a", "b"], []) == [Remove(("a", "b"))]
    assert applied(["a", "b", "a"], steps_between(["a", "b", "a"], ["a", "b"])) == [
        "a",
        "b",
    ]
