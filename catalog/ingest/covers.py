"""Cover pictures: checked by their first bytes, kept once under their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

MAX_COVER_BYTES = 10 * 1024**2
COVER_NAMES = ("cover", "folder", "front", "album")
COVER_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def picture_suffix(data: bytes) -> str:
    """Return the suffix that fits a picture's first bytes, "" for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return ""


def cover_keep(embedded: bytes | None, audio: Path) -> str:
    """Keep the cover of an audio file, and return its path under the media folder.

    The embedded picture comes first, then one beside the file (cover.jpg, folder.png).
    Returns "" where there is none, or none that is a picture of less than 10 MB.
    """
    for data in (embedded, _beside(audio)):
        if data and len(data) < MAX_COVER_BYTES and (suffix := picture_suffix(data)):
            name = hashlib.sha256(data).hexdigest()[:32] + suffix
            path = Path(settings.MEDIA_ROOT) / "covers" / name
            if not path.exists():
                file_replace(path, data)
            return f"covers/{name}"
    return ""


def file_replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, in place of one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(scratch, 0o644)
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise


def _beside(audio: Path) -> bytes | None:
    try:
        names = {entry.name.lower(): entry.path for entry in os.scandir(audio.parent)}
        for stem in COVER_NAMES:
            for suffix in COVER_SUFFIXES:
                path = names.get(stem + suffix)
                if path and 0 < os.stat(path).st_size < MAX_COVER_BYTES:
                    return Path(path).read_bytes()
    except OSError:
        return None
    return None
