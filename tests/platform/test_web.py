"""The web server: a client that doesn't read fills nobody's memory."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from accounts.services import token_create
from chat.models import Conversation
from chat.services import event_append
from personalais.processes import web_command
from personalais.sizes import MAX_BODY_BYTES
from personalais.web import (
    MAX_IGNORED_BYTES,
    MAX_WAITING_BYTES,
    Backlog,
    share_address,
)
from tests.factories import make_user
from tests.site import free_port, is_live

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024


def test_only_what_a_reader_leaves_lying_is_counted():
    backlog = Backlog()

    assert backlog.add(2 * MAX_WAITING_BYTES)
    backlog.pauseProducing()
    assert backlog.add(MAX_WAITING_BYTES)
    backlog.resumeProducing()
    assert backlog.add(1)
    backlog.pauseProducing()
    assert backlog.add(MAX_WAITING_BYTES)
    assert not backlog.add(1)


@pytest.mark.xdist_group("browser")
def test_who_does_not_read_is_cut_off_and_may_come_back(site):
    ada = make_user("ada")
    key = token_create(user=ada, name="slow")
    conversation = Conversation.objects.create(owner=ada)
    words = {"type": "message.delta", "message": "-", "text": "la " * 20_000}
    for _ in range(20):
        event_append(conversation.pk, None, words)
    resume = json.dumps(
        {"type": "conversation.resume", "conversation": str(conversation.uuid)}
    )
    before = psutil.Process(site.web.pid).memory_info().rss

    with open_socket(site, key, reads_bytes=32 * 1024) as client:
        for _ in range(60):  # 1.2 MiB each, and nothing of it is read
            client.send(resume)
        peak = before
        until = time.monotonic() + 30
        log = site.logs / "web.log"
        while "doesn't read" not in log.read_text():
            peak = max(peak, psutil.Process(site.web.pid).memory_info().rss)
            assert time.monotonic() < until, "it was not cut off"
            time.sleep(0.02)
        with pytest.raises(ConnectionClosed):
            read_to_the_end(client)

    assert peak - before < 60 * MIB
    with open_socket(site, key) as client:
        client.send(resume)
        while json.loads(client.recv(timeout=10))["type"] != "conversation.resumed":
            pass


def read_to_the_end(client):
    while True:
        client.recv(timeout=10)


def open_socket(site, key, reads_bytes=None):
    """Open a websocket; one that reads at most so many bytes before it is asked to."""
    line = socket.socket()
    if reads_bytes is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, reads_bytes)
    line.connect(("127.0.0.1", site.port))
    return connect(
        site.ws_url,
        sock=line,
        subprotocols=["personalais.v1"],
        additional_headers={"Authorization": f"Token {key}"},
        max_size=None,
        max_queue=1,
    )


def posting(site, *headers):
    """Open a connection and begin to post something, with these headers."""
    line = socket.create_connection(("127.0.0.1", site.port), timeout=30)
    head = ("POST /playlists/import/ HTTP/1.1", "Host: localhost", *headers)
    line.sendall("\r\n".join((*head, "", "")).encode())
    return line


def answered(line):
    """Read to the end of the connection; return the status and the rest."""
    with line, line.makefile("rb") as answer:
        return int(answer.readline().split()[1]), answer.read().decode()


def in_chunks(size_bytes):
    chunk = b"%x\r\n%s\r\n" % (MIB, b"x" * MIB)
    return chunk * (size_bytes // MIB) + b"0\r\n\r\n"


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([f"Content-Length: {MAX_BODY_BYTES + 1}"], b"x" * (MAX_BODY_BYTES + 1)),
        (["Transfer-Encoding: chunked"], in_chunks(MAX_BODY_BYTES + 2 * MIB)),
        ([f"Content-Length: {10 * MAX_IGNORED_BYTES}"], b""),
        ([f"Content-Length: {2 * MAX_BODY_BYTES}", "Expect: 100-continue"], b""),
    ],
    ids=["length", "chunks", "huge", "asks first"],
)
def test_a_body_that_is_too_large_is_refused_and_the_connection_closed(
    site, headers, body
):
    line = posting(site, *headers)
    line.sendall(body)

    status, rest = answered(line)

    assert status == 413
    assert "connection: close" in rest.lower()
    assert "That is too large" in rest


@pytest.mark.xdist_group("browser")
def test_nothing_of_a_body_that_is_too_large_is_kept(site):
    process = psutil.Process(site.web.pid)
    before = process.memory_info().rss
    chunk = in_chunks(MIB)[:-5]

    with posting(site, "Transfer-Encoding: chunked") as line:
        for _ in range(MAX_IGNORED_BYTES // MIB // 2):
            line.sendall(chunk)
        time.sleep(0.5)  # what is on its way may come
        assert process.memory_info().rss - before < 20 * MIB
        assert stored_bytes(site.web.pid) <= MAX_BODY_BYTES
        with pytest.raises(OSError, match="reset|pipe"):
            send_on(line, chunk)


def send_on(line, data):
    while True:
        line.sendall(data)


def stored_bytes(pid):
    """Return what a process holds in files that have no name, as bodies lie."""
    held = Path(f"/proc/{pid}/fd").iterdir()
    files = [file.stat() for file in held if "(deleted)" in str(file.readlink())]
    return sum(file.st_size for file in files)


@pytest.mark.xdist_group("browser")
def test_what_the_site_takes_comes_through_with_a_connection_that_ends(site):
    body = b"x" * (MAX_BODY_BYTES - 10)
    line = posting(site, f"Content-Length: {len(body)}", "Connection: close")
    line.sendall(body)

    status, _ = answered(line)

    assert status in (302, 403)  # nobody is signed in


@pytest.mark.xdist_group("browser")
def test_processes_share_an_address_and_end_together(site):
    port = free_port()
    command = web_command("127.0.0.1", port)
    environment = site.environment | {"WEB_PROCESSES": "2"}
    with subprocess.Popen(command, env=environment, cwd=ROOT) as web:
        try:
            until = time.monotonic() + 120
            while not is_live(f"http://127.0.0.1:{port}"):
                assert web.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
            one, other = psutil.Process(web.pid).children()
            one.kill()
            assert web.wait(30) == 1
            assert not other.is_running()
        finally:
            web.kill()


def test_an_address_that_is_taken_is_told(capfd):
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = str(held.getsockname()[1])
        assert share_address(2, ["--bind", "127.0.0.1", "--port", port]) == 1
    assert f"port {port}" in capfd.readouterr().err


def test_arithmetic_takes_one_thread_of_a_web_process():
    told = (
        "import os, personalais.asgi, threadpoolctl;"
        "print({lib['num_threads'] for lib in threadpoolctl.threadpool_info()"
        " if lib['internal_api'] == 'openblas'}, flush=True); os._exit(0)"
    )

    said = subprocess.run(
        [sys.executable, "-c", told],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "{1}"
