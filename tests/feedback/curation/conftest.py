"""Three curators, one who releases, and records that wait."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from feedback.curation.deeds import Verdict, record_decide, version_of
from feedback.models import DonatedRecord, Review
from tests.factories import make_record, make_track, make_user

GROUPS = import_module("feedback.migrations.0008_curation_groups")


def make_groups():
    """Make the groups as the migration does: tests that commit have emptied the tables."""
    GROUPS.make_groups(apps, None)


def make_member(name, group="curators"):
    """Make one of the staff, in a group."""
    if not Group.objects.filter(name="releasers").exists():
        make_groups()
    user = make_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def cara(db):
    return make_member("cara")


@pytest.fixture
def dan(db):
    return make_member("dan")


@pytest.fixture
def finn(db):
    return make_member("finn")


@pytest.fixture
def always_drawn(settings):
    settings.SECOND_LOOK_SHARE = 1


@pytest.fixture
def never_drawn(settings):
    settings.SECOND_LOOK_SHARE = 0


def decide(record, actor, reason=""):
    """Let a reviewer decide a record as it stands."""
    verdict = Verdict(Review.Reason(reason))
    seen = version_of(record)
    record_decide(record.pk, actor=actor, verdict=verdict, seen=seen)


def status(record):
    return DonatedRecord.objects.get(pk=record.pk).status


def give(text="slow songs for rain", *, approved=(), refused=(), **fields):
    """Make a record with songs."""
    record = make_record(text, **fields)
    for tracks, is_approved in ((approved, True), (refused, False)):
        for position, track in enumerate(tracks):
            record.tracks.create(
                track=track,
                is_approved=is_approved,
                position=position,
                identifiers={"title": track.title, "artists": ["Somebody"]},
            )
    return record


def jazz_asked_metal_approved():
    """Make a record that contradicts itself."""
    songs = [
        make_track(f"Riff {n}", artist="Iron Lane", genres=("metal",)) for n in "ab"
    ]
    calm = make_track("Blue Hour", artist="Ada Lane", genres=("jazz",), energy=0.2)
    return give(
        "jazz for [name] please",
        approved=songs,
        refused=[calm],
        constraints=["jazz", "50s", "warm"],
        mood={"valence": 0.4, "energy": 0.2},
    )
