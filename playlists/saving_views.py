"""The page on which a listener has a playlist saved at a service, and sees how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.elsewhere import services_on
from accounts.models import ServiceAccount
from accounts.requests import AuthedRequest
from catalog.models import Track
from catalog.recordings.songs import Offer
from playlists.models import Playlist, SavedPlaylist
from playlists.saving.asking import get_save_for, offer_choose, removal_ask, save_ask
from playlists.saving.finding import found_tracks, near_offers
from playlists.saving.queueing import PENDING
from playlists.saving.words import state_words
from playlists.views import playlist_or_404, tracks_shown

Service = ServiceAccount.Service


@dataclass(frozen=True)
class Place:
    """A service, the listener's account there, and how the playlist stands at it."""

    service: Service
    account: ServiceAccount | None
    save: SavedPlaylist | None
    missing: list[tuple[Track, list[Offer]]]

    @property
    def is_pending(self) -> bool:
        """Say whether it will change by itself."""
        return self.save is not None and self.save.status in PENDING

    @property
    def is_there(self) -> bool:
        """Say whether the playlist was saved there once."""
        return self.save is not None and self.save.saved_at is not None

    @property
    def words(self) -> str:
        """Say how it stands."""
        return state_words(self.save) if self.save else ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def save_playlist(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Show how a playlist stands at services; save it at one, or take it away."""
    playlist = playlist_or_404(request.user, uuid)
    if request.method == "POST":
        account = account_or_404(request, request.POST.get("service", ""))
        if "remove" in request.POST:
            removal_ask(save_or_404(request, playlist, account.service))
        else:
            save_ask(playlist, account, is_public="public" in request.POST)
        return redirect("playlists:save-playlist", uuid)
    places = places_of(request, playlist)
    context = {
        "playlist": playlist,
        "places": places,
        "is_pending": any(place.is_pending for place in places),
    }
    return render(request, "playlists/save.html", context)


@require_POST
@login_required
def choose_offer(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Take a recording that a service has for a song that it hasn't."""
    playlist = playlist_or_404(request.user, uuid)
    save = save_or_404(request, playlist, request.POST.get("service", ""))
    track = Track.objects.filter(uuid=_uuid(request.POST.get("track", ""))).first()
    ref = request.POST.get("ref", "")
    if track is None or not offer_choose(save, track_id=track.pk, ref=ref):
        raise Http404
    return redirect("playlists:save-playlist", uuid)


def places_of(request: AuthedRequest, playlist: Playlist) -> list[Place]:
    """Return the services that are offered or connected, and how the playlist stands."""
    accounts = {one.service: one for one in request.user.service_accounts.all()}
    saves = {
        save.account.service: save
        for save in playlist.saved.select_related("account")
        if save.account.user_id == request.user.pk
    }
    return [
        Place(
            service,
            account := accounts.get(service.value),
            save := saves.get(service.value),
            missing_of(playlist, account) if account and save else [],
        )
        for service in services_on()
    ]


def missing_of(
    playlist: Playlist, account: ServiceAccount
) -> list[tuple[Track, list[Offer]]]:
    """Return the songs that a service was asked for and hasn't, with what is near."""
    ids = playlist.current.track_ids if playlist.current else []
    rows = found_tracks(account, ids)
    gone = [i for i in dict.fromkeys(ids) if i in rows and not rows[i].ref]
    tracks = tracks_shown(gone)
    return [(tracks[i], near_offers(rows[i])) for i in gone if i in tracks]


def account_or_404(request: AuthedRequest, service: str) -> ServiceAccount:
    """Fetch a listener's account at a service, or raise Http404."""
    account = request.user.service_accounts.filter(service=service).first()
    if account is None:
        raise Http404
    return account


def save_or_404(
    request: AuthedRequest, playlist: Playlist, service: str
) -> SavedPlaylist:
    """Fetch how a playlist is saved at a service, or raise Http404."""
    try:
        return get_save_for(request.user, playlist, service)
    except SavedPlaylist.DoesNotExist as error:
        raise Http404 from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest from error
