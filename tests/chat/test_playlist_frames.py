"""Redo, restore and late changes over the protocol."""

import pytest

from catalog.models import Track
from chat.threads import in_thread
from playlists.models import Playlist
from tests.factories import make_track


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


async def test_a_version_becomes_a_list_of_its_own_in_words(edited):
    reply = await edited.say(f"make a copy from version {edited.first['version']}")

    (copied,) = reply.of("list.copied")
    assert copied["url"] == f"/c/{copied['began']}/"
    assert reply.playlist is None

    @in_thread
    def copy():
        return Playlist.objects.select_related("current").get(
            conversation__uuid=copied["began"]
        )

    held = await copy()
    assert len(held.current.track_ids) == 5
    assert await in_thread(
        lambda: [str(t) for t in _uuids(held.current.track_ids)]
    )() == ids(edited.first)


def _uuids(track_ids):
    found = Track.objects.in_bulk(track_ids)
    return [found[pk].uuid for pk in track_ids]


async def test_a_version_is_taken_up_again_in_words_and_undone(edited):
    restored = (
        await edited.say(f"go back to version {edited.first['version']}")
    ).playlist
    assert ids(restored) == ids(edited.first)
    assert restored["version"] == edited.second["version"] + 1

    assert ids((await edited.say("undo")).playlist) == ids(edited.second)
    reply = await edited.say("go back to version 77")
    assert reply.playlist is None
    assert "There is no version 77" in reply.text


async def test_a_list_is_described_by_hand_and_in_words(edited):
    by_hand = await change(
        edited,
        "playlist.edit",
        ops=[{"op": "describe", "description": " For the last train "}],
    )
    assert by_hand["description"] == "For the last train"

    said = (await edited.say("describe it as Songs for Anna")).playlist
    assert said["description"] == "Songs for Anna"
    undone = (await edited.say("undo")).playlist
    assert undone["description"] == "For the last train"


async def test_a_song_comes_in_again_for_who_asks_and_its_places_are_told_apart(edited):
    one, two, three, four = ids(edited.second)
    refused = await edited.say("add the second one")

    assert refused.playlist is None
    assert "at number 2" in refused.text
    done = [f for f in edited.frames if f["type"] == "message.done"][-1]
    assert "Add it again" in done["suggestions"]
    for message, listed, told in (
        ("add it again", [one, two, three, four, two], "at number 2 and number 5"),
        ("remove the second one", [one, two, three, four], " 4 "),
        ("put it in twice", [one, two, three, four, two], "at number 2 and number 5"),
        ("put number 5 first", [two, one, two, three, four], "number 1"),
        ("again at the end", [two, one, two, three, four, two], "and number 6"),
        ("swap 1 and 2", [one, two, two, three, four, two], "Swapped"),
        ("no song twice please", [one, two, three, four], "Took out 2"),
        ("add number 4 again at the top", [four, one, two, three, four], "at number 1"),
        ("remove number 5", [four, one, two, three], " 4 "),
    ):
        reply = await edited.say(message)
        assert ids(reply.playlist) == listed, message
        assert told in reply.text, message


async def test_operations_mean_a_place_where_a_song_stands_several_times(edited):
    one, two, three, four = ids(edited.second)
    for op, listed in (
        (
            {"op": "add", "tracks": [two], "position": 0, "again": True},
            [two, one, two, three, four],
        ),
        (
            {"op": "move", "track": two, "position": 4, "place": 2},
            [two, one, three, four, two],
        ),
        (
            {"op": "remove", "tracks": [two], "places": [0]},
            [one, three, four, two],
        ),
    ):
        changed = await change(edited, "playlist.edit", ops=[op])
        assert ids(changed) == listed, op
    undone = await change(edited, "playlist.undo")
    assert ids(undone) == [two, one, three, four, two]
    gone = {"op": "remove", "tracks": [two], "places": [1]}
    await edited.send(
        type="playlist.edit", id="late", playlist=undone["id"], ops=[gone]
    )

    assert (await edited.until("error", id="late"))["code"] == "edit_refused"


async def test_what_is_never_to_be_heard_comes_in_by_no_asking(edited):
    second = ids(edited.second)[1]
    await edited.send(type="never.set", track=second)
    listed = ids((await edited.until("playlist"))["playlist"])
    assert second not in listed

    await edited.send(
        type="playlist.edit",
        id="again",
        playlist=edited.first["id"],
        ops=[{"op": "add", "tracks": [second], "again": True}],
    )

    assert (await edited.until("error", id="again"))["code"] == "edit_refused"


async def test_a_song_that_would_come_in_twice_is_refused_with_its_place(edited):
    second = edited.second["tracks"][1]["id"]

    await edited.send(
        type="playlist.edit",
        id="twice",
        playlist=edited.first["id"],
        ops=[{"op": "add", "tracks": [second]}],
    )

    error = await edited.until("error", id="twice")
    assert error["code"] == "already_there"
    assert "at number 2" in error["detail"]


async def test_a_song_that_comes_and_goes_at_once_changes_nothing(edited):
    song = await in_thread(make_track)("Passing Through")
    ops = [{"op": op, "tracks": [str(song.uuid)]} for op in ("add", "remove")]

    await edited.send(
        **{"type": "playlist.edit", "id": "both", "playlist": edited.first["id"]},
        ops=ops,
    )

    assert (await edited.until("playlist.state", id="both"))["playlist"]


async def test_whoever_changes_a_list_is_answered_under_the_requests_id(
    edited, ada, open_client
):
    other = await open_client(ada)
    fields = {"playlist": edited.first["id"], "base": edited.second["version"]}
    title = {"op": "rename", "title": edited.second["title"]}

    await edited.send(type="playlist.edit", id="same", ops=[title], **fields)
    await edited.send(type="playlist.undo", id=7, **fields)

    same = await edited.until("playlist.state", id="same")
    assert same["playlist"]["version"] == edited.second["version"]
    await edited.until("playlist", id=7)
    assert (await other.until("playlist"))["id"] is None
