"""What is known of a track, in words.

The rule of this file: a word stands here only because a stored value says so. Where an
attribute is unknown, or says nothing (a valence in the middle), no word is written. The
exceptions say that they are some: of a track without a genre, what its artists are known
for, of one without a year, when they were, and of a song that nobody tagged and everybody
knows, what it is played for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from catalog.known_artists import known_decades, known_genres
from catalog.known_songs import played_for
from catalog.models import Tag, Track, TrackArtist

PITCHES = ("C", "C#", "D", "E flat", "E", "F", "F#", "G", "A flat", "A", "B flat", "B")
DECADES = {
    20: "twenties",
    30: "thirties",
    40: "forties",
    50: "fifties",
    60: "sixties",
    70: "seventies",
    80: "eighties",
    90: "nineties",
}

# Each scale: the lower end of a step, and the words that hold from there on.
# Tempo after the usual Italian marks (largo, andante, allegro, presto).
TEMPO_WORDS = (
    (0.0, ("very slow",)),
    (66.0, ("slow",)),
    (92.0, ("mid-tempo",)),
    (118.0, ("fast",)),
    (148.0, ("very fast",)),
)
ENERGY_WORDS = (
    (0.0, ("very calm", "quiet", "gentle")),
    (0.2, ("calm", "soft")),
    (0.4, ("relaxed",)),
    (0.6, ("energetic", "lively")),
    (0.8, ("intense", "powerful")),
)
VALENCE_WORDS = (
    (0.0, ("dark", "sad", "melancholic")),
    (0.25, ("melancholic", "wistful")),
    (0.42, ()),
    (0.58, ("warm", "bright")),
    (0.75, ("happy", "joyful", "bright")),
)
DANCEABILITY_WORDS = ((0.0, ()), (0.7, ("danceable",)))
ACOUSTICNESS_WORDS = ((0.0, ()), (0.7, ("acoustic",)))
INSTRUMENTALNESS_WORDS = ((0.0, ()), (0.7, ("instrumental",)))

Steps = tuple[tuple[float, tuple[str, ...]], ...]


@dataclass(frozen=True)
class KnownTrack:
    """The stored facts of a track that words can be made of."""

    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    year: int | None = None
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    tempo_bpm: float | None = None
    pitch_class: int | None = None
    is_major: bool | None = None
    energy: float | None = None
    valence: float | None = None
    danceability: float | None = None
    acousticness: float | None = None
    instrumentalness: float | None = None


def known_tracks(track_ids: Iterable[int]) -> dict[int, KnownTrack]:
    """Read the facts of tracks, by id. Three queries."""
    credits = Prefetch(
        "credits", TrackArtist.objects.select_related("artist").order_by("position")
    )
    tracks = (
        Track.objects.filter(pk__in=list(track_ids))
        .select_related("album")
        .prefetch_related(credits, "tags")
    )
    return {track.pk: _known(track) for track in tracks}


def _known(track: Track) -> KnownTrack:
    tags: dict[str, list[str]] = {kind: [] for kind in Tag.Kind.values}
    for tag in track.tags.all():
        tags[tag.kind].append(tag.name)
    return KnownTrack(
        title=track.title,
        artists=tuple(credit.artist.name for credit in track.credits.all()),
        album=track.album.title if track.album else "",
        year=track.year,
        genres=tuple(tags[Tag.Kind.GENRE]),
        moods=tuple(tags[Tag.Kind.MOOD]),
        themes=tuple(tags[Tag.Kind.THEME]),
        instruments=tuple(tags[Tag.Kind.INSTRUMENT]),
        tempo_bpm=track.tempo_bpm,
        pitch_class=track.pitch_class,
        is_major=track.is_major,
        energy=track.energy,
        valence=track.valence,
        danceability=track.danceability,
        acousticness=track.acousticness,
        instrumentalness=track.instrumentalness,
    )


_GENRE = "Genre"
_GENRES = f". {_GENRE}: "


def track_document(known: KnownTrack) -> str:
    """Return what is known of a track in words, for full text and text vectors.

    "Blue Hour by Ada Lane, from Nightfall (1994, nineties). Genre: jazz. Mood: …".
    """
    head = known.title
    if known.artists:
        head += " by " + _listed(known.artists)
    if known.album:
        head += f", from {known.album}"
    if known.year:
        head += f" ({known.year}{_decade(known.year)})"
    sentences = [head]
    for label, values in (
        (_GENRE, known.genres),
        ("Known for", () if known.genres else known_genres(known.artists)),
        ("Heyday", () if known.year else _heyday(known.artists)),
        ("Played for", _occasions(known)),
        ("Mood", known.moods),
        ("Theme", known.themes),
        ("Instruments", known.instruments),
    ):
        if values:
            sentences.append(f"{label}: {', '.join(values)}")
    sound = attribute_words(known)
    if sound:
        sentences.append("Sound: " + ", ".join(sound))
    if known.tempo_bpm is not None:
        sentences.append(f"{known.tempo_bpm:.0f} BPM")
    if known.pitch_class is not None and known.is_major is not None:
        mode = "major" if known.is_major else "minor"
        sentences.append(f"{PITCHES[known.pitch_class]} {mode}")
    return ". ".join(sentences) + "."


def known_beside_title(document: str, title: str) -> str:
    """Return what a document says beside the title, where it tells a genre.

    "One More Time" says less of what it is like than that it is house.
    """
    return document.removeprefix(title) if _GENRES in document else document


def sound_phrases(known: KnownTrack) -> tuple[str, ...]:
    """Return short descriptions of how a track sounds, with no name in them.

    They are what someone might ask for ("slow jazz", "calm, melancholic piano"), and
    what the bridge from words to audio is learned from.
    """
    words = attribute_words(known)
    phrases = [
        *known.genres,
        ", ".join(known.moods),
        ", ".join(known.themes),
        ", ".join(known.instruments),
        ", ".join(words),
    ]
    for genre in known.genres[:2]:
        phrases.append(_spaced(*words[:1], *known.moods[:1], genre))
        if known.instruments:
            phrases.append(f"{genre} with {known.instruments[0]}")
    if known.instruments:
        phrases.append(_spaced(*words[:2], known.instruments[0]))
    return tuple(dict.fromkeys(p for p in phrases if p))


def attribute_words(known: KnownTrack) -> tuple[str, ...]:
    """Return words for the track's attributes, each once, nothing for the unknown."""
    words: list[str] = []
    for value, steps in (
        (known.tempo_bpm, TEMPO_WORDS),
        (known.energy, ENERGY_WORDS),
        (known.valence, VALENCE_WORDS),
        (known.danceability, DANCEABILITY_WORDS),
        (known.acousticness, ACOUSTICNESS_WORDS),
        (known.instrumentalness, INSTRUMENTALNESS_WORDS),
    ):
        words += _step(value, steps)
    if known.is_major is not None:
        words.append("major" if known.is_major else "minor")
    return tuple(dict.fromkeys(words))


def _step(value: float | None, steps: Steps) -> tuple[str, ...]:
    if value is None:
        return ()
    return [words for low, words in steps if value >= low or low == 0.0][-1]


def _decade(year: int) -> str:
    name = DECADES.get(year // 10 * 10 % 100)
    if year >= 2000:
        return f", {year // 10 * 10}s"
    return f", {name}" if name else ""


def _occasions(known: KnownTrack) -> tuple[str, ...]:
    if known.moods or known.themes:
        return ()
    return played_for(known.title, known.artists)


def _heyday(artists: tuple[str, ...]) -> tuple[str, ...]:
    """Return how decades are written and said: "80s", "eighties"."""
    words: list[str] = []
    for year in known_decades(artists):
        name = DECADES.get(year % 100) if year < 2000 else None
        words += (f"{year % 100}s", name) if name else (f"{year}s",)
    return tuple(words)


def _listed(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)
