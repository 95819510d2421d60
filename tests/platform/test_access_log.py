"""The log of requests: what it holds, and what it must not."""

import logging

import pytest

from personalais.access_log import access_logged
from personalais.processes import web_command


async def ask(app, **scope):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"client": ["127.0.0.1", 5], "query_string": b"key=secret", **scope}
    await access_logged(app)(scope, None, send)
    return sent


def answering(*messages):
    async def app(scope, receive, send):
        for message in messages:
            await send(message)

    return app


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="personalais.access")
    return lambda: [record.getMessage().rpartition(" ")[0] for record in caplog.records]


def without_time(lines):
    return [line.rpartition(" ")[0] for line in lines()]


async def test_a_request_is_a_line_without_its_query(lines):
    app = answering({"type": "http.response.start", "status": 206})

    sent = await ask(app, type="http", method="GET", path="/tracks/7/audio")

    assert sent == [{"type": "http.response.start", "status": 206}]
    assert without_time(lines) == ["127.0.0.1 GET /tracks/7/audio 206"]


async def test_a_line_break_in_a_path_makes_no_line(lines):
    app = answering({"type": "http.response.start", "status": 404})

    await ask(app, type="http", method="GET", path="/a\n127.0.0.1 GET /b")

    assert without_time(lines) == ["127.0.0.1 GET /a%0A127.0.0.1%20GET%20/b 404"]


async def test_a_socket_is_a_line_when_it_opens_and_when_it_closes(lines):
    app = answering(
        {"type": "websocket.accept"}, {"type": "websocket.close", "code": 4401}
    )

    await ask(app, type="websocket", path="/ws/chat/")

    assert without_time(lines) == [
        "127.0.0.1 WEBSOCKET /ws/chat/ open",
        "127.0.0.1 WEBSOCKET /ws/chat/ 4401",
    ]


async def test_a_refused_socket_says_so(lines):
    await ask(answering({"type": "websocket.close"}), type="websocket", path="/ws/")

    assert without_time(lines) == ["127.0.0.1 WEBSOCKET /ws/ refused"]


async def test_a_request_that_fails_is_logged_as_well(lines):
    async def failing(scope, receive, send):
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await ask(failing, type="http", method="GET", path="/")

    assert without_time(lines) == ["127.0.0.1 GET / no answer"]


def test_daphne_writes_no_log_of_requests():
    command = web_command("127.0.0.1", 8000)

    assert command[command.index("--verbosity") + 1] == "0"
    assert "--access-log" not in command
