"""Genres, moods, themes and instruments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from catalog.admin.artists import without_deletion
from catalog.admin.filters import tracks_link
from catalog.admin.forms import TagForm
from catalog.admin.typing import TagAdminBase
from catalog.models import Tag


@admin.register(Tag)
class TagAdmin(TagAdminBase):
    """Tags. One that stands at tracks stays as it is: imports bring it back anyway."""

    form = TagForm
    list_display = ("name", "kind", "track_list")
    list_filter = ("kind",)
    show_full_result_count = False
    search_fields = ("name", "key")
    fields = ("name", "kind", "track_list", "key")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out the deletion of many at once."""
        return without_deletion(super().get_actions(request))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Tag | None = None
    ) -> tuple[str, ...]:
        """Let the name of a tag stand that is in use."""
        if obj is None or not obj.tracks.exists():
            return ("track_list", "key")
        return self.fields

    def has_delete_permission(
        self, request: HttpRequest, obj: Tag | None = None
    ) -> bool:
        """Let only those go that stand at no track."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj is not None and obj.tracks.exists())

    @admin.display(description="tracks")
    def track_list(self, tag: Tag) -> SafeString:
        """Link to the tracks: a tag may have hundreds of thousands, so none are counted."""
        return tracks_link("tag", tag.pk, "Show")
