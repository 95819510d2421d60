"""Genres, moods, themes and instruments."""

from __future__ import annotations

from django.contrib import admin

from catalog.admin.typing import TagAdminBase
from catalog.models import Tag


@admin.register(Tag)
class TagAdmin(TagAdminBase):
    """Tags."""

    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "key")
    readonly_fields = ("key",)
