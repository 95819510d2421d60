"""Which songs a listener had lately: those of other lists, of a few days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from playlists.edits import Add, Remove
from playlists.models import Playlist
from playlists.services import (
    LATELY_DAYS,
    LATELY_LISTS,
    Author,
    playlist_create,
    playlist_edit,
    recently_listed,
)
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


def playlist_of(owner, *tracks):
    playlist = playlist_create(owner=owner, title="Evening")
    if tracks:
        edit(playlist, Add(tuple(track.pk for track in tracks)))
    return playlist


def edit(playlist, *edits):
    playlist_edit(playlist, edits=edits, author=Author.LISTENER, words="by hand")


def age(playlist, days):
    then = timezone.now() - timedelta(days=days)
    Playlist.objects.filter(pk=playlist.pk).update(updated_at=then)


def test_songs_of_other_lists_count_and_those_of_this_one_do_not(ada):
    here, there = make_track(), make_track()
    this = playlist_of(ada, here)
    playlist_of(ada, there)

    assert recently_listed(ada, apart_from=this) == {there.pk}


def test_lists_of_others_say_nothing(ada):
    this = playlist_of(ada)
    playlist_of(make_user("bob"), make_track())

    assert recently_listed(ada, apart_from=this) == frozenset()


def test_a_song_that_was_taken_out_again_does_not_count(ada):
    kept, gone = make_track(), make_track()
    this = playlist_of(ada)
    edit(playlist_of(ada, kept, gone), Remove((gone.pk,)))

    assert recently_listed(ada, apart_from=this) == {kept.pk}


def test_lately_ends_after_some_days(ada):
    fresh, stale = make_track(), make_track()
    this = playlist_of(ada)
    age(playlist_of(ada, fresh), LATELY_DAYS - 1)
    age(playlist_of(ada, stale), LATELY_DAYS + 1)

    assert recently_listed(ada, apart_from=this) == {fresh.pk}


def test_only_the_newest_lists_count(ada):
    this = playlist_of(ada)
    tracks = [make_track() for _ in range(LATELY_LISTS + 1)]
    for hours, track in enumerate(tracks, start=1):
        age(playlist_of(ada, track), hours / 24)

    assert recently_listed(ada, apart_from=this) == {t.pk for t in tracks[:-1]}


def test_it_costs_one_query(ada, django_assert_num_queries):
    this = playlist_of(ada)
    playlist_of(ada, make_track())

    with django_assert_num_queries(1):
        recently_listed(ada, apart_from=this)
