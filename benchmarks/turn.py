"""How soon a reply begins and its list is there, over the websocket of a running site.

    ./bin/run                                     # in another terminal
    KEY=$(.venv/bin/python manage.py create_token bench --create)
    ./bin/bench turn --key "$KEY" [--url http://127.0.0.1:8000] [--rounds 5]

Or over a table, in a site that it makes for itself, with all texts embedded:

    ./bin/bench turn --table spotify_songs.csv.gz --form spotify-features [--home DIR]

`--home` keeps that site, so that another run has no table to take in.

Each request begins a conversation of its own; the pause between two keeps within the
site's limit of messages. Times are from sending the frame to receiving one, on the
client's clock. The first round warms up and isn't counted. Progress goes to stderr;
the last line of stdout is one JSON object, times in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import quantiles

from websockets.sync.client import ClientConnection, connect

REQUESTS = (
    "I'm a bit down, something slow and warm",
    "upbeat 80s pop for cooking",
    "90s hip-hop",
    "something epic and orchestral",
    "calm jazz without vocals",
    "energetic music for the gym",
    "a slow rainy piano",
    "happy songs from the 60s, no rock",
)
PAUSE_S = 1.1
TIMEOUT_S = 60


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench turn")
    parser.add_argument("--key", help="from manage.py create_token")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--table", type=Path, help="a table to make a site of")
    parser.add_argument("--form", default="generic", help="of the table")
    parser.add_argument("--home", type=Path, help="where that site is kept")
    options = parser.parse_args()
    if (options.key is None) == (options.table is None):
        parser.error("give the key of a running site, or a table")
    given = nullcontext((options.url, options.key))
    with _site_of(options) if options.table else given as (url, key):
        figures = _measured(url, key, options.rounds)
    sys.stdout.write(json.dumps(figures) + "\n")


@contextmanager
def _site_of(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Make a site of a table and serve it; yield its address and a key."""
    from chat.evaluation.throwaway import throwaway_site

    with tempfile.TemporaryDirectory(prefix="bench-turn-") as name:
        home = options.home or Path(name)
        with throwaway_site(home, is_timed=True):
            from accounts.models import User
            from accounts.services import token_create
            from benchmarks.chatting.serving import serving
            from benchmarks.searching.load import build_columns
            from personalais.processes import web_command

            _take_in(options.table, options.form)
            build_columns()
            user, _ = User.objects.get_or_create(username="bench")
            key = token_create(user=user, name="bench")
            command = web_command("127.0.0.1", 0)
            with serving(command, home, name="web") as (_, port):
                yield f"http://127.0.0.1:{port}", key


def _take_in(table: Path, form: str) -> None:
    """Import a table and embed its texts, unless that was done."""
    from benchmarks.searching.load import say
    from catalog.ingest.current import text_space_ensure
    from catalog.ingest.tables.formats import FORMATS
    from catalog.ingest.tables.run import TableImport, table_import
    from catalog.ingest.texts import texts_embed_all
    from catalog.models import Track

    if not Track.objects.exists():
        say(f"taking in {table.name}")
        wanted = TableImport(table.resolve(), FORMATS[form])
        table_import(wanted, on_batch=lambda table, outcome: None)
    say(f"{Track.objects.count()} songs; embedding texts that lack a vector")
    texts_embed_all(text_space_ensure())


def _measured(url: str, key: str, rounds: int) -> dict[str, object]:
    address = url.replace("http", "ws", 1).rstrip("/") + "/ws/chat/"
    load_before = round(os.getloadavg()[0], 1)
    times: dict[str, list[float]] = {"event": [], "words": [], "list": [], "done": []}
    with connect(
        address,
        subprotocols=["personalais.v1"],  # type: ignore[list-item]
        additional_headers={"Authorization": f"Token {key}"},
        max_size=None,
    ) as socket:
        socket.recv(timeout=TIMEOUT_S)
        for number in range(rounds + 1):
            for text in REQUESTS:
                took = _turn(socket, text)
                if number:
                    for name, seconds in took.items():
                        times[name].append(seconds * 1000)
                time.sleep(PAUSE_S)
            sys.stderr.write(f"round {number} of {rounds}\n")
    return {
        **{name: _summary(values) for name, values in times.items()},
        "turns": len(times["done"]),
        "load_before": load_before,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def _turn(socket: ClientConnection, text: str) -> dict[str, float]:
    """Send one message; return the seconds to each kind of frame's first."""
    sent = time.perf_counter()
    socket.send(json.dumps({"type": "message.send", "text": text}))
    kinds = {"step": "event", "message.delta": "words", "playlist": "list"}
    took: dict[str, float] = {}
    while True:
        frame = json.loads(socket.recv(timeout=TIMEOUT_S))
        now = time.perf_counter() - sent
        if frame["type"] == "error":
            raise SystemExit(f"refused: {frame['detail']}")
        if frame["type"] == "message.done":
            return {**took, "done": now}
        if (name := kinds.get(frame["type"])) is not None:
            took.setdefault(name, now)


def _summary(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=20)
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


if __name__ == "__main__":
    main()
