"""The pages of published releases, which need no account, and their files."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import aget_object_or_404, get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.media.responses import file_response
from feedback.models import Release
from feedback.releasing.publishing import release_card, release_file, releases_public
from feedback.releasing.writing import archive_name

# A file never changes, but whether it is shown may.
MAX_AGE_S = 600


@require_safe
def list_releases(request: HttpRequest) -> HttpResponse:
    """List the published releases, the newest first."""
    releases = [
        (
            release,
            _archive(release),
            sum(p["rows"] for p in release.facts["parts"].values()),
        )
        for release in releases_public()
    ]
    return render(request, "feedback/releases.html", {"releases": releases})


@require_safe
def show_release(request: HttpRequest, number: int) -> HttpResponse:
    """Show a published release: its data card, its files and their checksums."""
    release = get_object_or_404(releases_public(), number=number)
    context = {
        "release": release,
        "card": release_card(release),
        "archive": _archive(release),
        "newer": releases_public().filter(number__gt=number).first(),
    }
    return render(request, "feedback/release.html", context)


@require_safe
async def download_release(
    request: HttpRequest, number: int, path: str
) -> HttpResponseBase:
    """Give a file of a published release to anybody."""
    release = await aget_object_or_404(releases_public(), number=number)
    return await sync_to_async(release_response)(request, release, path)


def release_response(
    request: HttpRequest, release: Release, path: str
) -> HttpResponseBase:
    """Answer with a file of a release, as a download. Raises Http404."""
    file = release_file(release, path)
    if file is None:
        raise Http404
    response = file_response(request, file, max_age_s=MAX_AGE_S)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.path.name}"'
    return response


def _archive(release: Release) -> dict[str, object]:
    name = archive_name(release.number)
    found: dict[str, object] = next(f for f in release.files if f["path"] == name)
    return found
