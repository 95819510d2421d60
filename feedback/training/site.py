"""What was given for this site's own search, as rows to train on. It leaves it nowhere.

Read anew each time: what was taken back or rejected since is in no row. A contributor is
in the part of a release in which they are, or would be (`releasing/parts.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.models import TrainedBridge
from feedback.models import DonatedRecord, DonatedTrack
from feedback.releasing.floor import text_pattern
from feedback.releasing.parts import NAMES, parts_of
from feedback.training.pairs import said_of

# What a bridge that was trained on this says of where it learned.
LEARNED_FROM = "what was given for this site"


def site_rows() -> dict[str, list[dict[str, Any]]]:
    """Return approved records by part, in the shape of a release's rows. Three queries."""
    records = DonatedRecord.objects.filter(
        status=DonatedRecord.Status.APPROVED, for_site=True
    )
    held = list(records.exclude(text="").order_by("pk"))
    parts = parts_of({record.pseudonym for record in held})
    songs: dict[int, list[DonatedTrack]] = {}
    tracks = DonatedTrack.objects.filter(record__in=held, track__isnull=False)
    for song in tracks.select_related("track").order_by("pk"):
        songs.setdefault(song.record_id, []).append(song)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in NAMES}
    counted: set[tuple[str, str]] = set()
    for record in held:
        text = text_pattern(record.text)
        who = (record.pseudonym, text)
        # Who asked the same twice is one of the people who asked it.
        people = int(who not in counted)
        counted.add(who)
        row = {"text": text, "people": people, **_told(songs.get(record.pk, ()))}
        rows[parts[record.pseudonym]].append(row)
    return rows


def held_out_now(
    sender: object, *, bridge: TrainedBridge, **_: Any
) -> list[tuple[str, list[int]]]:
    """Say by what a bridge is judged that was trained on this: by what is given now."""
    if bridge.learned_from != LEARNED_FROM:
        return []
    said = said_of(site_rows()["test"])
    return [(text, sorted(one.approved)) for text, one in sorted(said.items())]


def _told(songs: Sequence[DonatedTrack]) -> dict[str, list[dict[str, str]]]:
    said: dict[str, list[dict[str, str]]] = {"approved": [], "refused": []}
    for song in songs:
        name = "approved" if song.is_approved else "refused"
        said[name].append({"track": str(song.track.uuid) if song.track else ""})
    return said
