"""The files of imports, and why some were refused."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.paging import CappedPaginator
from catalog.admin.typing import ItemAdminBase
from catalog.models import IngestItem


@admin.register(IngestItem)
class IngestItemAdmin(ItemAdminBase):
    """What runs brought, to be looked through; runs try again what was refused."""

    list_display = ("source_key", "status", "reason", "attempts", "finished_at")
    list_filter = ("status",)
    list_per_page = 100
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    search_fields = ("source_key", "reason")
    search_help_text = "Part of a path, or of a reason."
    fields = (
        "run",
        "source_key",
        "status",
        "reason",
        "attempts",
        "track",
        "finished_at",
    )
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Allow the items of one run."""
        return lookup == "run__id__exact" or super().lookup_allowed(
            lookup, value, request
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Items come with their run."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They say what happened."""
        return False

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Be reached from a run, not from the index."""
        return {}
