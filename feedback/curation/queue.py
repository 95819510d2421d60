"""Where a record stands in the list that a reviewer came from."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest, QueryDict
from django.urls import reverse

PRESERVED = "_changelist_filters"
# Nobody goes through more in one sitting.
MOST_WALKED = 5000


@dataclass(frozen=True)
class Queue:
    """Primary keys in the order of a list. filters: what that list was asked for."""

    pks: tuple[int, ...]
    filters: str

    def place(self, pk: int) -> int | None:
        """Return a record's place, from 1; None where it isn't in the list (any more)."""
        return self.pks.index(pk) + 1 if pk in self.pks else None

    def after(self, pk: int) -> int | None:
        """Return the record behind one; of one that isn't in the list, the first."""
        place = self.place(pk) or 0
        return self.pks[place] if place < len(self.pks) else None

    def before(self, pk: int) -> int | None:
        """Return the record before one, if there is any."""
        place = self.place(pk)
        return self.pks[place - 2] if place and place > 1 else None

    def url(self, pk: int | None) -> str:
        """Return the address of a record's page; of the list where there is none."""
        if pk is None:
            url = reverse("admin:feedback_donatedrecord_changelist")
            return f"{url}?{self.filters}" if self.filters else url
        url = reverse("admin:feedback_donatedrecord_change", args=[pk])
        asked = QueryDict(mutable=True)
        asked[PRESERVED] = self.filters
        return f"{url}?{asked.urlencode()}" if self.filters else url


def queue_of(model_admin: admin.ModelAdmin[Any], request: HttpRequest) -> Queue:
    """Return the list that a record's page was opened from, by its address. One query."""
    filters = request.GET.get(PRESERVED, "")
    try:
        return _read(model_admin, request, filters)
    except IncorrectLookupParameters:
        return _read(model_admin, request, "")


def _read(
    model_admin: admin.ModelAdmin[Any], request: HttpRequest, filters: str
) -> Queue:
    asked = copy.copy(request)
    asked.GET = QueryDict(filters)
    changes = model_admin.get_changelist_instance(asked)
    pks = changes.queryset.values_list("pk", flat=True)[:MOST_WALKED]
    return Queue(tuple(pks), filters)
