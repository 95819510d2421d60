"""Pages, and what scripts are given, compressed on their way; audio and files as they lie."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Audio and covers are compressed already, and a range of them is counted in bytes.
TEXT = ("text/", "application/json", "application/yaml")


class TextGZipMiddleware(GZipMiddleware):
    """Django's, for whole answers of text.

    Each answer is lengthened by chance, which hides what of it repeats a secret
    (https://docs.djangoproject.com/en/5.2/ref/middleware/#module-django.middleware.gzip).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress a page; leave all else alone."""
        if response.streaming:
            return response
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
