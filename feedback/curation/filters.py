"""The filters beside the list of donated records: the queue first of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from feedback.curation.doubts import LABELS
from feedback.curation.looks import (
    first_looks,
    looked_at,
    second_looks,
    third_looks,
)
from feedback.models import DonatedRecord

Choices = list[tuple[str, str]]


class QueueFilter(admin.SimpleListFilter):
    """What a record waits for. Without a choice: a first look."""

    title = "queue"
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the queues."""
        return [
            ("second", "Second looks"),
            ("third", "Third looks"),
            ("others", "Waiting for others"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Call it by its name that nothing is chosen."""
        first, *others = super().choices(changelist)
        yield {**first, "display": "To review"}
        yield from others

    def queryset(self, request: HttpRequest, records: QuerySet[DonatedRecord]) -> Any:
        """Keep the records of the queue."""
        user: Any = request.user
        match self.value():
            case None:
                return records.filter(pk__in=first_looks().values("pk"))
            case "second":
                return records.filter(pk__in=second_looks(user).values("pk"))
            case "third":
                return records.filter(pk__in=third_looks(user).values("pk"))
            case "others":
                return records.filter(pk__in=looked_at(user).values("pk"))
            case "approved" | "rejected" as status:
                return records.filter(status=status)
        return records.none()


class DoubtFilter(admin.SimpleListFilter):
    """Of what there is a doubt."""

    title = "doubt"
    parameter_name = "doubt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return none, and each kind."""
        labels = [(code.value, label.capitalize()) for code, label in LABELS.items()]
        return [("none", "None"), *labels]

    def queryset(self, request: HttpRequest, records: QuerySet[DonatedRecord]) -> Any:
        """Keep records with the doubt."""
        value = self.value()
        if value == "none":
            return records.filter(doubts=[])
        return records.filter(doubts__contains=[value]) if value else None


class LanguageFilter(admin.SimpleListFilter):
    """The language of the words."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the languages that there are."""
        found = DonatedRecord.objects.order_by("language").values_list(
            "language", flat=True
        )
        return [(code or "-", code or "Not told") for code in found.distinct()]

    def queryset(self, request: HttpRequest, records: QuerySet[DonatedRecord]) -> Any:
        """Keep records of the language."""
        value = self.value()
        return records.filter(language=value.strip("-")) if value else None
