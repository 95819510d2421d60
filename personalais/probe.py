"""Asks a site whether it is ready. Standard library only.

    python -m personalais.probe [http://127.0.0.1:8000] [HOST]

Exit code 0: it is. The host is the name to ask for, one of ALLOWED_HOSTS.
"""

from __future__ import annotations

import http.client
import json
import sys
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 10


@dataclass(frozen=True)
class Health:
    """What /health/ready says; empty where nobody answers."""

    is_ready: bool = False
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """Return what is not ready, in words."""
        checks: dict[str, str] = self.answer.get("checks", {})
        return [
            f"{name.replace('_', ' ')}: {said}"
            for name, said in checks.items()
            if said != "ok"
        ]


def ask(url: str, *, host: str) -> Health:
    """Ask a site how it is. host: the name in the request, one that it allows."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=TIMEOUT_S
    )
    try:
        connection.request("GET", "/health/ready", headers={"Host": host})
        response = connection.getresponse()
        return Health(response.status == 200, json.loads(response.read()))
    except (OSError, http.client.HTTPException, ValueError):
        return Health()
    finally:
        connection.close()


def host_header(allowed_hosts: list[str]) -> str:
    """Return a host name that the site answers to."""
    for name in allowed_hosts:
        if name != "*":
            return name.removeprefix(".")
    return "127.0.0.1"


def main() -> int:
    """Print what is missing and say by the exit code whether the site is ready."""
    url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    host = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1"
    health = ask(url, host=host)
    if not health.is_ready:
        sys.stderr.write(", ".join(health.missing) or "no answer")
        sys.stderr.write("\n")
    return 0 if health.is_ready else 1


if __name__ == "__main__":
    sys.exit(main())
