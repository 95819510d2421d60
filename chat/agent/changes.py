"""What an edit did to a list, in figures: "+3 −2, median energy 0.42 to 0.61".

Pure, from stored facts. A figure is told where it is known on both sides, and a length
where that of every song is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from chat.agent.proof import ATTRIBUTE_NAMES, number
from chat.agent.songs import Song
from playlists.edits import Content, content_diff
from playlists.mixing import steps_smooth

# What hearing notices first, with the step of each that is plainly heard: a tenth of
# the scale, or a tempo's JND several times over.
_STEPS = {
    "energy": 0.1,
    "valence": 0.1,
    "tempo_bpm": 10.0,
    "danceability": 0.12,
    "acousticness": 0.15,
    "instrumentalness": 0.2,
}
# Changes of the middle that a line tells, the largest first.
TOLD_MEDIANS = 2


@dataclass(frozen=True)
class MedianChange:
    """How the middle of an attribute moved, over the songs whose value is known."""

    attribute: str
    before: float
    after: float

    @property
    def text(self) -> str:
        """Say it: "median energy 0.42 to 0.61"."""
        name = ATTRIBUTE_NAMES[self.attribute]
        before = number(self.attribute, self.before).removesuffix(" BPM")
        return f"median {name} {before} to {number(self.attribute, self.after)}"

    @property
    def size(self) -> float:
        """Return how plainly the change is heard: 1 is one step."""
        return abs(self.after - self.before) / _STEPS[self.attribute]


@dataclass(frozen=True)
class ListDiff:
    """One edit in figures. Lengths are None where a song's isn't known."""

    added: int
    removed: int
    moved: int
    count_before: int
    count_after: int
    duration_before_ms: int | None
    duration_after_ms: int | None
    medians: tuple[MedianChange, ...]
    title_before: str
    title_after: str
    is_described: bool = False
    smooth_before: int = 0
    smooth_after: int = 0

    @property
    def text(self) -> str:
        """Say the edit in one line; "" where nothing that can be counted changed."""
        parts = [_counts(self), self.figures]
        if self.title_before != self.title_after:
            parts.append("renamed")
        if self.is_described:
            parts.append("described")
        return ", ".join(part for part in parts if part)

    @property
    def figures(self) -> str:
        """Say what became of the middle and the length; "" where that is as before."""
        parts = [*_medians(self), _length(self), _smoothness(self)]
        return ", ".join(part for part in parts if part)


def plainly_heard(diff: ListDiff) -> tuple[MedianChange, ...]:
    """Return the changes of the middle that anybody hears, the largest first."""
    if not (diff.added or diff.removed):
        return ()
    heard = [change for change in diff.medians if change.size >= 1]
    return tuple(sorted(heard, key=lambda change: -change.size))[:TOLD_MEDIANS]


def list_diff(before: Content, after: Content, songs: dict[int, Song]) -> ListDiff:
    """Measure what leads from one content to another.

    songs: the facts of all tracks of both; those that are gone count as added, removed
    or moved, and have no facts.
    """
    diff = content_diff(before, after)
    old = [songs[t] for t in before.tracks if t in songs]
    new = [songs[t] for t in after.tracks if t in songs]
    return ListDiff(
        added=len(diff.added),
        removed=len(diff.removed),
        moved=len(diff.moved),
        count_before=len(before.tracks),
        count_after=len(after.tracks),
        duration_before_ms=duration_ms(old, count=len(before.tracks)),
        duration_after_ms=duration_ms(new, count=len(after.tracks)),
        medians=_median_changes(old, new),
        title_before=before.title,
        title_after=after.title,
        is_described=before.description != after.description,
        smooth_before=steps_smooth([song.sound for song in old]),
        smooth_after=steps_smooth([song.sound for song in new]),
    )


def duration_ms(songs: Sequence[Song], *, count: int) -> int | None:
    """Return how long songs play; None where one of them isn't known to the full."""
    known = [song.duration_ms for song in songs if song.duration_ms is not None]
    return sum(known) if len(known) == count else None


def middle(songs: Iterable[Song], attribute: str) -> float | None:
    """Return the median of an attribute over the songs where it is known."""
    values = (song.facts.get(attribute) for song in songs)
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _median_changes(
    before: Sequence[Song], after: Sequence[Song]
) -> tuple[MedianChange, ...]:
    changes = []
    for attribute in _STEPS:
        was, now = middle(before, attribute), middle(after, attribute)
        if was is not None and now is not None:
            changes.append(MedianChange(attribute, was, now))
    return tuple(changes)


def _counts(diff: ListDiff) -> str:
    parts = []
    if diff.added:
        parts.append(f"+{diff.added}")
    if diff.removed:
        parts.append(f"−{diff.removed}")
    if diff.moved:
        parts.append(f"{diff.moved} moved")
    return " ".join(parts)


def _medians(diff: ListDiff) -> list[str]:
    if not (diff.added or diff.removed):
        return []
    told = [
        change
        for change in diff.medians
        if number(change.attribute, change.before)
        != number(change.attribute, change.after)
    ]
    # Energy is what everybody understands; beside it stands what moved most.
    told.sort(key=lambda change: (change.attribute != "energy", -change.size))
    return [
        c.text for c in told[:TOLD_MEDIANS] if c.size >= 1 or c.attribute == "energy"
    ]


def _smoothness(diff: ListDiff) -> str:
    """Say how many more songs go over into the next, where an order brought many more."""
    more = diff.smooth_after - diff.smooth_before
    if diff.added or diff.removed or more < max(2, diff.count_after // 8):
        return ""
    steps = diff.count_after - 1
    return f"{diff.smooth_before} to {diff.smooth_after} of {steps} transitions smooth"


def _length(diff: ListDiff) -> str:
    before, after = diff.duration_before_ms, diff.duration_after_ms
    if after is None or not (diff.added or diff.removed):
        return ""
    was = None if before is None else round(before / 60_000)
    now = round(after / 60_000)
    if not diff.count_before or was is None or was == now:
        return f"{now} min" if was != now or diff.count_before == 0 else ""
    return f"{was} to {now} min"
