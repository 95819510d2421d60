"""Releases in the admin: made, looked through, shown to the public and hidden."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.admin.acting import Unsaved
from feedback.curation.looks import held
from feedback.models import Release
from feedback.release_views import release_response
from feedback.releasing.given import records_for_release
from feedback.releasing.parts import NAMES
from feedback.releasing.publishing import release_hide, release_publish
from feedback.releasing.work import IN_MAKING, release_ask

MOST_ASKED = 20


@admin.register(Release)
class ReleaseAdmin(Unsaved, admin.ModelAdmin):  # type: ignore[type-arg]
    """Releases. Once made they aren't changed; a page that shows one in the making
    keeps itself new."""

    list_display = ("__str__", "state", "rows", "people", "is_published", "finished_at")
    list_filter = ("is_published", "status")
    sortable_by = ()
    actions = ("publish", "hide")
    fields = (
        "number",
        "state",
        "floor",
        "licence",
        "counts",
        "downloads",
        "is_published",
        "published_at",
        "asked_at",
        "finished_at",
    )
    readonly_fields = fields

    class Media:
        js = ("js/admin/runs.js",)

    def get_urls(self) -> list[URLPattern]:
        """Add the news of releases in the making, and their files."""
        see = self.admin_site.admin_view
        own = [
            path(
                "progress.json",
                see(self.show_progress),
                name="feedback_release_progress",
            ),
            path(
                "<int:pk>/files/<path:name>",
                see(self.download),
                name="feedback_release_file",
            ),
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Say what the next release is made of, and have it made."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            release = release_ask()
            self.log_addition(request, release, "Asked for.")
            said = f"{release} is being made in the background."
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:feedback_release_changelist")
        waiting = records_for_release().order_by()
        context = {
            **self.admin_site.each_context(request),
            "title": "Make a release",
            "opts": self.opts,
            "records": waiting.count(),
            "people": waiting.values("pseudonym").distinct().count(),
            "held": held().filter(for_release=True).count(),
            "in_making": Release.objects.filter(status__in=IN_MAKING).first(),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/feedback/make_release.html", context)

    def show_progress(self, request: HttpRequest) -> JsonResponse:
        """Tell how far releases are: ?run=1&run=2, as js/admin/runs.js asks."""
        if not self.has_view_permission(request):
            return JsonResponse({"detail": "You may not see releases."}, status=403)
        ids = [pk for pk in request.GET.getlist("run") if pk.isdecimal()][:MOST_ASKED]
        found = Release.objects.filter(pk__in=[int(pk[:18]) for pk in ids])
        return JsonResponse(
            {
                release.pk: {
                    "status": _status(release),
                    "settled": round(release.progress * 100),
                    "total": 100,
                    "figures": _figures(release),
                    "pace": "",
                }
                for release in found
            }
        )

    def download(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        """Give a file of any release to those who may download it."""
        if not request.user.has_perm("feedback.download_release"):
            raise PermissionDenied
        return release_response(request, get_object_or_404(Release, pk=pk), name)

    @admin.display(description="state")
    def state(self, release: Release) -> str | SafeString:
        """Show how far it is, or why it couldn't be made."""
        if release.status == Release.Status.FAILED:
            return f"failed: {release.error}"
        if release.status == Release.Status.DONE:
            return "made"
        return format_html(
            '<span class="run-progress" data-run="{}" data-status="{}" data-url="{}">'
            '<progress value="{}" max="100"></progress>'
            ' <span data-slot="figures">{}</span></span>',
            str(release.pk),
            _status(release),
            reverse("admin:feedback_release_progress"),
            str(round(release.progress * 100)),
            _figures(release),
        )

    @admin.display(description="rows (train / validation / test)")
    def rows(self, release: Release) -> str:
        """Show how many rows its parts have."""
        return _by_part(release, "rows")

    @admin.display(description="people behind them")
    def people(self, release: Release) -> str:
        """Show how many people are behind the rows of its parts."""
        return _by_part(release, "people")

    @admin.display(description="counts")
    def counts(self, release: Release) -> str | SafeString:
        """Show what came in, and what was held back or withdrawn since the last one."""
        facts = release.facts
        if not facts:
            return "-"
        lines = [
            f"{facts['released']:,} of {facts['records']:,} approved records,"
            f" {facts['released_texts']:,} with their text;"
            f" {facts['held_back']:,} held back",
            f"{facts['songs_released']:,} of {facts['songs_given']:,} approvals and"
            f" refusals, of {facts['songs']:,} songs",
        ]
        if facts["previous"]:
            lines.append(
                f"since release {facts['previous']}: {facts['withdrawn']:,} withdrawn,"
                f" {facts['rejected']:,} no longer approved"
            )
        items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
        return format_html('<ul class="figures">{}</ul>', items)

    @admin.display(description="files")
    def downloads(self, release: Release) -> str | SafeString:
        """Link to its files, for those who may download them."""
        if not release.files:
            return "-"
        items = format_html_join(
            "",
            '<li><a href="{}">{}</a> {} <code>{}</code></li>',
            (
                (
                    reverse(
                        "admin:feedback_release_file", args=[release.pk, file["path"]]
                    ),
                    file["path"],
                    filesizeformat(file["size_bytes"]),
                    file["sha256"],
                )
                for file in release.files
            ),
        )
        return format_html('<ul class="figures release-files">{}</ul>', items)

    @admin.action(
        description="Show the selected to the public", permissions=["publish"]
    )
    def publish(self, request: HttpRequest, releases: QuerySet[Release]) -> None:
        """Publish those that are made and aren't shown yet."""
        for release in releases:
            if release_publish(release):
                self.log_change(request, release, "Shown to the public.")
                said = f"{release} is shown to the public."
                self.message_user(request, said, messages.SUCCESS)
            else:
                said = f"{release} is shown already, or isn't made."
                self.message_user(request, said, messages.WARNING)

    @admin.action(description="Hide the selected again", permissions=["publish"])
    def hide(self, request: HttpRequest, releases: QuerySet[Release]) -> None:
        """Show them to nobody; they stay as they are."""
        for release in releases:
            if release_hide(release):
                self.log_change(request, release, "Hidden from the public.")
                said = f"{release} isn't shown to the public any more."
                self.message_user(request, said, messages.SUCCESS)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Say who may show releases to the public, and hide them."""
        return bool(request.user.has_perm("feedback.publish_release"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A release isn't changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor deleted: its number is its for ever."""
        return False


def _status(release: Release) -> str:
    """Return the status by which js/admin/runs.js knows what is still going on."""
    return "running" if release.status in IN_MAKING else str(release.status)


def _figures(release: Release) -> str:
    is_waiting = release.status == Release.Status.WAITING
    return "waits for a worker" if is_waiting else f"{release.progress:.0%}"


def _by_part(release: Release, what: str) -> str:
    parts = release.facts.get("parts", {})
    counts = [f"{parts[name][what]:,}" for name in NAMES if name in parts]
    return " / ".join(counts) or "-"
