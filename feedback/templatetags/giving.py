"""An invitation to give, for pages of other rooms."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from feedback.donation.consent import consents_of
from feedback.models import Reaction

register = template.Library()

# Whoever has said so much of songs knows what this is about.
REACTIONS_BEFORE = 5


@register.inclusion_tag("feedback/_invitation.html", takes_context=True)
def giving_invitation(context: RequestContext) -> dict[str, Any]:
    """Invite a listener who was never asked on this wording. Two queries."""
    request = context["request"]
    is_shown = not consents_of(request.user.pk).is_asked and _knows(request.user.pk)
    return {"is_shown": is_shown, "request": request, "back": request.path}


def _knows(user_id: int) -> bool:
    said = Reaction.objects.filter(user=user_id, value__in=Reaction.OPINIONS)
    return said.order_by()[:REACTIONS_BEFORE].count() == REACTIONS_BEFORE
