"""The page of a listener's taste: what it holds, why, and what shall count no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from catalog.maps.reading import map_current, map_places, songs_on
from catalog.models import Artist, CatalogMap, Track
from catalog.search.levels import attribute_levels
from catalog.stored import Stored, tracks_stored
from feedback.holding import Said
from feedback.models import NeverAgain, Reaction
from feedback.refusing import never_again_lift, never_again_set
from feedback.services import aside_of
from feedback.taste.changing import (
    aside_lift,
    taste_forget,
    taste_reset,
    taste_strength_set,
)
from feedback.taste.drawing import SIZE, dots_of, radar_of, strewn
from feedback.taste.evidence import Evidence
from feedback.taste.reading import Taste, taste_of, taste_strength

# More would be a page that nobody reads.
SONGS_SHOWN = 60
# So many other songs show what the map is like.
OTHERS_SHOWN = 500
_ATTRIBUTES = {
    "energy": gettext_lazy("energy"),
    "valence": gettext_lazy("happiness"),
    "tempo_bpm": gettext_lazy("tempo"),
    "danceability": gettext_lazy("danceability"),
    "acousticness": gettext_lazy("acoustic sound"),
    "instrumentalness": gettext_lazy("instrumental"),
    "loudness_lufs": gettext_lazy("loudness"),
    "popularity": gettext_lazy("fame"),
}
_SAID = {
    Reaction.Value.LIKE: gettext_lazy("liked"),
    Reaction.Value.MORE: gettext_lazy("more like it"),
    Reaction.Value.DISLIKE: gettext_lazy("not for you"),
    Reaction.Value.NONE: gettext_lazy("taken back"),
    Reaction.Value.SKIP: gettext_lazy("skipped"),
    Reaction.Value.PLAYED: gettext_lazy("played to its end"),
    Reaction.Value.REMOVED: gettext_lazy("taken out of a list"),
}
_WHY = {
    Reaction.Reason.NOT_FOR_ME: gettext_lazy("not for me"),
    Reaction.Reason.WRONG_MOOD: gettext_lazy("wrong mood"),
    Reaction.Reason.UNKNOWN: gettext_lazy("don't know it"),
    Reaction.Reason.OVERPLAYED: gettext_lazy("heard too often"),
}


@dataclass(frozen=True)
class Item:
    """One thing that the taste holds. tracks: what says so, as a form sends it back."""

    name: str
    note: str
    share: int
    is_liked: bool
    tracks: str
    songs: tuple[str, ...]
    artist: int | None = None
    attribute: str = ""


@dataclass(frozen=True)
class AsideRow:
    """A song that is left out of a talk, or until a day, and what says so.

    words: what had brought it, "" where that isn't known.
    """

    track: int
    name: str
    why: str
    said_at: datetime
    until: datetime | None
    words: str


@require_safe
@never_cache
@login_required
def show_taste(request: AuthedRequest) -> HttpResponse:
    """Show a listener's taste."""
    taste, user = taste_of(request.user), request.user
    levels, held = attribute_levels(), map_current()
    interests = [tuple(one.tracks) for one in taste.interests]
    ruled_out = NeverAgain.objects.filter(user=user, lifted_at=None)
    context = {
        "strength": round(100 * taste_strength(user)),
        "interests": [_interest(taste, one.tracks, one) for one in taste.interests],
        "artists": [_leaning(taste, one, is_artist=True) for one in taste.artists],
        "genres": [_leaning(taste, one, is_artist=False) for one in taste.genres],
        "ranges": [_range(taste, one) for one in taste.ranges],
        "songs": [_song(taste.stored, one) for one in taste.evidence][:SONGS_SHOWN],
        "radar": radar_of(
            taste.ranges,
            levels,
            names={key: str(name) for key, name in _ATTRIBUTES.items()},
        ),
        "dots": dots_of(_places(held, interests), interests),
        "others": strewn(_others(held)),
        "size": SIZE,
        "aside": _aside(user),
        "never": ruled_out.select_related("track", "artist"),
    }
    return render(request, "feedback/taste.html", context)


@require_POST
@login_required
def change_taste(request: AuthedRequest) -> HttpResponse:
    """Do what a form of the page asks for, and show the page."""
    try:
        told = _changed(request.user, request.POST)
    except ValueError as error:
        raise BadRequest from error
    messages.success(request, told)
    return redirect("feedback:show-taste")


