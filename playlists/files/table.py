"""CSV: a row a song, its columns found by the names that other programs give them.

Written with Exportify's names, which the services that carry lists over know. A cell
that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP has
it [1]; reading takes it away again, so nothing is lost. Artists are parted by
semicolons; a semicolon or backslash of a name gets a backslash.

[1] https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from playlists.files.identifiers import ISRC, RECORDING, SPOTIFY, TRACK
from playlists.files.listing import Entry, Listing, entry_made, listing_made
from playlists.files.refusal import FileRefused, check_count, decoded

NAME = "CSV"
SUFFIX = "csv"
CONTENT_TYPE = "text/csv; charset=utf-8"

# What a column holds, by the letters and digits of its name.
COLUMNS: dict[str, str] = {
    **dict.fromkeys(("trackname", "title", "tracktitle", "songname", "song"), "title"),
    **dict.fromkeys(("name", "track"), "title"),
    **dict.fromkeys(("artistnames", "artistname", "artists", "artist"), "artists"),
    **dict.fromkeys(("trackartist", "trackartists", "creator"), "artists"),
    **dict.fromkeys(("albumname", "album", "albumtitle", "release"), "album"),
    **dict.fromkeys(("durationms", "trackdurationms", "lengthms"), "duration_ms"),
    **dict.fromkeys(("duration", "length", "time", "durations"), "duration"),
    **dict.fromkeys(("isrc", "isrccode"), "isrc"),
    **dict.fromkeys(("musicbrainzrecordingid", "recordingmbid"), "recording"),
    **dict.fromkeys(("musicbrainzid", "mbid", "musicbrainztrackid"), "recording"),
    **dict.fromkeys(("trackuri", "spotifyuri", "uri", "spotifytrackid"), "spotify"),
    **dict.fromkeys(("spotifyid", "spotifyurl", "url", "trackurl", "link"), "spotify"),
    **dict.fromkeys(("addedat", "dateadded", "added"), "added_at"),
    "personalaisid": "track",
    "playlistname": "playlist",
    "playlistdescription": "description",
}
HEADER = (
    "Track Name",
    "Artist Name(s)",
    "Album Name",
    "Duration (ms)",
    "ISRC",
    "Track URI",
    "MusicBrainz Recording ID",
    "PersonalAIs ID",
    "Added At",
    "Playlist Name",
    "Playlist Description",
)
# What a bare id in such a column stands for.
PREFIXES = {"isrc": ISRC, "recording": RECORDING, "spotify": SPOTIFY, "track": TRACK}
DELIMITERS = ",;\t|"
MAX_COLUMNS = 200
MAX_CELL_CHARS = 100_000
# Lengths without a unit: songs of under ten seconds are rarer than such seconds.
MS_FROM = 10_000

# The wide forms too: East Asian spreadsheets take them for the same.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_PARTING = re.compile(r"(?:[^;\\]|\\.|\\$)+")
_ESCAPED = re.compile(r"\\([;\\])")


def write(listing: Listing) -> bytes:
    """Write a playlist. Addresses of audio are left out: a table plays nothing."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    for entry in listing.entries:
        writer.writerow(guarded(cell) for cell in _row(entry, listing))
    return file.getvalue().encode()


def read(data: bytes) -> Listing:
    """Read a playlist. Raises FileRefused where no row names a song's columns."""
    text = decoded(data)
    check_count(max(text.count("\n"), text.count("\r")))
    columns, delimiter = columns_of(text)
    if not {"title", *PREFIXES} & set(columns):
        raise FileRefused(
            _("The first row must name the columns, such as Title, Artist and Album.")
        )
    entries, title, description = [], "", ""
    for cells in _rows(text, delimiter):
        row: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column and cell:
                row.setdefault(column, unguarded(cell))
        entries.append(_entry(row))
        title = title or row.get("playlist", "")
        description = description or row.get("description", "")
    return listing_made(title, entries, description=description)


def columns_of(text: str) -> tuple[list[str], str]:
    """Return what the columns hold, "" for what isn't known, and what parts them.

    Of the signs that may part them, the one by which the first row names most.
    """
    start = text.partition("\n")[0]
    read_by = [(_named(next(_cells(start, sign), [])), sign) for sign in DELIMITERS]
    return max(read_by, key=lambda read: len(set(read[0]) - {""}))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Undo `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _row(entry: Entry, listing: Listing) -> Iterator[str]:
    yield entry.title
    yield ";".join(re.sub(r"[;\\]", r"\\\g<0>", name) for name in entry.artists)
    yield entry.album
    yield str(entry.duration_ms or "")
    yield entry.ids.isrc
    yield SPOTIFY + entry.ids.spotify_id if entry.ids.spotify_id else ""
    yield entry.ids.musicbrainz_id
    yield entry.ids.track_uuid
    yield entry.added_at
    yield listing.title
    yield listing.description


def _entry(row: dict[str, str]) -> Entry:
    artists = _PARTING.findall(row.get("artists", ""))
    return entry_made(
        title=row.get("title", ""),
        artists=[_ESCAPED.sub(r"\1", name) for name in artists],
        album=row.get("album", ""),
        duration_ms=_milliseconds(row),
        addresses=_addresses(row),
        added_at=row.get("added_at", ""),
    )


def _addresses(row: dict[str, str]) -> Iterable[str]:
    for column, prefix in PREFIXES.items():
        value = row.get(column, "").strip()
        yield value
        yield prefix + value


def _milliseconds(row: dict[str, str]) -> float | None:
    given = row.get("duration_ms") or row.get("duration", "")
    try:
        *minutes, last = [float(part) for part in given.strip().split(":")]
    except ValueError:
        return None
    if not minutes:
        is_ms = "duration_ms" in row or last >= MS_FROM
        return last if is_ms else last * 1000
    for i, value in enumerate(reversed(minutes), start=1):
        last += value * 60**i
    return last * 1000


def _rows(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    rows = _cells(text, delimiter)
    next(rows, None)
    yield from rows


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield rows of cells. Raises FileRefused for cells that no list has."""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            # csv has a limit of its own, which others in this process may move.
            if any(len(cell) > MAX_CELL_CHARS for cell in row):
                raise csv.Error
            yield row[:MAX_COLUMNS]
    except csv.Error as error:
        raise FileRefused(_("The file isn't a table that can be read.")) from error


def _named(header: Sequence[str]) -> list[str]:
    keys = ("".join(c for c in name.lower() if c.isalnum()) for name in header)
    return [COLUMNS.get(key, "") for key in keys]
