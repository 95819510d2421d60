"""What a browser needs to put the site among a device's applications.

That is the manifest; and a page for when there is no connection, which the browser keeps
by a service worker (static/js/offline_worker.js).
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ROOT = Path(__file__).resolve().parent.parent
OFFLINE_WORKER = ROOT / "static" / "js" / "offline_worker.js"
# The page's colour by day, as in static/css/tokens.css; a manifest knows but one.
PAGE_COLOR = "#faf6f1"
# Of static/icons: made from favicon.svg, and the whole square from maskable.svg.
ICONS = (
    ("any-192.png", 192, "any"),
    ("any-512.png", 512, "any"),
    ("maskable-512.png", 512, "maskable"),
)


@require_safe
@cache_control(max_age=3600)
def show_manifest(request: HttpRequest) -> JsonResponse:
    """Describe the site as an application, in the language of the page."""
    home = reverse("chat:show-home")
    manifest = {
        "id": home,
        "name": "PersonalAIs",
        "short_name": "PersonalAIs",
        "description": _("Talk about music, leave with a playlist."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "theme_color": PAGE_COLOR,
        "background_color": PAGE_COLOR,
        "icons": [
            {
                "src": static(f"icons/{name}"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in ICONS
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


@require_safe
def show_offline(request: HttpRequest, language: str) -> HttpResponse:
    """Say that there is no connection; browsers keep it for when that is so."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        return render(request, "offline.html")


@require_safe
@cache_control(no_cache=True)
def show_offline_worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker from the root, as it serves only what lies below it."""
    return HttpResponse(
        OFFLINE_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8"
    )
