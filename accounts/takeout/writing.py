"""Write a listener's rows into a zip: a JSON file for each table, and what is what."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from accounts.takeout.contents import Made, Row, Table, made, tables

# Rows that are read at once, after which is told how far it is.
ROWS_AT_ONCE = 1000
README = "README.txt"

Tell = Callable[[float], None]


def zip_write(path: Path, user: User, *, on_progress: Tell) -> None:
    """Write all that is held of a listener.

    on_progress: hears the share that is done, 0 to 1, each ROWS_AT_ONCE rows; what it
    raises ends the writing. Rows are streamed, so memory doesn't grow with them.
    """
    parts: list[Table | Made] = [*tables(), *made()]
    total = sum(table.of(user).count() for table in tables()) or 1
    written: list[tuple[Table | Made, int]] = []
    done = 0

    def note(count: int) -> None:
        on_progress(min((done + count) / total, 1.0))

    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part in parts:
            count = _part_write(archive, part, user, note)
            written.append((part, count))
            done += count if isinstance(part, Table) else 0
            note(0)
        archive.writestr(README, _readme(user, written))


def _part_write(
    archive: ZipFile, part: Table | Made, user: User, note: Callable[[int], None]
) -> int:
    """Write one file; none where there are no rows. Returns how many there were."""
    rows = iter(_rows(part, user))
    first = next(rows, None)
    if first is None:
        return 0
    count = 1
    with archive.open(f"{part.name}.json", "w", force_zip64=True) as file:
        file.write(b"[\n" + _json(first))
        for row in rows:
            file.write(b",\n" + _json(row))
            count += 1
            if count % ROWS_AT_ONCE == 0:
                note(count)
        file.write(b"\n]\n")
    return count


def _rows(part: Table | Made, user: User) -> Iterable[Row]:
    if isinstance(part, Made):
        return part.rows(user)
    return part.of(user).values(*part.columns).iterator(chunk_size=ROWS_AT_ONCE)


def _json(row: Row) -> bytes:
    text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
    # Half of a pair of surrogates is no character, but may stand in what was said.
    return text.encode("utf-8", "backslashreplace")


def _readme(user: User, written: list[tuple[Table | Made, int]]) -> str:
    context: dict[str, Any] = {
        "user": user,
        "now": timezone.now(),
        "written": [(part, count) for part, count in written if count],
        "empty": [part for part, count in written if not count],
        "left_out": [
            (table, field, why)
            for table in tables()
            for field, why in table.left_out.items()
        ],
    }
    return render_to_string("accounts/export_readme.txt", context)
