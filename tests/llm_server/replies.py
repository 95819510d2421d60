"""What a model says, how its server cuts that into chunks, and how it may go wrong."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

# How a stream ends, after `Reply.after` chunks (all of them for "done"):
# done: properly. quiet: the body ends with neither finish_reason nor [DONE]. stall:
# nothing more comes. disconnect: the connection breaks. error: an error object instead
# of a chunk. garbage: a chunk that is no JSON.
Ends = Literal["done", "quiet", "stall", "disconnect", "error", "garbage"]


@dataclass(frozen=True)
class Called:
    """A tool that the model calls. Text as arguments is sent as it is, broken or not."""

    name: str
    arguments: dict[str, Any] | str = field(default_factory=dict)

    @property
    def json(self) -> str:
        if isinstance(self.arguments, str):
            return self.arguments
        return json.dumps(self.arguments)


@dataclass(frozen=True)
class Style:
    """One server's way of cutting a stream.

    index: of tool calls: counted from 0, from 1, always 0, or missing. id: in the
    first piece of a call, or missing. piece_chars: how much of text and arguments a
    chunk holds; 0 sends all at once. finish: None says "tool_calls" where there are
    some and "stop" elsewhere.
    """

    index: Literal["from 0", "from 1", "all 0", "missing"] = "from 0"
    has_id: bool = True
    repeats_name: bool = False
    piece_chars: int = 7
    arguments_as_object: bool = False
    finish: str | None = None
    has_usage: bool = True
    content_is_null: bool = False
    reasoning_field: str = ""


OPENAI = Style()
OLLAMA = Style(index="all 0", piece_chars=0, finish="stop")


@dataclass(frozen=True)
class Reply:
    """One answer of the model."""

    text: str = ""
    calls: Sequence[Called] = ()
    style: Style = OPENAI
    reasoning: str = ""
    ends: Ends = "done"
    after: int = 0
    tokens: tuple[int, int] = (100, 20)

    def chunks(self) -> Iterator[dict[str, Any] | str]:
        """Yield the chunks' data; text that isn't JSON stays as it is."""
        whole = list(self._whole())
        if self.ends == "done":
            yield from whole
            return
        yield from itertools.islice(whole, self.after)
        if self.ends == "error":
            yield {"error": {"message": "the model crashed", "code": 500}}
        elif self.ends == "garbage":
            yield '{"choices": [{"delta": {"cont'

    def _whole(self) -> Iterator[dict[str, Any]]:
        style = self.style
        for piece in _pieces(self.reasoning, style.piece_chars):
            yield _chunk({style.reasoning_field: piece, "content": None})
        for piece in _pieces(self.text, style.piece_chars):
            yield _chunk({"content": piece})
        for number, called in enumerate(self.calls):
            yield from self._call_chunks(number, called)
        finish = style.finish or ("tool_calls" if self.calls else "stop")
        yield _chunk({"content": None} if style.content_is_null else {}, finish)
        if style.has_usage:
            tokens_in, tokens_out = self.tokens
            usage = {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
            }
            yield {**_chunk({}), "choices": [], "usage": usage}

    def _call_chunks(self, number: int, called: Called) -> Iterator[dict[str, Any]]:
        style = self.style
        place: dict[str, Any] = {
            "from 0": {"index": number},
            "from 1": {"index": number + 1},
            "all 0": {"index": 0},
            "missing": {},
        }[style.index]
        pieces: list[Any] = list(_pieces(called.json, style.piece_chars)) or [""]
        if style.arguments_as_object:
            pieces = [called.arguments]
        for n, piece in enumerate(pieces):
            function = {"arguments": piece}
            part: dict[str, Any] = {**place, "function": function}
            if n == 0 or style.repeats_name:
                function["name"] = called.name
            if n == 0 and style.has_id:
                part["id"] = f"call-{number}-{called.name}"
                part["type"] = "function"
            delta: dict[str, Any] = {"tool_calls": [part]}
            if style.content_is_null:
                delta["content"] = None
            yield _chunk(delta)


@dataclass(frozen=True)
class Refused:
    """An HTTP error instead of an answer."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    message: str = "no"


def say(text: str, **more: Any) -> Reply:
    """Let the model say something."""
    return Reply(text=text, **more)


def call(
    name: str, arguments: dict[str, Any] | str | None = None, /, **more: Any
) -> Reply:
    """Let the model call one tool."""
    return Reply(calls=(Called(name, {} if arguments is None else arguments),), **more)


def _pieces(text: str, size: int) -> Iterator[str]:
    size = size or max(1, len(text))
    return (text[i : i + size] for i in range(0, len(text), size))


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "stand-in",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
