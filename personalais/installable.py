"""What a browser needs to put the site among a device's applications."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

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
