"""`manage.py import_tracks FILE`: take in a table of tracks."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from catalog.ingest.current import text_space_ensure
from catalog.ingest.tables.formats import FORMATS
from catalog.ingest.tables.reading import Table, TableError
from catalog.ingest.tables.run import Outcome, TableImport, table_import
from catalog.ingest.texts import (
    texts_embed_all,
    texts_lacking,
    texts_pending,
    texts_settle,
)
from catalog.management.stopping import until_stopped


class Command(BaseCommand):
    """Import a table, with a bar, and say what became of its rows."""

    help = (
        "Take in a table of tracks: CSV, TSV or JSON lines, gzipped or not. The same "
        "file twice changes nothing. Ctrl-C is safe: the same command goes on."
    )
    # They would load every page first: a second and more.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, its format, and what to do with it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format", choices=sorted(FORMATS), default="generic", dest="form"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column means (may be given several times)",
        )
        parser.add_argument(
            "--origin",
            default="",
            help="whose content it is, to tell it apart; default: the format's or "
            "the file's name",
        )
        parser.add_argument(
            "--encoding", default="", help="if it's neither UTF-8 nor UTF-16"
        )
        parser.add_argument(
            "--audio-root",
            type=Path,
            help="the folder in which the table's audio paths lie",
        )
        parser.add_argument(
            "--report", type=Path, help="where refused rows are listed, with reasons"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, keep nothing"
        )
        parser.add_argument(
            "--embed",
            action="store_true",
            help="make the text vectors now instead of leaving them to the workers",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say in a sentence why not."""
        path: Path = options["file"]
        audio_root: Path | None = options["audio_root"]
        if not path.is_file():
            raise CommandError(f"{path} is not a file that can be read.")
        if audio_root is not None and not audio_root.is_dir():
            raise CommandError(f"{audio_root} is not a folder that can be read.")
        wanted = TableImport(
            path=path,
            form=FORMATS[options["form"]],
            maps=tuple(options["map"]),
            origin=options["origin"],
            encoding=options["encoding"],
            report=options["report"],
            audio_root=audio_root,
            is_dry_run=options["dry_run"],
        )
        with until_stopped() as stop:
            outcome = self._import(wanted, stop)
            self._report(outcome, is_dry_run=wanted.is_dry_run)
            if not wanted.is_dry_run:
                self._texts(stop, is_now=options["embed"])
        if stop.is_set():
            self.stdout.write("\nStopped. The same command goes on from here.")

    def _import(self, wanted: TableImport, stop: threading.Event) -> Outcome:
        def show(table: Table, outcome: Outcome) -> None:
            bar.set_postfix_str(f"{outcome.counts.total} rows", refresh=False)
            bar.update(table.read_bytes - bar.n)
            _end_if(stop)

        size_bytes = wanted.path.stat().st_size
        try:
            with tqdm(
                total=size_bytes, unit="B", unit_scale=True, mininterval=0.5
            ) as bar:
                return table_import(wanted, on_batch=show)
        except TableError as error:
            raise CommandError(str(error)) from error

    def _report(self, outcome: Outcome, *, is_dry_run: bool) -> None:
        counts = outcome.counts
        if outcome.resumed_at:
            self.stdout.write(
                f"Went on behind row {outcome.resumed_at}, where it was left."
            )
        would = "Nothing was kept. It would be: " if is_dry_run else ""
        self.stdout.write(
            f"{would}{counts.total} rows: {counts.new} new, {counts.changed} changed, "
            f"{counts.unchanged} unchanged, {counts.refused} refused; "
            f"{outcome.values_dropped} single values dropped."
        )
        if outcome.not_utf8:
            self.stdout.write(
                f"{outcome.not_utf8} lines weren't UTF-8 and were read as Windows-1252 "
                "(--encoding names another)."
            )
        if outcome.counts.refused or outcome.values_dropped:
            self.stdout.write(f"Why, row by row: {outcome.report}")

    def _texts(self, stop: threading.Event, *, is_now: bool) -> None:
        space = text_space_ensure()
        pending = texts_pending()
        total = texts_lacking(space).count()
        if not total:
            texts_settle(pending)
            return
        if not is_now:
            self.stdout.write(
                f"{total} tracks have no text vector yet; the workers make them in the "
                "background while ./bin/run runs, or do it now with --embed."
            )
            return
        with tqdm(total=total, unit="text", mininterval=0.5) as bar:

            def show(count: int) -> None:
                bar.update(count)
                _end_if(stop)

            texts_embed_all(space, on_batch=show)
        texts_settle(pending)


def _end_if(stop: threading.Event) -> None:
    """End where the interrupt itself was lost on its way."""
    if stop.is_set():
        raise KeyboardInterrupt
