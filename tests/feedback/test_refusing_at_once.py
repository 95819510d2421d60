"""What is ruled out while lists are being written is in none of them afterwards."""

import threading
from random import Random

import pytest
from django.db import connection, transaction

from catalog.advisory import Lock
from catalog.merging.tracks import tracks_merge
from catalog.models import Track
from catalog.signals import tracks_refused
from chat import branching
from chat.models import Message
from chat.services import conversation_start
from feedback.refusing import never_again_lift, never_again_set
from playlists.edits import Add, Clear, EditRefused
from playlists.files.listing import Entry, Listing
from playlists.importing import import_make
from playlists.models import Playlist, PlaylistVersion
from playlists.services import (
    playlist_copy,
    playlist_create,
    playlist_edit,
    playlist_redo,
    playlist_undo,
)
from tests.factories import make_artist, make_track, make_user
from tests.waiting import DEADLINE_S, is_someone_waiting_for, until

pytestmark = pytest.mark.django_db(transaction=True)

AUTHOR = PlaylistVersion.Author.AGENT
ROUNDS, WRITERS = 12, 4


class Beside(threading.Thread):
    """Something done on a connection of its own; `join` raises what it raised."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.error = work, None
        self.start()

    def run(self):
        try:
            self.work()
        except BaseException as error:  # noqa: BLE001 (`join` raises it)
            self.error = error
        finally:
            connection.close()

    def join(self, timeout=DEADLINE_S):
        super().join(timeout)
        assert not self.is_alive(), "it hangs"
        if self.error:
            raise self.error


def edited(playlist, *edits):
    return playlist_edit(playlist, edits=edits, author=AUTHOR, words="")


def listed(user):
    lists = Playlist.objects.filter(owner=user, current__isnull=False)
    return {
        t for ids in lists.values_list("current__track_ids", flat=True) for t in ids
    }


WAYS = {
    "a reply": lambda p, song: edited(p, Clear(), Add((song.pk,))),
    "an import": lambda p, song: import_make(
        p.owner, Listing("File", (Entry(song.title, ("Oasis",)),))
    ),
    "a copy": lambda p, song: playlist_copy(
        edited(playlist_create(owner=make_user("bob"), title="Bob's"), Add((song.pk,))),
        owner=p.owner,
    ),
    "an undo": lambda p, song: playlist_undo(p),
}


@pytest.fixture(params=WAYS)
def meeting(request):
    """A list, a song, and a way by which that comes into the list."""
    ada, song = make_user("ada"), make_track("Wonderwall", artist="Oasis")
    playlist = playlist_create(owner=ada, title="Mine")
    if request.param == "an undo":
        edited(playlist, Add((song.pk,)))
        edited(playlist, Clear())
    return ada, song, lambda: WAYS[request.param](playlist, song)


def test_a_list_that_is_being_written_loses_what_is_ruled_out_meanwhile(meeting):
    ada, song, write = meeting
    with transaction.atomic():
        write()
        ruling = Beside(lambda: never_again_set(user=ada, track=song))
        until(lambda: is_someone_waiting_for(Lock.REFUSALS), "nobody waits")
    ruling.join()

    assert song.pk not in listed(ada)


def test_a_list_that_is_written_while_a_song_is_ruled_out_is_without_it(meeting):
    ada, song, write = meeting
    with transaction.atomic():
        never_again_set(user=ada, track=song)
        writing = Beside(write)
        until(lambda: is_someone_waiting_for(Lock.REFUSALS), "nobody waits")
    writing.join()

    assert song.pk not in listed(ada)


def test_lists_of_one_listener_are_written_at_the_same_time():
    ada = make_user("ada")
    first, second = (playlist_create(owner=ada, title=title) for title in "ab")
    with transaction.atomic():
        edited(first, Add((make_track().pk,)))

    with transaction.atomic():
        edited(first, Clear())
        Beside(lambda: edited(second, Add((make_track().pk,)))).join()


def test_many_hands_at_once_neither_lock_each_other_out_nor_keep_a_song():
    ada, artist = make_user("ada"), make_artist("Oasis")
    songs = [make_track(artist=artist, song_key=f"song {n // 2}") for n in range(12)]
    talk = conversation_start(owner=ada, text="songs")
    lists = [talk.playlist, playlist_create(owner=ada, title="Mine")]
    message = Message.objects.create(
        conversation=talk, text="songs", status="done", version_before=lists[0].current
    )

    def write(seed):
        chance = Random(seed)  # noqa: S311 (a walk that can be repeated)
        for _ in range(ROUNDS):
            playlist, song = chance.choice(lists), chance.choice(songs)
            some = tuple({chance.choice(songs).pk for _ in range(4)})
            step = chance.choice(
                (
                    lambda p=playlist, s=some: edited(p, Clear(), Add(s)),
                    lambda p=playlist: playlist_undo(p),
                    lambda p=playlist: playlist_redo(p),
                    lambda s=song: never_again_set(user=ada, track=s),
                    lambda s=song: never_again_lift(user=ada, track=s),
                )
            )
            try:
                step()
            except EditRefused:
                pass

    def amend():
        held = message
        for _ in range(ROUNDS):
            held, _aside = branching.message_edit(held, text="others")
            Message.objects.filter(pk=held.pk).update(status="done")

    def merge():
        for keep, other in ((songs[0], songs[1]), (songs[4], songs[5])):
            tracks_merge(keep=keep, others=[other])

    hands = [Beside(lambda n=n: write(n)) for n in range(WRITERS)]
    hands += [Beside(amend), Beside(merge)]
    for hand in hands:
        hand.join()

    never_again_set(user=ada, track=songs[2])
    assert not tracks_refused(ada.pk, listed(ada))
    assert Track.objects.filter(pk__in=listed(ada)).count() == len(listed(ada))
