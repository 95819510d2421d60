"""Which recordings a folder holds, what each is labelled, and whose each is.

The rule of this file: recordings that are known to belong together (clips of one song,
songs of one artist) share a group, and groups are what training and test never share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.evaluation.failure import CannotEvaluate
from catalog.ingest.folder import AUDIO_SUFFIXES

# A label on a recording or two can't be learned from others.
MIN_OF_A_LABEL = 2
# In the name: what stands before the first of these signs is the label …
SEPARATOR = re.compile(r"[_\-. ]")
# … or, where that gives each file a label of its own ("happy01"), its letters are.
LETTERS = re.compile(r"[^\W\d_]+")
# After the label: a song and, at the end, which clip of it: "Q1_<song>_0".
CLIP_NUMBER = re.compile(r"[_\-. ]\d{1,4}$")


@dataclass(frozen=True)
class Labelled:
    """One recording. name: its path below the folder, as text."""

    path: Path
    name: str
    label: str


@dataclass(frozen=True)
class Collection:
    """labels_from: "folder" or "prefix".

    left_out: names of files that carry no label, or one that only they carry.
    """

    recordings: tuple[Labelled, ...]
    labels_from: str
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Groups:
    """names: of each recording, in order. kind: "pattern", "artist", "song" or ""."""

    names: tuple[str, ...]
    kind: str


def collection_read(folder: Path, *, labels_from: str = "auto") -> Collection:
    """Find the audio files of a folder, with their labels. Opens none of them.

    labels_from: "folder" (first sub-folder), "prefix" (start of the file's name), or
    "auto": the sub-folders where two and more hold audio. Raises CannotEvaluate.
    """
    if not folder.is_dir():
        raise CannotEvaluate(f"{folder} is not a folder that can be read.")
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in AUDIO_SUFFIXES
        and not path.name.startswith(".")
        and path.is_file()
    )
    if not files:
        raise CannotEvaluate(f"There is no audio file in {folder}.")
    if labels_from == "auto":
        sub_folders = {_folder_label(path, folder) for path in files} - {""}
        labels_from = "folder" if len(sub_folders) > 1 else "prefix"
    if labels_from == "folder":
        labels = [_folder_label(path, folder) for path in files]
    else:
        read = _prefix_reader(files)
        labels = [read(path) for path in files]
    found = [
        Labelled(path, str(path.relative_to(folder)), label)
        for path, label in zip(files, labels, strict=True)
    ]
    kept, alone = part_shared(found)
    if len({recording.label for recording in kept}) < 2:
        raise CannotEvaluate(_too_few_labels(folder, Counter(labels), labels_from))
    return Collection(kept, labels_from, tuple(r.name for r in alone))


def part_shared(
    recordings: Sequence[Labelled],
) -> tuple[tuple[Labelled, ...], tuple[Labelled, ...]]:
    """Return those whose label others carry too, and the rest."""
    counts = Counter(r.label for r in recordings if r.label)
    return (
        tuple(r for r in recordings if counts[r.label] >= MIN_OF_A_LABEL),
        tuple(r for r in recordings if counts[r.label] < MIN_OF_A_LABEL),
    )


def group_recordings(
    recordings: Sequence[Labelled], artists: Sequence[str], *, artist_pattern: str = ""
) -> Groups:
    """Tell which recordings belong together.

    artists: by their tags, "" where unknown. artist_pattern: a regular expression on
    names, whose first group, or all that it matches, is the artist. Without it, the
    tags decide, else names of the form LABEL_SONG_NUMBER. Raises CannotEvaluate.
    """
    if artist_pattern:
        return Groups(_by_pattern(recordings, artist_pattern), "pattern")
    songs = tuple(_song(r) or r.name for r in recordings)
    by_artist = tuple(
        f"artist {artist}" if artist else song
        for artist, song in zip(artists, songs, strict=True)
    )
    for kind, names in (("artist", by_artist), ("song", songs)):
        if kind == "artist" and not any(artists):
            continue
        if len(set(names)) < len(names) and _is_testable(recordings, names):
            return Groups(names, kind)
    return Groups(tuple(r.name for r in recordings), "")


def _is_testable(recordings: Sequence[Labelled], names: Sequence[str]) -> bool:
    # One artist for all of a label ("Various") would leave nothing to test on.
    of_label: dict[str, set[str]] = {}
    for recording, name in zip(recordings, names, strict=True):
        of_label.setdefault(recording.label, set()).add(name)
    return all(len(names) > 1 for names in of_label.values())


def _by_pattern(recordings: Sequence[Labelled], pattern: str) -> tuple[str, ...]:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise CannotEvaluate(
            f"--artist-pattern is no regular expression: {error}."
        ) from error
    found = [compiled.search(recording.name) for recording in recordings]
    if not any(found):
        raise CannotEvaluate("--artist-pattern matches no file.")
    return tuple(
        (match[1] if compiled.groups else match[0]) or recording.name
        if match
        else recording.name
        for recording, match in zip(recordings, found, strict=True)
    )


def _too_few_labels(folder: Path, counts: Counter[str], labels_from: str) -> str:
    shown = ", ".join(f"{label or '(none)'}: {n}" for label, n in counts.most_common(5))
    where = (
        "in sub-folders named by label"
        if labels_from == "folder"
        else "as LABEL_anything, or in sub-folders named by label"
    )
    return (
        f"At least two labels with {MIN_OF_A_LABEL} recordings each are needed; in "
        f"{folder} there are {shown}. Name the files {where}, or choose with --labels."
    )


def _folder_label(path: Path, folder: Path) -> str:
    below = path.relative_to(folder).parts
    return below[0] if len(below) > 1 else ""


def _prefix_reader(files: Sequence[Path]) -> Callable[[Path], str]:
    """Return the way of reading labels from names that gives labels worth the name."""

    def by_separator(path: Path) -> str:
        head = SEPARATOR.split(path.stem, maxsplit=1)[0]
        return head if head != path.stem else ""

    def by_letters(path: Path) -> str:
        found = LETTERS.match(path.stem)
        return found[0].lower() if found else ""

    def is_useful(read: Callable[[Path], str]) -> bool:
        counts = Counter(read(path) for path in files)
        shared = [n for label, n in counts.items() if label and n >= MIN_OF_A_LABEL]
        return len(shared) >= 2 and sum(shared) >= len(files) / 2

    return next((r for r in (by_separator, by_letters) if is_useful(r)), by_separator)


def _song(recording: Labelled) -> str:
    """Return the song that a clip is of, "" where its name doesn't tell."""
    stem = recording.path.stem
    if stem.lower().startswith(recording.label.lower()):
        stem = stem[len(recording.label) :].lstrip("_-. ")
    song = CLIP_NUMBER.sub("", stem)
    return "" if song == stem or not song else f"song {song}"
