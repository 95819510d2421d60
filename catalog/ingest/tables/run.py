"""Import a table: batches, each with its place in the file in one transaction.

The rule of this file: what is committed is settled. `IngestRun.rows_settled` moves in
the transaction that stores the rows, so a killed import goes on behind the last batch.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from catalog.advisory import Lock, try_session_lock
from catalog.ingest.facts import Refused
from catalog.ingest.folder import file_fingerprint
from catalog.ingest.queueing import TEXTS_PENDING
from catalog.ingest.tables.facts import RowReader, TableTrack
from catalog.ingest.tables.formats import Format, columns_mapped
from catalog.ingest.tables.reading import RAW_LENGTH, Row, Table, TableError, table_open
from catalog.ingest.tables.store import Counts, batch_store
from catalog.models import IngestRun

BATCH_ROWS = 2000
# Two imports may meet at one name, and one of them is then sent back.
TRIES = 3
# JSON lines needn't all have the same keys.
JSON_LOOK = 200
# Origins of Spotify's content begin so; nothing of it is ever passed on.
SPOTIFY = "spotify"


@dataclass(frozen=True)
class TableImport:
    """What is to be imported, and how. origin "" is the format's own, or the file's."""

    path: Path
    form: Format
    maps: tuple[str, ...] = ()
    origin: str = ""
    encoding: str = ""
    report: Path | None = None
    audio_root: Path | None = None
    is_dry_run: bool = False

    def source_origin(self, fields: Collection[str]) -> str:
        """Return whose content it is, as TrackSource.origin says it.

        fields: what the columns mean. What Spotify's ids stand in is Spotify's, whatever
        it is called.
        """
        name = self.origin or self.form.origin or self.path.name.split(".")[0]
        is_spotifys = self.form.origin.startswith(SPOTIFY) or "spotify_id" in fields
        if is_spotifys and not name.casefold().startswith(SPOTIFY):
            name = f"{SPOTIFY}-{name}"
        return name[:60]


@dataclass
class Outcome:
    """What became of a table. values_dropped: cells, of rows that were taken."""

    counts: Counts = field(default_factory=Counts)
    values_dropped: int = 0
    not_utf8: int = 0
    resumed_at: int = 0
    report: Path | None = None
    run_id: int | None = None


def table_import(
    wanted: TableImport, *, on_batch: Callable[[Table, Outcome], None]
) -> Outcome:
    """Import a table, or go on with it where it was left. Returns what became of it.

    on_batch: called after each batch that is committed. Raises TableError where the
    file can't be read (to its end), with what was read kept.
    """
    with try_session_lock(Lock.TABLE_IMPORT, 0) as is_mine:
        if not is_mine:
            raise TableError("Another table is being imported; wait until it's done.")
        table = table_open(wanted.path, encoding=wanted.encoding)
        try:
            if wanted.is_dry_run:
                with transaction.atomic():
                    outcome = _import(wanted, table, on_batch)
                    transaction.set_rollback(True)
                outcome.run_id = None
                return outcome
            return _import(wanted, table, on_batch)
        finally:
            table.close()


def _import(
    wanted: TableImport, table: Table, on_batch: Callable[[Table, Outcome], None]
) -> Outcome:
    rows = table.rows(may_be_longer=wanted.form.is_jamendo)
    columns, rows = _columns(wanted, table, rows)
    reader = RowReader(wanted.form, columns, audio_root=wanted.audio_root)
    run = _run_start(wanted, wanted.source_origin(columns.values()))
    report_path = Path(run.options["report"])
    outcome = Outcome(
        counts=Counts(**{k: run.counts.get(k, 0) for k in vars(Counts())}),
        values_dropped=run.counts.get("values_dropped", 0),
        resumed_at=run.rows_settled,
        report=report_path,
        run_id=run.pk,
    )
    # Where the file breaks off, the rows before are kept all the same.
    broken: list[TableError] = []
    try:
        with _Report(report_path, run.options["report_bytes"]) as report:
            rows = _until_broken(islice(rows, run.rows_settled, None), broken)
            while batch := list(islice(rows, BATCH_ROWS)):
                _batch_settle(batch, reader, run, outcome, report)
                outcome.not_utf8 = table.not_utf8
                on_batch(table, outcome)
    except OSError as error:
        raise TableError(f"The report can't be written ({error.strerror}).") from error
    if broken:
        _run_end(run, IngestRun.Status.FAILED, str(broken[0]))
        raise broken[0]
    _run_end(run, IngestRun.Status.DONE, "")
    return outcome


def _until_broken(rows: Iterator[Row], broken: list[TableError]) -> Iterator[Row]:
    try:
        yield from rows
    except TableError as error:
        broken.append(error)


def _columns(
    wanted: TableImport, table: Table, rows: Iterator[Row]
) -> tuple[dict[str, str], Iterator[Row]]:
    """Map the columns; those of JSON lines are what the first rows have."""
    if not table.is_json:
        return columns_mapped(wanted.form, table.columns, wanted.maps), rows
    first = list(islice(rows, JSON_LOOK))
    names = list(dict.fromkeys(name for row in first for name in row.cells))
    if not names and first:
        raise TableError(
            f"No line of {wanted.path.name} is a JSON object. {first[0].reason}"
        )
    return columns_mapped(wanted.form, names, wanted.maps), chain(first, rows)


def _run_start(wanted: TableImport, origin: str) -> IngestRun:
    """Make the run of a file, or take up the one that was left in the middle of it."""
    fingerprint = file_fingerprint(wanted.path.stat())
    same = {
        "format": wanted.form.name,
        "maps": list(wanted.maps),
        "origin": origin,
        "fingerprint": fingerprint,
        "encoding": wanted.encoding,
    }
    root = str(wanted.path.resolve())[-1000:]
    run = None
    if not wanted.is_dry_run:
        left = IngestRun.objects.filter(
            kind=IngestRun.Kind.TABLE,
            root=root,
            finished_at=None,
            options__contains=same,
        )
        run = left.filter(status=IngestRun.Status.RUNNING).first()
    if run is None:
        IngestRun.objects.filter(
            kind=IngestRun.Kind.TABLE, root=root, status=IngestRun.Status.RUNNING
        ).update(
            status=IngestRun.Status.FAILED,
            error="It was left, and the file or the options are others now.",
            finished_at=timezone.now(),
        )
        run = IngestRun.objects.create(
            kind=IngestRun.Kind.TABLE, root=root, options=same
        )
        report = wanted.report or _report_path(wanted, run)
        run.options |= {"report": str(report.resolve()), "report_bytes": 0}
        run.save(update_fields=("options",))
    return run


def _report_path(wanted: TableImport, run: IngestRun) -> Path:
    name = f"import-{run.pk}-{wanted.path.name.split('.')[0][:40]}.jsonl"
    return Path(settings.HOME) / "logs" / name


def _run_end(run: IngestRun, status: IngestRun.Status, error: str) -> None:
    run.status, run.error = status, error[:500]
    run.finished_at = timezone.now()
    if run.counts.get("new") or run.counts.get("changed"):
        run.options["texts"] = TEXTS_PENDING
    run.save(update_fields=("status", "error", "finished_at", "options"))


def _batch_settle(
    batch: Sequence[Row],
    reader: RowReader,
    run: IngestRun,
    outcome: Outcome,
    report: _Report,
) -> None:
    tracks: list[TableTrack] = []
    counts = Counts()
    values_dropped = 0
    for row in batch:
        try:
            track = reader.read(row)
        except Refused as refusal:
            counts.refused += 1
            report.add(row, str(refusal), is_refused=True)
            continue
        tracks.append(track)
        values_dropped += len(track.dropped)
        for sentence in track.dropped:
            report.add(row, sentence, is_refused=False)
    report.flush()
    stored = _stored(tracks, run, counts, outcome, values_dropped, report)
    outcome.counts.add(stored)
    outcome.values_dropped += values_dropped


def _stored(
    tracks: Sequence[TableTrack],
    run: IngestRun,
    refused: Counts,
    outcome: Outcome,
    values_dropped: int,
    report: _Report,
) -> Counts:
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                counts = batch_store(
                    tracks, origin=run.options["origin"], began=run.created_at
                )
                counts.add(refused)
                total = Counts(**vars(outcome.counts))
                total.add(counts)
                run.counts = vars(total) | {
                    "values_dropped": outcome.values_dropped + values_dropped
                }
                run.rows_settled = total.total
                run.options["report_bytes"] = report.size_bytes
                run.save(update_fields=("counts", "rows_settled", "options"))
            return counts
        except (IntegrityError, OperationalError):
            # Someone else made the same name or track meanwhile: look again.
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


class _Report:
    """The file of refused rows and dropped values, one JSON object a line.

    It is made when there is something to say. What a killed import had written beyond
    its last settled batch is cut off when it is taken up.
    """

    def __init__(self, path: Path, size_bytes: int) -> None:
        self._path = path
        self.size_bytes = size_bytes
        self._file: IO[bytes] | None = None

    def __enter__(self) -> _Report:
        if self.size_bytes and self._path.exists():
            os.truncate(self._path, self.size_bytes)
        elif self._path.exists():
            self._path.unlink()
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Row, reason: str, *, is_refused: bool) -> None:
        """Write of one row what was wrong with it."""
        line = {
            "row": row.number,
            "refused": is_refused,
            "reason": reason,
            "raw": row.raw,
        }
        written = json.dumps(line, ensure_ascii=False, default=str)
        if len(written) > RAW_LENGTH:
            line["raw"] = str(row.raw)[:RAW_LENGTH]
            written = json.dumps(line, ensure_ascii=False)
        raw = written.encode("utf-8", "backslashreplace") + b"\n"
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab")
        self._file.write(raw)
        self.size_bytes += len(raw)

    def flush(self) -> None:
        """Have all of it on its way to the disk before the batch is settled."""
        if self._file is not None:
            self._file.flush()
