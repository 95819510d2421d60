"""Playlists in the database: versions, undo, and whose they are."""

import pytest

from playlists.edits import Add, Clear, EditRefused, Remove, Rename
from playlists.models import Playlist
from playlists.services import (
    MAX_TRACKS,
    Author,
    get_playlist_for,
    playlist_create,
    playlist_edit,
    playlist_undo,
)
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def playlist():
    return playlist_create(owner=make_user("ada"), title="Evening")


def edit(playlist, *edits, **fields):
    return playlist_edit(
        playlist, edits=edits, author=Author.LISTENER, words="by hand", **fields
    )


def test_an_edit_makes_the_next_version_and_keeps_the_one_before(playlist):
    track = make_track()

    version = edit(playlist, Add((track.pk,)))

    assert (version.number, version.track_ids) == (2, [track.pk])
    assert version.author == Author.LISTENER
    assert list(playlist.versions.values_list("number", "track_ids")) == [
        (1, []),
        (2, [track.pk]),
    ]


def test_an_edit_that_changes_nothing_makes_no_version(playlist):
    version = edit(playlist, Remove((1,)), Rename("Evening"))

    assert version.number == 1
    assert playlist.versions.count() == 1


def test_undo_walks_back_to_the_first_version_and_no_further(playlist):
    one, two = make_track(), make_track()
    edit(playlist, Add((one.pk,)))
    edit(playlist, Add((two.pk,)))

    assert playlist_undo(playlist).track_ids == [one.pk]
    assert playlist_undo(playlist).track_ids == []
    with pytest.raises(EditRefused):
        playlist_undo(playlist)


def test_an_edit_after_undo_goes_on_from_there(playlist):
    one, two = make_track(), make_track()
    edit(playlist, Add((one.pk,)))
    playlist_undo(playlist)

    version = edit(playlist, Add((two.pk,)))

    assert (version.number, version.track_ids) == (3, [two.pk])
    assert playlist_undo(playlist).track_ids == []


def test_edits_of_one_turn_are_undone_together(playlist):
    one, two = make_track(), make_track()
    start = edit(playlist, Add((one.pk,)))
    edit(playlist, Add((two.pk,)), undo_to=start)
    edit(playlist, Rename("Night"), undo_to=start)

    assert playlist_undo(playlist) == start


def test_a_song_that_is_not_in_the_catalog_is_refused(playlist):
    with pytest.raises(EditRefused):
        edit(playlist, Clear(), Add((987_654,)))

    assert playlist.versions.count() == 1


def test_a_playlist_has_an_end(playlist):
    tracks = [make_track(artist="One").pk for _ in range(3)]
    version = playlist.versions.get()
    version.track_ids = list(range(1_000_000, 1_000_000 + MAX_TRACKS - 2))
    version.save()

    with pytest.raises(EditRefused, match=str(MAX_TRACKS)):
        edit(playlist, Add(tuple(tracks)))


def test_only_the_owner_gets_a_playlist(playlist):
    bob = make_user("bob")

    assert get_playlist_for(playlist.owner, playlist.uuid) == playlist
    with pytest.raises(Playlist.DoesNotExist):
        get_playlist_for(bob, playlist.uuid)


def test_deleting_a_listener_deletes_their_playlists(playlist):
    edit(playlist, Add((make_track().pk,)))

    playlist.owner.delete()

    assert not Playlist.objects.exists()
