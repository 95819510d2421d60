"""Redo, going back to a version, copies, and changes that come too late."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import Track
from feedback.refusing import never_again_lift, never_again_set
from playlists.edits import Add, Clear, EditRefused, Move, Remove, Rename, Stale
from playlists.history import history_entries
from playlists.models import PlaylistVersion
from playlists.services import (
    Author,
    is_like,
    playlist_copy,
    playlist_create,
    playlist_edit,
    playlist_redo,
    playlist_restore,
    playlist_undo,
    version_after,
    version_content,
)
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def songs():
    return [make_track(f"Song {n}").pk for n in range(6)]


@pytest.fixture
def playlist():
    return playlist_create(owner=make_user("ada"), title="mix")


def edit(playlist, *edits, **options):
    return playlist_edit(
        playlist, edits=edits, author=Author.LISTENER, words="by hand", **options
    )


def test_redo_goes_forth_as_far_as_undo_went_back(playlist, songs):
    edit(playlist, Add(tuple(songs[:2])))
    last = edit(playlist, Add(tuple(songs[2:])))
    playlist_undo(playlist)
    playlist_undo(playlist)

    playlist_redo(playlist)
    redone = playlist_redo(playlist)

    assert redone == last
    with pytest.raises(EditRefused, match="nothing to redo"):
        playlist_redo(playlist)


def test_an_edit_after_undo_is_what_redo_leads_to_from_then_on(playlist, songs):
    edit(playlist, Add(tuple(songs[:2])))
    playlist_undo(playlist)
    other = edit(playlist, Add((songs[5],)))

    assert version_after(other) is None
    playlist_undo(playlist)
    assert playlist_redo(playlist) == other


def test_going_back_makes_a_new_version_and_can_be_undone(playlist, songs):
    old = edit(playlist, Add(tuple(songs)), Rename("evening"))
    newer = edit(playlist, Clear(), Rename("morning"))

    restored = playlist_restore(playlist, number=old.number, author=Author.LISTENER)

    assert version_content(restored) == version_content(old)
    assert restored.number == newer.number + 1
    assert restored.words == f"back to version {old.number}"
    assert playlist_undo(playlist) == newer


def test_going_back_leaves_out_songs_that_are_gone(playlist, songs):
    old = edit(playlist, Add(tuple(songs)))
    edit(playlist, Clear())
    Track.objects.filter(pk=songs[0]).delete()

    restored = playlist_restore(playlist, number=old.number, author=Author.LISTENER)

    assert restored.track_ids == songs[1:]


def test_a_version_that_was_never_made_is_refused(playlist):
    with pytest.raises(EditRefused, match="no version 9"):
        playlist_restore(playlist, number=9, author=Author.LISTENER)


def test_a_change_that_was_meant_for_another_version_is_refused(playlist, songs):
    first = edit(playlist, Add(tuple(songs)), base=1)
    before = PlaylistVersion.objects.count()

    for change in (
        lambda: edit(playlist, Clear(), base=1),
        lambda: playlist_undo(playlist, base=1),
        lambda: playlist_redo(playlist, base=1),
        lambda: playlist_restore(playlist, number=1, author=Author.AGENT, base=1),
    ):
        with pytest.raises(Stale, match="at version 2 by now, and not at 1"):
            change()

    playlist.refresh_from_db()
    assert playlist.current == first
    assert PlaylistVersion.objects.count() == before


def test_a_copy_is_a_list_of_its_own(playlist, songs):
    version = edit(playlist, Add(tuple(songs)))
    bob = make_user("bob")

    copy = playlist_copy(version, owner=bob)
    edit(copy, Remove((songs[0],)))

    assert copy.owner == bob
    playlist.refresh_from_db()
    assert playlist.current.track_ids == songs


def test_history_says_what_each_version_changed(playlist, songs):
    edit(playlist, Add(tuple(songs)))
    edit(playlist, Move(songs[0], 5), Remove((songs[1],)))
    edit(playlist, Rename("late"))

    playlist.refresh_from_db()
    entries = history_entries(playlist, list(playlist.versions.order_by("-number")))

    assert [entry.summary for entry in entries] == [
        "renamed from “mix”",
        "−1, 1 moved",
        "+6",
        "The beginning",
    ]
    assert [entry.is_current for entry in entries] == [True, False, False, False]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 5)),
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.just("restore"), st.integers(1, 8)),
        st.tuples(st.just("undo"), st.just(0)),
        st.tuples(st.just("redo"), st.just(0)),
    ),
    max_size=14,
)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_any_way_through_versions_keeps_them_as_they_were_written(songs, steps):
    owner = make_user("walker")
    playlist = playlist_create(owner=owner, title="mix")
    try:
        walk(playlist, songs, steps)
    finally:
        owner.delete()


def walk(playlist, songs, steps):
    written = {}
    for name, value in steps:
        try:
            if name == "add":
                edit(playlist, Add((songs[value],)))
            elif name == "remove":
                edit(playlist, Remove((songs[value],)))
            elif name == "restore":
                playlist_restore(playlist, number=value, author=Author.AGENT)
            elif name == "undo":
                before = playlist_undo(playlist)
                assert version_after(before) is not None
            else:
                playlist_redo(playlist)
        except EditRefused:
            pass
        playlist.refresh_from_db()
        assert playlist.current.playlist_id == playlist.pk
        for version in playlist.versions.all():
            held = (version.title, tuple(version.track_ids), version.parent_id)
            assert written.setdefault(version.number, held) == held
        assert sorted(written) == list(range(1, len(written) + 1))


def test_undo_and_redo_go_on_past_songs_that_were_ruled_out(playlist, songs):
    tracks = Track.objects.in_bulk(songs)
    ada = playlist.owner
    edit(playlist, Add(tuple(songs[:2])))
    edit(playlist, Add(tuple(songs[2:4])))
    edit(playlist, Rename("evening"), Add((songs[4],)))
    playlist_undo(playlist)

    never_again_set(user=ada, track=tracks[songs[2]])
    redone = playlist_redo(playlist)
    never_again_set(user=ada, track=tracks[songs[0]])
    way = [playlist_undo(playlist), playlist_undo(playlist), playlist_undo(playlist)]
    forth = [playlist_redo(playlist), playlist_redo(playlist), playlist_redo(playlist)]

    assert redone.track_ids == [songs[0], songs[1], songs[3], songs[4]]
    assert [version.track_ids for version in way] == [
        [songs[1], songs[3]],
        [songs[1]],
        [],
    ]
    assert [version.track_ids for version in forth] == [
        [songs[1]],
        [songs[1], songs[3]],
        [songs[1], songs[3], songs[4]],
    ]
    assert forth[2].title == "evening"
    assert version_after(forth[2]) is None
    # Whoever goes to and fro makes no versions without end.
    assert forth[0] == way[1]
    # What is lifted is there again where it was.
    never_again_lift(user=ada, track=tracks[songs[0]])
    never_again_lift(user=ada, track=tracks[songs[2]])
    playlist_undo(playlist)
    playlist_undo(playlist)
    assert playlist_redo(playlist).track_ids == songs[:4]


def test_ruling_out_is_no_step_of_undo_and_ends_no_redo(playlist, songs):
    first = edit(playlist, Add(tuple(songs[:3])))
    second = edit(playlist, Clear(), Add(tuple(songs[3:])))
    playlist_undo(playlist)

    never_again_set(user=playlist.owner, track=Track.objects.get(pk=songs[0]))
    playlist.refresh_from_db()
    standing = playlist.current
    (entry,) = history_entries(playlist, [standing])

    assert (standing.stands_for, standing.track_ids) == (first, songs[1:3])
    assert (entry.summary, standing.words) == ("−1", "never again")
    assert is_like(standing, first.pk)
    assert not is_like(standing, second.pk)
    assert playlist_redo(playlist) == second
    assert playlist_undo(playlist) == standing
    added = edit(playlist, Add((songs[5],)))
    assert playlist_undo(playlist) == standing
    assert playlist_redo(playlist) == added
