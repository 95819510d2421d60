"""Answers and refusals in the words of the real one."""

from __future__ import annotations

import json
from typing import Any

from tests.loopback import answers
from tests.loopback.answers import Answer, Call
from tests.loopback.faults import Fault

__all__ = ["Answer", "Call", "Refusal", "fault_answer", "json_of"]


def json_of(call: Call) -> Any:
    """Read a call's body. Raises Refusal."""
    try:
        return json.loads(call.body or b"null")
    except ValueError:
        raise Refusal(400, "Error parsing JSON.") from None


class Refusal(answers.Refusal):
    """An error of the Web API: {"error": {"status", "message", "reason"?}}."""

    def __init__(self, status: int, message: str, *, reason: str = "") -> None:
        super().__init__(status, message)
        self.reason = reason

    def answer(self, headers: dict[str, str] | None = None) -> Answer:
        error: dict[str, Any] = {"status": self.status, "message": self.message}
        if self.reason:
            error["reason"] = self.reason
        return Answer({"error": error}, self.status, headers or {})


def fault_answer(fault: Fault) -> Answer:
    """Return the answer of a failing call; silence has none."""
    wait = {"Retry-After": str(fault.retry_after_s)}
    match fault.kind:
        case "401":
            return Refusal(401, "The access token expired").answer()
        case "403":
            return Refusal(403, "Forbidden").answer()
        case "404":
            return Refusal(404, "Resource not found").answer()
        case "429":
            # The real one sends no JSON here.
            return Answer(None, 429, wait, text="Too many requests")
        case "quota":
            told = Refusal(429, "API quota exceeded", reason="QUOTA_EXCEEDED")
            return told.answer(wait)
        case "not json":
            return Answer(None, 200, text="<html>a proxy's page</html>")
        case _:
            return Refusal(int(fault.kind), "Server error").answer()
