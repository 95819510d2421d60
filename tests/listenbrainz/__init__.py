"""A stand-in for ListenBrainz's API over HTTP on loopback, as listenbrainz-server has it."""

from tests.listenbrainz.server import ListenBrainzServer
from tests.listenbrainz.world import Listener, Playlist, Song, World

__all__ = ["Listener", "ListenBrainzServer", "Playlist", "Song", "World"]
