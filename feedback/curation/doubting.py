"""Asks the tables what the rules of `doubts` want to know of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from catalog.attributes import UNIT_ATTRIBUTES
from catalog.models import Tag, Track
from catalog.names import name_key
from feedback.curation.doubts import (
    Around,
    Doubt,
    Given,
    doubts_of,
    text_key,
    total,
)
from feedback.curation.fitting import Song
from feedback.curation.reading import asked_of
from feedback.donation.building import SPOTIFY
from feedback.models import DonatedRecord, DonatedTrack

# A pseudonym's newest records that are read to see what it says again.
OWN_READ = 200


def doubts_note(
    record: DonatedRecord, *, scrubber: Mapping[str, float] = MappingProxyType({})
) -> None:
    """Note on a record what is doubtful, and how much. Doesn't save it.

    For whoever has written the record and its tracks, and again when they change.
    scrubber: how much each of its codes weighs; those that the record has are kept, and
    all others made anew. Costs seven queries.
    """
    own = [Doubt(c, scrubber[c]) for c in record.doubts if c in scrubber]
    found = doubts_of(given_of(record), around_of(record), scrubber=own)
    record.doubt = total(found)
    record.doubts = [str(doubt.code) for doubt in found]


def given_of(record: DonatedRecord) -> Given:
    """Read a record for the rules."""
    tracks = list(with_facts(record.tracks.all()))
    return Given(
        text=record.text,
        asked=asked_of(record.constraints),
        mood=mood_of(record.mood),
        approved=[song_of(t) for t in tracks if t.is_approved],
        refused=[song_of(t) for t in tracks if not t.is_approved],
    )


def mood_of(mood: object) -> tuple[float | None, float | None]:
    """Read a record's mood: valence and energy, None where one isn't asked for."""
    held = mood if isinstance(mood, dict) else {}
    valence, energy = (held.get(name) for name in ("valence", "energy"))
    return valence, energy


def with_facts(tracks: Any) -> Any:
    """Have what is known of donated tracks fetched: three queries for any number."""
    return tracks.select_related("track").prefetch_related(
        "track__tags", "track__credits__artist"
    )


def song_of(donated: DonatedTrack) -> Song:
    """Read a donated track; of one that is gone from the catalog only its name."""
    title = str(donated.identifiers.get("title", ""))
    names = [str(name) for name in donated.identifiers.get("artists") or ()]
    track = donated.track
    if track is None:
        return Song(key=_song_key(title, names))
    names = [credit.artist.name for credit in track.credits.all()]
    return Song(
        # One may like a song, and not its live version.
        key=f"{track.song_key or _song_key(track.title, names)}/{track.version}",
        genres=frozenset(
            tag.key for tag in track.tags.all() if tag.kind == Tag.Kind.GENRE
        ),
        year=track.year,
        language=track.language,
        tempo_bpm=track.tempo_bpm,
        length_s=None if track.duration_ms is None else track.duration_ms / 1000,
        is_explicit=track.is_explicit,
        version=track.version,
        attributes=_attributes(track),
    )


def _song_key(title: str, artists: Iterable[str]) -> str:
    return " ".join(map(name_key, (title, *artists)))


def _attributes(track: Track) -> dict[str, float]:
    """Return what was measured here, or told by others than Spotify."""
    told_by = track.attribute_sources
    values = {
        name: getattr(track, name)
        for name in UNIT_ATTRIBUTES
        if not str(told_by.get(name, "")).casefold().startswith(SPOTIFY)
    }
    return {name: value for name, value in values.items() if value is not None}


def around_of(record: DonatedRecord) -> Around:
    """Count what else was given like it. Three queries."""
    others = DonatedRecord.objects.exclude(pk=record.pk)
    own = others.filter(pseudonym=record.pseudonym)
    key = text_key(record.text)
    texts = own.order_by("-id").values_list("text", flat=True)[:OWN_READ]
    copied = others.filter(text=record.text).exclude(pseudonym=record.pseudonym)
    return Around(
        own=1 + sum(text_key(text) == key for text in texts),
        others=copied.values("pseudonym").distinct().count() if record.text else 0,
        week=1 + own.filter(week=record.week).count(),
    )
