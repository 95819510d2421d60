"""Genres, moods, themes and instruments."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from catalog.admin.filters import tracks_link
from catalog.admin.typing import TagAdminBase
from catalog.models import Tag


@admin.register(Tag)
class TagAdmin(TagAdminBase):
    """Tags."""

    list_display = ("name", "kind", "track_list")
    list_filter = ("kind",)
    show_full_result_count = False
    search_fields = ("name", "key")
    fields = ("name", "kind", "track_list", "key")
    readonly_fields = ("track_list", "key")

    @admin.display(description="tracks")
    def track_list(self, tag: Tag) -> SafeString:
        """Link to the tracks: a tag may have hundreds of thousands, so none are counted."""
        return tracks_link("tag", tag.pk, "Show")
