"""Playlists in the admin, read only: edits go through versions."""

from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from playlists.models import Playlist


@admin.register(Playlist)
class PlaylistAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Whose, how long and how often edited; titles are the listener's own words."""

    list_display = ("uuid", "owner", "songs", "version", "updated_at")
    list_select_related = ("owner", "current")
    search_fields = ("=uuid", "owner__username")
    fields = ("uuid", "owner", "songs", "version", "created_at", "updated_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Playlist]:
        queryset: QuerySet[Playlist] = super().get_queryset(request)
        return queryset.annotate(song_count=Coalesce(F("current__track_ids__len"), 0))

    @admin.display(ordering="song_count")
    def songs(self, playlist: Playlist) -> int:
        count: int = getattr(playlist, "song_count", 0)
        return count

    @admin.display(ordering="current__number")
    def version(self, playlist: Playlist) -> int | None:
        return playlist.current.number if playlist.current else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Playlist | None = None
    ) -> bool:
        return False
