"""What outlives a killed worker, a poison file and a race."""

import signal
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from catalog.advisory import Lock, is_locked, lock_until_commit
from catalog.ingest.current import audio_space_ensure
from catalog.ingest.queueing import RUN_SLOTS, TEXTS_ID, run_enqueue, runs_sweep
from catalog.ingest.runs import demo_run_start, folder_run_start
from catalog.ingest.store import artists_ensure, tags_ensure
from catalog.ingest.work import MAX_ATTEMPTS, Left, run_work
from catalog.jobs import embed_texts
from catalog.models import (
    Artist,
    Embedding,
    IngestItem,
    IngestRun,
    Tag,
    Track,
    TrackSource,
)
from catalog.slots import audio_queue, is_job_waiting
from tests import site
from tests.catalog.ingest.songs import make_song
from tests.factories import make_track
from tests.waiting import DEADLINE_S, is_someone_waiting_for, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


@pytest.fixture
def workers(tmp_path):
    """Give the means to start workers on the test's database; all are ended."""
    running = site.Site(tmp_path / "home", site.tests_database_url())
    yield running
    for process in running.processes:
        process.kill()
        process.wait()


def test_a_worker_killed_in_mid_embedding_loses_nothing(tmp_path, workers):
    for n in range(4):
        make_song(tmp_path / "music" / f"{n}.wav", seed=n)
    space = audio_space_ensure()
    run, _ = folder_run_start(tmp_path / "music")
    run_enqueue(run.pk)

    # While this lock is held, as by a refit, the worker can't store what it heard.
    with transaction.atomic():
        lock_until_commit(Lock.SPACE_VECTORS, space.pk)
        worker = workers.start_worker()
        until(lambda: is_someone_waiting_for(Lock.SPACE_VECTORS), "nobody embeds")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    key = RUN_SLOTS.key(run.pk, 0)
    until(lambda: not is_locked(Lock.RUN_SLOT, key), "the dead worker holds its slot")

    assert Track.objects.count() == Embedding.objects.count() == 0
    assert run.items.filter(status="pending").count() == 4
    out = StringIO()
    call_command("sweep", "--once", stdout=out)
    assert "Queued 1 jobs again." in out.getvalue()
    workers.start_worker("second")
    until(lambda: IngestRun.objects.get(pk=run.pk).status == "done", "not taken up")
    assert run.items.filter(status="done").count() == 4
    assert Track.objects.count() == 4
    assert Embedding.objects.filter(space=space).count() == 4
    assert Embedding.objects.count() == 8
    attempts = run.items.order_by("position").values_list("attempts", flat=True)
    assert list(attempts) == [2, 1, 1, 1]


def test_a_file_that_kills_its_worker_is_refused_the_third_time(tmp_path):
    make_song(tmp_path / "1 poison.wav")
    make_song(tmp_path / "2 fine.wav", seed=2)
    run, _ = folder_run_start(tmp_path)
    # As three killed workers leave it, which is what the test above sees of one.
    run.items.filter(position=0).update(attempts=MAX_ATTEMPTS)

    assert run_work(run.pk, slot=0, is_stopping=lambda: False) is Left.FINISHED

    refused = run.items.get(status="refused")
    assert refused.source_key.endswith("1 poison.wav")
    assert refused.reason == "It stopped the worker 3 times."
    assert Track.objects.get(ingestitem__status="done").title == "fine"


def test_ctrl_c_keeps_what_is_done_and_counts_nothing_against_a_file(tmp_path, workers):
    make_song(tmp_path / "music" / "a.wav")
    space = audio_space_ensure()

    with transaction.atomic():
        lock_until_commit(Lock.SPACE_VECTORS, space.pk)
        command = workers.start(
            "ingest", "manage.py", "ingest", str(tmp_path / "music")
        )
        until(lambda: is_someone_waiting_for(Lock.SPACE_VECTORS), "nobody embeds")
        command.send_signal(signal.SIGINT)
        assert command.wait(DEADLINE_S) == 0

    told = (workers.logs / "ingest.log").read_text()
    assert "Stopped with 1 files left. The same command goes on" in told
    item = IngestItem.objects.get()
    assert (item.status, item.attempts) == ("pending", 0)


def test_workers_that_share_a_run_do_each_item_once(tmp_path):
    for n in range(6):
        make_song(tmp_path / f"{n}.flac", seed=n, artist="Ada", genre="Jazz")
    run, _ = folder_run_start(tmp_path)
    lefts = []

    def work_too(slot):
        try:
            lefts.append(run_work(run.pk, slot=slot, is_stopping=lambda: False))
        finally:
            connection.close()

    threads = [threading.Thread(target=work_too, args=(slot,)) for slot in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_S)

    assert Left.FINISHED in lefts
    assert set(run.items.values_list("status", "attempts")) == {("done", 1)}
    assert Track.objects.count() == 6
    assert Artist.objects.get().name == "Ada"
    assert Embedding.objects.count() == 12


