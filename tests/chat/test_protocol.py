"""The protocol: what is refused and how, stopping, resuming, several tabs."""

import asyncio
import json
import uuid
from datetime import timedelta

import pytest
from channels.testing import WebsocketCommunicator
from django.utils import timezone

from accounts.sessions import sessions_end_others
from chat import turns
from chat.access import sockets_recheck
from chat.models import Conversation, Message
from chat.protocol.frame import MAX_FRAME_BYTES
from chat.routing import websocket_application
from chat.services import conversation_delete
from chat.stops import stop_ask
from chat.threads import in_thread
from playlists.models import Playlist
from tests.chat.conftest import ORIGIN, PATH, Client, Reply, close_channel_layer


def ids(playlist):
    return [track["id"] for track in playlist["tracks"]]


# --- who may speak ----------------------------------------------------------------


async def test_a_wrong_key_is_closed_with_4401(transactional_db):
    socket = WebsocketCommunicator(
        websocket_application, PATH, headers=[(b"authorization", b"Token nonsense")]
    )

    connected, _ = await socket.connect()
    closed = await socket.receive_output()

    assert connected
    assert closed == {"type": "websocket.close", "code": 4401}


async def test_a_browser_of_another_origin_is_refused(transactional_db):
    socket = WebsocketCommunicator(
        websocket_application,
        PATH,
        headers=[(b"host", b"localhost"), (b"origin", b"https://elsewhere.example")],
    )

    connected, _ = await socket.connect()

    assert not connected


async def test_a_browser_without_a_session_is_closed_with_4401(transactional_db):
    socket = WebsocketCommunicator(
        websocket_application, PATH, headers=[(b"host", b"localhost"), ORIGIN]
    )

    connected, _ = await socket.connect()
    closed = await socket.receive_output()

    assert connected
    assert closed["code"] == 4401


# --- what is refused --------------------------------------------------------------

UUID = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "no.such"}, "unknown_type"),
        ({}, "unknown_type"),
        ({"type": 7}, "unknown_type"),
        ({"type": "ping", "more": 1}, "bad_frame"),
        ({"type": "message.send"}, "bad_frame"),
        ({"type": "message.send", "text": ""}, "bad_frame"),
        ({"type": "message.send", "text": "   "}, "bad_frame"),
        ({"type": "message.send", "text": "a" * 5001}, "bad_frame"),
        ({"type": "message.send", "text": 7}, "bad_frame"),
        ({"type": "message.send", "text": "hi", "conversation": "x"}, "bad_frame"),
        ({"type": "message.send", "text": "hi", "conversation": UUID}, "not_found"),
        ({"type": "message.stop", "message": UUID}, "not_found"),
        ({"type": "reaction.set", "track": UUID, "value": "adore"}, "bad_frame"),
        ({"type": "reaction.set", "track": UUID, "value": "like"}, "not_found"),
        ({"type": "playlist.edit", "playlist": UUID, "ops": []}, "bad_frame"),
        (
            {"type": "playlist.edit", "playlist": UUID, "ops": [{"op": "x"}]},
            "bad_frame",
        ),
        (
            {"type": "playlist.edit", "playlist": UUID, "ops": [{"op": "clear"}]},
            "not_found",
        ),
        ({"type": "playlist.undo", "playlist": UUID}, "not_found"),
        ({"type": "conversation.resume", "conversation": UUID}, "not_found"),
        (
            {"type": "conversation.resume", "conversation": UUID, "after": -1},
            "bad_frame",
        ),
    ],
)
async def test_a_bad_frame_gets_its_error_and_the_connection_lives(
    ada, open_client, frame, code
):
    client = await open_client(ada)

    await client.send(**frame, id="mine")
    error = await client.until("error")

    assert error["code"] == code
    assert error["id"] == "mine"
    assert error["detail"]
    await client.send(type="ping", id=7)
    assert (await client.until("pong"))["id"] == 7


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nonsense", "not_json"),
        ("[1, 2]", "not_an_object"),
        ("7", "not_an_object"),
        ("[" * 20_000, "not_json"),
        (json.dumps({"type": "ping", "id": "x" * MAX_FRAME_BYTES}), "too_large"),
    ],
)
async def test_a_frame_that_is_no_object_gets_its_error(ada, open_client, text, code):
    client = await open_client(ada)

    await client.communicator.send_to(text_data=text)

    assert (await client.until("error"))["code"] == code
    await client.send(type="ping")
    await client.until("pong")


