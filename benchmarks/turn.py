"""How soon a reply begins and its list is there, over the websocket of a running site.

    ./bin/run                                     # in another terminal
    KEY=$(.venv/bin/python manage.py create_token bench --create)
    ./bin/bench turn --key "$KEY" [--url http://127.0.0.1:8000] [--rounds 5]

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
import time
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
    parser.add_argument("--key", required=True, help="from manage.py create_token")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    address = options.url.replace("http", "ws", 1).rstrip("/") + "/ws/chat/"
    times: dict[str, list[float]] = {"event": [], "words": [], "list": [], "done": []}
    with connect(
        address,
        subprotocols=["personalais.v1"],  # type: ignore[list-item]
        additional_headers={"Authorization": f"Token {options.key}"},
        max_size=None,
    ) as socket:
        socket.recv(timeout=TIMEOUT_S)
        for number in range(options.rounds + 1):
            for text in REQUESTS:
                took = _turn(socket, text)
                if number:
                    for name, seconds in took.items():
                        times[name].append(seconds * 1000)
                time.sleep(PAUSE_S)
            sys.stderr.write(f"round {number} of {options.rounds}\n")
    figures = {
        **{name: _summary(values) for name, values in times.items()},
        "turns": len(times["done"]),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }
    sys.stdout.write(json.dumps(figures) + "\n")


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
