"""Puts one streamed answer together from its pieces, whoever cut them.

Servers that speak Chat Completions agree about whole answers and differ in how they
stream tool calls. What was seen, each with a test in tests/chat/llm/:

- no `index`, or a first index of 1, or index 0 for each of several calls;
- no `id` (some models behind Ollama), or an id in the first piece only;
- arguments in one piece, in many, or as an object instead of text;
- finish_reason "stop" although tools are called, or none after a connection that broke;
- `content` that is null, chunks whose `choices` are empty and carry `usage`;
- reasoning in `reasoning_content` or `reasoning`, or in the text between <think> tags.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_THINK, _END_OF_THINK = "<think>", "</think>"


@dataclass(frozen=True)
class Call:
    """A tool that the model calls. `arguments` is its JSON, which may be broken."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Usage:
    """Tokens that the server counted."""

    tokens_in: int
    tokens_out: int


@dataclass(frozen=True)
class Answer:
    """A whole answer. `is_whole` is False where the stream ended without saying so."""

    text: str
    calls: tuple[Call, ...]
    usage: Usage | None
    is_whole: bool
    is_cut_by_length: bool
    reasoning_chars: int = 0


@dataclass
class _Building:
    key: int | str | None
    call_id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass
class Accumulator:
    """Takes chunks in their order."""

    _text: str = ""
    _thinking: Thinking = field(default_factory=lambda: Thinking())
    _calls: list[_Building] = field(default_factory=list)
    _usage: Usage | None = None
    _finish: str | None = None
    _reasoning_chars: int = 0

    def add(self, chunk: Any) -> str:
        """Take a chunk; return the words in it that may be shown."""
        usage = getattr(chunk, "usage", None)
        if usage is not None:
            self._usage = Usage(
                _count(getattr(usage, "prompt_tokens", 0)),
                _count(getattr(usage, "completion_tokens", 0)),
            )
        words = ""
        for choice in getattr(chunk, "choices", None) or ():
            self._finish = getattr(choice, "finish_reason", None) or self._finish
            delta = getattr(choice, "delta", None)
            if delta is None:
                continue
            self._reasoning_chars += len(_reasoning(delta))
            words += self._thinking.without(getattr(delta, "content", None) or "")
            self._add_calls(getattr(delta, "tool_calls", None) or ())
        self._text += words
        return words

    def answer(self) -> Answer:
        """Return what has come."""
        calls = (
            Call(call.call_id or f"call_{n}", call.name, call.arguments)
            for n, call in enumerate(self._calls)
        )
        return Answer(
            text=self._text + self._thinking.rest(),
            calls=tuple(calls),
            usage=self._usage,
            is_whole=self._finish is not None,
            is_cut_by_length=self._finish == "length",
            reasoning_chars=self._reasoning_chars + self._thinking.chars,
        )

    def _add_calls(self, pieces: Iterable[Any]) -> None:
        for piece in pieces:
            function = getattr(piece, "function", None)
            call_id = getattr(piece, "id", None) or ""
            name = getattr(function, "name", None) or ""
            call = self._call_of(getattr(piece, "index", None), call_id, name)
            call.call_id = call.call_id or call_id
            call.name = call.name or name
            call.arguments += _as_text(getattr(function, "arguments", None))

    def _call_of(self, index: int | None, call_id: str, name: str) -> _Building:
        """Return the call that a piece goes on with, or a new one.

        By index, else by id, else the last call. A piece with another id, or with a
        name when the arguments are complete already, begins a call of its own
        whatever its index says.
        """
        key = index if index is not None else (call_id or None)
        if key is None:
            found = self._calls[-1] if self._calls else None
        else:
            same = [call for call in self._calls if call.key == key]
            found = same[-1] if same else None
        if found is not None and not _begins_another(found, call_id, name):
            return found
        call = _Building(key)
        self._calls.append(call)
        return call


def _begins_another(call: _Building, call_id: str, name: str) -> bool:
    if call_id and call.call_id:
        return call_id != call.call_id
    return bool(name and call.name and _is_complete(call.arguments))


def _is_complete(arguments: str) -> bool:
    try:
        json.loads(arguments)
    except ValueError:
        return False
    return True


def _as_text(arguments: object) -> str:
    if isinstance(arguments, str):
        return arguments
    return "" if arguments is None else json.dumps(arguments)


def _reasoning(delta: Any) -> str:
    extra = getattr(delta, "model_extra", None) or {}
    said = extra.get("reasoning_content") or extra.get("reasoning") or ""
    return said if isinstance(said, str) else ""


def _count(number: object) -> int:
    return number if isinstance(number, int) and number > 0 else 0


@dataclass
class Thinking:
    """Takes out what stands between <think> tags, also where a tag comes in pieces."""

    chars: int = 0
    _held: str = ""
    _is_inside: bool = False

    def without(self, text: str) -> str:
        """Return the text outside of the tags; the start of a tag is held back."""
        self._held += text
        shown = ""
        while True:
            tag = _END_OF_THINK if self._is_inside else _THINK
            before, found, after = self._held.partition(tag)
            if not found:
                keep = _overlap(self._held, tag)
                passed = self._held[: len(self._held) - keep]
                self._held = self._held[len(passed) :]
                return shown + self._passed(passed)
            shown += self._passed(before)
            self._held = after
            self._is_inside = not self._is_inside

    def rest(self) -> str:
        """Return what was held back and turned out to be no tag."""
        return "" if self._is_inside else self._held

    def _passed(self, text: str) -> str:
        if not self._is_inside:
            return text
        self.chars += len(text)
        return ""


def _overlap(text: str, tag: str) -> int:
    """Return how many characters at the text's end may begin the tag."""
    return next(
        (n for n in range(len(tag) - 1, 0, -1) if text.endswith(tag[:n])),
        0,
    )
