"""The part of a file that a request asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.http import http_date, parse_http_date_safe

from catalog.media.files import MediaFile

ONE_RANGE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.ASCII)
# A number of more digits lies past the end of every file, and is slow to read.
MAX_DIGITS = 18
PAST_EVERY_END = 10**MAX_DIGITS


class Unsatisfiable(Exception):
    """The asked range lies outside the file."""


@dataclass(frozen=True)
class ByteRange:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def size_bytes(self) -> int:
        return self.last - self.first + 1


def asked_range(header: str, *, size_bytes: int) -> ByteRange | None:
    """Read a Range header; None means the whole file.

    Several ranges, other units and nonsense are answered with the whole, as the
    standard allows. Raises Unsatisfiable when the range starts past the end.
    """
    match = ONE_RANGE.fullmatch(header)
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":  # the last n bytes
        length = position(match[2])
        if length == 0 or size_bytes == 0:
            raise Unsatisfiable
        return ByteRange(max(0, size_bytes - length), size_bytes - 1)
    first = position(match[1])
    last = position(match[2]) if match[2] else size_bytes - 1
    if match[2] and last < first:
        return None
    if first >= size_bytes:
        raise Unsatisfiable
    return ByteRange(first, min(last, size_bytes - 1))


def position(digits: str) -> int:
    """Read a place in a file; one with very many digits as past every end."""
    counted = digits.lstrip("0")
    return int(counted or "0") if len(counted) <= MAX_DIGITS else PAST_EVERY_END


def is_unchanged(if_range: str, file: MediaFile) -> bool:
    """Say whether an If-Range header still names this file; true for none."""
    if not if_range:
        return True
    if if_range.startswith(('"', "W/")):
        return if_range == file.etag
    modified_s = int(file.modified_at.timestamp())
    return parse_http_date_safe(if_range) == modified_s


def modified_header(file: MediaFile) -> str:
    """Return the Last-Modified header of a file."""
    return http_date(file.modified_at.timestamp())
