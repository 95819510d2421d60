"""Files as HTTP answers, read in pieces on a thread so that the event loop is free."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from catalog.media.files import MediaFile
from catalog.media.ranges import (
    ByteRange,
    Unsatisfiable,
    asked_range,
    is_unchanged,
    modified_header,
)

CHUNK_BYTES = 128 * 1024


def file_response(
    request: HttpRequest, file: MediaFile, *, max_age_s: int
) -> HttpResponseBase:
    """Answer with a file or the asked part of it: 200, 206, 304 or 416."""
    response: HttpResponseBase
    part: ByteRange | None = None
    if file.etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        try:
            if is_unchanged(request.headers.get("If-Range", ""), file):
                asked = request.headers.get("Range", "")
                part = asked_range(asked, size_bytes=file.size_bytes)
            response = _body(request, file, part)
        except Unsatisfiable:
            response = HttpResponse(status=416)
            response.headers["Content-Range"] = f"bytes */{file.size_bytes}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = f"private, max-age={max_age_s}"
    response.headers["ETag"] = file.etag
    response.headers["Last-Modified"] = modified_header(file)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _body(
    request: HttpRequest, file: MediaFile, part: ByteRange | None
) -> HttpResponseBase:
    whole = ByteRange(0, file.size_bytes - 1)
    sent = part or whole
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=file.content_type)
    else:
        response = StreamingHttpResponse(
            pieces(file.path, sent), content_type=file.content_type
        )
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = (
            f"bytes {part.first}-{part.last}/{file.size_bytes}"
        )
    response.headers["Content-Length"] = str(sent.size_bytes)
    return response


async def pieces(path: Path, part: ByteRange) -> AsyncIterator[bytes]:
    """Read a part of a file, CHUNK_BYTES at a time."""
    left = part.size_bytes
    with await asyncio.to_thread(path.open, "rb") as file:
        await asyncio.to_thread(file.seek, part.first)
        while left > 0:
            piece = await asyncio.to_thread(file.read, min(CHUNK_BYTES, left))
            if not piece:  # the file was cut while it was read
                return
            left -= len(piece)
            yield piece
