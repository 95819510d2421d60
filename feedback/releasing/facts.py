"""What the data card of a release counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from feedback.models import Release, ReleasedRecord
from feedback.releasing.floor import Floored
from feedback.releasing.given import records_for_release


def facts_of(parts: Mapping[str, Floored]) -> dict[str, Any]:
    """Count what is in a release and what isn't, as JSON. Three queries."""
    floored = list(parts.values())
    given = [one for found in floored for one in found.given]
    rows = [row for found in floored for row in found.rows]
    released = set().union(*(found.released for found in floored))
    in_it = [one for one in given if one.record in released]
    weeks = sorted(one.week.isoformat() for one in in_it)
    languages = Counter(row.language for row in rows if row.language)
    return {
        "parts": {
            name: {
                "rows": len(found.sharing),
                "people": _people(found),
                "given_by": len({one.contributor for one in found.given}),
            }
            for name, found in parts.items()
        },
        "records": len(given),
        "people": len({one.contributor for one in given}),
        "released": len(released),
        "released_texts": sum(len(found.texts) for found in floored),
        "held_back": len(given) - len(released),
        "general_rows": sum(row.is_general for row in rows),
        "songs": len({key for row in rows for key in (*row.approved, *row.refused)}),
        "songs_given": sum(found.songs_given for found in floored),
        "songs_released": sum(found.songs_released for found in floored),
        "languages": dict(sorted(languages.items())),
        "consent_versions": sorted({one.consent_version for one in in_it}),
        "first_month": weeks[0][:7] if weeks else "",
        "last_month": weeks[-1][:7] if weeks else "",
        **_since_previous(),
    }


def _people(found: Floored) -> int:
    released = found.released
    return len({one.contributor for one in found.given if one.record in released})


def _since_previous() -> dict[str, Any]:
    """Count what the newest release held and this one can't.

    Rows of withdrawn records are gone, with those that say in which release they were.
    """
    newest = Release.objects.filter(status=Release.Status.DONE).first()
    if newest is None:
        return {"previous": None}
    held = newest.facts["released"]
    there = ReleasedRecord.objects.filter(release=newest, record__for_release=True)
    left = there.count()
    approved = there.filter(record__in=records_for_release().order_by()).count()
    return {
        "previous": newest.number,
        "previous_records": held,
        "withdrawn": held - left,
        "rejected": left - approved,
    }
