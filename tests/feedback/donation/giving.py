"""Ada, who gives, and what she says of songs."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from catalog.models import TrackSource
from feedback.donation.consent import Purpose, consent_set
from feedback.donation.outbox import donation_note
from feedback.donation.records import records_of
from feedback.donation.work import donations_make
from feedback.models import DonationDue, Reaction
from tests.factories import make_track

Value = Reaction.Value
WORDS = "play something slow for my wife Sarah, I'm at sarah@music.example"
SCRUBBED = "play something slow for my wife [name], I'm at [email]"
ASKED = {
    "language": "en",
    "constraints": ["slow", "for Sarah Miller"],
    "mood": {"valence": 0.25, "energy": 0.1, "heard_at": "12:03:11"},
}


def make_spotify_track(title):
    """Make a track that only Spotify's table knows."""
    track = make_track(title, spotify_id=f"sp{uuid.uuid4().hex[:20]}")
    TrackSource.objects.filter(track=track).update(origin="spotify-features")
    return track


def react(user, track, value=Value.LIKE, *, turn, **fields):
    """React as chat does: the reaction, and that it is given, in one transaction."""
    given = {
        **{"words": WORDS, "asked": ASKED, "position": 2, "source": "chat"},
        **{"said_since": timezone.now(), **fields},
    }
    with transaction.atomic():
        reaction = Reaction.objects.create(
            user=user, track=track, value=value, turn=turn, **given
        )
        donation_note(reaction)
    return reaction


def agree(user, *purposes):
    """Agree to give, for research where nothing else is said."""
    for purpose in purposes or (Purpose.RELEASE,):
        consent_set(user, purpose=purpose, is_given=True)


def withdraw(user, *purposes):
    for purpose in purposes or Purpose.values:
        consent_set(user, purpose=purpose, is_given=False)


def work(user):
    """Let a worker come by, some time later. Returns the listener's records."""
    DonationDue.objects.filter(user=user).update(due_at="2026-01-01T00:00:00Z")
    donations_make(user.pk)
    return list(records_of(user.pk).prefetch_related("tracks"))


def said_in(record):
    """Return what a record says of songs, by title."""
    return {t.identifiers["title"]: t.is_approved for t in record.tracks.all()}
