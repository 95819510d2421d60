"""Edits of a list: what each does, and what no sequence of them can break."""

from collections import Counter

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
    common_order,
    content_diff,
    content_edited,
    edits_rebased,
    removal,
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
        (Add((3, 6, 6), again=True), (1, 2, 3, 4, 5, 3, 6, 6)),
        (Add((5,), position=0, again=True), (5, 1, 2, 3, 4, 5)),
        (Rename("Other"), (1, 2, 3, 4, 5)),
    ],
)
def test_an_edit_does_what_it_says(edit, tracks):
    assert content_edited(FIVE, [edit]).tracks == tracks


TWICE = Content("Twice", (1, 2, 1, 3, 2))


@pytest.mark.parametrize(
    ("edit", "tracks"),
    [
        (Add((1, 4)), (1, 2, 1, 3, 2, 4)),
        (Remove((1,)), (2, 3, 2)),
        (Remove((1,), places=(2,)), (1, 2, 3, 2)),
        (Remove((1, 2), places=(0, 4)), (2, 1, 3)),
        (Remove((1, 2), places=()), (1, 2, 1, 3, 2)),
        (Move(2, 0), (2, 1, 1, 3, 2)),
        (Move(2, 0, place=4), (2, 1, 2, 1, 3)),
        (Replace(1, by=8), (8, 2, 1, 3, 2)),
        (Replace(1, by=8, place=2), (1, 2, 8, 3, 2)),
        (Swap(1, 3), (3, 2, 1, 1, 2)),
        (Swap(1, 2, 2, 4), (1, 2, 2, 3, 1)),
        (Reorder((3, 2, 1, 2, 1, 1)), (3, 2, 1, 2, 1)),
        (Reorder((2,)), (2, 1, 1, 3, 2)),
    ],
)
def test_an_edit_means_a_place_or_all_of_them_or_the_first(edit, tracks):
    assert content_edited(TWICE, [edit]).tracks == tracks


@pytest.mark.parametrize(
    "edit",
    [
        Move(9, 0),
        Move(1, 0, place=1),
        Move(1, 0, place=-1),
        Remove((1,), places=(1,)),
        Remove((1, 2), places=(0, 7)),
        Replace(9, by=8),
        Replace(1, by=2),
        Replace(1, by=8, place=1),
        Swap(1, 9),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(edit):
    with pytest.raises(EditRefused):
        content_edited(FIVE, [Clear(), Add((1, 2)), edit])


@pytest.mark.parametrize(
    ("now", "added", "removed", "moved"),
    [
        ((2, 1, 3, 2), (), (1,), ()),
        ((1, 2, 1, 3, 2, 1), (1,), (), ()),
        ((2, 1, 2, 1, 3), (), (), (2,)),
        ((2, 3, 2), (), (1, 1), ()),
        ((3, 4, 2), (4,), (1, 2, 1), ()),
    ],
)
def test_a_song_that_stands_twice_comes_goes_and_moves_as_often_as_it_does(
    now, added, removed, moved
):
    diff = content_diff(TWICE, Content("Twice", now))

    assert (diff.added, sorted(diff.removed), diff.moved) == (
        added,
        sorted(removed),
        moved,
    )


def test_what_is_to_be_taken_out_names_places_where_a_song_stays_at_others():
    assert removal(TWICE.tracks, {0, 2}) == Remove((1,))
    assert removal(TWICE.tracks, {2, 3}) == Remove((1, 3), places=(2, 3))
    assert removal(TWICE.tracks, set()) == Remove(())


def test_a_move_is_the_only_thing_that_moved():
    diff = content_diff(FIVE, Content("Five", (5, 1, 2, 3, 4)))

    assert (diff.added, diff.removed, diff.moved) == ((), (), (5,))


TRACKS = st.integers(1, 12)
PLACE = st.none() | st.integers(0, 7)
EDITS = st.one_of(
    st.builds(
        Add,
        st.lists(TRACKS, min_size=1, max_size=4).map(tuple),
        st.none() | st.integers(0, 15),
        st.booleans(),
    ),
    st.builds(Remove, st.lists(TRACKS, max_size=4).map(tuple)),
    st.builds(Remove, st.just(tuple(range(1, 13))), st.tuples(st.integers(0, 4))),
    st.builds(Move, TRACKS, st.integers(0, 15), PLACE),
    st.builds(Replace, TRACKS, TRACKS, PLACE),
    st.builds(Swap, TRACKS, TRACKS, PLACE),
    st.builds(Reorder, st.lists(TRACKS, max_size=6).map(tuple)),
    st.just(Clear()),
    st.builds(Rename, st.text(min_size=1, max_size=5)),
)


@given(st.lists(EDITS, max_size=12))
def test_only_who_asks_makes_a_song_stand_twice_and_the_diff_accounts_for_all(edits):
    content = FIVE
    for edit in edits:
        try:
            after = content_edited(content, [edit])
        except EditRefused:
            continue
        more = Counter(after.tracks) - Counter(content.tracks)
        if not (isinstance(edit, Add) and edit.again):
            assert set(more.values()) <= {1}
            assert not set(more) & set(content.tracks)
        diff = content_diff(content, after)
        came, went = Counter(diff.added), Counter(diff.removed)
        assert came == more
        assert went == Counter(content.tracks) - Counter(after.tracks)
        unmoved, still = common_order(content.tracks, after.tracks)
        assert [content.tracks[p] for p in sorted(unmoved)] == [
            after.tracks[p] for p in sorted(still)
        ]
        assert len(after.tracks) - len(still) == len(diff.added) + len(diff.moved)
        if isinstance(edit, Move | Replace):
            assert len(diff.moved) <= 1
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
        ([Add((2,), 2, again=True)], (5, 2, 1), (5, 2, 2, 1)),
        ([Add((2,), 3, again=True)], (1, 3), (1, 3)),
        ([Add((1,), 5, True), Add((6,), 6)], (1, 2), (1, 2, 1, 6)),
        ([Remove((1,))], (1, 2, 1), (2,)),
    ],
)
def test_an_edit_fits_what_the_list_has_become(edits, now, tracks):
    became = Content("Five", now)

    fitted = edits_rebased(edits, FIVE, became)

    assert content_edited(became, fitted).tracks == tracks


@pytest.mark.parametrize(
    "edit",
    [
        Clear(),
        Move(1, 4),
        Swap(1, 2),
        Reorder((3, 1)),
        Replace(2, 6),
        Replace(1, 2),
        Replace(1, 6, place=0),
        Remove((1,), places=(0,)),
    ],
)
def test_an_edit_of_the_list_as_it_was_fits_no_other(edit):
    assert edits_rebased([edit], FIVE, Content("Five", (1, 3, 4))) is None
