"""What two hands do to one playlist at once."""

import threading

import pytest
from django.db import connection, transaction

from playlists.edits import Add
from playlists.models import Playlist
from playlists.services import (
    Author,
    playlist_create,
    playlist_delete_if_empty,
    playlist_edit,
)
from tests.factories import make_track, make_user
from tests.waiting import DEADLINE_S, until

pytestmark = pytest.mark.django_db(transaction=True)


def is_someone_waiting():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def test_a_list_that_is_being_filled_is_not_deleted_as_empty():
    playlist = playlist_create(owner=make_user("ada"), title="Evening")
    track = make_track()
    # As the deleting request holds it: fetched while the list was still empty.
    stale = Playlist.objects.select_related("current").get(pk=playlist.pk)
    told = []

    def delete():
        try:
            told.append(playlist_delete_if_empty(stale))
        finally:
            connection.close()

    with transaction.atomic():
        playlist_edit(
            playlist, edits=[Add((track.pk,))], author=Author.AGENT, words="rain"
        )
        thread = threading.Thread(target=delete)
        thread.start()
        until(is_someone_waiting, "nobody waits for the edit")
    thread.join(DEADLINE_S)

    assert told == [False]
    assert Playlist.objects.get().current.track_ids == [track.pk]


def test_an_empty_list_is_deleted():
    playlist = playlist_create(owner=make_user("ada"), title="Evening")

    assert playlist_delete_if_empty(playlist)

    assert not Playlist.objects.exists()
