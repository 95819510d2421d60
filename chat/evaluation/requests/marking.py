"""Our spans as the annotators of MusicRecoIntent mark theirs.

What is found is the same; only the cut differs, in three habits that each show in many
rows: no time in "new songs"; nothing for ambient music and soundtracks; and of a genre
behind "indie", "alternative" or a word of mood, each word for itself, since we read
"indie rock" and "psychedelic rock" as one genre, which is what can be searched for.
The report has the figures without this too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chat.agent.understanding.descriptors import DescriptorSpan
from chat.agent.understanding.descriptors.span import Kind

_NO_TIMES = (
    "new",
    "newer",
    "newest",
    "recent",
    "recently",
    "latest",
    "current",
    "brand",
)
_NO_GENRES = ("ambient", "soundtrack", "soundtracks", "ost", "film score")
_APART = ("indie", "alternative")
# Genres of ours by name, and moods by what they say of the music.
_MOODS = ("psychedelic", "funky", "groovy", "experimental", "trippy")


def as_marked(spans: Sequence[DescriptorSpan]) -> tuple[DescriptorSpan, ...]:
    """Return the spans cut as theirs are."""
    return tuple(piece for span in spans for piece in _pieces(span))


def _pieces(span: DescriptorSpan) -> Iterator[DescriptorSpan]:
    said = span.text.lower()
    first, _, rest = said.partition(" ")
    if span.kind == "era" and first in _NO_TIMES:
        return
    if span.kind != "genre":
        yield span
    elif said in _MOODS:
        yield replace(span, kind="mood")
    elif rest and first in (*_APART, *_MOODS):
        at = len(first)
        kind: Kind = "genre" if first in _APART else "mood"
        yield replace(span, kind=kind, text=span.text[:at], end=span.start + at)
        yield from _pieces(
            replace(span, text=span.text[at + 1 :], start=span.start + at + 1)
        )
    elif said not in _NO_GENRES:
        yield span
