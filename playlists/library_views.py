"""The page on which a listener agrees to have their library brought in, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from catalog.signals import tracks_refused
from playlists.library.asking import library_agree, library_withdraw
from playlists.library.models import LibraryPart, LibraryTrack
from playlists.library.queueing import PENDING
from playlists.library.seeds import library_parts
from playlists.library.services import NoLibrary, library_of
from playlists.library.words import (
    about_words,
    example_words,
    kind_words,
    state_words,
)
from playlists.saving_views import account_or_404

Kind, Reason = LibraryPart.Kind, LibraryPart.Reason
# Songs that the catalog lacks, of which so many are named.
NAMED_MISSING = 50


@dataclass(frozen=True)
class Shown:
    """A kind as the page shows it; found, matched: how many songs, once it is agreed to.

    missing, refused: which the catalog lacks, and which the listener has ruled out.
    """

    kind: LibraryPart.Kind
    part: LibraryPart | None
    found: int = 0
    matched: int = 0
    missing: tuple[LibraryTrack, ...] = ()
    refused: tuple[LibraryTrack, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return kind_words(self.kind)

    @property
    def about(self) -> str:
        """What is read of it."""
        return about_words(self.kind)

    @property
    def example(self) -> str:
        """What may be said then."""
        return example_words(self.kind)

    @property
    def words(self) -> str:
        """How it stands."""
        return state_words(self.part) if self.part else ""

    @property
    def is_pending(self) -> bool:
        """Say whether it will change by itself."""
        return self.part is not None and self.part.status in PENDING

    @property
    def is_unasked(self) -> bool:
        """Say whether the service has to ask the listener."""
        return self.part is not None and self.part.reason == Reason.UNASKED


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def show_library(request: AuthedRequest, service: str) -> HttpResponse:
    """Show what is brought in and what could be; agree to kinds, or take that back."""
    account = account_or_404(request, service)
    try:
        library = library_of(account)
    except NoLibrary as error:
        raise Http404 from error
    if request.method == "POST":
        kinds = kinds_of(request)
        if "withdraw" in request.POST:
            for kind in kinds:
                library_withdraw(account, kind)
            messages.success(request, _("That is deleted here."))
        else:
            library_agree(account, kinds)
        return redirect("playlists:show-library", service)
    parts = library_parts(request.user, service)
    shown = [shown_of(kind, parts.get(kind.value)) for kind in Kind]
    context = {
        "account": account,
        "held": [one for one in shown if one.part],
        "offered": [one for one in shown if not one.part],
        "is_pending": any(one.is_pending for one in shown),
        "unasked": " ".join(library.scope(one.kind) for one in shown if one.is_unasked),
        "days": settings.LIBRARY_DAYS,
    }
    return render(request, "playlists/library.html", context)


def kinds_of(request: AuthedRequest) -> list[LibraryPart.Kind]:
    """Return the kinds that a form names. Raises BadRequest for one that isn't any."""
    try:
        return [Kind(name) for name in request.POST.getlist("kind")]
    except ValueError as error:
        raise BadRequest from error


def shown_of(kind: LibraryPart.Kind, part: LibraryPart | None) -> Shown:
    """Return how a kind stands. Some six queries once it is agreed to."""
    if part is None:
        return Shown(kind, None)
    songs: QuerySet[LibraryTrack] = LibraryTrack.objects.filter(holder__part=part)
    counts = songs.aggregate(
        found=Count("ref", distinct=True), matched=Count("track", distinct=True)
    )
    missing = songs.filter(track=None).order_by("place")[:NAMED_MISSING]
    ids = set(songs.exclude(track=None).values_list("track", flat=True))
    out = tracks_refused(part.account.user_id, ids)
    refused = songs.filter(track__in=out).order_by("track_id", "place")
    return Shown(
        kind,
        part,
        counts["found"],
        counts["matched"] - len(out),
        tuple(missing),
        tuple(refused.distinct("track_id")),
    )
