"""Why a file can't be read, and the bytes that are no text."""

from __future__ import annotations

import codecs

from django.utils.translation import gettext as _

# Lines, rows or songs: a hundred times a playlist, and read within a second or two.
MAX_ROWS = 50_000


class FileRefused(Exception):
    """A file can't be taken in; the message tells the listener why."""


def decoded(data: bytes, *, fallback: str | None = None) -> str:
    """Read bytes as UTF-8, with or without its mark; otherwise in `fallback`.

    Raises FileRefused where neither fits.
    """
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        pass
    try:
        if fallback:
            return data.decode(fallback)
    except UnicodeDecodeError:
        pass
    raise FileRefused(
        _("The file isn't in UTF-8. Save it anew in that encoding, then try again.")
    )


def check_count(rows: int) -> None:
    """Raise FileRefused for a file of more rows than any list has."""
    if rows > MAX_ROWS:
        told = _("It is longer than any list: more than %(count)s lines or songs.")
        raise FileRefused(told % {"count": MAX_ROWS})
