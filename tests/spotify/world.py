"""What this Spotify holds: its app, listeners, songs, playlists and tokens.

Everything is plain data that a test may set and look at; `api.py` and `accounts.py`
serve it.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import time
from dataclasses import dataclass, field

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TOKEN_LIFE_S = 3600
# Refresh tokens die half a year after somebody agreed, however often they are used.
REFRESH_LIFE_S = 182 * 24 * 3600


def make_id(kind: str, number: int) -> str:
    """Return 22 characters of base 62, as Spotify's ids are."""
    value = int.from_bytes(hashlib.sha256(f"{kind}{number}".encode()).digest(), "big")
    letters = []
    for _ in range(22):
        value, letter = divmod(value, 62)
        letters.append(BASE62[letter])
    return "".join(letters)


@dataclass
class Song:
    """A track of Spotify's catalog."""

    id: str
    name: str
    artists: list[str]
    duration_ms: int = 200_000
    isrc: str = ""
    album: str = "An Album"
    is_explicit: bool = False

    @property
    def uri(self) -> str:
        return f"spotify:track:{self.id}"


@dataclass
class Playlist:
    """A playlist; `uris` in playing order. Each change gives another snapshot."""

    id: str
    owner: str
    name: str
    description: str = ""
    is_public: bool = True
    uris: list[str] = field(default_factory=list)
    changes: int = 0

    @property
    def uri(self) -> str:
        return f"spotify:playlist:{self.id}"

    @property
    def snapshot(self) -> str:
        text = f"{self.changes},{hashlib.sha1(self.id.encode()).hexdigest()}"  # noqa: S324
        return base64.b64encode(text.encode()).decode()


@dataclass
class Listener:
    """Somebody with an account there. `is_named`: on the app's list of five people."""

    id: str
    account_id: str
    name: str
    is_named: bool = True
    library: list[str] = field(default_factory=list)
    top: list[str] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)


@dataclass
class App:
    """The app that a developer has registered."""

    client_id: str = "client-of-tests"
    client_secret: str = "secret-of-tests"
    # A loopback address without a port may be used with any.
    redirect_uris: tuple[str, ...] = ("http://127.0.0.1/account/complete/spotify/",)


@dataclass
class Grant:
    """What somebody has agreed to."""

    listener: str
    scopes: frozenset[str]
    agreed_at: float


@dataclass
class Code:
    """What an authorization code stands for, until it is used."""

    grant: Grant
    redirect_uri: str
    challenge: str


@dataclass
class Access:
    """What an access token opens, until when."""

    grant: Grant
    until: float


class World:
    """One Spotify. `clock` may be replaced by a test."""

    def __init__(self) -> None:
        self.app = App()
        self.listeners: dict[str, Listener] = {}
        self.songs: dict[str, Song] = {}
        self.playlists: dict[str, Playlist] = {}
        self.codes: dict[str, Code] = {}
        self.access: dict[str, Access] = {}
        self.refresh: dict[str, Grant] = {}
        # Who sits before the browser, and whether they agree.
        self.at_browser = ""
        self.agrees = True
        # Whether a refresh brings another refresh token, and ends the one before.
        self.rotates = False
        self.clock = time.time
        self._numbers = itertools.count(1)

    def add_listener(self, name: str = "ada", **fields: object) -> Listener:
        """Add somebody; the first one sits before the browser."""
        listener = Listener(id=f"user-{name}", account_id=f"acct-{name}", name=name)
        for field_name, value in fields.items():
            setattr(listener, field_name, value)
        self.listeners[listener.id] = listener
        self.at_browser = self.at_browser or listener.id
        return listener

    def add_song(self, name: str, artist: str = "Nina", **fields: object) -> Song:
        """Add a song to the catalog."""
        song = Song(
            id=make_id("song", next(self._numbers)), name=name, artists=[artist]
        )
        for field_name, value in fields.items():
            setattr(song, field_name, value)
        self.songs[song.id] = song
        return song

    def add_playlist(self, owner: Listener, name: str, **fields: object) -> Playlist:
        """Add a playlist, newest first in its owner's library."""
        new = Playlist(
            id=make_id("list", next(self._numbers)), owner=owner.id, name=name
        )
        for field_name, value in fields.items():
            setattr(new, field_name, value)
        self.playlists[new.id] = new
        owner.library.insert(0, new.uri)
        return new

    def lists_of(self, listener: Listener) -> list[Playlist]:
        """Return the playlists in somebody's library, newest first."""
        by_uri = {held.uri: held for held in self.playlists.values()}
        return [by_uri[uri] for uri in listener.library if uri in by_uri]

    def empty(self, listener: Listener) -> None:
        """Be without playlists, and let somebody's library be empty."""
        listener.library.clear()
        self.playlists.clear()

    def new_token(self, kind: str) -> str:
        """Return a token that nobody else has."""
        return f"{kind}-{make_id(kind, next(self._numbers))}"

    def grant_access(self, grant: Grant) -> str:
        """Return a new access token for what was agreed to."""
        token = self.new_token("access")
        self.access[token] = Access(grant, self.clock() + TOKEN_LIFE_S)
        return token

    def end_all_access(self) -> None:
        """Let every access token be too old."""
        for held in self.access.values():
            held.until = 0

    def withdraw(self, listener: Listener) -> None:
        """Let somebody take back what they agreed to."""
        self.refresh = {
            t: g for t, g in self.refresh.items() if g.listener != listener.id
        }
        self.access = {
            t: a for t, a in self.access.items() if a.grant.listener != listener.id
        }
