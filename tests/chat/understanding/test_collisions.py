"""An artist whose name is a command or a genre leaves these their meaning."""

import pytest

from catalog.names import name_key
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.spans import KnownNames
from tests.chat.understanding import shorthand
from tests.chat.understanding.shorthand import in_short

CONFUSING = ("More Upbeat", "The Second One", "Undo", "Jazz", "Number 3", "The The",
             "The First Artist", "Shorter", "Take That", "Skip Marley")  # fmt: skip


@pytest.fixture(autouse=True)
def confusing_catalog(monkeypatch):
    """Let the shorthand read with these artists, numbered from 1."""
    ids = {name_key(name): pk for pk, name in enumerate(CONFUSING, 1)}

    def look_up(keys):
        return KnownNames({key: pk for key, pk in ids.items() if key in keys}, {})

    monkeypatch.setattr(shorthand, "ARTISTS", CONFUSING)
    monkeypatch.setattr(
        shorthand, "read", lambda said: read_message(said, look_up, this_year=2026)
    )


COMMANDS = (
    ("more upbeat", "shift energy+ valence+"),
    ("More upbeat", "shift energy+ valence+"),
    ("MORE UPBEAT", "shift energy+ valence+"),
    ("a bit more upbeat", "shift energy+ valence+"),
    ("remove the second one", "out 2"),
    ("more like the second one", "like 2"),
    ("I like the second one", "like 2"),
    ("undo", "undo"),
    ("Undo that", "undo"),
    ("add some jazz", "add jazz"),
    ("Add Jazz", "add jazz"),
    ("I like Jazz", "ask jazz"),
    ("remove number 3", "out #3"),
    ("shorter", "shorter"),
    ("no more of the first artist", ""),
    ("take that out", "out that"),
    ("songs by the Zorblax", "ask unknown the Zorblax"),
)

NAMES = (
    ("songs by more upbeat", "ask by More Upbeat"),
    ("something by undo", "ask by Undo"),
    ("songs by the artist undo", "ask by Undo"),
    ("more from The Second One", "add by The Second One"),
    ("songs like Jazz", "ask like Jazz"),
    ('play "Undo"', "ask by Undo"),
    ("play Undo", "ask by Undo"),
    ('add some "Jazz"', "add by Jazz"),
    ("songs by the the", "ask by The The"),
    ("play Take That", "ask by Take That"),
    ("play skip marley", "ask by Skip Marley"),
)


@pytest.mark.parametrize(("message", "meaning"), COMMANDS)
def test_commands_come_before_artists_called_so(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), NAMES)
def test_such_an_artist_is_found_where_a_name_is_meant(message, meaning):
    assert in_short(message) == meaning
