"""Many clients talking at once, under daphne and under uvicorn in the same run.

    pip install -r benchmarks/requirements-chat.txt   # uvicorn, for the comparison
    ./bin/bench chat [--sockets 1000] [--rate 20] [--seconds 30] [--tracks 20000]
                     [--processes 2]

A generated catalog is loaded into an embedded PostgreSQL of its own. Each server then
starts anew, holds `--sockets` sockets that only listen, and answers turns that begin at
`--rate` a second, with the built-in planner and without the pace of reading. Turns begin
when they are due and not when the one before has ended, so that a server that falls
behind shows it. Clients and servers share the machine's cores.

Progress goes to stderr; the last line of stdout is one JSON object: times in
milliseconds, memory in KiB a socket (growth of the web processes).
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.chatting.clients import Figures, open_sockets, talk
from benchmarks.chatting.serving import serving
from chat.evaluation.throwaway import throwaway_site

# A listener may say 60 messages a minute; with so many at once nobody comes near.
LISTENERS = 200
# Turns that run at the same time, at most.
TALKERS = 200
WARM_UP_S = 5.0
SPARE_FILES = 512


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench chat")
    parser.add_argument("--sockets", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=20.0, help="turns a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--tracks", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2, help="of the web server")
    options = parser.parse_args()
    os.environ["WEB_PROCESSES"] = str(options.processes)
    _allow_files(2 * (options.sockets + TALKERS) + SPARE_FILES)
    os.environ["SECONDS_PER_WORD"] = "0"
    with tempfile.TemporaryDirectory(prefix="bench-chat-") as name:
        home = Path(name)
        with throwaway_site(home):
            sys.stdout.write(json.dumps(_measure(home, options)) + "\n")


def _measure(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    from accounts.models import User
    from accounts.services import token_create
    from benchmarks.searching import load
    from benchmarks.searching.generate import generate

    load.say(f"loading {options.tracks} generated tracks")
    load.load(generate(options.tracks, dimensions=146, queries=10, folder=home))
    load.build_columns()
    users = User.objects.bulk_create(
        User(username=f"listener-{n}") for n in range(LISTENERS)
    )
    keys = [token_create(user=user, name="bench") for user in users]
    figures: dict[str, Any] = {
        "benchmark": "chat",
        "sockets": options.sockets,
        "rate_per_s": options.rate,
        "seconds": options.seconds,
        "tracks": options.tracks,
        "processes": options.processes,
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "load_before": round(os.getloadavg()[0], 1),
        "servers": {},
    }
    for name, command in _servers(options.processes).items():
        with serving(command, home, name=name) as (process, port):
            figures["servers"][name] = asyncio.run(
                _measure_server(name, process, port, keys, options)
            )
            load.say(f"{name}: {figures['servers'][name]}")
    return figures


def _servers(processes: int) -> dict[str, list[str]]:
    from personalais.processes import web_command

    servers = {"daphne": web_command("127.0.0.1", 0)}
    if importlib.util.find_spec("uvicorn") is None:
        sys.stderr.write(
            "uvicorn is not installed, so it is left out of the comparison: "
            "pip install -r benchmarks/requirements-chat.txt.\n"
        )
        return servers
    servers["uvicorn"] = [
        *(sys.executable, "-m", "uvicorn", "personalais.asgi:application"),
        *("--host", "127.0.0.1", "--port", "0", "--ws", "websockets-sansio"),
        *("--ws-per-message-deflate", "false", "--log-level", "warning"),
        *("--workers", str(processes)),
    ]
    return servers


async def _measure_server(
    name: str,
    process: subprocess.Popen[bytes],
    port: int,
    keys: list[str],
    options: argparse.Namespace,
) -> dict[str, Any]:
    address = f"ws://127.0.0.1:{port}/ws/chat/"
    # Listeners who talk don't listen elsewhere, so that idle sockets are idle.
    talking, idle = keys[: LISTENERS // 2], keys[LISTENERS // 2 :]
    async with AsyncExitStack() as stack:
        talkers = await open_sockets(
            stack, address, [talking[n % len(talking)] for n in range(TALKERS)]
        )
        await talk(talkers, rate_per_s=options.rate / 4, duration_s=WARM_UP_S)
        before = _memory_kib(process.pid)
        began = time.perf_counter()
        await open_sockets(
            stack, address, [idle[n % len(idle)] for n in range(options.sockets)]
        )
        opened_s = time.perf_counter() - began
        after = _memory_kib(process.pid)
        sys.stderr.write(f"{name}: {options.sockets} sockets in {opened_s:.1f} s\n")
        seen, took_s = await talk(
            talkers, rate_per_s=options.rate, duration_s=options.seconds
        )
    return {
        "sockets_held": options.sockets + TALKERS,
        "opened_per_s": round(options.sockets / opened_s),
        "kib_per_socket": round((after - before) / max(1, options.sockets), 1),
        "turns": len(seen.done),
        "turns_per_s": round(len(seen.done) / took_s, 1),
        "frames_per_s": round(seen.frames / took_s),
        "failed": seen.failed,
        **_summaries(seen),
        "memory_mib": round(_memory_kib(process.pid) / 1024),
    }


def _summaries(seen: Figures) -> dict[str, dict[str, float]]:
    named = {"event": seen.event, "words": seen.words, "done": seen.done}
    return {name: _summary(values) for name, values in named.items() if values}


def _summary(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=20)
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


def _memory_kib(pid: int) -> int:
    """Return the resident memory of a process and its children, as Linux counts it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) + sum(_memory_kib(int(one)) for one in children)
    raise SystemExit(f"No memory is told of process {pid}.")


def _allow_files(count: int) -> None:
    """Let this process and its children open so many files, where the system does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


if __name__ == "__main__":
    main()
