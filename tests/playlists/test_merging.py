"""Playlists follow when tracks become one."""

import pytest

from catalog.merging import tracks_merge
from catalog.signals import tracks_asked
from playlists.edits import Add
from playlists.merging import ids_merged
from playlists.models import PlaylistVersion
from playlists.services import Author, playlist_create, playlist_edit, playlist_undo
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db


def test_each_version_plays_the_kept_track_once_at_its_first_place():
    one, keep, two, other = (make_track() for _ in range(4))
    playlist = playlist_create(owner=make_user(), title="Evening")
    for ids in ((other.pk, one.pk), (two.pk, keep.pk)):
        playlist_edit(playlist, edits=[Add(ids)], author=Author.AGENT, words="")

    tracks_merge(keep=keep, others=[other])

    versions = PlaylistVersion.objects.order_by("number")
    assert [version.track_ids for version in versions] == [
        [],
        [keep.pk, one.pk],
        [keep.pk, one.pk, two.pk],
    ]
    playlist.refresh_from_db()
    assert playlist_undo(playlist).track_ids == [keep.pk, one.pk]


def test_what_stands_twice_goes_on_doing_so_and_several_become_one_once():
    assert ids_merged([5, 1, 5, 2, 3], {2, 3}, 1) == [5, 1, 5]
    assert ids_merged([1, 5, 1, 2], {2}, 1) == [1, 5, 1]
    assert ids_merged([2, 5, 1, 2], {2}, 1) == [1, 5, 1]


def test_a_playlist_that_holds_none_of_them_is_left_alone():
    one, keep, other = (make_track() for _ in range(3))
    playlist = playlist_create(owner=make_user(), title="Evening")
    playlist_edit(playlist, edits=[Add((one.pk,))], author=Author.AGENT, words="")

    tracks_merge(keep=keep, others=[other])

    assert playlist.versions.get(number=2).track_ids == [one.pk]


def test_it_is_told_in_how_many_playlists_a_track_stands_now():
    one, two, three = (make_track() for _ in range(3))
    ada = make_user()
    for ids in ((one.pk, two.pk), (one.pk,)):
        playlist = playlist_create(owner=ada, title="Evening")
        playlist_edit(playlist, edits=[Add(ids)], author=Author.AGENT, words="")

    answers = tracks_asked.send(None, track_ids=[one.pk, two.pk, three.pk])

    (held,) = (a for _, a in answers if a.label == "Playlists of listeners")
    assert held.counts == {one.pk: 2, two.pk: 1}
