"""What the migrations that move data make of rows that are there.

They run with the models of their own time, on rows of today's tables: the columns that
they touch are still the same.
"""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from catalog.models import Space, Track, TrackSource
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db


def apps_before(name):
    """Return the models as they were before a migration of the catalog."""
    loader = MigrationLoader(connection)
    (before,) = (d for a, d in loader.disk_migrations["catalog", name].dependencies)
    return loader.project_state(("catalog", before)).apps


def migrate(name, function):
    module = import_module(f"catalog.migrations.{name}")
    with connection.schema_editor() as editor:
        getattr(module, function)(apps_before(name), editor)


def blank(*tracks):
    """Take tracks back to the time before songs had keys."""
    pks = [track.pk for track in tracks]
    Track.objects.filter(pk__in=pks).update(
        song_key="", version="remix", version_detail="of nobody"
    )


def test_song_keys_join_the_versions_of_a_song():
    original = make_track("Blue Hour", artist="Ada Lane")
    live = make_track("Blue Hour (Live at Wembley)", artist="Ada Lane")
    cover = make_track("Blue Hour", artist="Bob Reed")
    blank(original, live, cover)

    migrate("0008_song_keys", "songs_fill")

    for track in (original, live, cover):
        track.refresh_from_db()
    assert original.song_key == live.song_key == "blue hour | ada lane"
    assert (original.version, live.version) == ("", "live")
    assert (original.version_detail, live.version_detail) == ("", "wembley")
    assert cover.song_key == "blue hour | bob reed"


def test_song_keys_go_by_the_first_of_several_artists():
    track = make_track("Blue Hour", artist="Ada Lane")
    track.credits.create(artist=make_artist("Aaron First"), position=1)
    blank(track)

    migrate("0008_song_keys", "songs_fill")

    track.refresh_from_db()
    assert track.song_key == "blue hour | ada lane"


def test_a_track_without_an_artist_is_kin_to_none():
    track = make_track("Intro")
    track.credits.all().delete()
    blank(track)

    migrate("0008_song_keys", "songs_fill")

    track.refresh_from_db()
    assert (track.song_key, track.version) == ("", "")


def test_every_track_gets_its_song_key_and_not_only_the_first_chunk(monkeypatch):
    module = import_module("catalog.migrations.0008_song_keys")
    monkeypatch.setattr(module, "CHUNK", 2)
    tracks = [make_track(f"Song {i}", artist="Ada Lane") for i in range(5)]
    blank(*tracks)

    migrate("0008_song_keys", "songs_fill")

    keys = set(Track.objects.values_list("song_key", flat=True))
    assert keys == {f"song {i} | ada lane" for i in range(5)}


def test_only_the_space_of_descriptors_was_made_by_the_descriptors():
    for kind, model_id in (
        ("audio", "descriptors"),
        ("audio", "somebody/else"),
        ("text", "descriptors"),
    ):
        Space.objects.create(
            slug=f"{kind}-{model_id.replace('/', '-')}",
            kind=kind,
            model_id=model_id,
            dimensions=3,
        )

    migrate("0011_known_encoders", "name_descriptors")

    assert dict(Space.objects.values_list("slug", "encoder")) == {
        "audio-descriptors": "descriptors",
        "audio-somebody-else": "",
        "text-descriptors": "",
    }


def test_an_only_source_states_its_tracks_tags_and_of_several_nobody_knows():
    alone, shared = make_track(genres=("jazz", "soul")), make_track(genres=("pop",))
    TrackSource.objects.create(track=shared, kind="file", key="/b.flac")
    module = import_module("catalog.migrations.0021_first_source_tags")

    with connection.cursor() as cursor:
        cursor.execute(module.ONLY_SOURCES)

    stated = alone.sources.get().tags
    assert stated == sorted(alone.tags.values_list("pk", flat=True))
    assert [source.tags for source in shared.sources.all()] == [None, None]
