"""A listener with a conversation, a playlist and songs that have audio."""

from types import SimpleNamespace

import pytest

from chat.models import Message
from chat.services import (
    conversation_start,
    event_append,
    message_accept,
    message_finish,
)
from chat.wire import Shelf
from playlists.edits import Add
from playlists.services import Author, playlist_edit
from tests.factories import make_track, make_user

AUDIO = bytes(range(256)) * 8


@pytest.fixture
def make_audio(media_folder):
    """Write audio into the media folder; returns the path that a track stores."""

    def make(name="song.ogg", content=AUDIO):
        path = media_folder / "audio" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return f"audio/{name}"

    return make


@pytest.fixture
def ada(client):
    """Return a listener, signed in to `client`."""
    user = make_user("ada")
    client.force_login(user)
    return user


@pytest.fixture
def talk(ada, make_audio):
    """Return a finished conversation of ada's: songs shown, and put into a playlist."""
    songs = [
        make_track(
            "Rain, Again",
            artist="The Marlow Finch Quintet",
            year=1959,
            audio_path=make_audio(),
        ),
        make_track("Silent One", artist="Nobody", duration_ms=None),
    ]
    conversation = conversation_start(owner=ada, text="something slow")
    message = message_accept(conversation, text="something slow")
    named = {"message": str(message.uuid)}
    frame = {"type": "message.accepted", "id": None, "text": message.text, "title": "-"}
    event_append(conversation.pk, message.pk, {**frame, **named})
    views = [v.model_dump(mode="json") for v in Shelf(ada).views([s.pk for s in songs])]
    shown = {"type": "tracks", "tracks": views, **named}
    event_append(conversation.pk, message.pk, shown)
    assert conversation.playlist is not None
    version = playlist_edit(
        conversation.playlist,
        edits=[Add(tuple(song.pk for song in songs))],
        author=Author.AGENT,
        words="something slow",
    )
    message_finish(
        message, status=Message.Status.DONE, reply="Here are two songs.", state=None
    )
    done = {"type": "message.done", "stopped": False, **named}
    event_append(conversation.pk, message.pk, done)
    conversation.refresh_from_db()
    return SimpleNamespace(
        conversation=conversation,
        message=message,
        playlist=version.playlist,
        songs=songs,
    )
