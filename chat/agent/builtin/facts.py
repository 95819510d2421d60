"""What is stored of a song, said to whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.genres import genre_name
from catalog.search.query import Attribute
from chat.agent.builtin import phrases
from chat.agent.labels import language_name
from chat.agent.proof import ATTRIBUTE_NAMES, number
from chat.agent.quoting import named
from chat.agent.songs import Song
from chat.agent.understanding.reading import Facet

_MOOD: tuple[Attribute, ...] = ("energy", "valence", "danceability", "popularity")
_UNKNOWN = {
    "artist": "who plays it",
    "genre": "its genre",
    "year": "its year",
    "length": "how long it is",
    "tempo": "its tempo",
    "mood": "how it feels",
    "language": "its language",
}


def facts_told(song: Song, about: Iterable[Facet]) -> str:
    """Answer what was asked of a song, in a sentence; what isn't stored is said to be."""
    told: list[str] = []
    lacking: list[str] = []
    for facet in about:
        fact = _fact(song, facet)
        if fact:
            told.append(fact)
        else:
            lacking.append(_UNKNOWN[facet])
    sentences = []
    if told:
        sentences.append(f"{song.credit}: {'; '.join(told)}.")
    if lacking:
        of = "" if told else f" of {song.credit}"
        sentences.append(f"This catalog doesn't say {phrases.listed(lacking)}{of}.")
    return " ".join(sentences)


def _fact(song: Song, facet: Facet) -> str:
    match facet:
        case "artist":
            by = phrases.listed(map(named, song.artists))
            return f"by {by}" if by else ""
        case "genre":
            return phrases.listed(genre_name(genre) for genre in sorted(song.genres))
        case "year":
            return f"from {song.year}" if song.year else ""
        case "length":
            if song.duration_ms is None:
                return ""
            whole_s = round(song.duration_ms / 1000)
            return f"{whole_s // 60}:{whole_s % 60:02} long"
        case "tempo":
            return _attributes(song, ("tempo_bpm",))
        case "mood":
            return _attributes(song, _MOOD)
        case "language":
            return f"in {language_name(song.language)}" if song.language else ""


def _attributes(song: Song, names: Iterable[Attribute]) -> str:
    held = [(name, song.facts.get(name)) for name in names]
    return phrases.listed(
        f"{ATTRIBUTE_NAMES[name]} {number(name, value)}"
        for name, value in held
        if value is not None
    )
