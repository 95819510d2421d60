"""The page on which a list is set to be refreshed by itself."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import AuthedRequest
from chat.agent.living import request_of
from chat.agent.state import State
from chat.models import Conversation
from playlists.living import (
    MAX_REST_WEEKS,
    NEW_PERCENT,
    REST_WEEKS,
    Every,
    living_keep,
    living_of,
    living_pause,
    living_see,
    living_stop,
)
from playlists.living_words import notice_words, schedule_words
from playlists.models import LivingPlaylist, Playlist
from playlists.views import playlist_or_404


class RefreshForm(forms.Form):
    """How often, how much, and how long songs stay away."""

    every = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[
            (Every.DAY.value, gettext_lazy("Every day")),
            (Every.WEEK.value, gettext_lazy("Every week")),
            (Every.MONTH.value, gettext_lazy("Every month")),
        ],
    )
    new_percent = forms.IntegerField(
        label=gettext_lazy("New songs, in percent of the list"),
        min_value=1,
        max_value=100,
    )
    rest_weeks = forms.IntegerField(
        label=gettext_lazy("Weeks in which no song comes back"),
        min_value=0,
        max_value=MAX_REST_WEEKS,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def refresh_playlist(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Show how a playlist is refreshed, and set it."""
    playlist = playlist_or_404(request.user, uuid)
    living = living_of(playlist.pk)
    form = RefreshForm(initial=_initial(living))
    if request.method == "POST":
        form = RefreshForm(request.POST)
        if _is_done(request, playlist, form):
            return redirect("chat:refresh-playlist", uuid)
    context = {
        "playlist": playlist,
        "living": living,
        "schedule": schedule_words(living) if living else "",
        "notice": notice_words(living) if living else "",
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "chat/refresh.html", context, status=status)


@require_POST
@login_required
def see_refresh(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Put the notice of the last refresh away."""
    living_see(playlist_or_404(request.user, uuid))
    is_of_list = "list" in request.POST
    if is_of_list:
        return redirect("playlists:list-playlists")
    return redirect("chat:refresh-playlist", uuid)


def _initial(living: LivingPlaylist | None) -> dict[str, object]:
    if living is None:
        return {
            "every": Every.WEEK.value,
            "new_percent": NEW_PERCENT,
            "rest_weeks": REST_WEEKS,
        }
    return {
        "every": living.every,
        "new_percent": living.new_percent,
        "rest_weeks": living.rest_weeks,
    }


def _is_done(request: AuthedRequest, playlist: Playlist, form: RefreshForm) -> bool:
    """Do what was pressed; say whether it could be done."""
    if "stop" in request.POST:
        living_stop(playlist)
        messages.info(request, _("The list stays as it is from now on."))
        return True
    if "pause" in request.POST or "resume" in request.POST:
        living_pause(playlist, is_paused="pause" in request.POST)
        return True
    if not form.is_valid():
        return False
    conversation = Conversation.objects.filter(playlist=playlist).first()
    held = living_of(playlist.pk)
    saved = held.request if held else {}
    given = State.from_json(conversation.state if conversation else saved).given
    living_keep(
        playlist,
        every=Every(form.cleaned_data["every"]),
        new_percent=form.cleaned_data["new_percent"],
        rest_weeks=form.cleaned_data["rest_weeks"],
        request=request_of(given),
    )
    messages.success(request, _("It is refreshed by itself from now on."))
    return True
