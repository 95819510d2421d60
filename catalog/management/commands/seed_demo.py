"""`manage.py seed_demo`: have the demo library made in the background."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from catalog.ingest.progress import run_progress
from catalog.ingest.queueing import run_enqueue
from catalog.ingest.runs import demo_run_start


class Command(BaseCommand):
    """Queue the demo tracks that aren't here yet."""

    help = (
        "Have the demo library made by the background workers. What is here already "
        "stays as it is; a newer library adds and renews its tracks."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Start or take up the demo run, and wake the workers."""
        run = demo_run_start()
        if run is None:
            self.stdout.write("The demo library is complete.")
            return
        run_enqueue(run.pk)
        progress = run_progress(run)
        self.stdout.write(
            f"Making the demo library: {progress.pending} tracks are on their way."
        )
