"""Artists and albums: looked up, corrected, merged."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from catalog.admin.comparison import artist_choice, artist_facts, merge_confirmed
from catalog.admin.filters import tracks_link
from catalog.admin.finding import albums_found, artists_found
from catalog.admin.forms import AlbumForm, AliasForm, ArtistForm
from catalog.admin.paging import CappedPaginator
from catalog.admin.typing import AlbumAdminBase, AliasInlineBase, ArtistAdminBase
from catalog.duplicates import near_artists
from catalog.ingest.queueing import texts_wake
from catalog.merging import artists_check, artists_merge
from catalog.models import Album, Artist, ArtistAlias, TrackArtist
from catalog.names import name_key
from catalog.rewriting import tracks_rewrite


def without_deletion(actions: dict[str, Any]) -> dict[str, Any]:
    """Return a list's actions without "Delete selected", which asks nobody's leave."""
    return {name: held for name, held in actions.items() if name != "delete_selected"}


class NearFilter(admin.SimpleListFilter):
    """Artists whose names are nearly another one's."""

    title = "duplicates"
    parameter_name = "duplicates"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the one choice."""
        return [("probable", "Names nearly alike")]

    def queryset(self, request: HttpRequest, artists: QuerySet[Artist]) -> Any:
        """Keep artists with a near name."""
        return artists.filter(pk__in=near_artists()) if self.value() else None


class AliasInline(AliasInlineBase):
    """Other names that imports take for this artist."""

    model = ArtistAlias
    form = AliasForm
    verbose_name, verbose_name_plural = "other name", "other names"
    classes = ("inline-rows",)
    fields = ("name",)
    extra = 0


@admin.register(Artist)
class ArtistAdmin(ArtistAdminBase):
    """Artists, with how many tracks each is credited on.

    One with tracks isn't deleted: they would be nobody's. It's merged.
    """

    form = ArtistForm
    list_display = ("name", "track_count", "musicbrainz_id")
    list_filter = (NearFilter,)
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    # By what an index holds in order.
    ordering = ("key",)
    sortable_by = ()
    search_fields = ("name",)
    search_help_text = "A name, also a former one; a UUID or MusicBrainz id."
    fields = ("name", "musicbrainz_id", "track_count", "uuid", "key")
    readonly_fields = ("track_count", "uuid", "key")
    inlines = (AliasInline,)
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Artist]:
        """Count the tracks of the page's artists alone, in the list's own query."""
        credits = TrackArtist.objects.filter(artist=OuterRef("pk")).order_by()
        count = credits.values("artist").annotate(n=Count("pk")).values("n")
        counted = Coalesce(Subquery(count, output_field=IntegerField()), 0)
        return super().get_queryset(request).annotate(count=counted)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out the deletion of many at once."""
        return without_deletion(super().get_actions(request))

    def has_delete_permission(
        self, request: HttpRequest, obj: Artist | None = None
    ) -> bool:
        """Let only those go who have no tracks."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj is not None and obj.credits.exists())

    def save_model(
        self, request: HttpRequest, obj: Artist, form: Any, change: bool
    ) -> None:
        """Keep a former name as another name, and tell search the new one."""
        before = Artist.objects.filter(pk=obj.pk).values_list("name", flat=True).first()
        super().save_model(request, obj, form, change)
        if before is None or before == obj.name:
            return
        former = ArtistAlias(artist=obj, name=before, key=name_key(before))
        if former.key != obj.key:
            obj.aliases.filter(key__in=(former.key, obj.key)).delete()
            former.save()
        tracks_rewrite(sorted(obj.credits.values_list("track", flat=True)))
        transaction.on_commit(texts_wake)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Artist], search_term: str
    ) -> tuple[QuerySet[Artist], bool]:
        """Find by the words of names, in any spelling."""
        if not search_term.strip():
            return queryset, False
        return artists_found(queryset, search_term), False

    @admin.display(description="tracks")
    def track_count(self, artist: Artist) -> SafeString:
        """Link to the tracks, by their number."""
        return tracks_link("artist", artist.pk, f"{artist.count:,}")  # type: ignore[attr-defined]

    @admin.action(
        description="Merge the selected artists into one", permissions=["change"]
    )
    def merge(
        self, request: HttpRequest, artists: QuerySet[Artist]
    ) -> HttpResponse | None:
        """Ask which one stays, and merge."""

        def merge(keep: Artist, others: list[Artist]) -> str:
            names = ", ".join(f"{other} (#{other.pk})" for other in others)
            artists_merge(keep=keep, others=others)
            return f"Merged with {names}."

        return merge_confirmed(
            self,
            request,
            artists,
            facts=artist_facts,
            choice=artist_choice,
            check=artists_check,
            merge=merge,
        )


@admin.register(Album)
class AlbumAdmin(AlbumAdminBase):
    """Albums."""

    form = AlbumForm
    list_display = ("title", "artist", "year", "is_compilation", "track_list")
    list_filter = ("is_compilation",)
    list_select_related = ("artist",)
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    # By what an index holds in order.
    ordering = ("key", "artist_id")
    sortable_by = ()
    search_fields = ("title",)
    search_help_text = "Words of the title or of its artist."
    raw_id_fields = ("artist",)
    fields = (
        "title",
        "artist",
        "year",
        "is_compilation",
        "track_list",
        "uuid",
        "key",
    )
    readonly_fields = ("track_list", "uuid", "key")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out the deletion of many at once."""
        return without_deletion(super().get_actions(request))

    def has_delete_permission(
        self, request: HttpRequest, obj: Album | None = None
    ) -> bool:
        """Let only those go that have no tracks."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj is not None and obj.tracks.exists())

    def save_model(
        self, request: HttpRequest, obj: Album, form: Any, change: bool
    ) -> None:
        """Tell search the new title."""
        super().save_model(request, obj, form, change)
        if change and "title" in form.changed_data:
            tracks_rewrite(sorted(obj.tracks.values_list("pk", flat=True)))
            transaction.on_commit(texts_wake)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Album], search_term: str
    ) -> tuple[QuerySet[Album], bool]:
        """Find by the words of title and artist, in any spelling."""
        if not search_term.strip():
            return queryset, False
        return albums_found(queryset, search_term), False

    @admin.display(description="tracks")
    def track_list(self, album: Album) -> SafeString:
        """Link to the tracks."""
        return tracks_link("album", album.pk, "Show")
