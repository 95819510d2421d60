"""Which file a track's audio or cover is, and how it is told to a browser.

Paths come from the database alone, and a relative one never leaves the media folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

AUDIO_TYPES = {
    ".aac": "audio/aac",
    ".aif": "audio/aiff",
    ".aiff": "audio/aiff",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mka": "audio/x-matroska",
    ".mp3": "audio/mpeg",
    ".mp4": "audio/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "audio/webm",
    ".wma": "audio/x-ms-wma",
}
COVER_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class MediaFile:
    """A file as it was when it was looked at."""

    path: Path
    size_bytes: int
    modified_at: datetime
    content_type: str

    @property
    def etag(self) -> str:
        """Return a validator that changes with the file's size or time."""
        return f'"{int(self.modified_at.timestamp() * 1e6):x}-{self.size_bytes:x}"'


def audio_file(audio_path: str) -> MediaFile | None:
    """Look up a track's audio: an absolute path, or one under the media folder."""
    path = Path(audio_path) if audio_path else None
    if path and not path.is_absolute():
        path = _within_media(audio_path)
    return _looked_at(path, AUDIO_TYPES) if path else None


def cover_file(cover_path: str) -> MediaFile | None:
    """Look up a cover under the media folder; None for what is not a picture."""
    path = _within_media(cover_path) if cover_path else None
    if path is None or path.suffix.lower() not in COVER_TYPES:
        return None
    return _looked_at(path, COVER_TYPES)


def _within_media(relative: str) -> Path | None:
    folder = Path(settings.MEDIA_ROOT).resolve()
    path = (folder / relative).resolve()
    return path if path.is_relative_to(folder) else None


def _looked_at(path: Path, types: dict[str, str]) -> MediaFile | None:
    try:
        status = path.stat()
    except OSError:
        return None
    if not path.is_file():
        return None
    return MediaFile(
        path=path,
        size_bytes=status.st_size,
        modified_at=datetime.fromtimestamp(status.st_mtime, UTC),
        content_type=types.get(path.suffix.lower(), "application/octet-stream"),
    )
