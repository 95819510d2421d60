"""How far runs are, for a page of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from catalog.admin.words import span_words
from catalog.models import IngestItem, IngestRun

Status = IngestItem.Status


@dataclass(frozen=True)
class RunProgress:
    """Counts of a run. `total` is None for a table, whose length nobody knows before
    its end."""

    status: str
    settled: int
    total: int | None
    taken: int
    unchanged: int
    refused: int
    took: timedelta

    @property
    def figures(self) -> str:
        """Return the counts as a phrase."""
        of = f" of {self.total:,}" if self.total is not None else " rows"
        parts = [f"{self.settled:,}{of}"]
        for count, what in (
            (self.taken, "taken in"),
            (self.unchanged, "unchanged"),
            (self.refused, "refused"),
        ):
            if count:
                parts.append(f"{count:,} {what}")
        return ", ".join(parts)

    @property
    def pace(self) -> str:
        """Return how long it took or has taken, and how many a second."""
        seconds = self.took.total_seconds()
        if seconds < 1:
            return span_words(self.took)
        rate = self.settled / seconds
        number = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
        return f"{span_words(self.took)}, {number} a second"


def runs_progress(runs: Iterable[IngestRun]) -> dict[int, RunProgress]:
    """Count the items of runs, by run. One query through an index."""
    held = list(runs)
    rows = (
        IngestItem.objects.filter(run__in=held)
        .order_by()
        .values_list("run", "status")
        .annotate(n=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {run.pk: {} for run in held}
    for run_id, status, count in rows:
        counts[run_id][status] = count
    return {run.pk: _progress(run, counts[run.pk]) for run in held}


def _progress(run: IngestRun, items: dict[str, int]) -> RunProgress:
    took = (run.finished_at or timezone.now()) - run.created_at
    if run.kind == IngestRun.Kind.TABLE:
        told = {name: n for name, n in run.counts.items() if isinstance(n, int)}
        taken = told.get("new", 0) + told.get("changed", 0)
        is_done = run.status == IngestRun.Status.DONE
        return RunProgress(
            status=run.status,
            settled=run.rows_settled,
            total=run.rows_settled if is_done else None,
            taken=taken,
            unchanged=told.get("unchanged", 0),
            refused=told.get("refused", 0),
            took=took,
        )
    total = sum(items.values())
    return RunProgress(
        status=run.status,
        settled=total - items.get(Status.PENDING, 0),
        total=total,
        taken=items.get(Status.DONE, 0),
        unchanged=items.get(Status.UNCHANGED, 0),
        refused=items.get(Status.REFUSED, 0),
        took=took,
    )
