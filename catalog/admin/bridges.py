"""Trained bridges: how each did on people held out, the switch, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.admin.acting import Unsaved, the_one
from catalog.admin.typing import BridgeAdminBase
from catalog.models import TrainedBridge
from catalog.trained_bridges import BridgeRefused, bridge_back, bridge_use


@admin.register(TrainedBridge)
class TrainedBridgeAdmin(Unsaved, BridgeAdminBase):
    """Bridges from words to sound that were trained on what people gave."""

    list_display = (
        "__str__",
        "space",
        "learned_from",
        "before_and_after",
        "is_offered",
        "is_current",
        "created_at",
    )
    list_select_related = ("space",)
    sortable_by = ()
    actions = ("make_current", "go_back")
    fields = (
        "space",
        "learned_from",
        "is_current",
        "is_offered",
        "comparison",
        "ended",
        "before",
        "text_model",
        "seed",
        "created_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrainedBridge]:
        """Leave the large arrays where they are."""
        rows = super().get_queryset(request)
        return rows.defer("arrays", "held_out", "space__fitted")

    @admin.display(description="among the first ten")
    def before_and_after(self, bridge: TrainedBridge) -> str:
        """Show the share found by the bridge it began with, and by it."""
        before, after = bridge.figures["before"], bridge.figures["after"]
        return f"{before['recall_at_10']:.1%}, then {after['recall_at_10']:.1%}"

    @admin.display(description="on people held out")
    def comparison(self, bridge: TrainedBridge) -> SafeString:
        """Show both bridges' figures, and how sure the difference is."""
        figures = bridge.figures
        lines = [
            f"{figures['pairs']:,} approvals for {figures['texts']:,} texts, among"
            f" {figures['tracks']:,} tracks",
            *(
                f"{name}: first in {found['recall_at_1']:.1%}, among the first ten in"
                f" {found['recall_at_10']:.1%}, median rank {found['median_rank']:.0f}"
                for name, found in (
                    ("The one it began with", figures["before"]),
                    ("This one", figures["after"]),
                )
            ),
            f"By chance as good in {figures['p_value']:.2%} of tries (permutation test)."
            f" Epoch {figures['best_epoch']} of {figures['epochs']}.",
        ]
        items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
        return format_html('<ul class="figures">{}</ul>', items)

    @admin.action(
        description="Make the selected bridge current", permissions=["change"]
    )
    def make_current(
        self, request: HttpRequest, bridges: QuerySet[TrainedBridge]
    ) -> None:
        """Let words take it, if it was better than the one that it began with."""
        chosen = the_one(self, request, bridges)
        if chosen is None:
            return
        try:
            bridge_use(chosen.pk)
        except BridgeRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        self.log_change(request, chosen, "Made current.")
        said = f"{chosen} serves in {chosen.space} now."
        self.message_user(request, said, messages.SUCCESS)

    @admin.action(
        description="Go back to what served before the selected", permissions=["change"]
    )
    def go_back(self, request: HttpRequest, bridges: QuerySet[TrainedBridge]) -> None:
        """Let words take what they took before the current one."""
        chosen = the_one(self, request, bridges)
        if chosen is None:
            return
        if not chosen.is_current:
            said = f"{chosen} isn't current."
            self.message_user(request, said, messages.WARNING)
            return
        now = bridge_back(chosen.space) or "the catalog's own bridge"
        said = f"Went back to {now}."
        self.log_change(request, chosen, said)
        self.message_user(request, said, messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are made by `manage.py train_bridge`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are small, and say what was tried."""
        return False
