"""A request and an answer, read and written whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """A request, read whole."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is answered: `value` as JSON, or `text`."""

    value: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None

    def body(self) -> bytes:
        if self.text is not None:
            return self.text.encode()
        return json.dumps(self.value).encode()

    def content_type(self) -> bytes:
        return b"text/plain" if self.text is not None else b"application/json"


class Refusal(Exception):
    """An error in a service's own words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message

    def answer(self) -> Answer:
        raise NotImplementedError
