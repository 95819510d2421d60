"""What the page says of each kind, and of how it stands.

Whoever changes what is agreed to here raises asking.CONSENT.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from playlists.library.models import LibraryPart
from playlists.saving.words import trouble_words

Kind, Status, Reason = LibraryPart.Kind, LibraryPart.Status, LibraryPart.Reason


def kind_words(kind: LibraryPart.Kind) -> str:
    """Return what a kind is called."""
    return {
        Kind.LIKED: _("Liked songs"),
        Kind.TOP: _("Top songs"),
        Kind.RECENT: _("Recently played"),
        Kind.LISTS: _("Your own playlists"),
    }[kind]


def about_words(kind: LibraryPart.Kind) -> str:
    """Say what is read of a kind."""
    return {
        Kind.LIKED: _("The songs that you have saved there."),
        Kind.TOP: _("What you heard most in the last half year."),
        Kind.RECENT: _("The fifty songs that you played last."),
        Kind.LISTS: _(
            "The playlists that you have made there, by their names, with their songs."
        ),
    }[kind]


def example_words(kind: LibraryPart.Kind) -> str:
    """Return what may be said to the companion then, in the English that it understands."""
    return {
        Kind.LIKED: "something like my liked songs",
        Kind.TOP: "like my top tracks, but calmer",
        Kind.RECENT: "more like what I listened to lately",
        Kind.LISTS: "songs like my Spotify playlist Sunday",
    }[kind]


def state_words(part: LibraryPart) -> str:
    """Say how a part stands: what is being done, or why it isn't; "" once it is in."""
    service = {"service": part.account.get_service_display()}
    match Status(part.status):
        case Status.DONE:
            return ""
        case Status.FAILED:
            return _reason_words(part) % service
        case Status.WAITING if part.reason:
            return _reason_words(part) % service
    return _("It is being brought in from %(service)s.") % service


def _reason_words(part: LibraryPart) -> str:
    if part.reason == Reason.UNASKED:
        return _("%(service)s has to ask you about this as well.")
    is_over = part.status == Status.FAILED
    told = trouble_words(part.reason, part.account.service, is_over=is_over)
    return told or _("%(service)s refused it. Bringing it in again may help.")
