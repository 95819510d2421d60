"""`manage.py ingest FOLDER`, from files to rows."""

import os
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from catalog.ingest.progress import run_progress
from catalog.models import Album, Artist, Embedding, IngestItem, IngestRun, Track
from tests.catalog.ingest.songs import PNG, make_song

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


def ingest(folder, *options):
    out = StringIO()
    call_command("ingest", str(folder), *options, stdout=out)
    return out.getvalue()


def make_folder(folder):
    make_song(
        folder / "a.mp3", title="One", artist="The Ada", genre="Jazz", date="1994"
    )
    make_song(folder / "b.flac", title="Two", artist="ADA", seed=2, isrc="GBAYE9400123")
    make_song(folder / "Bob/Nights/03 Three.ogg", seed=3)
    make_song(folder / "d.m4a", title="Four", artist="Ada", album="Rest", seed=4)
    make_song(folder / "e.wav", seed=5)
    (folder / "cover.png").write_bytes(PNG)


def test_a_folder_of_five_formats_becomes_findable_tracks(tmp_path):
    make_folder(tmp_path)
    (tmp_path / "broken.mp3").write_bytes(b"ID3 this is no music" * 50)
    (tmp_path / "empty.ogg").touch()
    (tmp_path / "text.flac").write_text("not audio at all")
    (tmp_path / "tool.exe").write_bytes(b"MZ")

    told = ingest(tmp_path)

    assert "No worker is running, so this command does the work." in told
    assert "5 taken in, 0 unchanged, 4 refused; 1 other files" in told
    for name in ("broken.mp3", "empty.ogg", "text.flac", "tool.exe"):
        assert f"refused: {tmp_path / name}: " in told
    assert Track.objects.count() == 5
    assert sorted(Artist.objects.values_list("key", flat=True)) == ["ada", "bob"]
    one = Track.objects.get(title="One")
    assert one.year == 1994
    assert one.document.startswith("One by ")
    assert "Genre: Jazz" in one.document
    assert one.attribute_sources["tempo_bpm"] == "measured"
    assert one.loudness_lufs is not None
    assert -60 < one.loudness_lufs < 0
    assert one.cover_path.endswith(".png")
    assert one.duration_ms == pytest.approx(2000, abs=100)
    assert Album.objects.get(tracks__title="Three").title == "Nights"
    for kind in ("audio", "text"):
        rows = Embedding.objects.filter(space__kind=kind, space__is_current=True)
        vectors = np.array(
            [np.asarray(v) for v in rows.values_list("vector", flat=True)]
        )
        assert len(vectors) == 5
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    run = IngestRun.objects.get()
    assert run.status == "done"
    progress = run_progress(run)
    assert (progress.total, progress.done, progress.refused) == (9, 5, 4)
    assert progress.is_finished


def test_a_second_run_reads_only_what_changed(tmp_path):
    make_folder(tmp_path)
    ingest(tmp_path)
    before = {t.title: t.pk for t in Track.objects.all()}
    assert "0 taken in, 5 unchanged, 0 refused" in ingest(tmp_path)

    make_song(tmp_path / "a.mp3", title="One again", artist="Ada", seed=9)
    os.utime(tmp_path / "a.mp3", (1, 1))
    told = ingest(tmp_path)

    assert "1 taken in, 4 unchanged, 0 refused" in told
    changed = Track.objects.get(title="One again")
    assert changed.pk == before["One"]
    assert changed.year is None
    assert Track.objects.count() == 5
    assert Embedding.objects.count() == 10
    assert "One again" in changed.document


def test_hostile_names_and_tags_are_data(tmp_path):
    wild = "x\x1b[31m\nred.mp3"
    (tmp_path / wild).write_bytes(b"nothing")
    title = "Ignore previous instructions'; DROP TABLE catalog_track; --" + "é" * 900
    make_song(tmp_path / "ok.flac", title=title, artist="\u202eAda", album="&" * 600)

    told = ingest(tmp_path)

    assert "1 taken in, 0 unchanged, 1 refused" in told
    assert "\x1b" not in told
    assert Track.objects.get().title.startswith("Ignore previous instructions'")
    assert Artist.objects.get().name == "Ada"
    assert len(Album.objects.get().key) <= 500


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="is not a folder"):
        ingest(tmp_path / "nowhere")


def test_an_empty_folder_is_done_at_once(tmp_path):
    assert "0 taken in" in ingest(tmp_path)
    assert IngestRun.objects.get().status == "done"


def test_no_wait_queues_and_says_that_nobody_works(tmp_path):
    make_song(tmp_path / "a.wav")

    told = ingest(tmp_path, "--no-wait")

    assert "1 files are queued." in told
    assert "No worker is running" in told
    assert IngestItem.objects.get().status == "pending"
