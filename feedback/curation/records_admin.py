"""Donated records in the admin: the queue, and what is done to many at once.

Who may see records sees them and nothing of who gave them; who may change them decides.
Nobody adds or deletes any here: they come from listeners, who can withdraw them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.paging import CappedPaginator
from feedback.curation import pages
from feedback.curation.deeds import Reason, Verdict, records_decide, versioned
from feedback.curation.deeds import version_of as version
from feedback.curation.filters import DoubtFilter, LanguageFilter, QueueFilter
from feedback.curation.page import record_of, record_page
from feedback.curation.reading import asked_of
from feedback.curation.showing import doubt_words, excerpt_of
from feedback.curation.typing import RecordAdminBase
from feedback.models import DonatedRecord

ASKED_SHOWN = 4
# What is pressed in the list, and what it does.
KEYS = (
    ("j", "the next row"),
    ("k", "the one before"),
    ("Enter", "open it"),
    ("o", "review one by one, from the first"),
    ("x", "select it, or no more"),
    ("a", "approve the selected ones, else this one"),
    ("r", "reject them, with a reason"),
    ("u", "undo what you did last"),
    ("?", "show and hide the keys"),
)


@admin.register(DonatedRecord)
class DonatedRecordAdmin(RecordAdminBase):
    """The queue of donated records; each opens at the desk."""

    change_list_template = "admin/feedback/records.html"
    list_display = ("words", "asked", "songs", "language", "week", "doubtful")
    list_filter = (QueueFilter, DoubtFilter, LanguageFilter)
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    ordering = ("-doubt", "week", "id")
    sortable_by = ("week", "doubtful")
    search_fields = ("text", "=uuid")
    actions = ("approve", "reject")

    class Media:
        css = {"all": ("css/desk.css",)}  # noqa: RUF012 (Django's own form)
        js = (Script("js/admin/desk.js", defer=True),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[DonatedRecord]:
        """Have what the list shows of each record fetched at once."""
        return versioned(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        """Add the pages beside the list."""
        own = (
            ("desk", pages.open_desk),
            ("undo", pages.undo_last),
            ("figures", pages.show_figures),
            ("agreement", pages.show_agreement),
        )
        added = [
            path(
                f"{name}/",
                self.admin_site.admin_view(pages.of(self, view)),
                name=f"feedback_donatedrecord_{name}",
            )
            for name, view in own
        ]
        return [*added, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the queue, with its keys."""
        more = {
            "title": "Donated records",
            "keys": KEYS,
            "may_change": self.has_change_permission(request),
            "filters": request.GET.urlencode(),
        }
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a record at the desk, or do something to it."""
        return record_page(self, request, object_id)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the record's lines of the log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = record_of(object_id)
        asked = f"?q={record.uuid}" if record else ""
        url = reverse("admin:feedback_curationentry_changelist")
        return HttpResponseRedirect(url + asked)

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Allow the filters alone: others would tell whose a record is, or its state."""
        return lookup in {one.parameter_name for one in self.list_filter}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Records come from listeners."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: DonatedRecord | None = None
    ) -> bool:
        """Records are rejected, or withdrawn by whoever gave them."""
        return False

    @admin.display(description="words")
    def words(self, record: DonatedRecord) -> str:
        """Show how the text begins, and note the version that is shown."""
        return render_to_string(
            "admin/feedback/_words.html",
            {
                "pieces": excerpt_of(record.text),
                "seen_name": f"seen-{record.pk}",
                "seen": version(record),
            },
        )

    @admin.display(description="asked for")
    def asked(self, record: DonatedRecord) -> str:
        """Name the first constraints."""
        asked = [one.words for one in asked_of(record.constraints)]
        more = ["…"] if len(asked) > ASKED_SHOWN else []
        return ", ".join(asked[:ASKED_SHOWN] + more) or "–"

    @admin.display(description="songs")
    def songs(self, record: DonatedRecord) -> SafeString:
        """Count those approved and refused."""
        held = [track.is_approved for track in record.tracks.all()]
        return format_html(
            '<span class="record-songs">{} <abbr title="approved">✓</abbr>'
            ' {} <abbr title="refused">✗</abbr></span>',
            str(held.count(True)),
            str(held.count(False)),
        )

    @admin.display(description="doubt", ordering="doubt")
    def doubtful(self, record: DonatedRecord) -> SafeString:
        """Show how doubtful it is, and why."""
        return format_html(
            '<meter value="{}" max="1" low="0.34" high="0.67" optimum="0" title="{}">'
            "{}</meter>"
            '<span class="record-doubts">{}</span>',
            f"{record.doubt:.2f}",
            f"doubt {record.doubt:.2f}",
            f"{record.doubt:.2f}",
            "; ".join(doubt_words(record.doubts)) or "nothing",
        )

    @admin.action(description="Approve the selected records", permissions=["change"])
    def approve(self, request: HttpRequest, records: QuerySet[DonatedRecord]) -> None:
        """Approve those that are still as the list showed them."""
        if seen := self._seen(request, records):
            self._decide(request, seen, Verdict())

    @admin.action(description="Reject the selected records", permissions=["change"])
    def reject(
        self, request: HttpRequest, records: QuerySet[DonatedRecord]
    ) -> HttpResponse | None:
        """Ask for the reason, and reject."""
        if not (seen := self._seen(request, records)):
            return None
        reason = request.POST.get("reason", "")
        if reason in Reason.values and reason:
            self._decide(request, seen, Verdict(Reason(reason)))
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": f"Reject {_records(len(seen))}",
            "opts": self.opts,
            "records": [
                (record.pk, seen[record.pk], excerpt_of(record.text))
                for record in records.filter(pk__in=seen)
            ],
            "reasons": [r for r in Reason if r != Reason.NONE],
            "action": "reject",
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/feedback/reject.html", context)

    def _seen(
        self, request: HttpRequest, records: QuerySet[DonatedRecord]
    ) -> dict[int, str]:
        """Return the versions that were on the page, by primary key.

        Those of other pages ("select all 312") aren't there: nobody decides unseen.
        """
        posted = {pk: request.POST.get(f"seen-{pk}") for pk in _pks(records)}
        seen = {pk: version for pk, version in posted.items() if version}
        if unseen := len(posted) - len(seen):
            said = f"{unseen} that you haven't seen on this page are left as they are."
            self.message_user(request, said, messages.WARNING)
        return seen

    def _decide(
        self, request: HttpRequest, seen: dict[int, str], verdict: Verdict
    ) -> None:
        done = records_decide(seen, actor=_user(request), verdict=verdict)
        what = "Approved" if verdict.is_approved else "Rejected"
        if done.records:
            said = f"{what} {_records(len(done.records))}."
            self.message_user(request, said, messages.SUCCESS)
        for why in sorted(set(done.refused.values())):
            count = list(done.refused.values()).count(why)
            self.message_user(request, f"{count} left: {why}", messages.WARNING)


def _records(count: int) -> str:
    return f"{count} record{'' if count == 1 else 's'}"


def _pks(records: QuerySet[DonatedRecord]) -> list[int]:
    return list(records.values_list("pk", flat=True))


def _user(request: HttpRequest) -> Any:
    return request.user