def test_a_folder_leaves_texts_that_others_brought_to_the_job_for_them(tmp_path):
    make_song(tmp_path / "mine.wav")
    others = [make_track(document=f"Song {n} by A table") for n in range(3)]
    run, _ = folder_run_start(tmp_path)

    assert run_work(run.pk, slot=0, is_stopping=lambda: False) is Left.FINISHED

    mine = run.items.get().track
    texts = Embedding.objects.filter(space__kind="text")
    assert list(texts.values_list("track", flat=True)) == [mine.pk]
    assert is_job_waiting(TEXTS_ID)
    embed_texts()
    assert set(texts.values_list("track", flat=True)) == {
        mine.pk,
        *(track.pk for track in others),
    }
    run.refresh_from_db()
    assert "texts" not in run.options


def test_two_workers_that_race_for_names_make_one_row_each():
    barrier = threading.Barrier(2)
    failures = []

    def race(names):
        try:
            for round_number in range(10):
                barrier.wait(DEADLINE_S)
                with transaction.atomic():
                    artists_ensure(f"{name} {round_number}" for name in names)
                    tags_ensure(("genre", f"{name} {round_number}") for name in names)
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            connection.close()

    names = ("The Ada", "bob", "Ève")
    spellings = ("EVE", "Bob!", "ADA")
    threads = [threading.Thread(target=race, args=(n,)) for n in (names, spellings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_S)

    assert failures == []
    assert Artist.objects.count() == Tag.objects.count() == 30


def test_a_watched_folder_is_followed_until_ctrl_c(tmp_path, workers):
    music = tmp_path / "music"
    first = make_song(music / "first.wav")
    command = workers.start("watch", "manage.py", "ingest", str(music), "--watch")
    until(lambda: Track.objects.filter(title="first").exists(), "no first pass")

    make_song(music / "Album" / "second.wav", seed=2)
    until(lambda: Track.objects.filter(title="second").exists(), "not taken in")
    track = Track.objects.get(title="first")
    first.rename(music / "Album" / "moved.wav")
    until(lambda: Track.objects.filter(title="moved").exists(), "the move is missed")
    assert Track.objects.get(title="moved").pk == track.pk
    (music / "Album" / "moved.wav").unlink()
    until(
        lambda: Track.objects.get(pk=track.pk).vanished_at is not None,
        "the loss is missed",
    )
    command.send_signal(signal.SIGINT)

    assert command.wait(DEADLINE_S) == 0
    told = (workers.logs / "watch.log").read_text()
    assert "Stopped watching." in told
    assert "Traceback" not in told
    assert not IngestRun.objects.filter(status="running").exists()


def test_the_sweeper_queues_only_what_nobody_works_on(tmp_path):
    make_song(tmp_path / "a.wav")
    run, _ = folder_run_start(tmp_path)

    assert runs_sweep() == 2
    assert runs_sweep() == 0
    audio_queue().empty()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_lock(%s, %s)", [Lock.RUN_SLOT, RUN_SLOTS.key(run.pk, 0)]
        )
    assert runs_sweep() == 1
    connection.close()
    IngestRun.objects.update(status="done")
    audio_queue().empty()
    assert runs_sweep() == 0


def test_the_demo_run_holds_what_is_missing_and_nothing_twice():
    first = demo_run_start()
    assert first is not None
    count = first.items.count()
    assert count >= 160

    assert demo_run_start() == first
    assert first.items.count() == count
    assert IngestRun.objects.count() == 1


def test_a_demo_track_is_made_heard_and_not_made_again(media_folder):
    run = demo_run_start()
    assert run is not None
    keep = run.items.get(position=0)
    run.items.exclude(pk=keep.pk).delete()

    assert run_work(run.pk, slot=0, is_stopping=lambda: False) is Left.FINISHED

    track = Track.objects.get()
    assert track.licence == "CC0-1.0"
    assert (media_folder / track.audio_path).stat().st_size > 10_000
    assert (media_folder / track.cover_path).read_bytes().startswith(b"<svg")
    assert track.attribute_sources["valence"] == "generator"
    assert track.attribute_sources["loudness_lufs"] == "measured"
    assert track.duration_ms is not None
    assert track.duration_ms > 20_000
    source = track.sources.get()
    again = demo_run_start()
    assert again is not None
    assert again != run
    assert not again.items.filter(source_key=source.key).exists()
    IngestItem.objects.all().delete()
    TrackSource.objects.update(fingerprint="older library")
    renewed = demo_run_start()
    assert renewed is not None
    assert renewed.items.filter(source_key=source.key).exists()