def _changed(user: User, asked: QueryDict) -> str:
    """Carry a form out; return what to say. Raises ValueError."""
    match asked.get("act", ""):
        case "strength":
            taste_strength_set(user, int(asked.get("strength", "")) / 100)
            return _("From now on your taste counts so much.")
        case "forget":
            tracks = [int(part) for part in asked.get("tracks", "").split(",")]
            taste_forget(user, tracks, attribute=asked.get("attribute", ""))
            return _("That counts no more.")
        case "reset":
            taste_reset(user)
            return _(
                "Your taste begins anew. What you said of songs is kept as history."
            )
        case "never":
            artist = get_object_or_404(Artist, pk=int(asked.get("artist", "")))
            never_again_set(user=user, artist=artist)
            return _("That artist will never come again.")
        case "again":
            track = get_object_or_404(Track, pk=int(asked.get("track", "")))
            aside_lift(user, track)
            return _("That may come again.")
        case "lift":
            row = get_object_or_404(
                NeverAgain, user=user, pk=int(asked.get("row", "")), lifted_at=None
            )
            never_again_lift(user=user, track=row.track, artist=row.artist)
            return _("That may come again.")
    raise ValueError(asked.get("act"))


def _interest(taste: Taste, tracks: Sequence[int], one: Any) -> Item:
    names = [leaning.name for leaning in (*one.genres, *one.artists)][:4]
    titles = [taste.stored[t].title for t in tracks if t in taste.stored]
    return Item(
        name=", ".join(names) or ", ".join(titles[:2]),
        note=ngettext("%(count)s song", "%(count)s songs", len(tracks))
        % {"count": len(tracks)},
        share=round(100 * one.share),
        is_liked=True,
        tracks=_sent(tracks),
        songs=tuple(titles[:5]),
    )


def _leaning(taste: Taste, one: Any, *, is_artist: bool) -> Item:
    strongest = max(
        abs(held.weight) for held in (taste.artists if is_artist else taste.genres)
    )
    return Item(
        name=one.name,
        note="",
        share=max(4, round(100 * abs(one.weight) / strongest)),
        is_liked=one.weight > 0,
        tracks=_sent(one.tracks),
        songs=_titles(taste.stored, one.tracks),
        artist=int(one.key) if is_artist else None,
    )


def _range(taste: Taste, one: Any) -> Item:
    unit = {"tempo_bpm": " BPM", "loudness_lufs": " LUFS"}.get(one.attribute, "")
    digits = 0 if one.attribute in ("tempo_bpm", "loudness_lufs", "popularity") else 2
    return Item(
        name=str(_ATTRIBUTES[one.attribute]),
        note=f"{one.low:.{digits}f} – {one.high:.{digits}f}{unit}",
        share=0,
        is_liked=True,
        tracks=_sent(one.tracks),
        songs=_titles(taste.stored, one.tracks),
        attribute=one.attribute,
    )


def _song(stored: Mapping[int, Stored], one: Evidence) -> Item:
    track = stored.get(one.track)
    return Item(
        name=_named(track) if track else "",
        note=", ".join(dict.fromkeys(_told(said) for said in one.reactions)),
        share=0,
        is_liked=one.weight > 0,
        tracks=_sent([one.track]),
        songs=(),
    )


def _aside(user: User) -> list[AsideRow]:
    """Return what is left out for now, what was said last first. Four queries."""
    said = sorted(aside_of(user).values(), key=lambda one: -one.pk)[:SONGS_SHOWN]
    stored = tracks_stored([one.track for one in said])
    rows = Reaction.objects.filter(pk__in=[one.pk for one in said])
    words = dict(rows.values_list("pk", "words"))
    return [
        AsideRow(
            track=one.track,
            name=_named(stored[one.track]),
            why=str(_WHY[Reaction.Reason(one.reason)]),
            said_at=one.at,
            until=one.until,
            words=words.get(one.pk, ""),
        )
        for one in said
        if one.track in stored
    ]


def _named(track: Stored) -> str:
    return f"{track.title} · {', '.join(track.artists.values())}"


def _told(said: Said) -> str:
    value = str(_SAID[Reaction.Value(said.value)])
    why = _WHY.get(Reaction.Reason(said.reason)) if said.reason else None
    return f"{value} ({why})" if why else value


def _titles(stored: Mapping[int, Stored], tracks: Sequence[int]) -> tuple[str, ...]:
    return tuple(stored[track].title for track in tracks if track in stored)[:5]


def _sent(tracks: Sequence[int]) -> str:
    return ",".join(map(str, tracks))


def _places(
    held: CatalogMap | None, interests: Sequence[Sequence[int]]
) -> dict[int, tuple[float, float]]:
    """Return where tracks lie on the catalog's map; nothing where none is drawn."""
    tracks = [track for interest in interests for track in interest]
    if held is None or not tracks:
        return {}
    try:
        numbers, places = songs_on(held.pk, tracks), map_places(held.pk)
    except CatalogMap.DoesNotExist:
        return {}  # a newer one took its place just now
    return {t: (float(places[n][0]), float(places[n][1])) for t, n in numbers.items()}


def _others(held: CatalogMap | None) -> list[tuple[float, float]]:
    """Return places of some songs of the map, evenly drawn."""
    if held is None:
        return []
    try:
        places = map_places(held.pk)
    except CatalogMap.DoesNotExist:
        return []
    some = places[:: max(1, len(places) // OTHERS_SHOWN)]
    return [(float(x), float(y)) for x, y in some]
