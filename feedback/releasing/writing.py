"""A release's folder: written beside, sealed, and only then put in its place.

The rule of this file: a folder under a release's number is whole. Whatever ends the
writing leaves a draft, which the next try removes.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from feedback.releasing.dialogues import dialogues_of
from feedback.releasing.rows import jsonl_write, parquet_write

CARD, SUMS = "README.md", "SHA256SUMS"
# The same archive of the same files, whenever it is made.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
READ_ONLY, FOLDER_READ_ONLY, WRITABLE = 0o444, 0o555, 0o755
CHUNK_BYTES = 1 << 20

Told = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Written:
    """A file of a release: rows is None where it holds none of their own."""

    path: str
    rows: int | None
    size_bytes: int
    sha256: str


def release_folder(number: int) -> Path:
    """Return where a release lies, once it is whole."""
    return Path(settings.RELEASES_ROOT) / str(number)


def archive_name(number: int) -> str:
    """Return the name of the archive that holds all other files."""
    return f"personalais-release-{number}.zip"


def draft_of(number: int) -> Path:
    """Return where a release lies while it is written: beside its place."""
    return release_folder(number).with_name(f"{number}.part")


class FolderTaken(Exception):
    """Another release lies under the number. The message says what to do."""


def draft_make(number: int, *, own: Sequence[Mapping[str, Any]]) -> Path:
    """Make an empty folder to write a release in; what an earlier try left goes.

    own: the files that the release's row knows of. Raises FolderTaken where a sealed
    folder of other files lies in its place.
    """
    folder = release_folder(number)
    sums = {file["sha256"] for file in own if file["path"] == SUMS}
    if (folder / SUMS).is_file() and _digest(folder / SUMS) not in sums:
        raise FolderTaken(
            f"A release {number} that this site's database doesn't know lies in"
            f" {folder}. Move it elsewhere, or restore the database that knows it."
        )
    folder_remove(folder)
    draft = draft_of(number)
    folder_remove(draft)
    draft.mkdir(parents=True)
    return draft


def rows_write(draft: Path, parts: Mapping[str, Told]) -> dict[str, int]:
    """Write the rows of all parts in each format; a part without any has no files.

    Returns how many rows each file has, by path.
    """
    counts: dict[str, int] = {}
    for folder in ("data", "cpcd"):
        (draft / folder).mkdir()
    for part, rows in parts.items():
        if not rows:
            continue
        for ending, write in (("jsonl", jsonl_write), ("parquet", parquet_write)):
            path = f"data/{part}.{ending}"
            write(draft / path, rows)
            counts[path] = len(rows)
        dialogues = list(dialogues_of(rows))
        if dialogues:
            path = f"cpcd/dialogs.{part}.jsonl"
            jsonl_write(draft / path, dialogues)
            counts[path] = len(dialogues)
    return counts


def draft_seal(
    draft: Path, *, number: int, card: str, counts: Mapping[str, int]
) -> list[Written]:
    """Add card, checksums and archive, and make all of it read-only."""
    (draft / CARD).write_text(card, encoding="utf-8")
    paths = sorted(
        str(path.relative_to(draft)) for path in draft.rglob("*") if path.is_file()
    )
    sums = "".join(f"{_digest(draft / path)}  {path}\n" for path in paths)
    (draft / SUMS).write_text(sums, encoding="utf-8")
    paths.append(SUMS)
    archive = archive_name(number)
    _archive(draft, archive, paths)
    for path in draft.rglob("*"):
        path.chmod(FOLDER_READ_ONLY if path.is_dir() else READ_ONLY)
    draft.chmod(FOLDER_READ_ONLY)
    return [
        Written(
            path=path,
            rows=counts.get(path),
            size_bytes=(draft / path).stat().st_size,
            sha256=_digest(draft / path),
        )
        for path in (*paths, archive)
    ]


def folder_remove(folder: Path) -> None:
    """Remove a folder with all in it, read-only or not, if it is there."""
    if not folder.is_dir():
        return
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(WRITABLE)
    shutil.rmtree(folder)


def _archive(draft: Path, name: str, paths: Sequence[str]) -> None:
    with zipfile.ZipFile(draft / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(f"{Path(name).stem}/{path}", ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as into, (draft / path).open("rb") as file:
                shutil.copyfileobj(file, into, CHUNK_BYTES)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
