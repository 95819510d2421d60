"""Answers and refusals in the words of the real one."""

from __future__ import annotations

import json
from typing import Any

from tests.loopback import answers
from tests.loopback.answers import Answer, Call
from tests.loopback.faults import Fault


class Refusal(answers.Refusal):
    """An error of the API: {"code", "error"}."""

    def answer(self, headers: dict[str, str] | None = None) -> Answer:
        told = {"code": self.status, "error": self.message}
        return Answer(told, self.status, headers or {})


def json_of(call: Call) -> dict[str, Any]:
    """Read a call's body. Raises Refusal."""
    try:
        body = json.loads(call.body)
    except ValueError:
        raise Refusal(400, "The browser (or proxy) sent a bad request.") from None
    assert isinstance(body, dict), body
    return body


def fault_answer(fault: Fault) -> Answer:
    """Return the answer of a failing call; silence has none."""
    match fault.kind:
        case "401":
            return Refusal(401, "Invalid authorization token.").answer()
        case "403":
            return Refusal(403, "You are not allowed to edit this playlist.").answer()
        case "404":
            return Refusal(404, "Cannot find playlist").answer()
        case "429":
            told = Refusal(429, "You have exceeded your rate limit.")
            return told.answer(limit_headers(0, fault.retry_after_s))
        case "not json":
            return Answer(None, 200, text="<html>a proxy's page</html>")
        case "500" | "502" | "503":
            return Refusal(int(fault.kind), "An unknown error occured.").answer()
    raise AssertionError(f"ListenBrainz never fails by {fault.kind}")


def limit_headers(remaining: int, reset_in_s: int) -> dict[str, str]:
    """Return what every answer says of the rate limit."""
    return {
        "X-RateLimit-Limit": "30",
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset-In": str(reset_in_s),
    }
