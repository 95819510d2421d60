"""Imports: how far each is, what it refused, and trying that again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from catalog.admin.acting import Unsaved
from catalog.admin.progress import RunProgress, runs_progress
from catalog.admin.typing import RunAdminBase
from catalog.ingest.curating import NotPossible, run_retry, run_stop, run_wake
from catalog.models import IngestItem, IngestRun

MOST_ASKED = 100


@admin.register(IngestRun)
class IngestRunAdmin(Unsaved, RunAdminBase):
    """Imports, with how far each is. A page that shows a running one keeps itself new."""

    list_display = ("__str__", "status", "progress", "refused", "created_at")
    list_filter = ("kind", "status")
    list_per_page = 50
    search_fields = ("root",)
    show_full_result_count = False
    sortable_by = ("created_at",)
    actions = ("retry", "wake", "stop")
    fields = (
        "kind",
        "root",
        "status",
        "progress",
        "refused",
        "report",
        "error",
        "counts",
        "options",
        "created_at",
        "finished_at",
    )
    readonly_fields = fields

    class Media:
        js = ("js/admin/runs.js",)

    def get_urls(self) -> list[URLPattern]:
        """Add the address that running pages ask for news."""
        news = self.admin_site.admin_view(self.show_progress)
        own = path("progress.json", news, name="catalog_ingestrun_progress")
        return [own, *super().get_urls()]

    def show_progress(self, request: HttpRequest) -> JsonResponse:
        """Tell how far runs are: ?run=1&run=2."""
        if not self.has_view_permission(request):
            return JsonResponse({"detail": "You may not see imports."}, status=403)
        ids = [pk for pk in request.GET.getlist("run") if pk.isdecimal()][:MOST_ASKED]
        runs = IngestRun.objects.filter(pk__in=[int(pk[:18]) for pk in ids])
        found = runs_progress(runs)
        return JsonResponse(
            {
                pk: {
                    "status": held.status,
                    "settled": held.settled,
                    "total": held.total,
                    "figures": held.figures,
                    "pace": held.pace,
                }
                for pk, held in found.items()
            }
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count for the whole page in one query."""
        changes = super().get_changelist_instance(request)
        found = list(changes.result_list)
        counted = runs_progress(found)
        for run in found:
            run.counted = counted[run.pk]
        changes.result_list = found
        return changes

    @admin.display(description="progress")
    def progress(self, run: IngestRun) -> SafeString:
        """Show a bar, the counts, and how long it took."""
        held = _counted(run)
        is_over = run.status != IngestRun.Status.RUNNING
        bar = mark_safe("" if is_over else "<progress></progress>")  # noqa: S308
        if held.total is not None:
            bar = format_html(
                '<progress value="{}" max="{}"></progress>',
                str(held.settled),
                str(max(held.total, 1)),
            )
        return format_html(
            '<span class="run-progress" data-run="{}" data-status="{}" data-url="{}">'
            '{} <span data-slot="figures">{}</span>'
            ' <span class="run-pace" data-slot="pace">{}</span></span>',
            str(run.pk),
            run.status,
            reverse("admin:catalog_ingestrun_progress"),
            bar,
            held.figures,
            held.pace,
        )

    @admin.display(description="refused")
    def refused(self, run: IngestRun) -> str | SafeString:
        """Link to what was refused."""
        held = _counted(run)
        if not held.refused:
            return "none"
        if run.kind == IngestRun.Kind.TABLE:
            return f"{held.refused:,} rows, see its report"
        return format_html(
            '<a href="{}?run__id__exact={}&amp;status__exact=refused">{} refused</a>',
            reverse("admin:catalog_ingestitem_changelist"),
            str(run.pk),
            f"{held.refused:,}",
        )

    @admin.display(description="report", empty_value="none")
    def report(self, run: IngestRun) -> str | None:
        """Show the path of a table's report: its refused rows with their reasons."""
        return str(run.options.get("report", "")) or None

    @admin.action(description="Try refused ones again", permissions=["change"])
    def retry(self, request: HttpRequest, runs: QuerySet[IngestRun]) -> None:
        """Give what was refused its attempts back."""
        self._each(request, runs, run_retry, "{} refused items are tried again.")

    @admin.action(description="Wake workers for running ones", permissions=["change"])
    def wake(self, request: HttpRequest, runs: QuerySet[IngestRun]) -> None:
        """Queue jobs where they were lost, as the sweeper does by itself."""
        self._each(request, runs, run_wake, "{} jobs queued.")

    @admin.action(description="Stop what is not begun", permissions=["change"])
    def stop(self, request: HttpRequest, runs: QuerySet[IngestRun]) -> None:
        """Let a running import end with what it has."""
        self._each(request, runs, run_stop, "Stopped with {} items unread.")

    def _each(
        self,
        request: HttpRequest,
        runs: QuerySet[IngestRun],
        do: Callable[[IngestRun], int],
        said: str,
    ) -> None:
        for run in runs.order_by("pk"):
            try:
                done = said.format(do(run))
            except NotPossible as problem:
                self.message_user(request, f"{run}: {problem}", messages.WARNING)
                continue
            self.log_change(request, run, done)
            self.message_user(request, f"{run}: {done}", messages.SUCCESS)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say how many items a run takes along, not each: it may be 100,000."""
        items = IngestItem.objects.filter(run__in=objs).count()
        told = [*(str(run) for run in objs), "Its tracks stay in the catalog."]
        return told, {"ingest runs": len(objs), "ingest items": items}, set(), []

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Runs are started by commands."""
        return False


def _counted(run: IngestRun) -> RunProgress:
    held: RunProgress | None = getattr(run, "counted", None)
    return held or runs_progress([run])[run.pk]
