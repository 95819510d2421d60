"""The catalog in the admin: to look things up, and to correct what tags got wrong.

What was measured, embedded or imported is read-only: it changes by importing again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from catalog.ingest.store import document_refresh
from catalog.models import (
    Album,
    Artist,
    IngestItem,
    IngestRun,
    Space,
    Tag,
    Track,
    TrackArtist,
)

if TYPE_CHECKING:
    ArtistAdminBase = admin.ModelAdmin[Artist]
    AlbumAdminBase = admin.ModelAdmin[Album]
    TagAdminBase = admin.ModelAdmin[Tag]
    TrackAdminBase = admin.ModelAdmin[Track]
    SpaceAdminBase = admin.ModelAdmin[Space]
    RunAdminBase = admin.ModelAdmin[IngestRun]
    CreditInlineBase = admin.TabularInline[TrackArtist, Track]
    ItemInlineBase = admin.TabularInline[IngestItem, IngestRun]
else:
    ArtistAdminBase = AlbumAdminBase = TagAdminBase = admin.ModelAdmin
    TrackAdminBase = SpaceAdminBase = RunAdminBase = admin.ModelAdmin
    CreditInlineBase = ItemInlineBase = admin.TabularInline

# An import of a large folder may refuse thousands; the command prints all of them.
REFUSED_SHOWN = 200


@admin.register(Artist)
class ArtistAdmin(ArtistAdminBase):
    """Artists, with how many tracks each is credited on."""

    list_display = ("name", "track_count", "musicbrainz_id")
    search_fields = ("name", "key")
    readonly_fields = ("uuid", "key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Artist]:
        """Count the tracks in the list's own query."""
        return super().get_queryset(request).annotate(count=Count("credits"))

    @admin.display(description="tracks", ordering="count")
    def track_count(self, artist: Artist) -> int:
        """Show the number of tracks."""
        return int(artist.count)  # type: ignore[attr-defined]


@admin.register(Album)
class AlbumAdmin(AlbumAdminBase):
    """Albums."""

    list_display = ("title", "artist", "year")
    list_select_related = ("artist",)
    search_fields = ("title", "key", "artist__name")
    raw_id_fields = ("artist",)
    readonly_fields = ("uuid", "key")


@admin.register(Tag)
class TagAdmin(TagAdminBase):
    """Genres, moods, themes and instruments."""

    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "key")
    readonly_fields = ("key",)


class CreditInline(CreditInlineBase):
    """A track's artists, in their order."""

    model = TrackArtist
    raw_id_fields = ("artist",)
    extra = 0


