"""Admin pages that only show, and whose actions are done to one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

M = TypeVar("M", bound=Model)


class Unsaved:
    """Mixed into an admin class whose pages have nothing to save."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Leave out the buttons that save."""
        context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]


def the_one(
    page: ModelAdmin[M], request: HttpRequest, selected: QuerySet[M]
) -> M | None:
    """Return the one row that an action is for; where it isn't one, say so and None."""
    chosen = list(selected[:2])
    if len(chosen) == 1:
        return chosen[0]
    what = page.model._meta.verbose_name
    page.message_user(request, f"Select one {what}.", messages.WARNING)
    return None
