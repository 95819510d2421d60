"""Collecting static files only when one of them has changed."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "catalog", "chat", "feedback", "playlists")
PACKAGES_WITH_FILES = ("django", "django_rq", "servestatic")


def static_fingerprint() -> str:
    """Return a hash of our files' names, sizes and times, and of the packages' versions.

    Imports nothing, so a start that has nothing to collect need not wait for Django.
    """
    digest = hashlib.sha256()
    for name in PACKAGES_WITH_FILES:
        spec = find_spec(name)
        # The metadata's folder carries the version.
        place = Path(spec.origin).parents[1] if spec and spec.origin else ROOT
        for found in sorted(place.glob(f"{name}-*.dist-info")):
            digest.update(found.name.encode())
    # Not "*/static": a data folder in the project holds the collected ones.
    folders = [ROOT / "static", *(ROOT / app / "static" for app in APPS)]
    for path in sorted(file for folder in folders for file in folder.rglob("*")):
        if path.is_file():
            info = path.stat()
            digest.update(
                f"{path.relative_to(ROOT)} {info.st_size} {info.st_mtime_ns}\n".encode()
            )
    return digest.hexdigest()


def stamp_file(home: Path) -> Path:
    """Return where the fingerprint of the collected files is kept."""
    return home / "static.stamp"


def are_collected(home: Path, fingerprint: str) -> bool:
    """Say whether the data folder's static files are those of a fingerprint."""
    stamp = stamp_file(home)
    has_manifest = (home / "static" / "staticfiles.json").exists()
    return has_manifest and stamp.exists() and stamp.read_text() == fingerprint
