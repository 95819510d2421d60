"""What the pages say where songs stay out of a list because their owner ruled them out."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.utils.translation import ngettext

from accounts.requests import AuthedRequest
from catalog.signals import tracks_refused


def tell_left_out(request: AuthedRequest, track_ids: Collection[int]) -> None:
    """Tell how many of the songs that were to come into a list are ruled out, if any."""
    count = len(tracks_refused(request.user.pk, track_ids))
    if count:
        told = ngettext(
            "%(count)s song was left out: you ruled it out.",
            "%(count)s songs were left out: you ruled them out.",
            count,
        )
        messages.info(request, told % {"count": count})
