"""A stand-in for Spotify as it is in 2026: OAuth and Web API over HTTP on loopback."""

from tests.loopback.faults import Fault, Faults
from tests.spotify.server import SpotifyServer
from tests.spotify.world import App, Listener, Playlist, Song, World

__all__ = [
    "App",
    "Fault",
    "Faults",
    "Listener",
    "Playlist",
    "Song",
    "SpotifyServer",
    "World",
]
