"""A record's own page at the desk: read it, decide it, edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from feedback.curation.deeds import (
    MAX_TEXT_CHARS,
    DeedRefused,
    Reason,
    Verdict,
    record_decide,
    record_edit,
    record_reopen,
    version_of,
)
from feedback.curation.queue import Queue, queue_of
from feedback.curation.showing import (
    doubt_words,
    history_of,
    mood_words,
    pieces_of,
    songs_of,
    standing_of,
)
from feedback.models import DonatedRecord
from feedback.scrubbing.scrubber import scrub

if TYPE_CHECKING:
    from feedback.curation.records_admin import DonatedRecordAdmin

MAX_PK_DIGITS = 18
# What is pressed, and what it does.
KEYS = (
    ("j", "the next record"),
    ("k", "the one before"),
    ("a", "approve"),
    ("r", "reject: then the number of a reason, or Tab and Enter"),
    ("e", "edit the words"),
    ("Esc", "leave the words, or the reasons"),
    ("u", "undo what you did last"),
    ("l", "back to the list"),
    ("?", "show and hide the keys"),
)
REASONS = tuple(reason for reason in Reason if reason != Reason.NONE)


def record_page(
    model_admin: DonatedRecordAdmin, request: HttpRequest, object_id: str
) -> HttpResponse:
    """Show a record, or do what was asked and go on to the next one of the queue."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    queue = queue_of(model_admin, request)
    record = record_of(object_id)
    if record is None:
        said = "That record isn't there: it was withdrawn by whoever gave it."
        model_admin.message_user(request, said, messages.WARNING)
        return HttpResponseRedirect(queue.url(None))
    if request.method == "POST":
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        return _answer(model_admin, request, record, queue)
    return _shown(model_admin, request, record, queue)


def record_of(object_id: str) -> DonatedRecord | None:
    """Return the record that a page's address names, if it is there."""
    is_number = object_id.isdecimal() and len(object_id) <= MAX_PK_DIGITS
    found = DonatedRecord.objects.filter(pk=int(object_id) if is_number else 0)
    return found.first()


def _answer(
    model_admin: DonatedRecordAdmin,
    request: HttpRequest,
    record: DonatedRecord,
    queue: Queue,
) -> HttpResponse:
    text = request.POST.get("text", "")
    deed = request.POST.get("deed", "")
    if deed == "edit" and "anyway" not in request.POST:
        proposed = scrub(text).text
        if proposed != text:
            return _shown(
                model_admin, request, record, queue, draft=proposed, written=text
            )
    try:
        said, goes_on = _do(request, record.pk, deed)
    except DeedRefused as problem:
        model_admin.message_user(request, str(problem), messages.ERROR)
        draft = text if deed == "edit" else ""
        record.refresh_from_db()
        return _shown(model_admin, request, record, queue, draft=draft)
    model_admin.message_user(request, said, messages.SUCCESS)
    return HttpResponseRedirect(
        queue.url(queue.after(record.pk) if goes_on else record.pk)
    )


def _do(request: HttpRequest, pk: int, deed: str) -> tuple[str, bool]:
    """Do it. Returns what to say, and whether to go on to the next record."""
    actor: Any = request.user
    seen = request.POST.get("seen", "")
    reason = request.POST.get("reason", "")
    match deed or ("reject" if reason else ""):
        case "approve":
            record_decide(pk, actor=actor, verdict=Verdict(), seen=seen)
            return "Approved.", True
        case "reject" if reason in Reason.values and reason:
            verdict = Verdict(Reason(reason))
            record_decide(pk, actor=actor, verdict=verdict, seen=seen)
            return f"Rejected: {verdict.reason.label}.", True
        case "edit":
            record_edit(pk, actor=actor, text=request.POST.get("text", ""), seen=seen)
            return "The text is changed.", False
        case "reopen":
            record_reopen(pk, actor=actor, seen=seen)
            return "It waits for a first look again.", False
    raise BadRequest


def _shown(
    model_admin: DonatedRecordAdmin,
    request: HttpRequest,
    record: DonatedRecord,
    queue: Queue,
    *,
    draft: str = "",
    written: str = "",
) -> HttpResponse:
    """Show the page. draft: what stands in the editor; written: what was, if checked."""
    user: Any = request.user
    standing = standing_of(record, user)
    approved, refused, wanted = songs_of(record)
    may_change = model_admin.has_change_permission(request)
    context = {
        **model_admin.admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": f"Record {record.pk}",
        "opts": model_admin.opts,
        "record": record,
        "seen": version_of(record),
        "pieces": pieces_of(record.text),
        "wanted": wanted,
        "mood": mood_words(record.mood),
        "doubts": doubt_words(record.doubts),
        "approved": approved,
        "refused": refused,
        "standing": standing,
        "may_change": may_change,
        "may_decide": may_change and standing.may_decide,
        "may_reopen": may_change and standing.look is None,
        "history": [] if standing.is_blind else history_of(record),
        "reasons": REASONS,
        "keys": KEYS,
        "draft": draft or record.text,
        "written": written,
        "is_editing": bool(draft),
        "max_text_chars": MAX_TEXT_CHARS,
        "place": queue.place(record.pk),
        "count": len(queue.pks),
        "next_url": _url(queue, queue.after(record.pk)),
        "previous_url": _url(queue, queue.before(record.pk)),
        "list_url": queue.url(None),
        "filters": queue.filters,
    }
    return TemplateResponse(request, "admin/feedback/desk.html", context)


def _url(queue: Queue, pk: int | None) -> str:
    return "" if pk is None else queue.url(pk)
