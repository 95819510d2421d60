"""Which track a file belongs to: by its path, its sound, its ids."""

import shutil

import mutagen
import pytest

from catalog.ingest.runs import folder_run_start
from catalog.ingest.work import run_work
from catalog.models import Embedding, Track, TrackSource
from tests.catalog.ingest.songs import make_song

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


def take_in(folder):
    run, _ = folder_run_start(folder)
    run_work(run.pk, slot=0, is_stopping=lambda: False)
    refused = run.items.filter(status="refused")
    assert not refused.exists(), [item.reason for item in refused]
    return run


def keys(track):
    return sorted(
        key.rsplit("/", 1)[-1] for key in track.sources.values_list("key", flat=True)
    )


def test_a_moved_file_keeps_its_track(tmp_path):
    path = make_song(tmp_path / "a.mp3", title="One")
    take_in(tmp_path)
    before = Track.objects.get()

    (tmp_path / "Deep").mkdir()
    path.rename(tmp_path / "Deep" / "b.mp3")
    take_in(tmp_path)

    track = Track.objects.get()
    assert track.pk == before.pk
    assert keys(track) == ["b.mp3"]
    assert track.audio_path == str(tmp_path / "Deep" / "b.mp3")
    assert track.vanished_at is None


def test_a_file_moved_and_retagged_at_once_keeps_its_track(tmp_path):
    path = make_song(tmp_path / "a.flac", title="One")
    take_in(tmp_path)
    before = Track.objects.get()

    file = mutagen.File(path, easy=True)
    file["title"] = "Two"
    file.save()
    path.rename(tmp_path / "b.flac")
    take_in(tmp_path)

    track = Track.objects.get()
    assert (track.pk, track.title) == (before.pk, "Two")


def test_a_copy_is_a_second_source(tmp_path):
    path = make_song(tmp_path / "a.mp3", title="One")
    take_in(tmp_path)
    shutil.copy(path, tmp_path / "b.mp3")

    take_in(tmp_path)

    track = Track.objects.get()
    assert keys(track) == ["a.mp3", "b.mp3"]
    assert track.audio_path == str(path)


def test_retagging_reads_the_tags_and_does_not_listen_again(tmp_path):
    path = make_song(tmp_path / "a.mp3", title="One", genre="Jazz")
    take_in(tmp_path)
    heard = Embedding.objects.get(space__kind="audio")
    before = Track.objects.get()

    file = mutagen.File(path, easy=True)
    file["title"], file["genre"] = "One, corrected", "Soul"
    file.save()
    run = take_in(tmp_path)

    track = Track.objects.get()
    assert run.items.get().status == "done"
    assert (track.pk, track.title) == (before.pk, "One, corrected")
    assert [tag.name for tag in track.tags.all()] == ["Soul"]
    assert track.tempo_bpm == before.tempo_bpm is not None
    assert track.duration_ms == before.duration_ms is not None
    assert track.attribute_sources == before.attribute_sources
    same = Embedding.objects.get(space__kind="audio")
    assert (same.pk, bytes(same.raw)) == (heard.pk, bytes(heard.raw))


def test_files_that_change_places_keep_their_tracks(tmp_path):
    for seed, name in enumerate("abc"):
        make_song(tmp_path / f"{name}.wav", seed=seed)
    take_in(tmp_path)
    was = {s.content_hash: s.track_id for s in TrackSource.objects.all()}

    for old, new in (("a", "x"), ("b", "a"), ("c", "b"), ("x", "c")):
        (tmp_path / f"{old}.wav").rename(tmp_path / f"{new}.wav")
    take_in(tmp_path)

    sources = TrackSource.objects.all()
    assert {s.content_hash: s.track_id for s in sources} == was
    assert len(was) == 3
    for source in sources.select_related("track"):
        assert source.track.audio_path == source.key


@pytest.mark.parametrize("name", ["isrc", "musicbrainz_trackid"])
def test_one_recording_in_two_formats_meets_by_its_ids(tmp_path, name):
    known = {
        "isrc": "GBAYE9400123",
        "musicbrainz_trackid": "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae",
    }
    make_song(tmp_path / "a.flac", title="Same", genre="Jazz", **{name: known[name]})
    make_song(tmp_path / "b.ogg", title="Same?", genre="Bop", **{name: known[name]})

    take_in(tmp_path)

    track = Track.objects.get()
    assert keys(track) == ["a.flac", "b.ogg"]
    assert track.title == "Same"
    assert sorted(tag.name for tag in track.tags.all()) == ["Bop", "Jazz"]


def test_a_path_that_holds_a_known_song_now_belongs_to_that_song(tmp_path):
    one = make_song(tmp_path / "a.wav", seed=1)
    two = make_song(tmp_path / "b.wav", seed=2)
    take_in(tmp_path)
    tracks = {s.key: s.track_id for s in TrackSource.objects.all()}

    shutil.copy(two, one)
    take_in(tmp_path)

    kept = Track.objects.get(pk=tracks[str(two)])
    assert keys(kept) == ["a.wav", "b.wav"]
    assert Track.objects.get(pk=tracks[str(one)]).vanished_at is not None


def test_a_file_of_an_older_site_gets_its_hash_by_the_next_import(tmp_path):
    make_song(tmp_path / "a.mp3", title="One")
    take_in(tmp_path)
    hashed = TrackSource.objects.get().content_hash
    TrackSource.objects.update(content_hash="")

    take_in(tmp_path)

    assert TrackSource.objects.get().content_hash == hashed != ""


def test_one_song_in_two_formats_meets_by_its_words_and_a_concert_does_not(tmp_path):
    for name, title in (
        ("a.flac", "Blue Hour"),
        ("b.ogg", "Blue Hour"),
        ("c.mp3", "Blue Hour (Live)"),
    ):
        make_song(tmp_path / name, title=title, artist="Ada Lane")

    take_in(tmp_path)

    assert keys(Track.objects.get(version="")) == ["a.flac", "b.ogg"]
    assert keys(Track.objects.get(version="live")) == ["c.mp3"]


def test_an_id_that_another_track_has_stays_with_it(tmp_path):
    make_song(tmp_path / "a.flac", title="One", artist="Ada", isrc="GBAYE9400123")
    make_song(tmp_path / "b.flac", title="Two", artist="Bob", seed=2)
    take_in(tmp_path)
    file = mutagen.File(tmp_path / "b.flac")
    file["isrc"] = "GBAYE9400123"
    file.save()

    take_in(tmp_path)

    one, two = Track.objects.order_by("title")
    assert (one.isrc, two.isrc) == ("GBAYE9400123", None)
    assert two.audio_path == str(tmp_path / "b.flac")
