"""How far imports are: counts of their items, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

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


@dataclass(frozen=True)
class Arriving:
    """Music that is being brought in.

    done, total: files of the imports that run. Both are 0 where a table comes in, of
    which nobody knows the end.
    """

    done: int
    total: int


def music_arriving() -> Arriving | None:
    """Say how far the imports that run are; None where none does. A query or two."""
    runs = IngestRun.objects.filter(status=IngestRun.Status.RUNNING)
    kinds = dict(runs.order_by().values_list("pk", "kind"))
    if not kinds:
        return None
    pending = Q(status=IngestItem.Status.PENDING)
    counts = IngestItem.objects.filter(run__in=kinds).aggregate(
        total=Count("pk"), pending=Count("pk", filter=pending)
    )
    is_table = IngestRun.Kind.TABLE in kinds.values()
    if is_table or counts["pending"]:
        total = 0 if is_table else counts["total"]
        return Arriving(total and total - counts["pending"], total)
    return None
