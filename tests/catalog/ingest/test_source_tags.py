"""A tag stays while a living source states it, and goes with the last one."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.ingest.current import audio_space_ensure
from catalog.ingest.facts import TrackFacts
from catalog.ingest.store import tags_ensure, track_store
from catalog.models import Track, TrackSource

pytestmark = pytest.mark.django_db


def tell(key, *genres, title="Blue Hour", kind="file", **fields):
    """Take in a file that states genres; the same ISRC makes it the same song."""
    facts = TrackFacts(
        source=kind,
        source_key=key,
        fingerprint="1",
        title=title,
        audio_path=key,
        raw=None,
        artists=("Ada Lane",),
        isrc=fields.pop("isrc", "DEAAA2600001"),
        tags=tuple(("genre", genre) for genre in genres),
        **fields,
    )
    return track_store(facts, space=audio_space_ensure())


def tags(track):
    return set(track.tags.values_list("name", flat=True))


def test_what_one_of_two_files_takes_back_goes():
    tell("/a.flac", "jazz", "soul")
    track = tell("/b.flac", "jazz", "blues")
    assert tags(track) == {"jazz", "soul", "blues"}

    tell("/b.flac", "jazz")

    assert tags(track) == {"jazz", "soul"}
    assert "blues" not in Track.objects.get().document


def test_what_another_file_states_too_stays():
    tell("/a.flac", "jazz")
    track = tell("/b.flac", "jazz")

    tell("/b.flac")
    assert tags(track) == {"jazz"}

    tell("/a.flac")
    assert tags(track) == set()


def test_a_file_that_is_gone_states_nothing():
    tell("/a.flac", "jazz")
    track = tell("/b.flac", "jazz")
    TrackSource.objects.filter(key="/a.flac").update(vanished_at=timezone.now())

    tell("/b.flac", "soul")

    assert tags(track) == {"soul"}


def test_a_tag_that_nobody_stated_stays():
    tell("/a.flac", "jazz")
    track = tell("/b.flac", "soul")
    track.tags.add(*tags_ensure([("mood", "calm")]))

    tell("/b.flac")

    assert tags(track) == {"jazz", "calm"}


def test_nothing_goes_where_another_source_is_not_known():
    tell("/a.flac", "jazz")
    track = tell("/b.flac", "soul")
    TrackSource.objects.filter(key="/a.flac").update(tags=None)

    tell("/b.flac")

    assert tags(track) == {"jazz", "soul"}


def test_a_file_that_becomes_another_song_takes_its_tags_along():
    first = tell("/a.flac", "jazz", content_hash="1")
    tell("/b.flac", "jazz", "soul", content_hash="2")
    red = {"title": "Red Dust", "isrc": "DEAAA2600002"}
    other = tell("/c.flac", "pop", content_hash="3", **red)

    assert tell("/b.flac", "metal", content_hash="4", **red) == other

    assert tags(first) == {"jazz"}
    assert tags(other) == {"pop", "metal"}


def test_the_last_file_of_a_song_that_becomes_another_leaves_it_its_tags():
    first = tell("/a.flac", "jazz", content_hash="1")
    red = {"title": "Red Dust", "isrc": "DEAAA2600002"}
    other = tell("/c.flac", "pop", content_hash="3", **red)

    assert tell("/a.flac", "metal", content_hash="4", **red) == other

    first.refresh_from_db()
    assert first.vanished_at is not None
    assert tags(first) == {"jazz"}


def test_a_table_keeps_what_it_stated_for_the_song(tmp_path):
    table = tmp_path / "songs.csv"
    columns = "title,artist,isrc,genre\n"
    table.write_text(f"{columns}Blue Hour,Ada Lane,DEAAA2600001,jazz\n")
    call_command("import_tracks", str(table))
    track = tell("/a.flac", "jazz", "soul")

    tell("/a.flac")

    assert tags(track) == {"jazz"}
    assert TrackSource.objects.get(kind="table").tags == [
        tag.pk for tag in track.tags.all()
    ]


def test_rows_of_a_table_add_to_what_it_stated(tmp_path):
    table = tmp_path / "songs.csv"
    columns = "id,title,artist,genre\n"
    table.write_text(f"{columns}1,Blue Hour,Ada,jazz\n1,Blue Hour,Ada,soul\n")
    call_command("import_tracks", str(table))
    table.write_text(f"{columns}1,Blue Hour,Ada,blues\n")
    call_command("import_tracks", str(table))

    source = TrackSource.objects.get()

    assert tags(source.track) == {"jazz", "soul", "blues"}
    assert set(source.tags) == {tag.pk for tag in source.track.tags.all()}
