"""Approved records as plain values, as far as a release may know them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback.donation.locking import records_lock
from feedback.models import DonatedRecord, DonatedTrack

# What names a song in a release; whatever else a record may hold stays here.
_NAMES = ("isrc", "musicbrainz", "title")
# Mood is a feeling for a place, not a measurement: quarters of the scale are enough.
MOOD_STEP = 0.25


@dataclass(frozen=True)
class Song:
    """A track as releases name it. track: its UUID at this site, "" where it is gone."""

    track: str
    isrc: str
    musicbrainz: str
    title: str
    artists: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what it is known by among the songs of one release."""
        said = "\t".join((self.isrc, self.musicbrainz, self.title, *self.artists))
        return self.track or said


@dataclass(frozen=True)
class Given:
    """A record: who (a pseudonym), what they asked, and songs by key, as shown.

    pseudonym_key: the id of the key that made the pseudonym. mood: valence and energy, to quarters of 0..1.
    """

    record: int
    contributor: str
    pseudonym_key: str
    text: str
    language: str
    constraints: tuple[str, ...]
    mood: tuple[float, float] | None
    space: str
    week: date
    consent_version: int
    approved: tuple[str, ...]
    refused: tuple[str, ...]


def records_for_release() -> Any:
    """Return the records that may be released now."""
    return DonatedRecord.objects.filter(
        status=DonatedRecord.Status.APPROVED, for_release=True
    )


def given_read(
    records: Collection[int] | None = None, *, is_locked: bool = False
) -> tuple[list[Given], dict[str, Song]]:
    """Read what may be released, and the songs of it by key. Two queries.

    records: of these alone. is_locked: until the transaction ends, nobody changes,
    withdraws or rejects them.
    """
    rows = records_for_release().order_by("pk")
    if records is not None:
        rows = rows.filter(pk__in=records)
    held = records_lock(rows) if is_locked else list(rows)
    songs: dict[str, Song] = {}
    of: dict[int, tuple[list[str], list[str]]] = {row.pk: ([], []) for row in held}
    tracks = DonatedTrack.objects.filter(record__in=held).select_related("track")
    tracks = tracks.only("record", "is_approved", "identifiers", "track__uuid")
    for row in tracks.order_by("record", "position", "pk"):
        song = _song(row)
        if song.title:
            songs[song.key] = song
            of[row.record_id][0 if row.is_approved else 1].append(song.key)
    return [_given(row, *of[row.pk]) for row in held], songs


def _song(row: DonatedTrack) -> Song:
    names = {name: str(row.identifiers.get(name) or "") for name in _NAMES}
    return Song(
        track=str(row.track.uuid) if row.track else "",
        artists=tuple(str(name) for name in row.identifiers.get("artists") or ()),
        **names,
    )


def _given(row: DonatedRecord, approved: list[str], refused: list[str]) -> Given:
    mood = row.mood and tuple(
        round(float(row.mood[axis]) / MOOD_STEP) * MOOD_STEP
        for axis in ("valence", "energy")
    )
    return Given(
        record=row.pk,
        contributor=row.pseudonym,
        pseudonym_key=row.key_id,
        text=row.text,
        language=row.language,
        constraints=tuple(dict.fromkeys(map(str, row.constraints))),
        mood=mood or None,
        space=row.space,
        week=row.week,
        consent_version=row.consent_version,
        approved=tuple(approved),
        refused=tuple(key for key in refused if key not in approved),
    )
