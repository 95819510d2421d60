"""Our spans as the annotators of MusicRecoIntent mark theirs.

We read "indie rock" as one genre, since that is what can be searched for, and "funky" as
one too. They mark "indie" and "rock" apart, and "funky" as a mood; ambient and
soundtracks they leave unmarked. What is found is the same; only the cut differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chat.agent.understanding.descriptors import DescriptorSpan
from chat.agent.understanding.descriptors.span import Kind

# They mark these apart from the genre that they stand before.
_APART: dict[str, Kind | None] = {
    "indie": "genre",
    "alternative": "genre",
    "psychedelic": "mood",
    "melodic": "mood",
    "dark": "mood",
    "classic": None,
    "jazz": "genre",
}
_MOODS = (
    "psychedelic",
    "psychedelia",
    "funky",
    "experimental",
    "trippy",
    "chill",
    "chillout",
    "groovy",
)
# They mark no such time, and no such genre.
_NO_DECADE = (
    "new",
    "newer",
    "newest",
    "recent",
    "recently",
    "latest",
    "current",
    "brand",
)
_NO_GENRE = (
    "ambient",
    "soundtrack",
    "soundtracks",
    "ost",
    "film score",
    "singer songwriter",
    "singer songwriters",
    "spoken word",
    "disney",
    "anime",
    "world",
    "score",
    "minimal",
    "classical",
)
_INSTRUMENTS = ("piano", "guitar", "trio", "orchestra")
_NO_PLACE = ("english",)


def as_marked(spans: Sequence[DescriptorSpan]) -> tuple[DescriptorSpan, ...]:
    """Return the spans cut as theirs are."""
    return tuple(piece for span in spans for piece in _pieces(span))


def _pieces(span: DescriptorSpan) -> Iterator[DescriptorSpan]:
    said = span.text.lower()
    words = said.split()
    if span.kind == "era" and words[0] in _NO_DECADE:
        return
    if span.kind == "place" and said in _NO_PLACE:
        return
    if span.kind == "genre":
        if said in _NO_GENRE:
            return
        if said in _MOODS:
            yield replace(span, kind="mood")
            return
        if len(words) > 1 and words[0] in _APART:
            at = len(words[0])
            kind = _APART[words[0]]
            if kind is not None:
                yield replace(span, kind=kind, text=span.text[:at], end=span.start + at)
            rest = replace(span, text=span.text[at + 1 :], start=span.start + at + 1)
            if rest.text in _INSTRUMENTS:
                rest = replace(rest, kind="instrument")
            yield from _pieces(rest)
            return
    yield span
