"""Spaces: how full each is, what it learned, the switch, and embedding anew."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import (
    Case,
    Count,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.admin.acting import Unsaved, the_one
from catalog.admin.embedding import space_fill
from catalog.admin.paging import CappedPaginator
from catalog.admin.typing import FailureAdminBase, SpaceAdminBase
from catalog.embedding.spaces import SwitchRefused, space_switch
from catalog.embedding.wanted import tracks_with_audio
from catalog.models import Embedding, EmbeddingFailure, Space, Track


@admin.register(Space)
class SpaceAdmin(Unsaved, SpaceAdminBase):
    """Vector spaces, and what each learned from the catalog."""

    list_display = (
        "slug",
        "kind",
        "model_id",
        "dimensions",
        "is_current",
        "coverage",
        "failures",
        "is_filling",
    )
    show_full_result_count = False
    sortable_by = ("slug", "kind")
    actions = ("make_current", "fill", "embed_again")
    fields = (
        "slug",
        "kind",
        "encoder",
        "model_id",
        "revision",
        "dimensions",
        "is_current",
        "is_filling",
        "coverage",
        "failures",
        "fitted_figures",
        "fitted_at",
        "created_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Space]:
        """Count vectors, failures and what there could be, in the list's own query.

        The large arrays stay where they are. What there could be is the same for all
        spaces of a kind: PostgreSQL counts it once.
        """
        spaces = super().get_queryset(request).defer("fitted")
        return spaces.annotate(
            held=_counted(Embedding.objects),
            failed=_counted(EmbeddingFailure.objects),
            could=Case(
                When(kind=Space.Kind.TEXT, then=_all(Track.objects.all())),
                default=_all(tracks_with_audio()),
            ),
        )

    @admin.display(description="tracks")
    def coverage(self, space: Space) -> SafeString:
        """Show how many of the tracks that could be in it are."""
        held = int(space.held)  # type: ignore[attr-defined]
        total = max(int(space.could), held)  # type: ignore[attr-defined]
        return format_html(
            '<progress value="{}" max="{}"></progress> {} of {}{}',
            str(held),
            str(max(total, 1)),
            f"{held:,}",
            f"{total:,}",
            f", {total - held:,} without" if total > held else "",
        )

    @admin.display(description="failures")
    def failures(self, space: Space) -> str | SafeString:
        """Link to what its encoder couldn't take."""
        failed = int(space.failed)  # type: ignore[attr-defined]
        if not failed:
            return "none"
        return format_html(
            '<a href="{}?space__id__exact={}">{} failed</a>',
            reverse("admin:catalog_embeddingfailure_changelist"),
            str(space.pk),
            f"{failed:,}",
        )

    @admin.display(description="fitted")
    def fitted_figures(self, space: Space) -> str | SafeString:
        """Show on how many tracks it was fitted, and the bridge's held-out figures."""
        parts = []
        if "count" in space.fitted:
            parts.append(f"Mean and deviation of {space.fitted['count']:,} tracks.")
        if bridge := space.fitted.get("bridge"):
            parts.append(
                "Bridge from words, on artists held out: median rank"
                f" {bridge['median_rank']:.0f} of {bridge['tracks']}, among the first"
                f" ten in {bridge['recall_at_10']:.1%}"
                f" (by chance {bridge['chance_recall_at_10']:.1%})."
            )
            if bridge.get("own_recall_at_10") is not None:
                used = "used" if bridge["is_used"] else "not used"
                parts.append(
                    "The model's own words alone: median rank"
                    f" {bridge['own_median_rank']:.0f}, among the first ten in"
                    f" {bridge['own_recall_at_10']:.1%}; the bridge is {used}."
                )
        if trained := space.fitted.get("trained"):
            parts.append(
                f"Trained bridge {trained['number']} serves in its place, as long as it"
                " is better on the people that it was judged by."
            )
        lines = format_html_join("", "<li>{}</li>", ((part,) for part in parts))
        return format_html('<ul class="figures">{}</ul>', lines) if parts else "nothing"

    @admin.action(description="Make the selected space current", permissions=["change"])
    def make_current(self, request: HttpRequest, spaces: QuerySet[Space]) -> None:
        """Switch, unless the space holds fewer tracks than the present one."""
        chosen = the_one(self, request, spaces)
        if chosen is None:
            return
        try:
            switched = space_switch(chosen.slug)
        except SwitchRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        said = f"Current in place of {switched.before or 'none'}."
        self.log_change(request, switched.after, said)
        self.message_user(request, f"{switched.after}: {said}", messages.SUCCESS)

    @admin.action(
        description="Embed what the selected spaces lack", permissions=["change"]
    )
    def fill(self, request: HttpRequest, spaces: QuerySet[Space]) -> None:
        """Have the background workers bring what lacks."""
        for space in spaces:
            space_fill(self, request, space, again=False)

    @admin.action(
        description="Embed all tracks of the selected spaces anew",
        permissions=["change"],
    )
    def embed_again(self, request: HttpRequest, spaces: QuerySet[Space]) -> None:
        """Have all tracks embedded anew; the old vectors serve until then."""
        for space in spaces:
            space_fill(self, request, space, again=True)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Spaces are made by imports and by `manage.py embed`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It would take every track's vector along; who wants that has SQL."""
        return False


@admin.register(EmbeddingFailure)
class FailureAdmin(FailureAdminBase):
    """What encoders couldn't take, and why. Embedding anew tries it again."""

    list_display = ("track", "space", "reason", "attempts", "failed_at")
    list_select_related = ("track", "space")
    list_per_page = 100
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    search_fields = ("reason", "track__title")
    fields = ("track", "space", "reason", "attempts", "failed_at")
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Allow the failures of one space."""
        return lookup == "space__id__exact" or super().lookup_allowed(
            lookup, value, request
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmbeddingFailure]:
        """Leave the spaces' large arrays where they are."""
        rows = super().get_queryset(request)
        return rows.defer("space__fitted", "track__document", "track__document_vector")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Encoders write them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They say what happened."""
        return False

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Be reached from a space, not from the index."""
        return {}


def _all(tracks: QuerySet[Track]) -> Subquery:
    """Return the count of tracks, as a query within a query."""
    count = Func("pk", function="count", output_field=IntegerField())
    return Subquery(tracks.order_by().values(n=count))


def _counted(rows: Any) -> Coalesce:
    """Return the count of a space's rows, from the index that begins with the space."""
    mine = rows.filter(space=OuterRef("pk")).order_by().values("space")
    count = mine.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
