"""A listener with nothing but HTTP and a websocket: no code of the site is used here."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

from websockets.sync.client import connect

TIMEOUT_S = 30
PASSWORD = "a long enough phrase 7"


@dataclass
class Reply:
    """The frames of one reply."""

    frames: list[dict[str, Any]]

    def of(self, kind):
        return [frame for frame in self.frames if frame["type"] == kind]

    @property
    def text(self):
        return "".join(frame["text"] for frame in self.of("message.delta"))

    @property
    def shown(self):
        return [track for frame in self.of("tracks") for track in frame["tracks"]]


@dataclass
class Listener:
    """Someone with a browser's session."""

    url: str
    name: str
    cookies: CookieJar = field(default_factory=CookieJar)
    conversation: str | None = None
    playlist: dict[str, Any] | None = None
    frames: list[dict[str, Any]] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self):
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self.http = urllib.request.build_opener(jar)

    def get(self, path):
        """Fetch a page or file. Returns the answer's bytes."""
        with self.http.open(self.url + path, timeout=TIMEOUT_S) as answer:
            return answer.read()

    def sign_up(self):
        """Fill in and send the sign-up form."""
        page = self.get("/account/sign-up/").decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        fields = {
            "csrfmiddlewaretoken": token,
            "username": self.name,
            "password": PASSWORD,
        }
        request = urllib.request.Request(
            f"{self.url}/account/sign-up/",
            urllib.parse.urlencode(fields).encode(),
            headers={"Referer": self.url},
        )
        with self.http.open(request, timeout=TIMEOUT_S) as answer:
            assert answer.url == f"{self.url}/", answer.read().decode()

    def open_socket(self):
        """Open the websocket as the browser does: cookie, origin, subprotocol."""
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.cookies)
        socket = connect(
            self.url.replace("http", "ws", 1) + "/ws/chat/",
            origin=self.url,
            subprotocols=["personalais.v1"],
            additional_headers={"Cookie": cookies},
            open_timeout=TIMEOUT_S,
        )
        self.socket = self.opened.enter_context(socket)
        assert self.socket.subprotocol == "personalais.v1"
        return self.receive()

    def close(self):
        """Drop the connection, as a closed tab does."""
        self.opened.close()

    def send(self, **frame):
        self.socket.send(json.dumps(frame))

    def receive(self):
        frame = json.loads(self.socket.recv(timeout=TIMEOUT_S))
        self.frames.append(frame)
        if frame["type"] == "playlist":
            self.playlist = frame["playlist"]
        return frame

    def until(self, kind, **values):
        """Receive up to a frame of a type with these values; return it."""
        while True:
            frame = self.receive()
            if frame["type"] == kind and values.items() <= frame.items():
                return frame

    def say(self, text):
        """Say something and hear the reply out."""
        start = len(self.frames)
        frame = {"type": "message.send", "text": text, "id": f"{self.name}-{start}"}
        if self.conversation:
            frame["conversation"] = self.conversation
        self.send(**frame)
        accepted = self.until("message.accepted", id=frame["id"])
        self.conversation = accepted["conversation"]
        self.until("message.done", message=accepted["message"])
        return Reply(self.frames[start:])

    def react(self, track_id, value):
        """Set a reaction and wait for its echo."""
        self.send(type="reaction.set", track=track_id, value=value)
        self.until("reaction", track=track_id, value=value)

    @property
    def listed(self):
        """The ids of the playlist, in order."""
        return [track["id"] for track in self.playlist["tracks"]]

    def facts(self, track_id):
        """Fetch what the site says of a track."""
        return json.loads(self.get(f"/tracks/{track_id}.json"))

    def all_facts(self, name):
        """Fetch one fact of each track of the playlist."""
        return [self.facts(track_id)[name] for track_id in self.listed]
