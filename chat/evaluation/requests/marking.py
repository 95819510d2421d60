"""Our spans as the annotators of MusicRecoIntent mark theirs.

What is found is the same; only the cut differs, in habits that each show in several
rows: no time in "new songs"; nothing for ambient music and soundtracks, for how well known
something is, and for "background"; of a genre behind "indie", "electronic" or a word of
mood, and before an instrument, each word for itself, since we read "indie rock" and
"psychedelic rock" as one genre, which is what can be searched for; each time of a row for
itself; and an occasion's word is an occasion wherever it stands ("workout music").
The report has the figures without this too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.names import name_key
from chat.agent.understanding.descriptors import DescriptorSpan
from chat.agent.understanding.descriptors.span import Kind
from chat.agent.understanding.descriptors.vocabulary import vocabulary
from chat.agent.understanding.lexicon import manner_of

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
_APART = ("indie", "alternative", "electro", "electronic")
# Genres of ours by name, and moods by what they say of the music.
_MOODS = (
    "psychedelic", "funky", "groovy", "experimental", "trippy", "melodic", "dark",
)  # fmt: skip
# Moods of ours by form, and genres by what they say.
_GENRES = ("synthy",)
# No music sounds like that.
_NO_MOODS = (
    "background", "popular", "obscure", "underground", "mainstream", "known",
    "unknown", "hits",
)  # fmt: skip
_PARTED = re.compile(
    r"\b(?P<first>.*?\d0'?s)(?: and| or|,| &| to)? (?P<rest>\S*\d0'?s)$"
)


def as_marked(spans: Sequence[DescriptorSpan]) -> tuple[DescriptorSpan, ...]:
    """Return the spans cut as theirs are."""
    return tuple(piece for span in spans for piece in _pieces(span))


def _pieces(span: DescriptorSpan) -> Iterator[DescriptorSpan]:
    said = span.text.lower()
    first, _, rest = said.partition(" ")
    if span.kind == "era":
        yield from _times(span, said, first)
    elif span.kind == "mood":
        if said not in _NO_MOODS:
            yield replace(span, kind=_kind_of_mood(said))
    elif span.kind != "genre":
        yield span
    elif said in _MOODS:
        yield replace(span, kind="mood")
    elif rest and first in (*_APART, *_MOODS):
        at = len(first)
        kind: Kind = "genre" if first in _APART else "mood"
        yield _piece(span, 0, at, kind)
        yield from _pieces(_piece(span, at + 1, len(said), "genre"))
    elif (end := _instrument_at(said)) is not None:
        yield from _pieces(_piece(span, 0, end, "genre"))
        yield _piece(span, end + 1, len(said), "instrument")
    elif said not in _NO_GENRES:
        yield span


def _times(span: DescriptorSpan, said: str, first: str) -> Iterator[DescriptorSpan]:
    parted = _PARTED.fullmatch(said)
    if parted is not None:
        yield _piece(span, *parted.span("first"), "era")
        yield _piece(span, *parted.span("rest"), "era")
    elif first not in _NO_TIMES:
        yield span


def _instrument_at(said: str) -> int | None:
    """Return where a genre ends and an instrument begins: "jazz piano"."""
    genre, _, instrument = said.rpartition(" ")
    is_both = _is_of(genre, "genre") and _is_of(instrument, "instrument")
    return len(genre) if is_both else None


def _kind_of_mood(said: str) -> Kind:
    if said in _GENRES:
        return "genre"
    is_feeling = manner_of(said) == "feeling"
    return "context" if _is_of(said, "context") and not is_feeling else "mood"


def _is_of(said: str, kind: Kind) -> bool:
    return any(word.kind == kind for word in vocabulary().get(name_key(said), ()))


def _piece(span: DescriptorSpan, start: int, end: int, kind: Kind) -> DescriptorSpan:
    """Return the characters [start, end) of a span as one of a kind."""
    return replace(
        span,
        kind=kind,
        text=span.text[start:end],
        start=span.start + start,
        end=span.start + end,
    )
