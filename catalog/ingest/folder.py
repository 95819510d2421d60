"""Find the files of a folder, and what can be said of each without opening it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

AUDIO = """.aac .ac3 .aif .aifc .aiff .alac .amr .ape .au .caf .dsf .flac .m4a .m4b .mka
    .mp2 .mp3 .mp4 .mpc .oga .ogg .opus .snd .spx .tta .wav .wave .weba .webm .wma
    .wv"""
AUDIO_SUFFIXES = frozenset(AUDIO.split())
# What lies beside music and is meant to: passed over and counted.
BESIDE = """.accurip .bak .bmp .cue .db .doc .docx .ffp .gif .htm .html .ini .jpeg .jpg .json
    .log .lrc .m3u .m3u8 .md .md5 .nfo .odt .pdf .pls .png .rtf .sfv .sha1 .sha256 .svg
    .tif .tiff .toc .torrent .txt .url .webp .xml .xspf .yaml .yml"""
BESIDE_SUFFIXES = frozenset(BESIDE.split())
BESIDE_NAMES = frozenset({"readme", "license", "licence", "copying", "copyright"})
MAX_SIZE_BYTES = 2 * 1024**3
# A path is a key: PostgreSQL's index rows hold no more than about 2,700 bytes.
MAX_PATH_BYTES = 2000
MAX_PATH_LENGTH = 1000


@dataclass(frozen=True)
class FoundFile:
    """A file of a folder. `reason` is empty unless it can be refused unopened.

    key: its absolute path without symbolic links, as text that can be stored.
    """

    key: str
    fingerprint: str
    reason: str = ""


@dataclass
class FolderCount:
    """What a walk passed over, for the report."""

    beside: int = 0
    hidden: int = 0


def folder_files(
    root: Path, count: FolderCount, *, parts: Sequence[str] | None = None
) -> Iterator[FoundFile]:
    """Walk a folder in the order of names, and yield what is or claims to be audio.

    parts: paths below it, to look at these alone; those that are gone are passed over.
    Symbolic links are followed, but no folder or file is met twice, so that loops end.
    Hidden files and folders are passed over; folders that may not be read yield a
    refusal. Nothing is opened.
    """
    seen: set[tuple[int, int]] = set()
    if parts is None:
        yield from _walk(root.resolve(), count, seen)
        return
    for part in map(Path, parts):
        if part.is_dir():
            yield from _walk(part, count, seen)
        elif part.exists():
            found = _looked_at(part, count, seen)
            if found is not None:
                yield found


def _walk(
    folder: Path, count: FolderCount, seen: set[tuple[int, int]]
) -> Iterator[FoundFile]:
    # An own stack: a deep tree must not run into the limit of recursion.
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            yield FoundFile(_key(here), "", f"It can't be read ({error.strerror}).")
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                count.hidden += 1
            elif entry.is_dir():
                folders.append(Path(entry.path))
            else:
                found = _looked_at(Path(entry.path), count, seen)
                if found is not None:
                    yield found
        stack += reversed(folders)


def _looked_at(
    path: Path, count: FolderCount, seen: set[tuple[int, int]]
) -> FoundFile | None:
    suffix = path.suffix.lower()
    if suffix in BESIDE_SUFFIXES or path.name.lower() in BESIDE_NAMES:
        count.beside += 1
        return None
    try:
        status = path.stat()
        real = path.resolve()
    except (OSError, RuntimeError):
        return FoundFile(_key(path), "", "It links to nothing that is there.")
    if not path.is_symlink() and status.st_nlink == 1:
        pass
    elif (status.st_dev, status.st_ino) in seen:
        return None
    seen.add((status.st_dev, status.st_ino))
    return FoundFile(
        key=_key(real),
        fingerprint=file_fingerprint(status),
        reason=_refusal(real, suffix, status),
    )


def _refusal(path: Path, suffix: str, status: os.stat_result) -> str:
    if not stat.S_ISREG(status.st_mode):
        return "It's not a regular file."
    if suffix not in AUDIO_SUFFIXES:
        return f"It's not an audio file by its name ({suffix or 'no suffix'})."
    if status.st_size == 0:
        return "It's empty."
    if status.st_size > MAX_SIZE_BYTES:
        size_gb = status.st_size / 1e9
        return f"It's too large ({size_gb:.1f} GB; at most 2 GB are read)."
    raw = os.fsencode(path)
    if len(raw) > MAX_PATH_BYTES or len(str(path)) > MAX_PATH_LENGTH:
        return "Its path is too long to be kept."
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "Its name isn't valid UTF-8; please rename it."
    return ""


def file_fingerprint(status: os.stat_result) -> str:
    """Return what changes whenever a file is written anew: its size and time."""
    return f"{status.st_size}-{status.st_mtime_ns}"


def _key(path: Path) -> str:
    """Return a path as text that can be stored, cut where nothing else helps."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    if len(text) <= MAX_PATH_LENGTH and len(text.encode()) <= MAX_PATH_BYTES:
        return text
    return "…" + text[-MAX_PATH_LENGTH // 3 :]
