"""`manage.py ingest FOLDER`: take in a folder of audio files."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from tqdm import tqdm

from catalog.advisory import Lock, try_session_lock
from catalog.ingest.folder import FolderCount
from catalog.ingest.progress import Progress, run_progress
from catalog.ingest.queueing import RUN_SLOTS, run_enqueue
from catalog.ingest.runs import FolderIsEmpty, folder_run_start
from catalog.ingest.vanished import files_known
from catalog.ingest.watch import Away, Changed, TooManyFolders, folder_changes
from catalog.ingest.work import Left, run_work
from catalog.management.stopping import until_stopped
from catalog.models import IngestItem, IngestRun
from catalog.slots import living_workers

LOOK_EVERY_S = 0.25
# Workers may be lost while the bar is watched, and a site may run without a sweeper.
SWEEP_EVERY_S = 5.0


class Command(BaseCommand):
    """Queue the files of a folder, and show how far they are."""

    help = (
        "Take in a folder of audio files, with all folders in it. Files that were read "
        "before and haven't changed are passed over, and those that are gone are "
        "marked. Ctrl-C is safe at any time."
    )
    # They would load every page first: a second and more.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, and whether to wait, to stay, and to believe in losses."""
        parser.add_argument("folder", type=Path)
        stay = parser.add_mutually_exclusive_group()
        stay.add_argument(
            "--no-wait",
            action="store_true",
            help="return once the files are queued for the background workers",
        )
        stay.add_argument(
            "--watch",
            action="store_true",
            help="stay, and take in what is added, changed, moved or removed",
        )
        parser.add_argument(
            "--poll",
            action="store_true",
            help="with --watch: look by itself every two seconds, for network drives",
        )
        parser.add_argument(
            "--forget-missing",
            action="store_true",
            help="mark the songs of a folder that is missing or empty as gone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Start or take up the folder's run, wait for it, and report."""
        folder: Path = options["folder"]
        forget: bool = options["forget_missing"]
        if options["poll"] and not options["watch"]:
            raise CommandError("--poll is for --watch.")
        self._refuse_missing(folder, may_be_gone=forget and not options["watch"])
        try:
            if options["no_wait"]:
                self._queue(folder, forget_missing=forget)
            elif forget or not options["watch"]:
                self._take_in(folder, forget_missing=forget)
            if options["watch"]:
                self._stay(folder.resolve(), is_polling=options["poll"])
        except (FolderIsEmpty, TooManyFolders) as error:
            raise CommandError(str(error)) from error

    def _refuse_missing(self, folder: Path, *, may_be_gone: bool) -> None:
        if folder.is_dir():
            return
        known = files_known(str(folder.resolve())).count()
        if known and may_be_gone:
            return
        told = f"{folder} is not a folder that can be read."
        if known:
            told += (
                f" {known} songs are known from it, and stay as they are. If they are"
                " gone for good, add --forget-missing."
            )
        raise CommandError(told)

    def _queue(self, folder: Path, *, forget_missing: bool) -> None:
        run, _ = folder_run_start(folder, forget_missing=forget_missing)
        # Also where nothing is pending: marking what is gone is a worker's as well.
        run_enqueue(run.pk)
        self.stdout.write(f"{run_progress(run).pending} files are queued.")
        if not living_workers():
            self.stdout.write("No worker is running: ./bin/run starts them.")

    def _take_in(self, folder: Path, **options: Any) -> bool:
        """Take in a folder or parts of it, and report. False where Ctrl-C stopped it."""
        run = None
        with until_stopped() as stop:
            run, count = folder_run_start(folder, **options)
            self._wait(run, stop)
        if run is None:
            self.stdout.write("\nStopped while the folder was looked through.")
            return False
        if stop.is_set():
            self._tell_stopped(run)
            return False
        run.refresh_from_db()
        self._report(run, count)
        return True

    def _stay(self, root: Path, *, is_polling: bool) -> None:
        """Take in what changes, until Ctrl-C or SIGTERM."""
        # It tells each event of a copy.
        logging.getLogger("watchfiles").setLevel(logging.WARNING)
        self.stdout.write(f"Watching {root}. Ctrl-C ends it.")
        self.stdout.flush()
        with until_stopped() as stop:
            for change in folder_changes(root, stop=stop, is_polling=is_polling):
                if not self._take_in_change(root, change):
                    break
                self.stdout.flush()
                close_old_connections()
        self.stdout.write("\nStopped watching.")

    def _take_in_change(self, root: Path, change: Changed | Away) -> bool:
        if isinstance(change, Away):
            self.stdout.write(
                f"{root} is missing or empty. Its songs stay as they are; waiting for"
                " it to come back."
            )
            return True
        try:
            return self._take_in(root, parts=change.parts or None)
        except FolderIsEmpty as error:
            self.stdout.write(str(error))
            return True

    def _wait(self, run: IngestRun, stop: threading.Event) -> None:
        progress, has_workers = run_progress(run), bool(living_workers())
        if has_workers and progress.pending:
            run_enqueue(run.pk)
        elif progress.pending:
            self.stdout.write("No worker is running, so this command does the work.")
        with tqdm(
            total=progress.total, initial=progress.settled, unit="file", mininterval=0.5
        ) as bar:
            if has_workers and progress.pending:
                self._watch(run, bar, stop)
            if not stop.is_set() and not run_progress(run).is_finished:
                self._work(run, bar, stop)

    def _watch(self, run: IngestRun, bar: tqdm[Any], stop: threading.Event) -> None:
        """Follow the rows until the run is finished, or nobody is left to work."""
        swept_at = time.monotonic()
        while not stop.wait(LOOK_EVERY_S):
            progress = run_progress(run)
            self._show(bar, progress)
            if progress.is_finished:
                return
            if time.monotonic() - swept_at > SWEEP_EVERY_S:
                swept_at = time.monotonic()
                if not living_workers():
                    bar.write("The workers are gone, so this command does the rest.")
                    return
                run_enqueue(run.pk)

    def _work(self, run: IngestRun, bar: tqdm[Any], stop: threading.Event) -> None:
        """Work on the run in this process, beside any worker that comes up."""

        def look() -> bool:
            self._show(bar, run_progress(run))
            return stop.is_set()

        with try_session_lock(Lock.RUN_SLOT, RUN_SLOTS.key(run.pk, 0)):
            left = run_work(run.pk, slot=0, is_stopping=look)
        look()
        if left is Left.TO_OTHERS:
            self._watch(run, bar, stop)

    def _show(self, bar: tqdm[Any], progress: Progress) -> None:
        bar.total = progress.total
        bar.update(progress.settled - bar.n)

    def _tell_stopped(self, run: IngestRun) -> None:
        pending = run_progress(run).pending
        if living_workers():
            run_enqueue(run.pk)
            self.stdout.write(
                f"\nThe workers go on with the {pending} files that are left; "
                "the same command shows how far they are."
            )
        else:
            self.stdout.write(
                f"\nStopped with {pending} files left. The same command goes on from "
                "here, and so does ./bin/run."
            )

    def _report(self, run: IngestRun, count: FolderCount) -> None:
        items = run.items
        statuses = IngestItem.Status
        done = items.filter(status=statuses.DONE).count()
        unchanged = items.filter(status=statuses.UNCHANGED).count()
        refused = list(items.filter(status=statuses.REFUSED))
        self.stdout.write(
            f"{done} taken in, {unchanged} unchanged, {len(refused)} refused; "
            f"{count.beside} other files (pictures, texts, playlists) "
            f"and {count.hidden} hidden ones passed over."
        )
        if gone := run.counts.get("vanished"):
            self.stdout.write(
                f"{gone} files are gone. Their songs are kept, and not played or"
                " recommended until they are back."
            )
        if back := run.counts.get("returned"):
            self.stdout.write(f"{back} files are back.")
        for item in refused:
            # A name may hold anything: what a terminal would obey is shown, not sent.
            self.stdout.write(f"  refused: {_shown(item.source_key)}: {item.reason}")


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
