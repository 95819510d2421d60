"""How a saved playlist stands, in a sentence for its listener."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import ServiceAccount
from playlists.models import SavedPlaylist

Status, Reason = SavedPlaylist.Status, SavedPlaylist.Reason
Service = ServiceAccount.Service


def state_words(save: SavedPlaylist) -> str:
    """Say how it stands: what is done, what is being done, or why it isn't."""
    service = {"service": save.account.get_service_display()}
    match Status(save.status):
        case Status.DONE if not save.is_wanted:
            return _("It is no longer among your playlists at %(service)s.") % service
        case Status.DONE:
            return _("It is at %(service)s, as it was when you saved it.") % service
        case Status.FAILED:
            return _reason_words(save) % service
        case Status.WAITING if save.reason:
            return _reason_words(save) % service
        case _ if not save.is_wanted:
            return _("It is being taken away from %(service)s.") % service
    return _("It is being saved at %(service)s.") % service


def _reason_words(save: SavedPlaylist) -> str:
    is_over = save.status == Status.FAILED
    told = trouble_words(save.reason, save.account.service, is_over=is_over)
    return told or _("%(service)s refused it. Saving it again may help.")


def trouble_words(reason: str, service: str, *, is_over: bool) -> str:
    """Say what keeps a service from serving, with %(service)s; "" for a refusal.

    reason: of SavedPlaylist.Reason, whose values others share. is_over: nothing goes on
    by itself.
    """
    match reason:
        case Reason.BUSY:
            return _("%(service)s is busy. It goes on by itself in a while.")
        case Reason.QUOTA:
            return _(
                "This site has used up what %(service)s lets it ask for now. It goes on "
                "by itself later."
            )
        case Reason.DOWN if is_over:
            return _("%(service)s hasn't answered for a long time. Try again later.")
        case Reason.DOWN:
            return _("%(service)s doesn't answer. It goes on by itself in a while.")
        case Reason.RECONNECT:
            return _("%(service)s wants to be connected again before anything goes on.")
        case Reason.NOT_ALLOWED if service != Service.SPOTIFY:
            return _("%(service)s doesn't allow it to your account.")
        case Reason.NOT_ALLOWED:
            return _(
                "%(service)s doesn't allow it: whoever runs this site has to name you "
                "among its users there."
            )
    return ""
