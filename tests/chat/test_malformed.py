"""A thousand frames that nobody should send: each is answered, nothing breaks."""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from chat import consumers
from chat.codes import ErrorCode
from chat.models import Message
from chat.protocol.requests import REQUEST
from chat.threads import in_thread

FRAMES = 1_000
NOWHERE = "00000000-0000-4000-8000-000000000000"
# Requests that are sound start replies; those are other tests' business.
TALKING = ("message.send", "message.edit", "constraint.set", "mood.set")

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.uuids().map(str)
    | st.sampled_from(["\ud800", "\x00", "🎵" * 40, "a" * 6_000, 10**30, -(10**30)]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def spoiled(sound):
    """Make sound requests unsound: a field gone, added, or of something else."""

    @st.composite
    def draw_one(draw):
        frame = dict(draw(st.sampled_from(sound)))
        field = draw(st.sampled_from(sorted(frame)))
        way = draw(st.sampled_from(["drop", "add", "change", "name"]))
        if way == "drop":
            del frame[field]
        elif way == "add":
            frame[draw(st.text())] = draw(anything)
        elif way == "change":
            frame[field] = draw(anything)
        else:
            frame["id"] = draw(anything)
        return json.dumps(frame)

    return draw_one()


def texts_of(sound):
    """Draw the frames; the same ones at each run."""
    drawn = []

    @settings(
        max_examples=FRAMES,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.text() | anything.map(json.dumps) | spoiled(sound) | spoiled(sound))
    def draw(text):
        drawn.append(text)

    draw()
    return [text for text in drawn if not starts_a_reply(text)]


def starts_a_reply(text):
    try:
        data = json.loads(text)
        frame = REQUEST.validate_python(data)
    except (ValueError, RecursionError, ValidationError):
        return False
    return frame.type in TALKING


async def test_a_thousand_frames_leave_the_connection_and_the_log_as_they_were(
    catalog, ada, open_client, monkeypatch, caplog
):
    monkeypatch.setattr(consumers, "FRAMES_PER_S", 100_000)
    client = await open_client(ada)
    reply = await client.say("5 jazz songs")
    track = reply.tracks[0]["id"]
    message = reply.frames[-1]["message"]
    said = await in_thread(Message.objects.count)()
    names = {"conversation": client.conversation, "message": message}
    playlist = {"playlist": reply.playlist["id"]}
    sound = [
        {"type": "message.send", "text": "jazz", "conversation": client.conversation},
        {"type": "message.edit", "text": "jazz", **names},
        {"type": "message.stop", "message": message},
        {"type": "reaction.set", "track": track, "value": "like", "message": message},
        {"type": "playlist.edit", "ops": [{"op": "rename", "title": "A"}], **playlist},
        {
            "type": "playlist.edit",
            "ops": [{"op": "move", "track": track, "position": 1}],
            **playlist,
        },
        {"type": "playlist.undo", **playlist},
        {"type": "playlist.redo", **playlist},
        {"type": "playlist.restore", "version": 1, **playlist},
        {
            "type": "constraint.set",
            "conversation": client.conversation,
            "constraint": "genre:jazz",
            "value": "soft",
            "base": 1,
        },
        {
            "type": "mood.set",
            "conversation": client.conversation,
            "start": {"valence": 0.2, "energy": 0.8},
            "end": {"valence": 0.8, "energy": 0.2},
        },
        {"type": "branch.take_up", "message": message},
        {
            "type": "conversation.resume",
            "conversation": client.conversation,
            "after": 10_000,
        },
        {"type": "conversation.resume", "conversation": NOWHERE, "after": 0},
        {"type": "ping"},
        # What only the server says.
        {"type": "conversation.pinned", "is_pinned": True, **names},
        {"type": "tracks", "tracks": [], "play": track, **names},
    ]
    texts = await asyncio.to_thread(texts_of, sound)

    codes = set()
    for number, text in enumerate(texts):
        start = len(client.frames)
        # send_to() takes no empty text; a socket does.
        received = {"type": "websocket.receive", "text": text}
        await client.communicator.send_input(received)
        await client.send(type="ping", id=f"after-{number}")
        while True:
            frame = await client.receive()
            assert frame.get("code") != "internal", text
            if frame == {"type": "pong", "id": f"after-{number}"}:
                break
        errors = [f for f in client.frames[start:] if f["type"] == "error"]
        assert len(errors) <= 1, text
        codes |= {error["code"] for error in errors}

    assert len(texts) > 0.9 * FRAMES
    wanted = {"not_json", "not_an_object", "unknown_type", "bad_frame", "not_found"}
    assert wanted <= codes <= set(ErrorCode)
    assert not [r for r in caplog.records if r.levelname in ("ERROR", "CRITICAL")]
    assert await in_thread(Message.objects.count)() == said


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "message.send", "text": "a\ud800"},
        {"type": "ping", "id": 10**30},
        {"type": "ping", "id": float("nan")},
        {"type": "ping", "id": "x" * 65},
    ],
)
async def test_what_can_not_be_stored_or_given_back_is_refused(ada, open_client, frame):
    client = await open_client(ada)

    await client.communicator.send_to(text_data=json.dumps(frame))

    error = await client.until("error")
    assert (error["code"], error["id"]) == ("bad_frame", None)
