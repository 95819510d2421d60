"""Reactions in the admin, without the words that led to them; and the review desk."""

from django.contrib import admin
from django.http import HttpRequest

from feedback.curation.log_admin import CurationEntryAdmin
from feedback.curation.records_admin import DonatedRecordAdmin
from feedback.models import Reaction
from feedback.releasing.admin import ReleaseAdmin

__all__ = [
    "CurationEntryAdmin",
    "DonatedRecordAdmin",
    "ReactionAdmin",
    "ReleaseAdmin",
]


@admin.register(Reaction)
class ReactionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was liked and disliked, as history."""

    list_display = ("track", "value", "user", "created_at")
    list_select_related = ("track", "user")
    list_filter = ("value",)
    search_fields = ("track__title", "user__username")
    fields = ("track", "value", "user", "created_at")
    readonly_fields = fields

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Allow the filter alone: others would tell of the words."""
        return lookup in {f"{name}__exact" for name in self.list_filter}

    def has_delete_permission(
        self, request: HttpRequest, obj: Reaction | None = None
    ) -> bool:
        """They go with their listener's account, and not from here."""
        page = request.resolver_match
        is_own = page is None or str(page.url_name).startswith("feedback_reaction_")
        return not is_own and super().has_delete_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Reaction | None = None
    ) -> bool:
        return False
