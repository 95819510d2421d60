"""A list that is changed by hand while a reply is being made: what was done by hand stays."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connections

from catalog.models import Track
from chat.agent.builtin.planner import CHANGED_BY_HAND, carry_out, heard
from chat.agent.state import State
from chat.agent.turn import Turn
from chat.models import Conversation
from chat.services import conversation_start
from chat.threads import in_thread
from playlists.edits import Move, Remove
from playlists.models import Playlist, PlaylistVersion
from playlists.services import playlist_edit, playlist_undo
from tests.llm_server import Refused, call, say


def by_hand(playlist, *edits):
    return playlist_edit(
        playlist, edits=edits, author=PlaylistVersion.Author.LISTENER, words="by hand"
    )


def held(playlist):
    return list(Playlist.objects.get(pk=playlist.pk).current.track_ids)


@pytest.fixture
def talk(catalog, ada):
    """A conversation whose list of six jazz songs the planner has made."""
    talk = conversation_start(owner=ada, text="jazz")
    answer(talk, "6 jazz songs")
    return talk


def answer(talk, text, *edits):
    """Answer a message; edit the list by hand once it is read, before all is done."""
    talk = Conversation.objects.get(pk=talk.pk)
    turn = Turn(talk.owner, talk, text, State.from_json(talk.state), seed=1)
    tools, reading = heard(turn)
    if edits:
        by_hand(talk.playlist, *edits)
    desk = carry_out(tools, turn, reading, Random(1))  # noqa: S311 (choice of words)
    talk.state = desk.state.to_json()
    talk.save()
    return desk


def test_what_is_taken_out_is_what_was_pointed_at(talk):
    songs = held(talk.playlist)

    answer(talk, "remove the second one", Remove((songs[0],)))

    assert held(talk.playlist) == songs[2:]


def test_what_is_added_comes_beside_what_was_moved(talk):
    songs = held(talk.playlist)

    answer(talk, "add 1 pop song", Move(songs[5], 0))

    *moved, new = held(talk.playlist)
    assert moved == [songs[5], *songs[:5]]
    assert new not in songs


@pytest.mark.parametrize(
    "text", ["calmer", "shuffle it", "make it 9 songs", "jazz again"]
)
def test_a_song_that_was_taken_out_does_not_come_back(talk, text):
    songs = held(talk.playlist)

    desk = answer(talk, text, Remove((songs[2],)))

    assert desk.moves
    assert songs[2] not in held(talk.playlist)
    playlist_undo(Playlist.objects.get(pk=talk.playlist.pk))
    assert held(talk.playlist) == [s for s in songs if s != songs[2]]


def test_what_was_meant_is_exchanged_wherever_it_stands_now(talk):
    songs = held(talk.playlist)

    answer(talk, "replace the first one with a pop song", Move(songs[0], 5))

    *stayed, new = held(talk.playlist)
    assert stayed == songs[1:]
    assert new not in songs


@pytest.mark.parametrize(
    "text", ["undo", "go back to version 1", "back to the first list"]
)
def test_whoever_goes_back_is_told_and_the_list_stays(talk, text):
    answer(talk, "add 2 pop songs")
    songs = held(talk.playlist)

    desk = answer(talk, text, Remove((songs[0],)))

    assert CHANGED_BY_HAND in desk.words
    assert held(talk.playlist) == songs[1:]


# --- with a language model ----------------------------------------------------------


def meanwhile(function, *args):
    """Run something of the database's beside a server's loop, and wait for it."""

    def run():
        try:
            return function(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def titles():
    return [Track.objects.get(pk=pk).title for pk in held(Playlist.objects.get())]


def lists_by_age():
    versions = PlaylistVersion.objects.order_by("number")
    return list(versions.values_list("words", "track_ids"))


def take_out_first():
    playlist = Playlist.objects.get()
    return by_hand(playlist, Remove((held(playlist)[0],)))


async def test_a_model_that_knows_an_older_list_has_to_look_again(
    catalog, ada, open_client, model
):
    def answers(request):
        number = len(server.requests)
        if number == 1:
            return call("find_tracks", {"genres": ["jazz"], "count": 4})
        if number == 2:
            found = [s["id"] for s in server.tool_results()[-1]["songs"]]
            return call("edit_playlist", {"edits": [{"op": "set", "ids": found}]})
        if number == 3:
            meanwhile(take_out_first)
            songs = server.tool_results()[1]["songs"]
            turned = [s["id"] for s in reversed(songs)]
            return call("edit_playlist", {"edits": [{"op": "set", "ids": turned}]})
        return say("Enjoy these.")

    server = model(answers=answers)
    client = await open_client(ada)

    shown = (await client.say("4 jazz songs")).playlist

    assert "look at it again" in server.tool_results()[-1]["error"]
    assert await in_thread(titles)() == [t["title"] for t in shown["tracks"]][1:]


async def test_a_model_puts_a_song_in_twice_only_where_that_is_asked_for(
    catalog, ada, open_client, model
):
    def answers(request):
        number = len(server.requests)
        if number == 1:
            return call("find_tracks", {"genres": ["jazz"], "count": 3})
        if number == 2:
            found = [s["id"] for s in server.tool_results()[-1]["songs"]]
            add = {"op": "add", "ids": found[:1], "again": True}
            both = [{"op": "set", "ids": [*found, found[0]]}, add]
            return call("edit_playlist", {"edits": both})
        if number == 3:
            found = [s["id"] for s in server.tool_results()[1]["songs"]]
            return call("edit_playlist", {"edits": [{"op": "set", "ids": found * 2}]})
        return say("Enjoy these.")

    server = model(answers=answers)
    client = await open_client(ada)

    await client.say("3 jazz songs")

    assert "didn't ask" in server.tool_results()[2]["error"]
    listed = await in_thread(titles)()
    assert len(listed) == len(set(listed)) == 3


async def test_what_a_model_did_in_vain_is_not_taken_back_past_what_was_done_by_hand(
    catalog, ada, open_client, model
):
    def answers(request):
        number = len(server.requests)
        if number == 1:
            return call("edit_playlist", {"edits": [{"op": "rename", "title": "Calm"}]})
        if number == 2:
            meanwhile(take_out_first)
        return Refused(500)

    client = await open_client(ada)
    await client.say("6 jazz songs")
    server = model(answers=answers)

    await client.say("calmer")

    lists = await in_thread(lists_by_age)()
    changed = next(i for i, (words, _) in enumerate(lists) if words == "by hand")
    (gone,) = set(lists[changed - 1][1]) - set(lists[changed][1])
    assert len(lists) > changed + 1
    assert all(gone not in tracks for _, tracks in lists[changed:])