async def test_a_binary_frame_is_refused(ada, open_client):
    client = await open_client(ada)

    await client.communicator.send_to(bytes_data=b"\x00\x01")

    assert (await client.until("error"))["code"] == "binary_frame"


async def test_a_flood_is_told_once_and_the_rest_is_not_read(ada, open_client):
    client = await open_client(ada)

    for _ in range(300):
        await client.send(type="ping")
    while not await client.communicator.receive_nothing(timeout=0.5):
        await client.receive()

    errors = [f for f in client.frames if f["type"] == "error"]
    pongs = [f for f in client.frames if f["type"] == "pong"]
    assert [error["code"] for error in errors] == ["too_fast"]
    assert 100 <= len(pongs) < 300
    await client.send(type="ping", id="later")
    await client.until("pong", id="later")


# --- stopping ---------------------------------------------------------------------


@pytest.fixture
def slow_words(settings):
    """Replies that take long to be said."""
    settings.SECONDS_PER_WORD = 0.2


async def test_stop_keeps_what_was_said_and_frees_the_conversation(
    catalog, ada, open_client, slow_words
):
    client = await open_client(ada)
    message = await client.begin()
    await client.until("message.delta")

    await client.send(type="message.stop", message=message)
    done = await client.until("message.done")

    assert done["stopped"]
    said = Reply(client.frames).text
    stored = await in_thread(Message.objects.get)(uuid=message)
    assert stored.status == Message.Status.STOPPED
    assert stored.reply == said
    await client.say("help")


async def test_a_stop_that_another_process_asks_for_is_heard(
    catalog, ada, open_client, slow_words
):
    client = await open_client(ada)
    message = await client.begin()
    await client.until("message.delta")

    await stop_ask(uuid.UUID(message))
    done = await client.until("message.done", message=message)

    assert done["stopped"]


async def test_stopping_a_finished_reply_does_nothing(catalog, ada, open_client):
    client = await open_client(ada)
    reply = await client.say("jazz")

    await client.send(type="message.stop", message=reply.frames[-1]["message"])
    await client.send(type="ping")

    assert (await client.receive())["type"] == "pong"


# --- several tabs, and coming back ------------------------------------------------


async def test_two_tabs_see_the_same(catalog, ada, open_client):
    one, two = await open_client(ada), await open_client(ada)

    await one.say("jazz")
    await two.until("message.done")

    def without_id(frames):
        return [{**f, "id": None} for f in frames if f["type"] != "hello"]

    assert without_id(one.frames) == without_id(two.frames)
    accepted = [f for f in two.frames if f["type"] == "message.accepted"]
    assert accepted[0]["id"] is None


async def test_a_reply_goes_on_while_nobody_listens(
    catalog, ada, open_client, settings
):
    settings.SECONDS_PER_WORD = 0.02
    first = await open_client(ada)
    await first.begin()
    seq = (await first.until("message.delta"))["seq"]
    await first.close()

    second = await open_client(ada)
    await second.send(
        type="conversation.resume", conversation=first.conversation, after=seq
    )
    await second.until("message.done")

    # What came before the resume arrived may be sent again, in its place.
    seqs = {f["seq"] for f in second.frames if "seq" in f}
    assert seqs == set(range(seq + 1, seq + 1 + len(seqs)))


async def test_what_came_before_a_resume_is_not_sent_again(catalog, ada, open_client):
    one, two = await open_client(ada), await open_client(ada)
    told = (await one.say("jazz")).frames
    await two.until("message.done")

    async def resumed():
        request = {"conversation": one.conversation, "after": 0}
        await two.send(type="conversation.resume", **request)
        return await two.until("conversation.resumed")

    assert (await resumed())["upto"] == len(told)
    assert len([f for f in two.frames if "seq" in f]) == len(told)
    # Whoever asks again has lost it, and gets all of it.
    await resumed()
    assert len([f for f in two.frames if "seq" in f]) == 2 * len(told)


async def test_resume_from_each_event_brings_the_rest(catalog, ada, open_client):
    client = await open_client(ada)
    told = (await client.say("happy pop")).frames

    for cut in range(len(told) + 1):
        back = await open_client(ada)
        await back.send(
            type="conversation.resume",
            conversation=client.conversation,
            after=cut,
            id=cut,
        )
        resumed = await back.until("conversation.resumed")

        rest = [f for f in back.frames if "seq" in f]
        assert rest == [{**f, "id": None} if "id" in f else f for f in told[cut:]]
        assert (resumed["id"], resumed["upto"]) == (cut, max(cut, len(told)))
        await back.close()


