"""The log of curation in the admin: to be read, by whoever may."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.paging import CappedPaginator
from feedback.curation.deeds import digest_of
from feedback.curation.looks import secret_to
from feedback.curation.typing import EntryAdminBase
from feedback.models import CurationEntry, DonatedRecord, RecordEdit

READ_EDITS = "feedback.read_edits"
FIELDS = ("at", "who", "kind", "look", "why", "afterwards", "which")
EDIT_FIELDS = ("before", "after", "is_true")


@admin.register(CurationEntry)
class CurationEntryAdmin(EntryAdminBase):
    """Who did what to which record, and when. Nobody changes any of it.

    Of a record whose second or third look is theirs to take, nobody sees what others did.
    What an edit took out may be what had to go, so only some may read it.
    """

    list_display = FIELDS
    list_display_links = ("at",)
    list_filter = ("kind", "look", "reason")
    list_select_related = ("actor",)
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    sortable_by = ()
    search_fields = ("=record", "=actor__username")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CurationEntry]:
        """Leave out what the reader mustn't know yet."""
        user: Any = request.user
        secret = Q(record__in=secret_to(user).values("uuid")) & ~Q(actor=user)
        there = DonatedRecord.objects.filter(uuid=OuterRef("record")).values("pk")
        entries = super().get_queryset(request).exclude(secret)
        return entries.annotate(record_pk=Subquery(there))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Call it what it is."""
        named = {"title": "The log of curation"}
        return super().changelist_view(request, {**(extra_context or {}), **named})

    def get_fields(
        self, request: HttpRequest, obj: CurationEntry | None = None
    ) -> tuple[str, ...]:
        """Show what an edit changed to those who may read it."""
        may_read = obj is not None and obj.edit and request.user.has_perm(READ_EDITS)
        return (*FIELDS, *EDIT_FIELDS) if may_read else FIELDS

    def get_readonly_fields(
        self, request: HttpRequest, obj: CurationEntry | None = None
    ) -> tuple[str, ...]:
        """All of it is."""
        return self.get_fields(request, obj)

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Allow the filters alone."""
        return lookup in {f"{name}__exact" for name in self.list_filter}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Deeds write it."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: CurationEntry | None = None
    ) -> bool:
        """Nobody changes what was done."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CurationEntry | None = None
    ) -> bool:
        """Nobody takes a line out."""
        return False

    @admin.display(description="who")
    def who(self, entry: CurationEntry) -> str:
        """Name the reviewer, while they have an account."""
        return str(entry.actor) if entry.actor else "somebody whose account is gone"

    @admin.display(description="reason")
    def why(self, entry: CurationEntry) -> str:
        """Say why it was rejected, if it was."""
        return entry.get_reason_display() if entry.reason else "–"

    @admin.display(description="afterwards")
    def afterwards(self, entry: CurationEntry) -> str:
        """Say which look it waited for then, if for any."""
        look = entry.get_then_display()
        return f"waits for a {look.lower()} look" if look else "–"

    @admin.display(description="record")
    def which(self, entry: Any) -> str | SafeString:
        """Link to the record, while it is there."""
        if entry.record_pk is None:
            return f"{entry.record} (withdrawn)"
        url = reverse("admin:feedback_donatedrecord_change", args=[entry.record_pk])
        return format_html('<a href="{}">{}</a>', url, str(entry.record))

    @admin.display(description="text before")
    def before(self, entry: CurationEntry) -> str:
        """Show the text before an edit."""
        edit = _edit(entry)
        return edit.before if edit else "gone with its record"

    @admin.display(description="text after")
    def after(self, entry: CurationEntry) -> str:
        """Show the text after an edit."""
        edit = _edit(entry)
        return edit.after if edit else "gone with its record"

    @admin.display(description="as logged", boolean=True)
    def is_true(self, entry: CurationEntry) -> bool | None:
        """Say whether both texts are still those that were logged."""
        edit = _edit(entry)
        if edit is None:
            return None
        texts = (edit.before, edit.after)
        held = tuple(digest_of(text, bytes(edit.salt)) for text in texts)
        return held == (bytes(entry.before_digest), bytes(entry.after_digest))


def _edit(entry: CurationEntry) -> RecordEdit | None:
    return RecordEdit.objects.filter(uuid=entry.edit).first() if entry.edit else None
