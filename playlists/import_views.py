"""Taking lists in: the form, and the page on which the unsure songs are settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.limits import is_one_too_many
from accounts.models import User
from accounts.requests import AuthedRequest
from catalog.aliases import track_ids_named
from catalog.models import Track
from playlists.edits import EditRefused
from playlists.file_views import file_response
from playlists.files.formats import FORMATS
from playlists.forms import ImportForm
from playlists.importing import (
    Item,
    State,
    import_again,
    import_choose,
    import_make,
    import_repeats,
    items_of,
    missing_listing,
    repeats_of,
)
from playlists.models import Playlist, PlaylistImport, PlaylistVersion
from playlists.signals import playlist_moved
from playlists.views import clock, tracks_shown

CHOICE = "choice-"


@dataclass(frozen=True)
class Line:
    """A song of an import as its page shows it. place: in the file, from 0."""

    place: int
    item: Item
    track: Track | None
    near: list[tuple[Track, str]]

    @property
    def length(self) -> str:
        """Return how long the file says that it is."""
        return clock(self.item.entry.duration_ms)

    @property
    def is_refused(self) -> bool:
        """Say whether it was left out, as the listener had ruled it out."""
        return self.item.state == State.REFUSED

    @property
    def is_passed(self) -> bool:
        """Say whether the listener wants none of those near it."""
        return self.item.state == State.PASSED


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def import_list(request: AuthedRequest) -> HttpResponse:
    """Take a list in; below, the ones that were taken in before."""
    is_sent = request.method == "POST"
    is_too_much = is_sent and is_one_too_many("import", request.user.username)
    form = ImportForm(request.POST or None, request.FILES or None)
    if is_too_much:
        messages.error(
            request, _("That were many lists in one hour. Try again a little later.")
        )
        form = ImportForm()
    elif is_sent and form.is_valid():
        row = import_make(request.user, form.listing)
        return redirect("playlists:show-import", row.uuid)
    rows = request.user.playlist_imports.select_related("playlist")
    context = {
        "form": form,
        "imports": [(row, open_count(row), len(row.items)) for row in rows],
    }
    status = 429 if is_too_much else 200
    return render(request, "playlists/import.html", context, status=status)


@require_safe
@never_cache
@login_required
def show_import(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Show what became of each song of a list."""
    row = import_or_404(request.user, uuid)
    lines = lines_of(row)
    refused = [line for line in lines if line.is_refused and line.track]
    held = [line for line in lines if line.track is not None and not line.is_refused]
    context = {
        "import": row,
        "held": held,
        "refused": refused,
        "twice": repeats_of(row),
        "unsure": [line for line in lines if line.near and not line.track],
        "missing": [line for line in lines if not line.near and not line.track],
        "formats": FORMATS.values(),
    }
    return render(request, "playlists/import_review.html", context)


@require_POST
@login_required
def choose_import(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Take what the listener chose for unsure songs."""
    choices = choices_of(request.POST)
    return settled(request, uuid, lambda row: import_choose(row, choices))


@require_POST
@login_required
def search_import_again(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Look again for songs that were missing or unsure."""
    return settled(request, uuid, import_again)


@require_POST
@login_required
def repeat_import(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Let songs that stand in the file several times stand so in the playlist."""
    return settled(request, uuid, import_repeats)


def settled(
    request: AuthedRequest, uuid: UUID, settle: Callable[[PlaylistImport], int]
) -> HttpResponse:
    """Let songs come in, and tell of it: on the page, and in open tabs of the list."""
    row = import_or_404(request.user, uuid)
    before = row.playlist.current if row.playlist else None
    try:
        count = settle(row)
    except EditRefused as refused:
        messages.error(request, str(refused))
    else:
        tell_came(request, count)
        if before is not None:
            tell_tabs(before)
    return redirect("playlists:show-import", uuid)


@require_POST
@login_required
def delete_import(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Forget an import. Its playlist stays."""
    import_or_404(request.user, uuid).delete()
    messages.info(request, _("The import is forgotten. Its playlist stays."))
    return redirect("playlists:import-list")


@require_safe
@login_required
def download_missing(request: AuthedRequest, uuid: UUID, suffix: str) -> HttpResponse:
    """Give the songs that stand for no track as a file, to look for them elsewhere."""
    return file_response(missing_listing(import_or_404(request.user, uuid)), suffix)


def choices_of(posted: Mapping[str, str]) -> dict[int, str]:
    """Return the choices of a posted form: the UUID of a track, "" for none, by place."""
    return {
        int(place): value if value != "none" else ""
        for name, value in posted.items()
        if name.startswith(CHOICE)
        and (place := name.removeprefix(CHOICE)).isdecimal()
        and len(place) < 6
        and value
    }


def tell_came(request: AuthedRequest, count: int) -> None:
    """Tell how many songs came into the playlist."""
    if count:
        told = ngettext(
            "%(count)s song came into the playlist.",
            "%(count)s songs came into the playlist.",
            count,
        )
        messages.success(request, told % {"count": count})
    else:
        messages.info(request, _("Nothing came into the playlist."))


def tell_tabs(before: PlaylistVersion) -> None:
    """Say that a playlist went on from a version, if it did."""
    playlist = Playlist.objects.select_related("current", "owner").get(
        pk=before.playlist_id
    )
    after = playlist.current
    if after is not None and after != before:
        playlist_moved.send(
            Playlist,
            playlist=playlist,
            before=before.pk,
            after=after.pk,
            like=before.number,
            words=after.words,
        )


def open_count(row: PlaylistImport) -> int:
    """Return how many songs of an import stand for no track."""
    return sum(item.is_open for item in items_of(row))


def lines_of(row: PlaylistImport) -> list[Line]:
    """Return an import's songs with the tracks that are held and near. Four queries."""
    items = items_of(row)
    named = {UUID(uuid) for item in items for uuid in (item.track, *item.near) if uuid}
    ids = track_ids_named(named)
    tracks = tracks_shown(ids.values())
    by_uuid = {str(uuid): tracks[pk] for uuid, pk in ids.items() if pk in tracks}

    def near(item: Item) -> list[tuple[Track, str]]:
        found = (by_uuid[uuid] for uuid in item.near if uuid in by_uuid)
        return [(track, clock(track.duration_ms)) for track in found]

    return [
        Line(n, item, by_uuid.get(item.track), near(item) if item.is_open else [])
        for n, item in enumerate(items)
    ]


def import_or_404(user: User, uuid: UUID) -> PlaylistImport:
    """Fetch a listener's own import, or raise Http404."""
    row = user.playlist_imports.select_related("playlist__current").filter(uuid=uuid)
    found = row.first()
    if found is None:
        raise Http404
    return found
