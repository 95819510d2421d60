"""Redo, restore and late changes over the protocol."""

import pytest

from chat.threads import in_thread
from playlists.models import Playlist


@pytest.fixture
async def edited(catalog, ada, open_client):
    """Open a client whose list of five was cut to four by hand."""
    client = await open_client(ada)
    client.first = (await client.say("5 jazz songs")).playlist
    await client.send(
        type="playlist.edit",
        playlist=client.first["id"],
        ops=[{"op": "remove", "tracks": [client.first["tracks"][0]["id"]]}],
    )
    client.second = (await client.until("playlist"))["playlist"]
    return client


def ids(playlist):
    return [track["id"] for track in playlist["tracks"]]


async def change(client, kind, **fields):
    await client.send(type=kind, playlist=client.first["id"], **fields)
    return (await client.until("playlist"))["playlist"]


async def test_undo_and_redo_say_what_can_follow(edited):
    undone = await change(edited, "playlist.undo")
    redone = await change(edited, "playlist.redo")

    assert (undone["can_undo"], undone["can_redo"]) == (True, True)
    assert ids(undone) == ids(edited.first)
    assert redone["can_redo"] is False
    assert ids(redone) == ids(edited.second)


async def test_redo_without_an_undo_is_refused(edited):
    await edited.send(type="playlist.redo", playlist=edited.first["id"], id=1)

    error = await edited.until("error")
    assert (error["code"], error["id"]) == ("edit_refused", 1)


async def test_an_earlier_version_is_taken_up_again(edited):
    restored = await change(edited, "playlist.restore", version=edited.first["version"])

    assert ids(restored) == ids(edited.first)
    assert restored["version"] == edited.second["version"] + 1


async def test_a_late_change_is_refused_with_the_list_as_it_is(edited):
    old = edited.first["version"]

    await edited.send(
        type="playlist.edit",
        playlist=edited.first["id"],
        base=old,
        ops=[{"op": "clear"}],
        id="late",
    )
    error = await edited.until("error")
    state = await edited.until("playlist.state")

    assert (error["code"], error["id"], state["id"]) == ("stale", "late", "late")
    assert state["playlist"]["version"] == edited.second["version"]
    assert ids(state["playlist"]) == ids(edited.second)
    current = await in_thread(Playlist.objects.select_related("current").get)()
    assert len(current.current.track_ids) == 4


async def test_a_change_for_the_version_at_hand_is_made(edited):
    cleared = await change(
        edited, "playlist.edit", base=edited.second["version"], ops=[{"op": "clear"}]
    )

    assert ids(cleared) == []
