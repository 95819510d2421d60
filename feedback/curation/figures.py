"""What has been given, counted for the charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, QuerySet
from django.db.models.functions import Cast, Floor

from catalog.genres import genre_name
from catalog.models import Tag
from feedback.models import DonatedRecord, DonatedTrack

Status = DonatedRecord.Status
STATUSES = (Status.APPROVED, Status.WAITING, Status.REJECTED)
WEEKS_SHOWN = 26
GENRES_SHOWN, LANGUAGES_SHOWN = 12, 10
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One bar: its label, and the counts that it is made of."""

    label: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the bar's length."""
        return sum(self.counts)


@dataclass(frozen=True)
class Figures:
    """All that the page of charts shows.

    weeks, languages: approved, waiting and rejected records. genres, eras: approved and
    refused songs. balance: the same of all songs, and of those of approved records.
    """

    weeks: tuple[Row, ...]
    genres: tuple[Row, ...]
    eras: tuple[Row, ...]
    languages: tuple[Row, ...]
    balance: tuple[Row, ...]
    records: int
    without_genre: int
    without_year: int


def figures_of(today: date) -> Figures:
    """Count. Eight queries, each over all records or their songs."""
    songs = DonatedTrack.objects.exclude(record__status=Status.REJECTED).order_by()
    genred = songs.filter(track__tags__kind=Tag.Kind.GENRE)
    decade = Cast(Floor(F("track__year") / 10) * 10, IntegerField())
    dated = songs.exclude(track__year=None).annotate(decade=decade)
    count = songs.count()
    eras = _by_opinion(dated, "decade", "{}s".format)
    return Figures(
        weeks=_weeks(today),
        genres=longest(
            _by_opinion(genred, "track__tags__key", genre_name), GENRES_SHOWN
        ),
        eras=tuple(sorted(eras, key=lambda row: row.label)),
        languages=longest(_languages(), LANGUAGES_SHOWN),
        balance=tuple(_balance()),
        records=DonatedRecord.objects.count(),
        without_genre=count - genred.values("pk").distinct().count(),
        without_year=count - sum(row.total for row in eras),
    )


def _weeks(today: date) -> tuple[Row, ...]:
    """Count records by week, the newest last, those without any as well."""
    monday = today - timedelta(days=today.weekday())
    first = monday - (WEEKS_SHOWN - 1) * WEEK
    found = _counted(DonatedRecord.objects.filter(week__gte=first), "week", "status")
    weeks = [first + n * WEEK for n in range(WEEKS_SHOWN)]
    return tuple(
        Row(week.isoformat(), tuple(found.get((week, s), 0) for s in STATUSES))
        for week in weeks
    )


def _languages() -> list[Row]:
    found = _counted(DonatedRecord.objects.all(), "language", "status")
    codes = {code for code, _ in found}
    return [
        Row(code or "not told", tuple(found.get((code, s), 0) for s in STATUSES))
        for code in codes
    ]


def _by_opinion(
    songs: QuerySet[DonatedTrack], field: str, name: Callable[[Any], str]
) -> list[Row]:
    """Count approved and refused songs by a field; values of one name are one."""
    sums: dict[str, list[int]] = {}
    for (value, is_approved), count in _counted(songs, field, "is_approved").items():
        counts = sums.setdefault(name(value), [0, 0])
        counts[0 if is_approved else 1] += count
    return [Row(label, tuple(counts)) for label, counts in sums.items()]


def _balance() -> Iterator[Row]:
    """Count approved and refused songs by what became of their records."""
    songs = DonatedTrack.objects.order_by()
    found = _counted(songs, "record__status", "is_approved")
    for status in STATUSES:
        counts = tuple(found.get((status, held), 0) for held in (True, False))
        yield Row(f"{Status(status).label.lower()} records", counts)


def _counted(rows: QuerySet[Any], *fields: str) -> dict[tuple[Any, ...], int]:
    counted = rows.order_by().values_list(*fields).annotate(count=Count("pk"))
    return {tuple(values): count for *values, count in counted}


def longest(rows: list[Row], most: int) -> tuple[Row, ...]:
    """Return the longest rows, and all others as one."""
    ranked = sorted(rows, key=lambda row: (-row.total, row.label))
    if len(ranked) <= most + 1:
        return tuple(ranked)
    rest = ranked[most:]
    sums = tuple(map(sum, zip(*(row.counts for row in rest), strict=True)))
    return (*ranked[:most], Row(f"{len(rest)} others", sums))
