"""Read a table as a stream of rows, whatever wrote it.

The rule of this file: memory doesn't grow with the file, and nothing is passed over in
silence. A row that can't be read comes out with its reason; only what makes the whole
file unreadable is raised. Kind and encoding are told by content, not by name alone.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_LINE_BYTES = 1_000_000
MAX_LINES_OF_ROW = 50
SAMPLE_BYTES = 64 * 1024
RAW_LENGTH = 4000
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROL_SHARE = 0.02
TOO_LONG = "\x00too long"
JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")


class TableError(Exception):
    """A file can't be taken as a table; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row of a table. number counts from 1, without the header.

    cells: by column, everything as text or what JSON gave. extra: cells beyond the
    header's. reason: why it can't be read; empty for a good row.
    """

    number: int
    cells: dict[str, Any]
    extra: tuple[str, ...] = ()
    reason: str = ""
    raw: Any = None


@dataclass
class Table:
    """An open table: its columns (none for JSON lines), and its rows once.

    not_utf8: how many lines were read as Windows-1252. read_bytes: how much of the
    file lies behind us, of size_bytes.
    """

    path: Path
    columns: tuple[str, ...]
    size_bytes: int
    _file: io.FileIO = field(repr=False)
    _stream: io.BufferedReader = field(repr=False)
    _lines: Iterator[str] = field(repr=False)
    _delimiter: str = ","
    is_json: bool = False
    not_utf8: int = 0

    @property
    def read_bytes(self) -> int:
        """Return how many bytes of the file were read, for a bar."""
        return self._file.tell() if not self._file.closed else self.size_bytes

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        self._file.close()

    def rows(self, *, may_be_longer: bool = False) -> Iterator[Row]:
        """Yield the rows. Raises TableError where the file breaks off.

        may_be_longer: whether rows may have more cells than the header.
        """
        source = self._json_rows() if self.is_json else self._csv_rows(may_be_longer)
        try:
            yield from source
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise TableError(
                f"{self.path.name} breaks off: its gzip data is damaged or not complete "
                "What came before is kept. Get the whole file and run it again."
            ) from error

    def _csv_rows(self, may_be_longer: bool) -> Iterator[Row]:
        reader = csv.reader(self._lines, **_dialect(self._delimiter))
        width = len(self.columns)
        number, line = 0, 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                yield Row(number, {}, reason=f"It can't be parsed: {error}.", raw="")
                line = reader.line_num
                continue
            taken, line = reader.line_num - line, reader.line_num
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            number += 1
            reason = self._csv_reason(cells, taken, width, may_be_longer)
            if reason:
                raw = "" if cells[0] == TOO_LONG else self._delimiter.join(cells)
                yield Row(number, {}, reason=reason, raw=raw[:RAW_LENGTH])
            else:
                named = dict(zip(self.columns, cells, strict=False))
                yield Row(number, named, extra=tuple(cells[width:]), raw=named)

    def _csv_reason(
        self, cells: Sequence[str], lines: int, width: int, may_be_longer: bool
    ) -> str:
        if TOO_LONG in cells[-1] or cells[0] == TOO_LONG:
            return f"It's longer than {MAX_LINE_BYTES // 1_000_000} MB."
        if lines > MAX_LINES_OF_ROW:
            return f"It goes over {lines} lines: a quotation mark isn't closed."
        if any("\0" in cell for cell in cells):
            return "It holds a NUL character, which text can't."
        if len(cells) < width:
            return f"It has {len(cells)} cells, and the header {width}."
        if len(cells) > width and not may_be_longer and any(cells[width:]):
            return f"It has {len(cells)} cells, and the header {width}."
        return ""

    def _json_rows(self) -> Iterator[Row]:
        number = 0
        for line in self._lines:
            if not line.strip():
                continue
            number += 1
            reason, cells = "", {}
            if line.startswith(TOO_LONG):
                reason, line = f"It's longer than {MAX_LINE_BYTES // 1_000_000} MB.", ""
            elif "\0" in line or "\\u0000" in line:
                reason = "It holds a NUL character, which text can't."
            else:
                try:
                    cells = json.loads(line)
                except (ValueError, RecursionError) as error:
                    reason = f"It isn't valid JSON: {str(error)[:100]}."
                if not reason and not isinstance(cells, dict):
                    reason, cells = "It isn't a JSON object.", {}
                if not reason and "\\u" in line and not _is_text(cells):
                    reason = "It holds half a character (a lone surrogate)."
            raw = line[:RAW_LENGTH] if reason else cells
            yield Row(number, {} if reason else cells, reason=reason, raw=raw)


def _is_text(cells: dict[str, Any]) -> bool:
    try:
        json.dumps(cells, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def table_open(path: Path, *, encoding: str = "") -> Table:
    """Open a table: CSV, TSV or JSON lines, plain or gzipped.

    encoding: where it's neither UTF-8 nor UTF-16 with its mark; "" reads lines that
    aren't UTF-8 as Windows-1252. Raises TableError with a sentence.
    """
    try:
        file = path.open("rb", buffering=0)
        size_bytes = path.stat().st_size
    except OSError as error:
        raise TableError(f"{path} can't be opened ({error.strerror}).") from error
    stream = _stream(file)
    try:
        return _table(path, file, stream, size_bytes, encoding)
    except TableError:
        stream.close()
        file.close()
        raise
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        stream.close()
        file.close()
        raise TableError(f"{path.name} is gzip, but damaged from its start.") from error


def _table(
    path: Path,
    file: io.FileIO,
    stream: io.BufferedReader,
    size_bytes: int,
    encoding: str,
) -> Table:
    sample = _sample(stream)
    if not sample.strip():
        raise TableError(f"{path.name} is empty.")
    encoding = encoding or _encoding(sample, path)
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError as error:
        raise TableError(f"There is no encoding called {encoding!r}.") from error
    start = sample.decode(encoding or "utf-8", "replace").lstrip("\ufeff \r\n\t")
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if start.startswith("["):
        raise TableError(
            f"{path.name} is a JSON array; give one object a line (JSON lines): "
            "jq -c '.[]' FILE > FILE.jsonl"
        )
    table = Table(path, (), size_bytes, file, stream, iter(()))
    if encoding:
        table._lines = _text_lines(stream, encoding)
    else:
        table._lines = _utf8_lines(stream, table)
    if start.startswith("{") or suffix in JSON_SUFFIXES:
        table.is_json = True
        return table
    header = next(table._lines)
    table._delimiter = max("\t,;|", key=header.count)
    cells = next(csv.reader([header], **_dialect(table._delimiter)))
    table.columns = tuple(cell.strip() for cell in cells)
    return table


def _dialect(delimiter: str) -> dict[str, Any]:
    csv.field_size_limit(2 * MAX_LINE_BYTES)
    # Tab-separated tables have no quoting: a title may begin with a quotation mark.
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    return {"delimiter": delimiter, "quoting": quoting}


def _stream(file: io.FileIO) -> io.BufferedReader:
    magic = file.read(2)
    file.seek(0)
    if magic == GZIP:
        return io.BufferedReader(gzip.GzipFile(fileobj=file), 2 * SAMPLE_BYTES)
    return io.BufferedReader(file, 2 * SAMPLE_BYTES)


def _sample(stream: io.BufferedReader) -> bytes:
    return stream.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]


def _encoding(sample: bytes, path: Path) -> str:
    """Return a UTF-16 or 32 by its mark or its zeros; "" for UTF-8 or near it."""
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(ZIP):
        raise TableError(
            f"{path.name} is a zip archive or an Excel workbook: save it as CSV (UTF-8)."
        )
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) > 3 and max(even, odd) > 0.3 * len(sample) / 2 > 4 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    if len(CONTROL.findall(sample)) > MAX_CONTROL_SHARE * len(sample) + 3:
        raise TableError(
            f"{path.name} is not a text file; tables are CSV, TSV or JSON lines, "
            "gzipped or not."
        )
    return ""


def _utf8_lines(stream: io.BufferedReader, table: Table) -> Iterator[str]:
    is_first = True
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and rest[-1:] != b"\n":
                pass
            yield TOO_LONG
            continue
        if is_first:
            line = line.removeprefix(codecs.BOM_UTF8)
            is_first = False
        try:
            yield line.decode()
        except UnicodeDecodeError:
            table.not_utf8 += 1
            # Five bytes mean nothing in Windows-1252; Latin-1 knows them all.
            try:
                yield line.decode("cp1252")
            except UnicodeDecodeError:
                yield line.decode("latin-1")


def _text_lines(stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    is_first = True
    try:
        while line := text.readline(MAX_LINE_BYTES):
            if len(line) == MAX_LINE_BYTES and not line.endswith("\n"):
                while (rest := text.readline(MAX_LINE_BYTES)) and rest[-1:] != "\n":
                    pass
                yield TOO_LONG
                continue
            yield line.removeprefix("\ufeff") if is_first else line
            is_first = False
    finally:
        # The stream is the table's to close.
        if not stream.closed:
            text.detach()
