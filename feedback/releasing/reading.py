"""Rows of a release read back from its files, for training."""

from __future__ import annotations

import hashlib
from typing import Any

from feedback.models import Release
from feedback.releasing.rows import jsonl_read
from feedback.releasing.writing import release_folder


class ReleaseUnreadable(Exception):
    """A release isn't there, or its files aren't what they were. Says so."""


def release_rows(release: Release, part: str) -> list[dict[str, Any]]:
    """Read the rows of a part, none where it has no file. Raises ReleaseUnreadable."""
    name = f"data/{part}.jsonl"
    sums = {file["path"]: file["sha256"] for file in release.files}
    if name not in sums:
        return []
    path = release_folder(release.number) / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReleaseUnreadable(f"{path} can't be read ({error.strerror}).") from error
    if hashlib.sha256(content).hexdigest() != sums[name]:
        raise ReleaseUnreadable(f"{path} isn't what it was: its checksum is another.")
    return jsonl_read(path)
