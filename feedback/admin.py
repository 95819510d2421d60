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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Reaction | None = None
    ) -> bool:
        return False
