"""A record as a reviewer sees it: its words, what was asked, its songs, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from catalog.admin.words import duration_words
from catalog.genres import genre_name
from catalog.links import audio_url
from catalog.models import Track
from feedback.curation.doubting import mood_of, song_of, with_facts
from feedback.curation.doubts import LABELS
from feedback.curation.fitting import Asked, Song, fits
from feedback.curation.looks import is_blind, may_take, open_look
from feedback.curation.reading import asked_of
from feedback.models import CurationEntry, DonatedRecord, DonatedTrack, Review
from feedback.scrubbing.found import Kind

# What the scrubber puts in place of what it took out.
PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(Kind)})\]")
EXCERPT_CHARS = 160
# Attributes that a reviewer can hold against words like "calm" and "happy".
FACTS = (
    ("energy", "energy"),
    ("valence", "valence"),
    ("danceability", "danceability"),
    ("acousticness", "acousticness"),
    ("instrumentalness", "instrumental"),
)
HISTORY_SHOWN = 50


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it stands for something taken out."""

    words: str
    is_placeholder: bool


@dataclass(frozen=True)
class Wanted:
    """A constraint in words, and how many approved songs are of it, and aren't.

    unknown: those of which nobody knows.
    """

    words: str
    is_refused: bool
    kept: int
    against: int
    unknown: int


@dataclass(frozen=True)
class Shown:
    """A donated song with what is known of it. against: what it isn't, of what was asked."""

    title: str
    artists: str
    place: int | None
    facts: tuple[str, ...]
    measures: tuple[tuple[str, float], ...]
    against: tuple[str, ...]
    url: str
    audio_url: str
    is_here: bool


@dataclass(frozen=True)
class Standing:
    """How far a record is, for one reviewer. look: the open one, None for none.

    may_decide: the open look is theirs to take. is_blind: they mustn't see yet what others
    found.
    """

    look: Review.Look | None
    may_decide: bool
    is_blind: bool


def pieces_of(text: str) -> list[Piece]:
    """Cut a text where something was taken out."""
    found, at = [], 0
    for match in PLACEHOLDER.finditer(text):
        found.append(Piece(text[at : match.start()], False))
        found.append(Piece(match.group(), True))
        at = match.end()
    found.append(Piece(text[at:], False))
    return [piece for piece in found if piece.words]


def excerpt_of(text: str) -> list[Piece]:
    """Return the beginning of a text, cut between words."""
    if len(text) <= EXCERPT_CHARS:
        return pieces_of(text)
    return pieces_of(text[:EXCERPT_CHARS].rpartition(" ")[0] + " …")


def doubt_words(codes: object) -> list[str]:
    """Say what is doubtful; a code that isn't known stays as it is."""
    held = codes if isinstance(codes, list) else []
    known = {code.value: label for code, label in LABELS.items()}
    return [known.get(str(code), str(code)) for code in held]


def mood_words(mood: object) -> str:
    """Say which mood was asked for, "" for none."""
    told = zip(("valence", "energy"), mood_of(mood), strict=True)
    return ", ".join(f"{name} {value:.2f}" for name, value in told if value is not None)


def standing_of(record: DonatedRecord, user: User) -> Standing:
    """Look up how far a record is. One query."""
    reviews = list(record.reviews.filter(is_standing=True))
    look = open_look(reviews)
    return Standing(
        look=look,
        may_decide=may_take(look, reviews, user),
        is_blind=is_blind(reviews, user),
    )


def songs_of(record: DonatedRecord) -> tuple[list[Shown], list[Shown], list[Wanted]]:
    """Return the approved songs, the refused ones, and what was asked. Three queries."""
    asked = asked_of(record.constraints)
    tracks = list(with_facts(record.tracks.all()))
    shown = {t.pk: _shown(t, asked if t.is_approved else []) for t in tracks}
    approved = [shown[t.pk] for t in tracks if t.is_approved]
    refused = [shown[t.pk] for t in tracks if not t.is_approved]
    songs = [song_of(t) for t in tracks if t.is_approved]
    return approved, refused, [_wanted(one, songs) for one in asked]


def history_of(record: DonatedRecord) -> list[CurationEntry]:
    """Return the newest lines of the log on a record. One query."""
    entries = CurationEntry.objects.filter(record=record.uuid)
    return list(entries.select_related("actor")[:HISTORY_SHOWN])


def _wanted(asked: Asked, songs: list[Song]) -> Wanted:
    held = [fits(asked, song) for song in songs]
    return Wanted(
        words=asked.words,
        is_refused=asked.is_refused,
        kept=held.count(True),
        against=held.count(False),
        unknown=held.count(None),
    )


def _shown(donated: DonatedTrack, asked: list[Asked]) -> Shown:
    song, track = song_of(donated), donated.track
    names = donated.identifiers.get("artists") or []
    title = str(donated.identifiers.get("title", "")) or "A song without a title"
    if track is not None:
        title, names = track.title, [c.artist.name for c in track.credits.all()]
    return Shown(
        title=title,
        artists=", ".join(map(str, names)),
        place=None if donated.position is None else donated.position + 1,
        facts=tuple(_facts(track, song)) if track else (),
        measures=tuple(
            (label, song.attributes[name])
            for name, label in FACTS
            if name in song.attributes
        ),
        against=tuple(_refusal(one) for one in asked if fits(one, song) is False),
        url=_url(track),
        audio_url="" if track is None or track.vanished_at else audio_url(track) or "",
        is_here=track is not None,
    )


def _refusal(asked: Asked) -> str:
    """Say what a song isn't, or is in spite of "not country"."""
    if not asked.is_refused:
        return f"isn't {asked.words}"
    return f"against “{asked.words}”"


def _facts(track: Track, song: Song) -> Iterator[str]:
    if track.year:
        yield str(track.year)
    if song.genres:
        yield ", ".join(sorted(map(genre_name, song.genres)))
    if track.language:
        yield f"in {track.language}"
    if track.tempo_bpm:
        yield f"{track.tempo_bpm:.0f} BPM"
    if track.duration_ms:
        yield duration_words(track.duration_ms)
    if track.version:
        yield track.get_version_display().lower()
    if track.is_explicit:
        yield "explicit"


def _url(track: Track | None) -> str:
    return reverse("admin:catalog_track_change", args=[track.pk]) if track else ""
