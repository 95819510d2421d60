"""From the text of a frame to a request, or to what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from chat.codes import ErrorCode, Refused
from chat.protocol import requests
from chat.protocol.frame import MAX_FRAME_BYTES


def parsed(text: str) -> dict[str, Any]:
    if len(text.encode()) > MAX_FRAME_BYTES:
        raise Refused(
            ErrorCode.TOO_LARGE,
            f"A frame holds at most {MAX_FRAME_BYTES} bytes.",
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(ErrorCode.NOT_JSON, "That frame is not JSON.") from error
    if not isinstance(data, dict):
        raise Refused(ErrorCode.NOT_AN_OBJECT, "A frame is one JSON object.")
    return data


def id_of(data: dict[str, Any]) -> str | int | None:
    """Return the client's name for a frame, if it is one that can be given back."""
    try:
        named = requests.ClientFrame.model_validate({"id": data.get("id")})
    except ValidationError:
        return None
    return named.id


def validated(data: dict[str, Any]) -> requests.ClientFrame:
    try:
        request: requests.ClientFrame = requests.REQUEST.validate_python(
            data, strict=False
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"].startswith("union_tag") and len(first["loc"]) <= 1:
            raise Refused(
                ErrorCode.UNKNOWN_TYPE, f"No such type of frame. {first['msg']}"
            ) from (error)
        place = ".".join(str(part) for part in first["loc"][1:])
        raise Refused(ErrorCode.BAD_FRAME, f"{place}: {first['msg']}") from error
    return request
