"""Makes records that people gave, as they lie there after review."""

from __future__ import annotations

import itertools
from datetime import date

from feedback.donation.keys import donation_keys
from feedback.models import DonatedRecord, DonatedTrack
from feedback.releasing.parts import part_by_digest
from feedback.releasing.publishing import release_publish
from feedback.releasing.work import release_ask, release_make
from tests.factories import make_track

_numbers = itertools.count(1)


def make_record(who, text, approved=(), refused=(), **fields):
    """Make an approved record. who: a pseudonym."""
    number = next(_numbers)
    facts = {
        "pseudonym": who,
        "key_id": donation_keys()[0].id,
        "turn_key": f"turn-{number}",
        "for_release": True,
        "for_site": False,
        "consent_version": 1,
        "text": text,
        "language": "en",
        "constraints": ["jazz"],
        "space": "test-audio",
        "week": date(2026, 11, 23),
        "status": DonatedRecord.Status.APPROVED,
    }
    record = DonatedRecord.objects.create(**{**facts, **fields})
    said = [*((track, True) for track in approved), *((t, False) for t in refused)]
    DonatedTrack.objects.bulk_create(
        DonatedTrack(
            record=record,
            track=track,
            is_approved=is_approved,
            position=position,
            identifiers=identifiers_of(track),
        )
        for position, (track, is_approved) in enumerate(said)
    )
    return record


def identifiers_of(track):
    """Return what names a track outside this catalog."""
    return {
        "isrc": track.isrc,
        "musicbrainz": str(track.musicbrainz_id or ""),
        "title": track.title,
        "artists": [credit.artist.name for credit in track.credits.all()],
    }


def people(part, count):
    """Return the pseudonyms of so many people whose records go to a part."""
    named = (f"{part}-person-{n}" for n in itertools.count())
    return list(
        itertools.islice((p for p in named if part_by_digest(p) == part), count)
    )


def make_release(*, is_published=False):
    """Make a release of one row, which five people share."""
    song = make_track("Blue Hour", artist="Ada Lane")
    for who in people("train", 5):
        make_record(who, "calm jazz", [song])
    release = release_ask()
    release_make(release.pk)
    if is_published:
        release_publish(release)
    release.refresh_from_db()
    return release
