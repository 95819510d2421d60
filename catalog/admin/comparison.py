"""Rows side by side, with what differs, to choose the one that stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from catalog.admin.panels import ATTRIBUTES
from catalog.admin.words import duration_words
from catalog.ingest.queueing import texts_wake
from catalog.links import audio_url, cover_url
from catalog.merging import MergeRefused
from catalog.models import Artist, Embedding, Track
from catalog.signals import Held, artists_held, tracks_held

FEWEST, MOST = 2, 20
KEEP = "keep"


@dataclass(frozen=True)
class Fact:
    """One property of all rows; or something that they hold, which moves with them."""

    label: str
    values: tuple[str, ...]
    moves: bool = False

    @property
    def differs(self) -> bool:
        """Say whether the rows that say anything say different things."""
        return not self.moves and len({value for value in self.values if value}) > 1


@dataclass(frozen=True)
class Choice:
    """One of the rows to choose from."""

    pk: int
    name: str
    url: str
    cover_url: str = ""
    audio_url: str = ""


Merge = Callable[[Any, list[Any]], str]


def merge_confirmed(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    facts: Callable[[Sequence[Any]], list[Fact]],
    choice: Callable[[Any], Choice],
    check: Callable[[Sequence[Any]], None],
    merge: Merge,
) -> HttpResponse | None:
    """Ask which of the selected rows stays, and merge the others into it.

    check: raises MergeRefused for rows that can't be one, before anybody is asked.
    merge: (kept, others) to the sentence for the log; may raise it too. Returns the page
    that asks, or None once it's done (the list is shown again).
    """
    found: list[Any] = list(rows.order_by("pk")[: MOST + 1])
    if not FEWEST <= len(found) <= MOST:
        problem = f"Select {FEWEST} to {MOST} to be merged into one."
        model_admin.message_user(request, problem, messages.WARNING)
        return None
    keep = next((r for r in found if str(r.pk) == request.POST.get(KEEP)), None)
    try:
        if keep is None:
            check(found)
            return _asked(model_admin, request, found, facts=facts, choice=choice)
        said = merge(keep, [row for row in found if row != keep])
    except MergeRefused as refusal:
        model_admin.message_user(request, str(refusal), messages.ERROR)
        return None
    # What is known of it has other words now.
    texts_wake()
    model_admin.log_change(request, keep, said)
    model_admin.message_user(request, f"{keep}: {said}", messages.SUCCESS)
    return None


def _asked(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    found: list[Any],
    *,
    facts: Callable[[Sequence[Any]], list[Fact]],
    choice: Callable[[Any], Choice],
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Merge {len(found)} {model_admin.opts.verbose_name_plural} into one",
        "opts": model_admin.opts,
        "choices": [choice(row) for row in found],
        "facts": [fact for fact in facts(found) if any(fact.values)],
        "action": request.POST.get("action", ""),
        "checkbox": ACTION_CHECKBOX_NAME,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/catalog/merge.html", context)


def track_facts(tracks: Sequence[Track]) -> list[Fact]:
    """Return what tracks hold and what is known of them, property by property."""
    prefetch_related_objects(
        list(tracks),
        "tags",
        Prefetch(
            "embeddings",
            Embedding.objects.only("track", "space__slug").select_related("space"),
        ),
    )
    plain = (
        ("Title", lambda t: t.title),
        ("Artists", lambda t: ", ".join(c.artist.name for c in t.credits.all())),
        ("Album", lambda t: t.album.title if t.album else ""),
        ("Version", lambda t: t.get_version_display() if t.version else ""),
        ("Released", _released),
        ("Length", lambda t: duration_words(t.duration_ms)),
        ("ISRC", lambda t: t.isrc or ""),
        ("MusicBrainz id", lambda t: str(t.musicbrainz_id or "")),
        ("Spotify id", lambda t: t.spotify_id),
        ("YouTube id", lambda t: t.youtube_id),
        ("Apple Music id", lambda t: t.apple_music_id),
        ("Deezer id", lambda t: t.deezer_id),
        ("Tags", lambda t: ", ".join(sorted(tag.name for tag in t.tags.all()))),
        ("Language", lambda t: t.language),
        ("Popularity", lambda t: "" if t.popularity is None else str(t.popularity)),
        ("Licence", lambda t: t.licence),
        ("Audio", lambda t: "gone" if t.vanished_at else t.audio_path),
    )
    facts = [Fact(label, tuple(read(t) for t in tracks)) for label, read in plain]
    rooms = tracks_held([track.pk for track in tracks])
    moving = [_held(held, tracks) for held in rooms]
    moving.append(_each("Sources", tracks, lambda t: [str(s) for s in t.sources.all()]))
    moving.append(_each("Vectors in", tracks, _spaces_of))
    facts = [*moving, *facts]
    for name, label, unit in ATTRIBUTES:
        values = tuple(_measure(getattr(track, name), unit) for track in tracks)
        facts.append(Fact(label, values))
    return facts


def track_choice(track: Track) -> Choice:
    """Return a track as something to choose."""
    return Choice(
        pk=track.pk,
        name=track.title,
        url=_change_url(track),
        cover_url=cover_url(track),
        audio_url="" if track.vanished_at else audio_url(track) or "",
    )


def artist_facts(artists: Sequence[Artist]) -> list[Fact]:
    """Return what is known of artists. Three queries each, and the rooms' own."""
    rooms = artists_held([artist.pk for artist in artists])
    return [
        *(_held(held, artists) for held in rooms),
        Fact("Name", tuple(artist.name for artist in artists)),
        Fact("MusicBrainz id", tuple(str(a.musicbrainz_id or "") for a in artists)),
        Fact("Tracks", tuple(str(a.credits.count()) for a in artists), moves=True),
        Fact("Albums", tuple(_some(a.albums.all()) for a in artists), moves=True),
        Fact("Also known as", tuple(_some(a.aliases.all()) for a in artists)),
    ]


def artist_choice(artist: Artist) -> Choice:
    """Return an artist as someone to choose."""
    return Choice(pk=artist.pk, name=artist.name, url=_change_url(artist))


def _held(held: Held, rows: Sequence[Any]) -> Fact:
    counts = [held.counts.get(row.pk, 0) for row in rows]
    return Fact(held.label, tuple(str(n) if n else "" for n in counts), moves=True)


def _each(
    label: str, rows: Sequence[Any], read: Callable[[Any], Sequence[str]]
) -> Fact:
    return Fact(label, tuple(", ".join(read(row)) for row in rows), moves=True)


def _spaces_of(track: Track) -> list[str]:
    return sorted(embedding.space.slug for embedding in track.embeddings.all())


def _some(rows: QuerySet[Any], most: int = 8) -> str:
    names = [str(row) for row in rows[: most + 1]]
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _change_url(row: Model) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def _released(track: Track) -> str:
    if track.released_on and track.released_precision == "day":
        return track.released_on.isoformat()
    if track.released_on and track.released_precision == "month":
        return f"{track.released_on:%Y-%m}"
    return str(track.year or "")


def _measure(value: Any, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        value = f"{value:.2f}"
    return f"{value} {unit}" if unit in ("BPM", "LUFS", "dB") else str(value)
