"""How a playlist is refreshed, in the words of the pages."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from playlists.models import LivingPlaylist

Every = LivingPlaylist.Every
Outcome = LivingPlaylist.Outcome


def schedule_words(living: LivingPlaylist) -> str:
    """Say how often a list is refreshed, and when next."""
    if living.is_paused:
        return _("Refreshing rests")
    told = {
        Every.DAY: _("Refreshed every day, next on %(day)s"),
        Every.WEEK: _("Refreshed every week, next on %(day)s"),
        Every.MONTH: _("Refreshed every month, next on %(day)s"),
    }[Every(living.every)]
    return told % {"day": _day(living.due_at)}


def notice_words(living: LivingPlaylist) -> str:
    """Say how the last refresh ended; "" where there is nothing to tell."""
    if living.is_seen or living.ended_at is None:
        return ""
    told = {
        Outcome.MADE: _("Refreshed on %(day)s: +%(added)s −%(removed)s"),
        Outcome.NOTHING_NEW: _(
            "Nothing else that fits was found on %(day)s, so the list stays as it is."
        ),
        Outcome.EMPTY: _("There was nothing in the list to refresh on %(day)s."),
        Outcome.FAILED: _(
            "Refreshing failed on %(day)s. It is tried again at the next time."
        ),
    }[Outcome(living.outcome)]
    return told % {
        "day": _day(living.ended_at),
        "added": living.added,
        "removed": living.removed,
    }


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F")  # type: ignore[arg-type]
