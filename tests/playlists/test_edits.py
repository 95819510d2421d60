"""Edits of a list: what each does, and what no sequence of them can break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playlists.edits import (
    Add,
    Clear,
    Content,
    EditRefused,
    Move,
    Remove,
    Rename,
    Reorder,
    Replace,
    Swap,
    content_diff,
    content_edited,
    edits_rebased,
)

FIVE = Content("Five", (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("edit", "tracks"),
    [
        (Add((6, 7)), (1, 2, 3, 4, 5, 6, 7)),
        (Add((6,), position=0), (6, 1, 2, 3, 4, 5)),
        (Add((6,), position=99), (1, 2, 3, 4, 5, 6)),
        (Add((3, 6, 6)), (1, 2, 3, 4, 5, 6)),
        (Remove((2, 9)), (1, 3, 4, 5)),
        (Move(5, 0), (5, 1, 2, 3, 4)),
        (Move(1, 2), (2, 3, 1, 4, 5)),
        (Move(1, 99), (2, 3, 4, 5, 1)),
        (Replace(3, by=8), (1, 2, 8, 4, 5)),
        (Swap(2, 5), (1, 5, 3, 4, 2)),
        (Swap(2, 2), (1, 2, 3, 4, 5)),
        (Reorder((5, 3, 1, 4, 2)), (5, 3, 1, 4, 2)),
        (Reorder((4, 9, 4, 2)), (4, 2, 1, 3, 5)),
        (Clear(), ()),
        (Rename("Other"), (1, 2, 3, 4, 5)),
    ],
)
def test_an_edit_does_what_it_says(edit, tracks):
    assert content_edited(FIVE, [edit]).tracks == tracks


@pytest.mark.parametrize(
    "edit", [Move(9, 0), Replace(9, by=8), Replace(1, by=2), Swap(1, 9)]
)
def test_an_edit_that_cannot_be_made_is_refused(edit):
    with pytest.raises(EditRefused):
        content_edited(FIVE, [Clear(), Add((1, 2)), edit])


def test_a_move_is_the_only_thing_that_moved():
    diff = content_diff(FIVE, Content("Five", (5, 1, 2, 3, 4)))

    assert (diff.added, diff.removed, diff.moved) == ((), (), (5,))


TRACKS = st.integers(1, 12)
EDITS = st.one_of(
    st.builds(
        Add,
        st.lists(TRACKS, min_size=1, max_size=4).map(tuple),
        st.none() | st.integers(0, 15),
    ),
    st.builds(Remove, st.lists(TRACKS, max_size=4).map(tuple)),
    st.builds(Move, TRACKS, st.integers(0, 15)),
    st.builds(Replace, TRACKS, TRACKS),
    st.builds(Swap, TRACKS, TRACKS),
    st.builds(Reorder, st.lists(TRACKS, max_size=6).map(tuple)),
    st.just(Clear()),
    st.builds(Rename, st.text(min_size=1, max_size=5)),
)


@given(st.lists(EDITS, max_size=12))
def test_no_edits_make_a_song_stand_twice_and_the_diff_accounts_for_all(edits):
    content = FIVE
    for edit in edits:
        try:
            after = content_edited(content, [edit])
        except EditRefused:
            continue
        assert len(set(after.tracks)) == len(after.tracks)
        diff = content_diff(content, after)
        stayed = set(content.tracks) - set(diff.removed)
        assert stayed | set(diff.added) == set(after.tracks)
        still = [t for t in content.tracks if t in stayed and t not in diff.moved]
        assert still == [t for t in after.tracks if t in still]
        content = after


@pytest.mark.parametrize(
    ("edits", "now", "tracks"),
    [
        ([Add((6,))], (5, 1, 2, 3, 4), (5, 1, 2, 3, 4, 6)),
        ([Add((6,), 2)], (5, 1, 2, 3, 4), (5, 1, 2, 6, 3, 4)),
        ([Add((6,), 2)], (1, 3, 4, 5), (1, 6, 3, 4, 5)),
        ([Add((6,), 1)], (2, 3, 4, 5), (6, 2, 3, 4, 5)),
        ([Add((6,), 1), Add((7,), 2)], (3, 1, 2), (3, 1, 6, 7, 2)),
        ([Add((2, 6))], (1, 3, 4, 5), (1, 3, 4, 5, 6)),
        ([Remove((2, 3))], (5, 4, 3, 1), (5, 4, 1)),
        ([Replace(2, by=6)], (5, 2, 1), (5, 6, 1)),
        ([Rename("New"), Remove((5,))], (1, 5), (1,)),
    ],
)
def test_an_edit_fits_what_the_list_has_become(edits, now, tracks):
    became = Content("Five", now)

    fitted = edits_rebased(edits, FIVE, became)

    assert content_edited(became, fitted).tracks == tracks


@pytest.mark.parametrize(
    "edit",
    [Clear(), Move(1, 4), Swap(1, 2), Reorder((3, 1)), Replace(2, 6), Replace(1, 2)],
)
def test_an_edit_of_the_list_as_it_was_fits_no_other(edit):
    assert edits_rebased([edit], FIVE, Content("Five", (1, 3, 4))) is None
