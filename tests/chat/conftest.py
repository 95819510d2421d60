"""A listener with a socket, spoken to over the protocol."""

import pytest
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator

from catalog.models import Artist, Track
from chat.protocol.events import EVENT
from chat.routing import websocket_application
from tests.factories import make_catalog, make_user
from tests.remembering import Rows

PATH = "/ws/chat/"
ORIGIN = (b"origin", b"http://localhost")


class Client:
    """One tab: sends frames and waits for those that answer them."""

    def __init__(self, user, headers=None):
        self.communicator = WebsocketCommunicator(
            websocket_application,
            PATH,
            headers=headers or [],
            subprotocols=["personalais.v1"],
        )
        self.user = user
        self.frames = []
        self.conversation = None

    async def connect(self):
        connected, subprotocol = await self.communicator.connect(timeout=10)
        assert connected
        assert subprotocol == "personalais.v1"
        return self

    async def send(self, **frame):
        await self.communicator.send_json_to(frame)

    async def receive(self):
        frame = await self.communicator.receive_json_from(timeout=60)
        # Whatever is sent is as documented: extra fields and wrong types fail here.
        EVENT.validate_python(frame)
        self.frames.append(frame)
        return frame

    async def until(self, kind, **values):
        """Receive frames up to one of a type with these values; return it."""
        while True:
            frame = await self.receive()
            if frame["type"] == kind and values.items() <= frame.items():
                return frame
            assert frame["type"] != "error" or kind == "error", frame

    async def begin(self, text="happy pop"):
        """Say something, and don't wait for the reply. Returns the message's id."""
        await self.send(type="message.send", text=text, id="start")
        accepted = await self.until("message.accepted", id="start")
        self.conversation = accepted["conversation"]
        return accepted["message"]

    async def say(self, text):
        """Say something and wait for the end of the reply. Returns its frames."""
        start = len(self.frames)
        request = {"type": "message.send", "text": text, "id": f"say-{start}"}
        if self.conversation:
            request["conversation"] = self.conversation
        await self.send(**request)
        accepted = await self.until("message.accepted", id=f"say-{start}")
        self.conversation = accepted["conversation"]
        await self.until("message.done", message=accepted["message"])
        return Reply(self.frames[start:])

    async def close(self):
        await self.communicator.disconnect()


class Reply:
    """The frames of one reply, by what they show."""

    def __init__(self, frames):
        self.frames = frames

    def of(self, kind):
        return [frame for frame in self.frames if frame["type"] == kind]

    @property
    def text(self):
        return "".join(frame["text"] for frame in self.of("message.delta"))

    @property
    def playlist(self):
        changed = self.of("playlist")
        return changed[-1]["playlist"] if changed else None

    @property
    def tracks(self):
        return [track for frame in self.of("tracks") for track in frame["tracks"]]


@pytest.fixture
def quick_words(settings):
    """Replies without the pace of reading."""
    settings.SECONDS_PER_WORD = 0


@pytest.fixture
async def open_client(quick_words):
    """Open sockets as listeners by token; close them at the end."""
    from accounts.models import ApiToken
    from chat.threads import in_thread

    opened = []

    def make_token(user):
        key = ApiToken.make_key()
        ApiToken.objects.create(user=user, name="test", key_hash=ApiToken.hash_key(key))
        return key

    async def open_as(user):
        key = await in_thread(make_token)(user)
        headers = [(b"authorization", f"Token {key}".encode())]
        client = await Client(user, headers).connect()
        opened.append(client)
        hello = await client.receive()
        assert hello["type"] == "hello"
        assert hello["user"] == user.username
        return client

    yield open_as
    for client in opened:
        await client.close()
    await close_channel_layer()


async def close_channel_layer():
    """Close this loop's Redis connections, the subscribed ones included."""
    layer = get_channel_layer()
    for shard in layer._get_layer()._shards:
        if shard._pubsub is not None:
            await shard._pubsub.aclose()
    await layer.flush()


@pytest.fixture(scope="session")
def made_once():
    """Remember what was made for an earlier test, by name."""
    return {}


@pytest.fixture
def catalog(transactional_db, made_once):
    """The catalog of `make_catalog`, with the same ids in each test of a worker."""
    if "catalog" in made_once:
        made_once["catalog"].put_back()
    else:
        assert not Artist.objects.exists()
        make_catalog()
        made_once["catalog"] = Rows("catalog")
    return list(Track.objects.order_by("pk"))


@pytest.fixture
def ada(transactional_db):
    return make_user("ada")


@pytest.fixture
def bob(transactional_db):
    return make_user("bob")