@admin.register(Track)
class TrackAdmin(TrackAdminBase):
    """Tracks. A correction is written into what search knows of the track."""

    list_display = ("title", "artist_names", "album", "year", "source", "tempo_bpm")
    list_filter = ("source", "is_explicit", "language")
    list_select_related = ("album",)
    search_fields = ("title", "key", "artists__name", "album__title", "isrc")
    raw_id_fields = ("album",)
    autocomplete_fields = ("tags",)
    inlines = (CreditInline,)
    readonly_fields = (
        "uuid",
        "key",
        "source",
        "known_from",
        "vanished_at",
        "audio_path",
        "cover_path",
        "duration_ms",
        "loudness_lufs",
        "attribute_sources",
        "document",
        "created_at",
    )
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Track]:
        """Fetch all artists of a page in one query."""
        return super().get_queryset(request).prefetch_related("credits__artist")

    @admin.display(description="artists")
    def artist_names(self, track: Track) -> str:
        """Show the credited artists."""
        return ", ".join(credit.artist.name for credit in track.credits.all())

    @admin.display(description="sources")
    def known_from(self, track: Track) -> str:
        """Show the files, tables and libraries that it came from."""
        return "\n".join(
            f"{source} (gone)" if source.vanished_at else str(source)
            for source in track.sources.all()
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tracks come by imports alone."""
        return False

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Write the document anew once names and tags are stored."""
        super().save_related(request, form, formsets, change)
        document_refresh(form.instance)


@admin.register(Space)
class SpaceAdmin(SpaceAdminBase):
    """Vector spaces, and what each learned from the catalog."""

    list_display = ("slug", "kind", "model_id", "dimensions", "is_current", "tracks")
    list_filter = ("kind", "is_current")
    fields = (
        "slug",
        "kind",
        "model_id",
        "revision",
        "dimensions",
        "is_current",
        "tracks",
        "fitted_figures",
        "fitted_at",
        "created_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Space]:
        """Count the vectors, and leave the large arrays where they are."""
        spaces = super().get_queryset(request).defer("fitted")
        return spaces.annotate(count=Count("embeddings"))

    @admin.display(ordering="count")
    def tracks(self, space: Space) -> int:
        """Show the number of tracks with a vector."""
        return int(space.count)  # type: ignore[attr-defined]

    @admin.display(description="fitted")
    def fitted_figures(self, space: Space) -> str:
        """Show on how many tracks it was fitted, and the bridge's held-out figures."""
        parts = []
        if "count" in space.fitted:
            parts.append(f"mean and deviation of {space.fitted['count']} tracks")
        if bridge := space.fitted.get("bridge"):
            parts.append(
                "bridge from words, on artists held out: median rank"
                f" {bridge['median_rank']:.0f} of {bridge['tracks']}, among the first"
                f" ten in {bridge['recall_at_10']:.1%}"
                f" (by chance {bridge['chance_recall_at_10']:.1%})"
            )
            if bridge.get("own_recall_at_10") is not None:
                used = "used" if bridge["is_used"] else "not used"
                parts.append(
                    f"the model's own words alone: {bridge['own_median_rank']:.0f},"
                    f" {bridge['own_recall_at_10']:.1%}; the bridge is {used}"
                )
        return "; ".join(parts) or "nothing"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Spaces are made with their index, by imports."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A deleted space would leave its index behind."""
        return False


class RefusedInline(ItemInlineBase):
    """The items that a run refused, each with its reason."""

    model = IngestItem
    verbose_name_plural = "refused"
    fields = ("source_key", "reason", "attempts", "finished_at")
    readonly_fields = fields
    can_delete = False
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[IngestItem]:
        """Return the first of a run's refused items."""
        refused = super().get_queryset(request).filter(status="refused")
        run = request.resolver_match.kwargs.get("object_id")  # type: ignore[union-attr]
        first = refused.filter(run=run).order_by("position").values("pk")
        return refused.filter(pk__in=first[:REFUSED_SHOWN])

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Items come with their run."""
        return False


@admin.register(IngestRun)
class IngestRunAdmin(RunAdminBase):
    """Imports, with how far each is."""

    list_display = (
        "__str__",
        "status",
        "done_count",
        "refused_count",
        "pending_count",
        "created_at",
        "finished_at",
    )
    list_filter = ("kind", "status")
    readonly_fields = ("kind", "root", "status", "created_at", "finished_at")
    inlines = (RefusedInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[IngestRun]:
        """Count the items by status in the list's own query."""
        statuses = IngestItem.Status
        settled = Q(items__status__in=(statuses.DONE, statuses.UNCHANGED))
        return (
            super()
            .get_queryset(request)
            .annotate(
                done=Count("items", filter=settled),
                refused=Count("items", filter=Q(items__status=statuses.REFUSED)),
                pending=Count("items", filter=Q(items__status=statuses.PENDING)),
            )
        )

    @admin.display(description="done", ordering="done")
    def done_count(self, run: IngestRun) -> int:
        """Show how many items are done or were there already."""
        return int(run.done)  # type: ignore[attr-defined]

    @admin.display(description="refused", ordering="refused")
    def refused_count(self, run: IngestRun) -> int:
        """Show how many items were refused."""
        return int(run.refused)  # type: ignore[attr-defined]

    @admin.display(description="pending", ordering="pending")
    def pending_count(self, run: IngestRun) -> int:
        """Show how many items are still to be worked on."""
        return int(run.pending)  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Runs are started by commands."""
        return False
