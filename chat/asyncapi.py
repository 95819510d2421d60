"""The protocol's document, made from the models that the server validates with.

`document()` is an AsyncAPI 3.0 description [1]; `manage.py asyncapi` writes it to
`docs/asyncapi.yaml`, and the page of the protocol is rendered from it.

[1] https://www.asyncapi.com/docs/reference/specification/v3.0.0
"""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chat.codes import CLOSE_MEANINGS, ERROR_MEANINGS, STANDARD_CLOSE_MEANINGS
from chat.protocol.events import Event
from chat.protocol.frame import MAX_FRAME_BYTES, SUBPROTOCOL
from chat.protocol.requests import Request

PATH = Path(__file__).resolve().parent.parent / "docs" / "asyncapi.yaml"

INTRODUCTION = f"""\
Talk with the music companion of a PersonalAIs site over a websocket: one JSON object a
text frame, {MAX_FRAME_BYTES // 1024} KiB at most, subprotocol `{SUBPROTOCOL}`.

Events of a conversation are numbered by `seq` without a gap. A client that was cut off
sends `conversation.resume` with the last number it has, and misses nothing; a reply goes
on being written while nobody listens. All connections of a listener are told the same.

A request may carry an `id` of the client's choice, which comes back in what answers it.
"""
# What answers a request, besides `error`; the rest is told by events.
ANSWERS = {
    "message.send": ("message.accepted", "message.queued"),
    "message.edit": ("message.accepted",),
    "branch.take_up": ("branch.taken_up",),
    "message.stop": ("message.done",),
    "reaction.set": ("reaction",),
    "never.set": ("never",),
    "playlist.edit": ("playlist", "playlist.state"),
    "playlist.undo": ("playlist", "constraints", "playlist.state"),
    "playlist.redo": ("playlist", "playlist.state"),
    "playlist.restore": ("playlist", "playlist.state"),
    "refresh.seen": ("playlist.state",),
    "constraint.set": ("message.accepted", "message.queued"),
    "mood.set": ("message.accepted", "message.queued"),
    "conversation.resume": ("conversation.resumed",),
    "ping": ("pong",),
}


def frames_of(union: Any) -> dict[str, type[BaseModel]]:
    """Return the models of an annotated union by their `type`."""
    models = get_args(get_args(union)[0])
    return {get_args(m.model_fields["type"].annotation)[0]: m for m in models}


@cache
def document() -> dict[str, Any]:
    """Describe the protocol. The same object at each call: don't change it."""
    requests, events = frames_of(Request), frames_of(Event)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "PersonalAIs",
            "version": "1",
            "description": INTRODUCTION,
            "license": {
                "name": "AGPL-3.0-or-later",
                "url": "https://www.gnu.org/licenses/agpl-3.0.html",
            },
        },
        "defaultContentType": "application/json",
        "servers": _servers(),
        "channels": {
            "chat": {
                "address": "/ws/chat/",
                "description": _close_codes(),
                "messages": {
                    name: {"$ref": f"#/components/messages/{name}"}
                    for name in (*requests, *events)
                },
                "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
            }
        },
        "operations": {
            **{name: _request(name) for name in requests},
            **{name: _event(name) for name in events},
        },
        "components": {
            "messages": {
                name: _message(name, model)
                for name, model in (*requests.items(), *events.items())
            },
            "schemas": _schemas(requests, events),
            "securitySchemes": _security(),
        },
    }


def document_yaml() -> str:
    """Return the document as text, the same for the same models."""
    text: str = yaml.dump(
        document(), Dumper=Readable, sort_keys=False, allow_unicode=True, width=88
    )
    return text


class Readable(yaml.SafeDumper):
    """Writes texts of several lines as they are read; no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Readable.add_representer(str, _text)


def _servers() -> dict[str, Any]:
    security = [
        {"$ref": f"#/components/securitySchemes/{name}"} for name in _security()
    ]
    told = "The site as `./bin/run` starts it; behind TLS the protocol is wss."
    host = {"host": "127.0.0.1:8000", "protocol": "ws", "description": told}
    return {"site": {**host, "security": security}}


def _security() -> dict[str, Any]:
    return {
        "key": {
            "type": "httpApiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <key>`; keys are made on the account's page, or by "
            "`manage.py create_token`. No Origin is needed.",
        },
        "session": {
            "type": "httpApiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "A browser's session. Its Origin must be the site's own or a "
            "trusted one, else the answer to the upgrade is 403.",
        },
    }


def _close_codes() -> str:
    codes = [*STANDARD_CLOSE_MEANINGS.items(), *CLOSE_MEANINGS.items()]
    lines = (f"- {code:d}: {told}" for code, told in sorted(codes))
    return "Why a connection ends:\n\n" + "\n".join(lines)


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/channels/chat/messages/{name}"}


def _request(name: str) -> dict[str, Any]:
    answers = [*ANSWERS[name], "error"]
    return {
        # AsyncAPI 3 speaks from the side of what it describes: the server.
        "action": "receive",
        "channel": {"$ref": "#/channels/chat"},
        "messages": [_reference(name)],
        "reply": {
            "channel": {"$ref": "#/channels/chat"},
            "messages": [_reference(answer) for answer in answers],
        },
    }


def _event(name: str) -> dict[str, Any]:
    channel = {"$ref": "#/channels/chat"}
    return {"action": "send", "channel": channel, "messages": [_reference(name)]}


def _message(name: str, model: type[BaseModel]) -> dict[str, Any]:
    words = inspect.getdoc(model) or ""
    summary, _, more = words.partition("\n\n")
    message: dict[str, Any] = {"name": name, "summary": " ".join(summary.split())}
    if name == "error":
        codes = (f"- `{code}`: {told}" for code, told in ERROR_MEANINGS.items())
        more = "\n".join(("What `code` says:", "", *codes))
    if more:
        message["description"] = more
    return {
        **message,
        "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
    }


def _schemas(
    requests: dict[str, type[BaseModel]], events: dict[str, type[BaseModel]]
) -> dict[str, Any]:
    models = [(model, "validation") for model in requests.values()]
    models += [(model, "serialization") for model in events.values()]
    _, schema = models_json_schema(
        models,  # type: ignore[arg-type]
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Any] = schema["$defs"]
    return dict(sorted(found.items()))
