"""How far an import is: counts of its items, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from catalog.models import IngestItem, IngestRun


@dataclass(frozen=True)
class Progress:
    """Counts of a run's items. `done` includes those that were there already."""

    total: int
    done: int
    refused: int
    pending: int
    is_finished: bool

    @property
    def settled(self) -> int:
        """Return how many items need no more work."""
        return self.done + self.refused


def run_progress(run: IngestRun) -> Progress:
    """Count a run's items. Two small queries."""
    rows = run.items.order_by().values_list("status").annotate(Count("pk"))
    counts: dict[str, int] = dict(rows)
    statuses = IngestItem.Status
    status = IngestRun.objects.values_list("status", flat=True).get(pk=run.pk)
    return Progress(
        total=sum(counts.values()),
        done=counts.get(statuses.DONE, 0) + counts.get(statuses.UNCHANGED, 0),
        refused=counts.get(statuses.REFUSED, 0),
        pending=counts.get(statuses.PENDING, 0),
        is_finished=status == IngestRun.Status.DONE,
    )


def demo_progress() -> Progress | None:
    """Return how far the demo library is; None where nobody asked for it."""
    run = IngestRun.objects.filter(kind=IngestRun.Kind.DEMO).first()
    return run_progress(run) if run else None
