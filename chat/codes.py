"""What the server says when it doesn't do what was asked, and why it hangs up."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class ErrorCode(StrEnum):
    """The `code` of an error frame. The connection lives on after each of them."""

    BINARY_FRAME = "binary_frame"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_TYPE = "unknown_type"
    BAD_FRAME = "bad_frame"
    NOT_FOUND = "not_found"
    BUSY = "busy"
    SET_ASIDE = "set_aside"
    STANDS = "stands"
    EDIT_REFUSED = "edit_refused"
    ALREADY_THERE = "already_there"
    STALE = "stale"
    VALUE_REFUSED = "value_refused"
    TOO_FAST = "too_fast"
    CROWDED = "crowded"
    INTERNAL = "internal"


ERROR_MEANINGS = {
    ErrorCode.BINARY_FRAME: "The frame was binary. Send JSON as text.",
    ErrorCode.TOO_LARGE: "The frame holds more bytes than one may.",
    ErrorCode.NOT_JSON: "The frame can't be read as JSON.",
    ErrorCode.NOT_AN_OBJECT: "The frame is JSON, but no object.",
    ErrorCode.UNKNOWN_TYPE: "No request has that `type`.",
    ErrorCode.BAD_FRAME: "A field is missing, unknown, or not of its type.",
    ErrorCode.NOT_FOUND: "What the frame names doesn't exist, or isn't yours.",
    ErrorCode.BUSY: "A reply is being written, and another message waits already.",
    ErrorCode.SET_ASIDE: "The message was replaced by another one.",
    ErrorCode.STANDS: "The message stands, and wasn't set aside.",
    ErrorCode.EDIT_REFUSED: "The playlist can't be changed like that; nothing was.",
    ErrorCode.ALREADY_THERE: "The songs that were to be added are in the playlist "
    "already; nothing was changed. `again` puts them in once more.",
    ErrorCode.STALE: "The playlist, or what is taken as given, is not at the `base` that "
    "the change was meant for. Nothing was changed; for a playlist `playlist.state` "
    "follows.",
    ErrorCode.VALUE_REFUSED: "The constraint can't be set to that value (see its `can`), "
    "or has it already.",
    ErrorCode.TOO_FAST: "Too many frames or messages; some were not read. Wait a little.",
    ErrorCode.CROWDED: "More messages of all listeners wait than the server can take. "
    "Nothing was done; try again in a moment.",
    ErrorCode.INTERNAL: "The server failed. Nothing is known of what was done.",
}


class CloseCode(IntEnum):
    """Why the server closes a connection (RFC 6455, 7.4.2: 4000 to 4999 are free)."""

    SIGN_IN = 4401
    SUBPROTOCOL = 4406
    FLOOD = 4429


CLOSE_MEANINGS = {
    CloseCode.SIGN_IN: "Sign in, or bring a key that holds. Sent too when a session or "
    "key ends while the connection is open, and when an account is turned off.",
    CloseCode.SUBPROTOCOL: "None of the offered subprotocols is known here.",
    CloseCode.FLOOD: "Frames went on flooding in after the error `too_fast`.",
}
# What the server underneath sends by itself.
STANDARD_CLOSE_MEANINGS = {
    1009: "One message was larger than 96 KiB: it isn't read at all.",
    1006: "No close frame came: the network failed, the server was ended, or the client "
    "read so slowly that 4 MiB waited for it. Come back, and resume.",
}


class Refused(Exception):
    """A request that is not carried out; becomes an error frame."""

    def __init__(self, code: ErrorCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
