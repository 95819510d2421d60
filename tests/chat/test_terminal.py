"""The client for the terminal, against a running site: nothing but the protocol."""

import io
import os
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from accounts.services import token_create
from chat.models import Message
from chat.terminal.connection import Connection, Refused, websocket_address
from chat.terminal.screen import Screen, harmless
from chat.terminal.talk import Talk
from feedback.models import Reaction
from playlists.models import Playlist
from tests.factories import make_catalog, make_user
from tests.site import ROOT

# One site serves all tests of a worker that need one.
site_test = pytest.mark.xdist_group("browser")


@pytest.fixture
def key(site):
    make_catalog()
    return token_create(user=make_user("ada"), name="terminal")


@pytest.fixture
def at_terminal(site, key):
    """Sit down at a terminal: `type` lines, and read what is `shown`."""
    opened = []

    def sit_down():
        shown = io.StringIO()
        connection = Connection(site.url, key)
        connection.open()
        opened.append(connection)
        screen = Screen(Console(file=shown, width=100))
        talk = Talk(connection, screen)

        def enter(line):
            shown.seek(0)
            shown.truncate()
            assert talk.enter(line)
            return shown.getvalue()

        return SimpleNamespace(
            enter=enter, talk=talk, connection=connection, shown=shown
        )

    yield sit_down
    for connection in opened:
        connection.close()


@site_test
def test_a_talk_a_list_and_edits_by_hand(at_terminal):
    ada = at_terminal()

    reply = ada.enter("5 jazz songs")
    titles = [track["title"] for track in ada.talk.playlist["tracks"]]

    assert all(title in reply for title in titles)
    assert len(titles) == 5
    assert "Try: " in reply
    assert "Given: must jazz · must 5 songs" in reply
    removed = ada.enter("/remove 1 2")
    assert titles[0] not in removed
    assert titles[2] in removed
    ada.enter("/move 3 1")
    assert ada.talk.playlist["tracks"][0]["title"] == titles[4]
    assert titles[0] not in ada.enter("/list")
    ada.enter("/undo")
    ada.enter("/undo")
    assert [t["title"] for t in ada.talk.playlist["tracks"]] == titles
    ada.enter("/rename Late train")
    assert "Late train" in ada.enter("/list")
    assert Playlist.objects.get().current.title == "Late train"

    ada.enter("/like 2")
    assert "♥" in ada.enter("/list")
    assert Reaction.objects.latest("pk").value == "like"
    ada.enter("/none 2")
    assert "♥" not in ada.enter("/list")

    count = Reaction.objects.count()
    for line in ("/like", "/like 6", "/like 0", "/like two"):
        assert "the number of a song, 1 to 5" in ada.enter(line)
    assert Reaction.objects.count() == count


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/nonsense", "no command /nonsense"),
        ("/list", "no list yet"),
        ("/like 1", "no list yet"),
        ("/move 1", "/move goes otherwise"),
        ("/rename", "no list yet"),
        ("/help", "/rename A title"),
    ],
)
def test_what_can_not_be_done_is_told_and_nothing_sent(line, words):
    shown = io.StringIO()
    # Never opened: whatever is sent fails as not connected.
    connection = Connection("http://127.0.0.1:9", "key")

    assert Talk(connection, Screen(Console(file=shown, width=100))).enter(line)

    assert words in shown.getvalue()


@site_test
def test_a_line_that_is_cut_comes_back_without_a_gap(at_terminal, site):
    ada = at_terminal()
    ada.enter("5 jazz songs")
    # What is told while the line is cut: another connection makes an edit.
    ada.connection._socket.socket.shutdown(2)
    other = at_terminal()
    other.talk.conversation = ada.talk.conversation
    other.enter("remove the first one")

    until = time.monotonic() + 20
    while len(ada.talk.playlist["tracks"]) != 4:
        assert time.monotonic() < until
        ada.talk.catch_up()
        time.sleep(0.05)
    assert "Connected again." in ada.shown.getvalue()


@site_test
def test_a_site_that_is_started_anew_is_found_again(at_terminal, site):
    ada = at_terminal()
    ada.enter("5 jazz songs")

    site.restart_web()
    until = time.monotonic() + 40
    while "Connected again." not in ada.shown.getvalue():
        assert time.monotonic() < until
        ada.talk.catch_up()
        time.sleep(0.05)

    assert "only 3 of them" not in ada.enter("/list")
    ada.enter("remove the first one")
    assert len(ada.talk.playlist["tracks"]) == 4


@site_test
def test_the_command_talks_over_a_pipe_and_so_does_the_example(site, key):
    with pytest.raises(Refused, match="doesn't know this key"):
        Connection(site.url, "nonsense").open()
    done = subprocess.run(
        [sys.executable, "manage.py", "chat", "--url", site.url],
        cwd=ROOT,
        env={**os.environ, "PERSONALAIS_KEY": key, "PYTHONIOENCODING": "utf-8"},
        input="4 jazz songs\n/like 1\n/quit\n",
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "Hello ada" in done.stdout
    assert "Jazz Piece" in done.stdout
    assert Message.objects.get().text == "4 jazz songs"
    assert Reaction.objects.get().value == "like"

    example = ROOT / "examples" / "say.py"
    assert len(example.read_text().splitlines()) <= 40
    done = subprocess.run(
        [sys.executable, example, site.url, key, "4 jazz songs"],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n- Jazz Piece") == 4


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"key": ""}, "Set PERSONALAIS_KEY"),
        ({"key": "x", "url": "localhost"}, "no address of a site"),
        ({"key": "x", "url": "http://127.0.0.1:9"}, "No site answers at http://127"),
    ],
)
def test_the_command_says_what_it_lacks(options, words):
    with pytest.raises(CommandError, match=words):
        call_command("chat", **options)


def test_words_can_not_steer_the_terminal():
    shown = io.StringIO()
    screen = Screen(Console(file=shown, width=80))
    evil = "\x1b]0;owned\x07[red]A\x9bB\u202e\x00"
    track = {"title": evil, "artists": [evil], "year": None, "reaction": "none"}

    screen.words(evil)
    screen.songs(evil, [{**track, "duration_ms": None}])
    screen.note(evil)

    assert harmless(evil) == "]0;owned[red]AB"
    for character in "\x1b\x07\x9b\u202e\x00":
        assert character not in shown.getvalue()
    assert "[red]A" in shown.getvalue()


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/ws/chat/"),
        ("https://music.example/", "wss://music.example/ws/chat/"),
        ("ws://host/ws/chat/", "ws://host/ws/chat/"),
    ],
)
def test_an_address_of_a_site_is_made_one_of_its_websocket(given, address):
    assert websocket_address(given) == address


@site_test
def test_ctrl_c_stops_the_reply_and_not_the_talk(at_terminal, monkeypatch):
    ada = at_terminal()
    ada.enter("5 jazz songs")
    taken = ada.connection.frames.get
    pressed = threading.Event()

    def get(timeout=None):
        frame = taken(timeout=timeout)
        if frame["type"] == "message.delta" and not pressed.is_set():
            pressed.set()
            ada.talk._show(frame)
            raise KeyboardInterrupt
        return frame

    monkeypatch.setattr(ada.connection.frames, "get", get)
    shown = ada.enter("play 30 songs of all kinds")

    assert "Stopped." in shown
    assert Message.objects.latest("pk").status == Message.Status.STOPPED
