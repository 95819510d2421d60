"""Tracks: found by anything, heard, corrected, merged, embedded anew."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin import filters
from catalog.admin.comparison import merge_confirmed, track_choice, track_facts
from catalog.admin.embedding import embed_asked
from catalog.admin.finding import best_first, tracks_found
from catalog.admin.forms import TrackForm
from catalog.admin.paging import CappedPaginator
from catalog.admin.panels import ATTRIBUTE_NAMES, track_panels
from catalog.admin.typing import CreditInlineBase, SourceInlineBase, TrackAdminBase
from catalog.admin.words import duration_words
from catalog.ingest.merging import CURATOR
from catalog.ingest.queueing import texts_wake
from catalog.ingest.store import document_refresh, song_set
from catalog.links import cover_url
from catalog.merging import tracks_check, tracks_merge
from catalog.models import Track, TrackArtist, TrackSource
from catalog.signals import tracks_held


class CreditInline(CreditInlineBase):
    """A track's artists, in their order."""

    model = TrackArtist
    verbose_name, verbose_name_plural = "artist", "artists"
    classes = ("inline-rows",)
    raw_id_fields = ("artist",)
    extra = 0


class SourceInline(SourceInlineBase):
    """Where it came from. Imports write this, nobody else."""

    model = TrackSource
    verbose_name, verbose_name_plural = "source", "sources"
    classes = ("inline-rows",)
    fields = ("kind", "origin", "key", "seen_at", "vanished_at")
    readonly_fields = fields
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Sources come with imports."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Sources change with imports."""
        return False


