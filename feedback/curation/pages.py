"""The desk's other pages: its beginning, undo, charts, agreement."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from feedback.curation.agreement import agreements_of, reviewed_pairs
from feedback.curation.charts import lying, standing
from feedback.curation.deeds import DeedRefused, last_undo
from feedback.curation.figures import figures_of
from feedback.curation.looks import looked_at, second_looks, third_looks
from feedback.curation.queue import queue_of

if TYPE_CHECKING:
    from feedback.curation.records_admin import DonatedRecordAdmin

RECORDS = ("Approved", "Waiting", "Rejected")
SONGS = ("Approved", "Refused")

View = Callable[["DonatedRecordAdmin", HttpRequest], HttpResponse]


def of(model_admin: DonatedRecordAdmin, view: View) -> Callable[..., HttpResponse]:
    """Make a page of the admin's, for those who may see records."""

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        return view(model_admin, request)

    return page


def open_desk(model_admin: DonatedRecordAdmin, request: HttpRequest) -> HttpResponse:
    """Open the first record that waits; the list, where none does."""
    queue = queue_of(model_admin, request)
    if not queue.pks:
        said = "Nothing waits for a first look."
        model_admin.message_user(request, said, messages.INFO)
    return HttpResponseRedirect(queue.url(next(iter(queue.pks), None)))


def undo_last(model_admin: DonatedRecordAdmin, request: HttpRequest) -> HttpResponse:
    """Take back what the reviewer did last, and show it."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    queue = queue_of(model_admin, request)
    user: Any = request.user
    try:
        done = last_undo(user)
    except DeedRefused as problem:
        model_admin.message_user(request, str(problem), messages.WARNING)
        return HttpResponseRedirect(queue.url(None))
    left = f" {len(done.refused)} were changed since, and stay." if done.refused else ""
    count = len(done.records)
    what = "Taken back." if count == 1 else f"{count} taken back."
    model_admin.message_user(request, what + left, messages.SUCCESS)
    return HttpResponseRedirect(queue.url(done.records[0] if count == 1 else None))


def show_figures(model_admin: DonatedRecordAdmin, request: HttpRequest) -> HttpResponse:
    """Show what has been given, in charts."""
    figures = figures_of(timezone.now().date())
    charts = [
        standing(
            "weeks",
            "Records over time",
            first="Week from",
            heads=RECORDS,
            rows=figures.weeks,
        ),
        lying(
            "balance",
            "Approved and refused songs",
            first="Songs",
            heads=SONGS,
            rows=figures.balance,
        ),
        lying(
            "genres", "Genres of songs", first="Genre", heads=SONGS, rows=figures.genres
        ),
        lying("eras", "Eras of songs", first="Decade", heads=SONGS, rows=figures.eras),
        lying(
            "languages",
            "Languages of records",
            first="Language",
            heads=RECORDS,
            rows=figures.languages,
        ),
    ]
    return _page(
        model_admin,
        request,
        name="figures",
        title="Charts of what was given",
        context={"charts": charts, "figures": figures},
    )


def show_agreement(
    model_admin: DonatedRecordAdmin, request: HttpRequest
) -> HttpResponse:
    """Show how far first and second looks agree."""
    user: Any = request.user
    context = {
        "agreements": agreements_of(reviewed_pairs()),
        "percent": 100 * settings.SECOND_LOOK_SHARE,
        "seconds": second_looks(user).count(),
        "thirds": third_looks(user).count(),
        "others": looked_at(user).count(),
    }
    return _page(
        model_admin,
        request,
        name="agreement",
        title="How far reviewers agree",
        context=context,
    )


def _page(
    model_admin: DonatedRecordAdmin,
    request: HttpRequest,
    *,
    name: str,
    title: str,
    context: dict[str, Any],
) -> HttpResponse:
    whole = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        **context,
    }
    return TemplateResponse(request, f"admin/feedback/{name}.html", whole)
