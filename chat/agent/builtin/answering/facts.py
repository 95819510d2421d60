"""What is stored of a song, as the end of a sentence that begins with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalog.genres import genre_name
from catalog.search.conditions import INSTRUMENTAL_FROM
from catalog.search.query import Attribute
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.labels import language_name
from chat.agent.proof import ATTRIBUTE_NAMES, clock, number
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.understanding.asked import Facet

_MOOD: tuple[Attribute, ...] = ("energy", "valence", "danceability")
_PITCHES = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
# Enough to sum a song up.
_SUMMARY: tuple[Facet, ...] = ("album", "year", "length", "genre", "tempo")
# What isn't known of a song, where it could be; and what nothing here notes.
LACKING: dict[Facet, str] = {
    "all": "anything more",
    "artist": "who plays it",
    "title": "its title",
    "album": "its album",
    "year": "its year",
    "length": "how long it is",
    "tempo": "its tempo",
    "key": "its key",
    "genre": "its genre",
    "mood": "how it feels",
    "popularity": "how popular it is",
    "language": "its language",
    "explicit": "whether its words are explicit",
    "version": "which version it is",
    "voice": "whether anybody sings on it",
    "tags": "its instruments",
    "audio": "whether it has audio",
    "place": "its place",
}
UNSTORED: dict[Facet, str] = {
    "writer": "who wrote a song",
    "producer": "who produced a song",
    "players": "who plays which instrument",
    "lyrics": "the words of a song",
    "meaning": "what a song is about",
    "origin": "where artists are from",
    "people": "who the people behind the music are, or were",
    "label": "the record label",
    "prizes": "prizes",
    "charts": "charts and sales",
    "film": "films and videos",
    "samples": "who sampled or covered whom",
    "concerts": "concerts",
}


def fact(desk: Desk, song: Song, facet: Facet, *, attribute: str = "") -> str:
    """Return what is stored, "is from 1975"; "" where it isn't known."""
    match facet:
        case "all":
            told = (fact(desk, song, one) for one in _SUMMARY)
            return phrases.listed(one for one in told if one)
        case "artist":
            by = phrases.listed(map(named, song.artists))
            return f"is by {by}" if by else ""
        case "title":
            return f"is called {quoted(song.title)}"
        case "album":
            return f"is on the album {quoted(song.album)}" if song.album else ""
        case "year":
            return _released(desk, song)
        case "length":
            return f"is {clock(song.duration_ms)} long" if song.duration_ms else ""
        case "tempo":
            bpm = song.facts.get("tempo_bpm")
            return f"has a tempo of {number('tempo_bpm', bpm)}" if bpm else ""
        case "key":
            return _key(song)
        case "genre":
            genres = phrases.listed(genre_name(g) for g in sorted(song.genres))
            return f"counts as {genres}" if genres else ""
        case "mood":
            known = attribute in ATTRIBUTE_NAMES
            return _attributes(song, (attribute,) if known else _MOOD)
        case "popularity":
            fame = song.facts.get("popularity")
            return "" if fame is None else f"has a popularity of {fame:.0f} of 100"
        case "language":
            return f"is in {language_name(song.language)}" if song.language else ""
        case "explicit":
            if song.is_explicit is None:
                return ""
            return "is marked as explicit" if song.is_explicit else "isn't explicit"
        case "version":
            return f"is marked as a {song.version} version" if song.version else (
                "isn't marked as any other version than the original"
            )  # fmt: skip
        case "voice":
            level = song.facts.get("instrumentalness")
            if level is None:
                return ""
            kind = "is instrumental" if level > INSTRUMENTAL_FROM else "has a voice"
            return f"{kind}, as far as its sound tells (instrumentalness {level:.2f})"
        case "tags":
            tags = sorted(key for kind, key in song.tags if kind == "instrument")
            return f"is tagged with {phrases.listed(map(named, tags))}" if tags else ""
        case "audio":
            return "has audio here" if song.has_audio else "has no audio here"
        case "place":
            tracks = desk.tools.tracks()
            if song.track_id not in tracks:
                return "isn't in the list"
            return f"is number {tracks.index(song.track_id) + 1} in the list"
        case _:
            return ""


def facts_told(
    desk: Desk, song: Song, about: Iterable[Facet], *, attribute: str = ""
) -> str:
    """Answer what was asked of a song, in a sentence; what isn't stored is said to be."""
    told: list[str] = []
    lacking: list[str] = []
    asked = [facet for facet in dict.fromkeys(about) if facet not in UNSTORED]
    for facet in asked:
        known = fact(desk, song, facet, attribute=attribute)
        if known:
            told.append(known)
        else:
            lacking.append(LACKING[facet])
    sentences = []
    if told:
        whole = (
            quoted(song.title) if "artist" in asked and song.artists else song.credit
        )
        sentences.append(f"{whole} {phrases.listed(told)}.")
    if lacking:
        lead = "This" if told else f"Of {song.credit} this"
        sentences.append(f"{lead} catalog doesn't say {phrases.listed(lacking)}.")
    return " ".join(sentences)


def known_of(desk: Desk, song: Song) -> str:
    """Say which facts there are of a song that can be asked for."""
    facets: tuple[Facet, ...] = ("album", "year", "length", "tempo", "key", "genre")
    known = (facet for facet in facets if fact(desk, song, facet))
    return phrases.listed(f"its {facet}" for facet in known)


def _released(desk: Desk, song: Song) -> str:
    day: date | None = desk.tools.catalog.released_on([song.track_id]).get(
        song.track_id
    )
    if day is not None and day.year == song.year:
        return f"is noted as from {song.year} ({day.day} {day:%B})"
    return f"is noted as from {song.year}" if song.year else ""


def _key(song: Song) -> str:
    if song.pitch_class is None:
        return ""
    mode = {True: " major", False: " minor", None: ""}[song.is_major]
    return f"is in {_PITCHES[song.pitch_class % 12]}{mode}"


def _attributes(song: Song, names: Iterable[str]) -> str:
    held = [(name, song.facts.get(name)) for name in names]
    told = phrases.listed(
        f"{ATTRIBUTE_NAMES[name]} {number(name, value)}"
        for name, value in held
        if value is not None
    )
    return (
        f"has {told}" + (" (of 1)" if told and names != ("tempo_bpm",) else "")
        if (told)
        else ""
    )