async def test_a_listener_never_sees_anothers_frames(catalog, ada, bob, open_client):
    as_ada, as_bob = await open_client(ada), await open_client(bob)

    await as_ada.say("jazz")

    assert await as_bob.communicator.receive_nothing()
    await as_bob.send(
        type="conversation.resume", conversation=as_ada.conversation, after=0
    )
    assert (await as_bob.until("error"))["code"] == "not_found"


# --- playlists by hand ------------------------------------------------------------


async def test_edits_by_hand_make_versions_that_undo_walks(catalog, ada, open_client):
    client = await open_client(ada)
    playlist = (await client.say("5 pop songs")).playlist
    first, second, third, *rest = ids(playlist)
    another = (await client.say("folk from the 70s")).tracks[0]["id"]
    await client.say("undo")

    async def edit(*ops):
        await client.send(type="playlist.edit", playlist=playlist["id"], ops=list(ops))
        return await client.until("playlist")

    moved = await edit({"op": "move", "track": third, "position": 0})
    added = await edit({"op": "add", "tracks": [another], "position": 1})
    changed = await edit(
        {"op": "remove", "tracks": [first]}, {"op": "rename", "title": "Mine"}
    )

    assert ids(moved["playlist"]) == [third, first, second, *rest]
    assert moved["change"]["moved"] == [third]
    assert ids(added["playlist"])[1] == another
    assert added["change"]["added"] == [another]
    assert ids(changed["playlist"]) == [third, another, second, *rest]
    assert changed["playlist"]["title"] == "Mine"
    assert changed["change"]["author"] == "listener"
    await client.send(type="playlist.undo", playlist=playlist["id"])
    undone = (await client.until("playlist"))["playlist"]
    assert undone == {**added["playlist"], "can_redo": True}


async def test_an_edit_that_cannot_be_made_changes_nothing(catalog, ada, open_client):
    client = await open_client(ada)
    playlist = (await client.say("5 pop songs")).playlist
    stranger = (await client.say("folk")).tracks[0]["id"]
    await client.say("undo")

    await client.send(
        type="playlist.edit",
        playlist=playlist["id"],
        ops=[{"op": "clear"}, {"op": "move", "track": stranger, "position": 0}],
    )

    assert (await client.until("error"))["code"] == "edit_refused"
    await client.send(type="conversation.resume", conversation=client.conversation)
    await client.until("conversation.resumed")
    newest = [f for f in client.frames if f["type"] == "playlist"][-1]
    assert ids(newest["playlist"]) == ids(playlist)


async def test_a_reaction_shows_in_every_tab_and_in_later_frames(
    catalog, ada, open_client
):
    one, two = await open_client(ada), await open_client(ada)
    track = ids((await one.say("5 pop songs")).playlist)[0]

    await one.send(type="reaction.set", track=track, value="like", id="r")
    mine = await one.until("reaction")
    theirs = await two.until("reaction")
    later = (await one.say("add 2 jazz songs")).playlist

    assert mine == {"type": "reaction", "id": "r", "track": track, "value": "like"}
    assert theirs == {**mine, "id": None}
    assert later["tracks"][0]["reaction"] == "like"


# --- what the review of a running site found ------------------------------------------


@pytest.mark.parametrize("delay_s", [0, 0.01, 0.02, 0.04, 0.06, 0.1, 0.15])
async def test_a_stop_at_any_moment_leaves_client_and_server_agreed(
    catalog, ada, open_client, delay_s
):
    client = await open_client(ada)
    before = (await client.say("5 pop songs")).playlist
    message = await client.begin("10 jazz songs")

    await asyncio.sleep(delay_s)
    await client.send(type="message.stop", message=message)
    await client.until("message.done", message=message)

    told = [f for f in client.frames if f["type"] == "playlist"][-1]["playlist"]
    playlist = await in_thread(Playlist.objects.select_related("current").get)(
        uuid=before["id"]
    )
    assert told["version"] == playlist.current.number


async def test_a_conversation_deleted_in_mid_reply_ends_quietly(
    catalog, ada, open_client, slow_words, caplog
):
    client = await open_client(ada)
    await client.begin()
    await client.until("message.delta")

    conversation = await in_thread(Conversation.objects.get)(uuid=client.conversation)
    await in_thread(conversation_delete)(conversation)
    await asyncio.gather(*turns._running)

    assert not [r for r in caplog.records if r.levelname == "ERROR"]


