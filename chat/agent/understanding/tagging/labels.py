"""The tags that words get, and how rows of tags become spans.

Two heads read one sentence. *names*: artists and works in talk about music. *slots*: the
parts of a command to a player ("put X on my Y list"). Tags are BIO: B begins a span, I
goes on with it, O is outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Head = Literal["names", "slots"]
Intent = Literal["add", "play", "music", "other"]

# work: a song or an album.
KINDS: dict[Head, tuple[str, ...]] = {
    "names": ("artist", "work"),
    "slots": (
        "artist", "title", "album", "playlist", "owner", "genre", "year", "sort",
        "service", "item",
    ),
}  # fmt: skip
# add: to a playlist; play: songs or a playlist; music: other talk of music or of the
# list; other: what is asked of other assistants.
INTENTS: tuple[Intent, ...] = ("add", "play", "music", "other")


@dataclass(frozen=True)
class Tag:
    """A span of one kind; start and end in characters of the text."""

    kind: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the span as they were written."""
        return text[self.start : self.end]


def spans_seen(head: Head, spans: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return the spans that a head is to find: to names, a title or album is a work."""
    if head == "slots":
        return tuple(spans)
    kinds = {"artist": "artist", "work": "work", "title": "work", "album": "work"}
    return tuple(
        Tag(kinds[span.kind], span.start, span.end)
        for span in spans
        if span.kind in kinds
    )


def tags_of(head: Head) -> tuple[str, ...]:
    """Return every tag of a head: "O" first, then B and I of each kind."""
    return ("O", *(f"{edge}-{kind}" for kind in KINDS[head] for edge in "BI"))


def bio_of(places: Sequence[tuple[int, int]], spans: Sequence[Tag]) -> list[str]:
    """Return the tag of each word. A word belongs to the span that it overlaps."""
    tags = ["O"] * len(places)
    for span in spans:
        inside = [
            i
            for i, (start, end) in enumerate(places)
            if start < span.end and span.start < end
        ]
        for i in inside:
            tags[i] = f"{'B' if i == inside[0] else 'I'}-{span.kind}"
    return tags


def spans_of(places: Sequence[tuple[int, int]], tags: Sequence[str]) -> tuple[Tag, ...]:
    """Return the spans of a row of tags. A stray I begins a span, as in CoNLL's rule."""
    found: list[Tag] = []
    is_open = False
    for (start, end), tag in zip(places, tags, strict=True):
        edge, _, kind = tag.partition("-")
        if edge == "I" and is_open and found[-1].kind == kind:
            found[-1] = Tag(kind, found[-1].start, end)
        elif edge != "O":
            found.append(Tag(kind, start, end))
        is_open = edge != "O"
    return tuple(found)
