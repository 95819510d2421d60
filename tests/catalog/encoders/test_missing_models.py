"""A model that can't be had costs no search a wait, and one line in the log."""

import logging
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.utils import timezone

from catalog.bridge import TELL_EVERY_S, text_to_audio
from catalog.encoders.weights import RETRY_AFTER_S
from catalog.models import Space
from tests.site import ROOT

# A process of its own, as the hub's address is read when its library is imported. Each
# line that it reads is a time at which to ask, in seconds from now.
ASK = """
import sys, time
import time_machine
from catalog.encoders.weights import ModelUnusable, model_folder

began = time.time()
for seconds in sys.stdin:
    with time_machine.travel(began + float(seconds)):
        try:
            print(model_folder("nobody/nothing"), flush=True)
        except ModelUnusable as error:
            print(error, flush=True)
"""


@contextmanager
def empty_hub():
    """Serve a hub that knows no model. Yields its address, and what it was asked."""
    asked = []

    class Hub(BaseHTTPRequestHandler):
        def answer(self):
            asked.append(self.path)
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = answer

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_hub_without_the_model_is_asked_once_and_again_after_a_while(tmp_path):
    told, counts = [], []
    with empty_hub() as (address, asked):
        process = subprocess.Popen(
            [sys.executable, "-c", ASK],
            cwd=ROOT,
            env={"HF_ENDPOINT": address, "HF_HOME": str(tmp_path), "PATH": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            for seconds in (0, 60, RETRY_AFTER_S + 60):
                process.stdin.write(f"{seconds}\n")
                process.stdin.flush()
                told.append(process.stdout.readline())
                counts.append(len(asked))
            process.stdin.close()

    assert "'nobody/nothing' can't be used: it is no folder here" in told[0]
    assert told == [told[0]] * 3
    assert 0 < counts[0] == counts[1] < counts[2]


@pytest.mark.django_db
def test_searches_say_once_that_words_do_not_reach_a_space(caplog):
    space = Space.objects.create(
        slug="gone",
        kind=Space.Kind.AUDIO,
        encoder="clap",
        model_id="/no/such/folder",
        dimensions=16,
    )
    now = timezone.now().timestamp() // TELL_EVERY_S * TELL_EVERY_S + 1

    with caplog.at_level(logging.ERROR):
        for seconds in (0, 5, 10, TELL_EVERY_S):
            with time_machine.travel(now + seconds, tick=False):
                assert text_to_audio(space, None, texts=["rain"]) is None

    told = [r.getMessage() for r in caplog.records if "don't reach" in r.getMessage()]
    assert len(told) == 2
    assert "gone" in told[0]
    assert "neither a folder nor an id of the hub" in told[0]
