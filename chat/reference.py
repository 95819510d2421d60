"""The protocol's reference as a page shows it, read off the AsyncAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chat import asyncapi
from chat.codes import (
    CLOSE_MEANINGS,
    ERROR_MEANINGS,
    STANDARD_CLOSE_MEANINGS,
)

LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
}


@dataclass(frozen=True)
class Field:
    """One field of a frame: its type in words, and the schemas which that names."""

    name: str
    type: str
    is_required: bool
    schemas: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A frame, or a part of frames."""

    name: str
    summary: str
    description: str
    fields: tuple[Field, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """All that the page says."""

    requests: tuple[Shape, ...]
    events: tuple[Shape, ...]
    parts: tuple[Shape, ...]
    errors: dict[str, str]
    closes: dict[int, str]


def reference() -> Reference:
    """Read the reference off the document."""
    held = asyncapi.document()
    shapes: dict[str, list[Shape]] = {"receive": [], "send": []}
    for name, act in held["operations"].items():
        shapes[act["action"]].append(_frame(held, name, act))
    return Reference(
        requests=tuple(shapes["receive"]),
        events=tuple(shapes["send"]),
        parts=tuple(_parts(held)),
        errors={str(code): told for code, told in ERROR_MEANINGS.items()},
        closes={
            **STANDARD_CLOSE_MEANINGS,
            **{int(code): told for code, told in CLOSE_MEANINGS.items()},
        },
    )


def _frame(held: dict[str, Any], name: str, act: dict[str, Any]) -> Shape:
    message = held["components"]["messages"][name]
    schema = held["components"]["schemas"][_last(message["payload"]["$ref"])]
    answers = act.get("reply", {}).get("messages", [])
    return Shape(
        name=name,
        summary=message["summary"],
        # The codes of errors have a table of their own.
        description="" if name == "error" else message.get("description", ""),
        fields=_fields(schema),
        answers=tuple(_last(answer["$ref"]) for answer in answers),
    )


def _parts(held: dict[str, Any]) -> list[Shape]:
    frames = {
        _last(m["payload"]["$ref"]) for m in held["components"]["messages"].values()
    }
    parts = []
    for name, schema in held["components"]["schemas"].items():
        if name in frames or "properties" not in schema:
            continue
        summary, _, more = schema.get("description", "").partition("\n\n")
        parts.append(Shape(name, summary, more, _fields(schema)))
    return parts


def _fields(schema: dict[str, Any]) -> tuple[Field, ...]:
    required = schema.get("required", ())
    return tuple(
        Field(name, in_words(part), name in required, tuple(_named(part)))
        for name, part in schema["properties"].items()
    )


def in_words(schema: dict[str, Any]) -> str:
    """Say in a few words what a JSON Schema allows."""
    if "$ref" in schema:
        return _last(schema["$ref"])
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return " or ".join(f"“{value}”" for value in schema["enum"])
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " or ".join(in_words(choice) for choice in choices)
    kind = schema.get("format") or schema.get("type", "anything")
    if kind == "array":
        kind = f"array of {in_words(schema['items'])}"
    elif kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        kind = f"object of {in_words(schema['additionalProperties'])}"
    limits = [words.format(schema[n]) for n, words in LIMITS.items() if n in schema]
    return ", ".join((kind, *limits))


def _named(schema: Any) -> list[str]:
    """Return the names of the parts that a schema refers to."""
    if isinstance(schema, dict):
        here = [_last(schema["$ref"])] if "$ref" in schema else []
        inner = (v for k, v in schema.items() if k not in ("$ref", "discriminator"))
        return here + [name for value in inner for name in _named(value)]
    if isinstance(schema, list):
        return [name for value in schema for name in _named(value)]
    return []


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]
