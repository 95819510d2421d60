"""Why nothing goes to a service for now, in a sentence for its listener."""

from __future__ import annotations

from django.utils.translation import gettext as _

from feedback.models import ReactionSharing

Reason = ReactionSharing.Reason


def reason_words(sharing: ReactionSharing) -> str:
    """Say why nothing is sent for now, "" where nothing is wrong."""
    service = {"service": sharing.account.get_service_display()}
    match Reason(sharing.reason):
        case Reason.BUSY:
            return _("%(service)s is busy. It goes on by itself in a while.") % service
        case Reason.DOWN:
            return (
                _("%(service)s doesn't answer. It goes on by itself in a while.")
                % service
            )
        case Reason.RECONNECT:
            return (
                _("%(service)s wants to be connected again before anything goes on.")
                % service
            )
    return ""