async def test_a_list_outlives_its_conversation_and_can_be_edited(
    catalog, ada, open_client
):
    client = await open_client(ada)
    playlist = (await client.say("5 pop songs")).playlist
    conversation = await in_thread(Conversation.objects.get)(uuid=client.conversation)
    await in_thread(conversation_delete)(conversation)

    await client.send(
        type="playlist.edit",
        playlist=playlist["id"],
        ops=[{"op": "remove", "tracks": ids(playlist)[:1]}],
    )
    changed = await client.until("playlist")

    assert ids(changed["playlist"]) == ids(playlist)[1:]
    assert "seq" not in changed


async def test_a_reply_whose_process_is_gone_can_be_stopped(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("jazz")
    conversation = await in_thread(Conversation.objects.get)(uuid=client.conversation)
    long_ago = timezone.now() - timedelta(seconds=8)
    orphan = await in_thread(Message.objects.create)(
        conversation=conversation, text="pop", alive_at=long_ago
    )

    await client.send(type="message.stop", message=str(orphan.uuid))
    done = await client.until("message.done", message=str(orphan.uuid))

    assert done["stopped"]
    await client.say("pop")


async def test_a_reply_whose_process_is_gone_ends_when_the_talk_is_opened(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("jazz")
    conversation = await in_thread(Conversation.objects.get)(uuid=client.conversation)
    long_ago = timezone.now() - timedelta(seconds=30)
    orphan = await in_thread(Message.objects.create)(
        conversation=conversation, text="pop", alive_at=long_ago
    )

    await client.send(type="conversation.resume", conversation=client.conversation)
    await client.until("conversation.resumed")

    ended = [f for f in client.frames if f.get("message") == str(orphan.uuid)]
    assert [f["type"] for f in ended] == ["message.done"]
    assert ended[0]["interrupted"]


async def test_a_nul_character_is_refused_and_starts_nothing(ada, open_client):
    client = await open_client(ada)

    await client.send(type="message.send", text="sad\x00songs")

    assert (await client.until("error"))["code"] == "bad_frame"
    assert not await in_thread(Conversation.objects.exists)()


async def test_a_listener_who_is_turned_off_loses_the_socket(ada, open_client):
    client = await open_client(ada)
    ada.is_active = False

    await in_thread(ada.save)()

    assert await client.communicator.receive_output(timeout=5) == {
        "type": "websocket.close",
        "code": 4401,
    }


async def test_a_recheck_leaves_those_alone_who_may_stay(ada, open_client):
    client = await open_client(ada)

    await in_thread(sockets_recheck)(ada)
    await client.send(type="ping")

    assert (await client.receive())["type"] == "pong"


async def test_signing_out_closes_the_sessions_socket(ada, client, quick_words):
    await in_thread(client.force_login)(ada)
    cookie = client.cookies["sessionid"].value
    headers = [
        ORIGIN,
        (b"host", b"localhost"),
        (b"cookie", f"sessionid={cookie}".encode()),
    ]
    tab = await Client(ada, headers).connect()
    assert (await tab.receive())["user"] == "ada"

    await in_thread(client.logout)()
    await in_thread(sockets_recheck)(ada)
    closed = await tab.communicator.receive_output(timeout=5)
    await tab.close()
    await close_channel_layer()

    assert closed == {"type": "websocket.close", "code": 4401}


async def test_a_browser_that_is_signed_out_from_afar_loses_its_socket(
    ada, client, quick_words
):
    tabs = []
    for browser in (client, type(client)()):
        await in_thread(browser.force_login)(ada)
        cookie = f"sessionid={browser.cookies['sessionid'].value}"
        headers = [ORIGIN, (b"host", b"localhost"), (b"cookie", cookie.encode())]
        tabs.append(await Client(ada, headers).connect())
        assert (await tabs[-1].receive())["type"] == "hello"
    here, there = tabs
    key = client.session.session_key

    await in_thread(sessions_end_others)(ada, but=key)
    closed = await there.communicator.receive_output(timeout=5)
    await here.send(type="ping")
    answered = await here.receive()
    for tab in tabs:
        await tab.close()
    await close_channel_layer()

    assert closed == {"type": "websocket.close", "code": 4401}
    assert answered["type"] == "pong"