@admin.register(Track)
class TrackAdmin(TrackAdminBase):
    """Tracks. A correction is written into what search knows of the track."""

    form = TrackForm
    list_display = (
        "cover",
        "name",
        "artist_names",
        "album",
        "year",
        "other_version",
        "length",
        "sound",
        "origins",
    )
    list_display_links = ("name",)
    list_filter = (
        filters.DuplicateFilter,
        filters.AudioFilter,
        filters.VectorFilter,
        filters.SourceFilter,
        filters.DecadeFilter,
        filters.GenreFilter,
        "version",
        "is_explicit",
        filters.LanguageFilter,
        filters.ArtistFilter,
        filters.AlbumFilter,
        filters.TagFilter,
    )
    list_select_related = ("album",)
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    # A count for each choice of each filter would read the whole table many times.
    show_facets = admin.ShowFacets.NEVER
    # By what an index holds in order.
    sortable_by = ("name", "year")
    search_fields = ("title",)
    search_help_text = (
        "Title, artist, album or tag; ISRC, MusicBrainz id, Spotify id or link, UUID;"
        " a path, part of one with a slash, or a file's name; #12 for row 12."
    )
    actions = ("merge", "embed_again")
    raw_id_fields = ("album",)
    autocomplete_fields = ("tags",)
    inlines = (CreditInline, SourceInline)
    change_form_template = "admin/catalog/track/change_form.html"
    readonly_fields = (
        "uuid",
        "key",
        "song_key",
        "source",
        "vanished_at",
        "audio_path",
        "cover_path",
        "duration_ms",
        "loudness_lufs",
        "attribute_sources",
        "document",
        "created_at",
    )
    fieldsets = (
        (None, {"fields": ("title", "album", "version", "tags")}),
        ("Release", {"fields": ("year", "released_on", "released_precision")}),
        (
            "Identifiers",
            {
                "fields": (
                    *("isrc", "musicbrainz_id", "spotify_id"),
                    *("youtube_id", "apple_music_id", "deezer_id"),
                )
            },
        ),
        (
            "About it",
            {"fields": ("is_explicit", "language", "popularity", "licence")},
        ),
        ("Sound", {"classes": ("collapse",), "fields": ATTRIBUTE_NAMES}),
        (
            "As stored",
            {
                "classes": ("collapse",),
                "fields": (
                    "uuid",
                    "key",
                    "song_key",
                    "source",
                    "duration_ms",
                    "audio_path",
                    "cover_path",
                    "vanished_at",
                    "attribute_sources",
                    "document",
                    "created_at",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Track]:
        """Fetch all artists and sources of a page in three queries."""
        tracks = super().get_queryset(request).defer("document", "document_vector")
        return tracks.prefetch_related("credits__artist", "sources")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Track], search_term: str
    ) -> tuple[QuerySet[Track], bool]:
        """Find by anything, see catalog.admin.finding."""
        found = tracks_found(queryset, search_term)
        if search_term.strip() and not request.GET.get("o"):
            found = best_first(found, search_term)
        return found, False

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Put probable duplicates side by side."""
        return ("song_key", "pk") if "duplicates" in request.GET else ("-pk",)

    @admin.display(description="cover")
    def cover(self, track: Track) -> SafeString:
        """Show a small cover."""
        return format_html(
            '<img class="cover-thumb" src="{}" alt="" width="40" height="40"'
            ' loading="lazy">',
            cover_url(track),
        )

    @admin.display(description="title", ordering="key")
    def name(self, track: Track) -> str:
        """Show the title; the list is ordered by its key."""
        return track.title

    @admin.display(description="artists")
    def artist_names(self, track: Track) -> str:
        """Show the credited artists."""
        return ", ".join(credit.artist.name for credit in track.credits.all())

    @admin.display(description="version")
    def other_version(self, track: Track) -> str:
        """Show which version it is, unless it's what people mean by the title."""
        return track.get_version_display() if track.version else ""

    @admin.display(description="length")
    def length(self, track: Track) -> str:
        """Show minutes and seconds."""
        return duration_words(track.duration_ms)

    @admin.display(description="sources")
    def origins(self, track: Track) -> str:
        """Show whose content it is, each once."""
        named = (s.origin or s.get_kind_display() for s in track.sources.all())
        return ", ".join(dict.fromkeys(named))

    @admin.display(description="audio")
    def sound(self, track: Track) -> str:
        """Show whether it plays."""
        if track.vanished_at:
            return "vanished"
        return "plays" if track.audio_path else ""

    @admin.action(
        description="Merge the selected tracks into one", permissions=["change"]
    )
    def merge(
        self, request: HttpRequest, tracks: QuerySet[Track]
    ) -> HttpResponse | None:
        """Ask which one stays, and merge."""

        def merge(keep: Track, others: list[Track]) -> str:
            titles = ", ".join(f"{other} (#{other.pk})" for other in others)
            merged = tracks_merge(keep=keep, others=others)
            said = f"Merged with {titles}."
            if merged.dropped:
                said += f" No room for {', '.join(merged.dropped)}."
            return said

        return merge_confirmed(
            self,
            request,
            tracks.select_related("album"),
            facts=track_facts,
            choice=track_choice,
            check=tracks_check,
            merge=merge,
        )

    @admin.action(description="Embed the selected tracks anew", permissions=["change"])
    def embed_again(
        self, request: HttpRequest, tracks: QuerySet[Track]
    ) -> HttpResponse | None:
        """Ask in which space, and queue it."""
        return embed_asked(self, request, tracks)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the sound and what stands near it beside the form."""
        track = self.get_object(request, object_id)
        panels = track_panels(track) if track else {}
        return super().change_view(
            request, object_id, form_url, {**panels, **(extra_context or {})}
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say what a deletion takes along in sentences, not as thousands of rows."""
        ids = [track.pk for track in objs]
        counts = [(held.label, sum(held.counts.values())) for held in tracks_held(ids)]
        told = [f"{label}: {count:,}" for label, count in counts if count]
        files = TrackSource.objects.filter(track__in=ids, kind=Track.Source.FILE)
        told += [f"{track} (#{track.pk})" for track in objs]
        if files.filter(vanished_at=None).exists():
            told.append("Their files stay where they are; the next import reads them.")
        return told, {"tracks": len(ids)}, set(), []

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tracks come by imports alone."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Track, form: Any, change: bool
    ) -> None:
        """Say of each attribute that a curator set who set it."""
        for name in set(form.changed_data).intersection(ATTRIBUTE_NAMES):
            obj.attribute_sources[name] = CURATOR
            if getattr(obj, name) is None:
                del obj.attribute_sources[name]
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Write words and kinship anew once names and tags are stored."""
        super().save_related(request, form, formsets, change)
        track: Track = form.instance
        with transaction.atomic():
            if {"title"} & set(form.changed_data) or any(
                f.changed_objects for f in formsets
            ):
                credits = track.credits.select_related("artist").order_by("position")
                version = track.version
                song_set(track, [credit.artist.key for credit in credits])
                if "version" in form.changed_data:
                    track.version = version
                track.save(update_fields=["song_key", "version", "version_detail"])
            document_refresh(track)
            transaction.on_commit(texts_wake)
