"""What a record of a turn holds: all of it is decided here.

Nothing from Spotify: no track whose names come from there, no ISRC that may, no id of
theirs. Nothing that tells who gave it: words are scrubbed, time is a week.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from catalog.models import Space, Track, TrackSource
from catalog.spaces import current_space
from feedback.donation.consent import Consents
from feedback.models import DonatedTrack, Reaction
from feedback.scrubbing.scrubber import scrub

APPROVING = (Reaction.Value.LIKE, Reaction.Value.MORE)
JUDGING = (*APPROVING, Reaction.Value.DISLIKE)
# Dislikes for these reasons say nothing of whether a song fits what was asked for.
BESIDE_THE_POINT = (Reaction.Reason.UNKNOWN, Reaction.Reason.OVERPLAYED)
# Origins of `TrackSource` that are Spotify's content begin so.
SPOTIFY = "spotify"


@dataclass(frozen=True)
class Given:
    """What a listener said of songs in one turn. said: the newest of each song."""

    first: Reaction
    said: Sequence[Reaction]
    is_for_release: bool
    is_for_site: bool


def given_of(user_id: int, turn: uuid.UUID, consents: Consents) -> Given | None:
    """Return what a turn gives, of talks begun since they agreed; None for nothing.

    What was taken back since, wherever that was said, isn't given.
    """
    if consents.since is None:
        return None
    rows = Reaction.objects.filter(
        user=user_id,
        turn=turn,
        value__in=Reaction.OPINIONS,
        is_from_library=False,
        said_since__gte=consents.since,
    )
    newest = {row.track_id: row for row in rows.order_by("id")}
    mayhap = [
        row
        for row in newest.values()
        if row.value in JUDGING and row.reason not in BESIDE_THE_POINT
    ]
    allowed = set(
        tracks_to_give([row.track_id for row in mayhap]).values_list("pk", flat=True)
    )
    allowed -= taken_back(user_id, allowed)
    said = [row for row in mayhap if row.track_id in allowed]
    if not said:
        return None
    first = min(said, key=lambda row: row.pk)
    oldest = min(row.said_since for row in said if row.said_since is not None)
    return Given(
        first,
        said,
        is_for_release=consents.release is not None and oldest >= consents.release,
        is_for_site=consents.site is not None and oldest >= consents.site,
    )


def taken_back(user_id: int, ids: Collection[int]) -> set[int]:
    """Return the tracks of which somebody holds no opinion any more. One query."""
    newest = (
        Reaction.objects.filter(
            user=user_id, track__in=ids, value__in=Reaction.OPINIONS
        )
        .order_by("track_id", "-id")
        .distinct("track_id")
        .values_list("track_id", "value")
    )
    return {track for track, value in newest if value == Reaction.Value.NONE}


def tracks_to_give(ids: Sequence[int]) -> Any:
    """Return those of some tracks that were known before Spotify told of them.

    The first source is the one that names a track: title and artists are its own.
    """
    sources = TrackSource.objects.filter(track=OuterRef("pk")).order_by("pk")
    tracks = Track.objects.filter(pk__in=ids)
    named = tracks.annotate(named_by=Subquery(sources.values("origin")[:1]))
    known = named.filter(named_by__isnull=False)
    return known.exclude(named_by__istartswith=SPOTIFY)


def words_given(reaction: Reaction) -> dict[str, Any]:
    """Return what a record says of the request: scrubbed words, and what they meant."""
    asked = reaction.asked or {}
    scrubbed = scrub(reaction.words)
    constraints = [scrub(str(one)) for one in asked.get("constraints") or ()]
    parts = [scrubbed, *constraints]
    return {
        "text": scrubbed.text,
        "language": str(asked.get("language") or "")[:12],
        "constraints": [one.text for one in constraints],
        "mood": _mood(asked.get("mood")),
        "doubt": max(one.doubt for one in parts),
        "doubts": list(dict.fromkeys(code for one in parts for code in one.doubts)),
    }


def _mood(asked: Any) -> dict[str, float] | None:
    """Return valence and energy alone, whatever else was noted with them."""
    if not isinstance(asked, dict):
        return None
    mood = {
        name: float(value)
        for name in ("valence", "energy")
        if isinstance(value := asked.get(name), int | float)
    }
    return mood or None


def tracks_given(said: Sequence[Reaction]) -> list[DonatedTrack]:
    """Return the tracks of a record to be, in the order of the list. Four queries."""
    tracks = Track.objects.prefetch_related("credits__artist", "sources").in_bulk(
        [row.track_id for row in said]
    )
    rows = [
        DonatedTrack(
            track=tracks[row.track_id],
            is_approved=row.value in APPROVING,
            position=row.position,
            identifiers=identifiers_of(tracks[row.track_id]),
        )
        for row in said
    ]
    return sorted(rows, key=lambda row: (row.position is None, row.position or 0))


def identifiers_of(track: Track) -> dict[str, Any]:
    """Return what names a recording anywhere; nothing of Spotify's.

    Whose an ISRC is isn't kept, so none is told of a track that Spotify knows as well.
    """
    origins = [source.origin.casefold() for source in track.sources.all()]
    is_at_spotify = any(origin.startswith(SPOTIFY) for origin in origins)
    names = {
        "title": track.title,
        "artists": [credit.artist.name for credit in track.credits.all()],
        "isrc": None if is_at_spotify else track.isrc,
        "musicbrainz": str(track.musicbrainz_id or ""),
    }
    return {name: value for name, value in names.items() if value}


def space_now() -> str:
    """Return the slug of the audio space that search uses, "" for none."""
    space = current_space(Space.Kind.AUDIO)
    return space.slug if space else ""


def week_of(reaction: Reaction) -> date:
    """Return the Monday of a reaction's week."""
    day = reaction.created_at.date()
    return day - timedelta(days=day.weekday())
