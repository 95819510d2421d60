"""Which language a page is in, and the words that its scripts say.

The cookie decides, and before there is one the browser's own wishes. The admin has no
translation of its own, so all of it stays English.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.i18n import JavaScriptCatalog

SCRIPTS_DOMAIN = "djangojs"


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but for the admin."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(reverse("admin:index")):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        else:
            super().process_request(request)


class ScriptWords(JavaScriptCatalog):
    """Our own words alone, without those of Django's admin."""

    def get_paths(self, packages: list[str]) -> list[str]:
        return [str(path) for path in settings.LOCALE_PATHS]


def script_words_tag(request: HttpRequest, language: str) -> str:
    """Return what changes when the words of a language do."""
    name = Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "djangojs.mo")
    if language not in dict(settings.LANGUAGES) or not name.exists():
        raise Http404
    return f'"{sha256(name.read_bytes()).hexdigest()[:16]}"'


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=script_words_tag)
def show_words(request: HttpRequest, language: str) -> HttpResponseBase:
    """Give the translated words of static/js as a script, which words.js asks."""
    with translation.override(language):
        return ScriptWords.as_view(packages=["personalais"])(request)
