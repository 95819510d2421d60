"""Spaces are filled by any number of workers, and nothing is lost or done twice."""

import signal
import threading
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalog.advisory import Lock, lock_until_commit
from catalog.embedding.pipeline import space_fill
from catalog.embedding.queueing import embed_enqueue, embeds_sweep, follow_import
from catalog.embedding.spaces import (
    SwitchRefused,
    encoder_space_ensure,
    space_encoder,
    space_switch,
)
from catalog.embedding.wanted import Claims, embed_again, tracks_lacking
from catalog.embedding.work import Left, space_work
from catalog.encoders import audio_encoder_of
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.ingest.runs import folder_run_start
from catalog.ingest.work import run_work
from catalog.jobs import embed_after_import, embed_space
from catalog.models import (
    Embedding,
    EmbeddingAttempt,
    EmbeddingFailure,
    EmbeddingWanted,
    Space,
    Track,
)
from catalog.slots import audio_queue
from catalog.spaces import SpaceMismatch, current_space
from tests import site
from tests.catalog.embedding.placed import make_tracks, vector_of
from tests.catalog.encoders.checkpoints import make_mert
from tests.catalog.ingest.songs import make_song
from tests.factories import make_track
from tests.waiting import DEADLINE_S, is_someone_waiting_for, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


def test_what_lacks_is_embedded_and_what_cannot_be_heard_is_noted(
    mert, songs, tmp_path
):
    tracks = make_tracks(songs, 3)
    (tmp_path / "noise.mp3").write_bytes(b"no sound at all" * 50)
    noise = make_track(audio_path=str(tmp_path / "noise.mp3"))
    gone = make_track(audio_path=str(tmp_path / "gone.mp3"))
    make_track()
    space = encoder_space_ensure(mert)
    seen = []

    filled = space_fill(
        space, mert, on_progress=lambda f: seen.append(f.done + f.failed)
    )

    assert (filled.done, filled.failed, filled.is_complete) == (3, 2, True)
    assert seen[-1] == 5
    assert set(space.embeddings.values_list("track", flat=True)) == {
        t.pk for t in tracks
    }
    reasons = dict(EmbeddingFailure.objects.values_list("track", "reason"))
    assert reasons.keys() == {noise.pk, gone.pk}
    assert reasons[gone.pk] == "There is no file here."
    assert space_fill(space, mert).done == 0


def test_a_failed_track_is_tried_again_only_when_asked(mert, songs, tmp_path):
    track = make_track(audio_path=str(tmp_path / "late.flac"))
    space = encoder_space_ensure(mert)
    space_fill(space, mert)
    (tmp_path / "late.flac").write_bytes(songs[0].read_bytes())
    assert space_fill(space, mert).done == 0

    out = StringIO()
    call_command("embed", space=space.slug, retry_failed=True, stdout=out)

    assert "mert-tiny holds 1 tracks; 0 failed." in out.getvalue()
    assert vector_of(space, track).size == 16
    assert not EmbeddingFailure.objects.exists()


def test_a_joint_space_keeps_the_models_own_vectors(models, songs):
    tracks = make_tracks(songs, 2)
    clap = audio_encoder_of("clap", models["clap"])
    space = encoder_space_ensure(clap)

    assert space_fill(space, clap).done == 2

    assert space.encoder == "clap"
    stored = vector_of(space, tracks[0])
    assert np.isclose(np.linalg.norm(stored), 1, atol=1e-4)
    assert not space.embeddings.filter(raw__isnull=False).exists()


def test_workers_at_once_do_each_track_once(mert, songs):
    tracks = [make_track(audio_path=str(songs[n % 5])) for n in range(24)]
    space = encoder_space_ensure(mert)
    counts, failures = [], []

    def work():
        try:
            counts.append(space_fill(space, mert).done)
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_S)

    assert failures == []
    assert sum(counts) == len(tracks)
    assert not tracks_lacking(space).exists()


def test_a_claim_holds_others_off_until_it_is_given_up(mert, songs):
    tracks = make_tracks(songs, 3)
    space = encoder_space_ensure(mert)
    claims = Claims(space)
    assert [pk for pk, _ in claims.take(2)] == [t.pk for t in tracks[:2]]
    others = []

    def look():
        # Given up by hand: a closed connection goes back to the pool with its locks.
        seen = Claims(space)
        others.append([pk for pk, _ in seen.take(5)])
        seen.release_all()
        connection.close()

    def look_once():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        return others[-1]

    assert look_once() == [tracks[2].pk]
    assert look_once() == [tracks[2].pk]
    claims.release_all()
    assert look_once() == [t.pk for t in tracks]


def test_embedding_again_keeps_the_old_vector_until_the_new_one_is_there(mert, songs):
    tracks = make_tracks(songs, 2)
    space = encoder_space_ensure(mert)
    space_fill(space, mert)
    before = vector_of(space, tracks[0])
    Track.objects.filter(pk=tracks[0].pk).update(audio_path=str(songs[4]))

    assert embed_again(space, track_ids=[tracks[0].pk]) == 1

    assert np.array_equal(vector_of(space, tracks[0]), before)
    assert space_fill(space, mert).done == 1
    assert not np.allclose(vector_of(space, tracks[0]), before, atol=1e-3)
    assert not EmbeddingWanted.objects.exists()


def test_jobs_fill_a_space_and_say_when_it_is_done(mert, songs):
    make_tracks(songs, 3)
    space = encoder_space_ensure(mert)

    queued = embed_enqueue(space)

    assert queued.jobs == 2
    assert embed_enqueue(space).jobs == 0
    assert Space.objects.get(pk=space.pk).is_filling
    audio_queue().empty()
    assert embeds_sweep() == 2
    embed_space(space.pk, 0)
    assert space.embeddings.count() == 3
    assert not Space.objects.get(pk=space.pk).is_filling
    audio_queue().empty()
    assert embeds_sweep() == 0


def test_an_enqueued_selection_is_embedded_anew(mert, songs):
    tracks = make_tracks(songs, 3)
    space = encoder_space_ensure(mert)
    space_fill(space, mert)

    queued = embed_enqueue(space, track_ids=[tracks[1].pk], again=True)

    assert queued.again == 1
    assert list(tracks_lacking(space)) == [tracks[1]]
    assert space_work(space.pk, is_stopping=lambda: False) is Left.FINISHED
    assert not tracks_lacking(space).exists()


def test_a_worker_asked_to_stop_leaves_the_rest(mert, songs):
    make_tracks(songs, 3)
    space = encoder_space_ensure(mert)

    assert space_work(space.pk, is_stopping=lambda: True) is Left.STOPPED

    assert tracks_lacking(space).count() == 3


def test_a_space_whose_model_is_gone_gives_up_its_wish(mert, songs, tmp_path):
    make_tracks(songs, 1)
    folder = make_mert(tmp_path / "mert-gone", seed=2)
    space = encoder_space_ensure(audio_encoder_of("mert", str(folder)))
    embed_enqueue(space)
    Space.objects.filter(pk=space.pk).update(model_id=str(tmp_path / "nowhere"))

    assert space_work(space.pk, is_stopping=lambda: False) is Left.UNUSABLE

    assert not Space.objects.get(pk=space.pk).is_filling


def embedding_ended(running, name, space, number):
    """Start the command and end it by a signal while it embeds. Returns its log."""
    # While this lock is held, as by a refit, it can't store its vectors.
    with transaction.atomic():
        lock_until_commit(Lock.SPACE_VECTORS, space.pk)
        command = running.start(name, "manage.py", "embed", "--space", space.slug)
        until(lambda: is_someone_waiting_for(Lock.SPACE_VECTORS), "nobody embeds")
        command.send_signal(number)
        assert command.wait(DEADLINE_S) == (-number if number == signal.SIGKILL else 0)
    # A dead worker's session waits for as long as the lock is held.
    until(lambda: not is_someone_waiting_for(Lock.SPACE_VECTORS), "it waits for ever")
    return (running.logs / f"{name}.log").read_text()


def test_a_worker_killed_or_interrupted_while_it_embeds_loses_nothing(
    mert, songs, tmp_path
):
    make_tracks(songs, 4)
    space = encoder_space_ensure(mert)
    running = site.Site(tmp_path / "home", site.tests_database_url())
    begun = EmbeddingAttempt.objects.values_list("count", flat=True)

    try:
        embedding_ended(running, "killed", space, signal.SIGKILL)
        assert Embedding.objects.count() == 0
        assert list(begun.all()) == [1, 1, 1, 1]

        told = embedding_ended(running, "interrupted", space, signal.SIGINT)
        # Whoever is interrupted counts it against no track.
        assert list(begun.all()) == [1, 1, 1, 1]
        left = "Stopped with 4 tracks left. The same command goes on from here."
        assert left in told
        assert "track/s" in told
    finally:
        for process in running.processes:
            process.kill()
            process.wait()

    out = StringIO()
    call_command("embed", space=space.slug, stdout=out)

    assert space.embeddings.count() == 4
    assert not EmbeddingAttempt.objects.exists()
    assert "mert-tiny holds 4 tracks; 0 failed." in out.getvalue()


def test_the_first_space_becomes_current_and_no_later_one_does(models, songs, settings):
    make_tracks(songs, 2)
    settings.AUDIO_ENCODER, settings.AUDIO_MODEL = "mert", models["mert"]
    call_command("embed", stdout=StringIO())
    first = current_space("audio")

    out = StringIO()
    call_command("embed", encoder="clap", model=models["clap"], stdout=out)

    assert first is not None
    assert first.slug == "mert-tiny"
    assert current_space("audio") == first
    assert "`manage.py switch_space clap-tiny` makes it use this one" in out.getvalue()
    out = StringIO()
    call_command("switch_space", "clap-tiny", stdout=out)
    assert (
        "clap-tiny (2 tracks) is the current audio space; before: mert-tiny (2 tracks)."
        in out.getvalue()
    )


def test_a_space_with_fewer_tracks_is_switched_to_only_by_force(mert, models, songs):
    make_tracks(songs, 2)
    full = encoder_space_ensure(mert)
    space_fill(full, mert)
    encoder_space_ensure(audio_encoder_of("clap", models["clap"]))

    with pytest.raises(SwitchRefused, match=r"holds 0 tracks, mert-tiny holds 2"):
        space_switch("clap-tiny")
    with pytest.raises(CommandError, match=r"There is no space 'nowhere'"):
        call_command("switch_space", "nowhere")

    assert current_space("audio") == full
    space_switch("clap-tiny", is_forced=True)
    assert current_space("audio") != full


def test_a_moved_model_keeps_its_space(mert, models, tmp_path):
    import shutil

    space = encoder_space_ensure(mert)
    moved = shutil.copytree(models["mert"], tmp_path / "elsewhere")

    again = encoder_space_ensure(audio_encoder_of("mert", str(moved)))

    assert again.pk == space.pk
    assert Space.objects.get(pk=space.pk).model_id == str(moved)


def test_other_weights_at_the_same_place_are_not_mixed_in(mert):
    space = encoder_space_ensure(mert)
    space.revision = "another"

    with pytest.raises(SpaceMismatch, match="was made by revision another"):
        space_encoder(space)


def test_a_command_without_its_model_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="Set AUDIO_MODEL to a folder"):
        call_command("embed", encoder="clap", model=str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="There are: none yet"):
        call_command("embed", space="nowhere")
    assert not Space.objects.exists()


def test_an_import_is_followed_by_the_larger_encoder(models, tmp_path, settings):
    settings.AUDIO_ENCODER, settings.AUDIO_MODEL = "mert", models["mert"]
    make_song(tmp_path / "music" / "a.flac")
    run, _ = folder_run_start(tmp_path / "music")
    run_work(run.pk, slot=0, is_stopping=lambda: False)

    current = current_space("audio")
    assert current is not None
    assert current.encoder == "descriptors"
    assert [job.func_name for job in audio_queue().jobs] == [
        "catalog.jobs.embed_after_import"
    ]
    embed_after_import()
    space = Space.objects.get(encoder="mert")
    embed_space(space.pk, 0)

    assert space.embeddings.count() == 1
    assert current_space("audio") == current
    assert Track.objects.get().tempo_bpm is not None


def test_an_import_that_hears_a_file_anew_has_it_embedded_anew(models, tmp_path):
    song = make_song(tmp_path / "music" / "a.flac")
    run, _ = folder_run_start(tmp_path / "music")
    run_work(run.pk, slot=0, is_stopping=lambda: False)
    encoder = audio_encoder_of("mert", models["mert"])
    space = encoder_space_ensure(encoder)
    space_fill(space, encoder)

    make_song(song, seed=9)
    run, _ = folder_run_start(tmp_path / "music")
    run_work(run.pk, slot=0, is_stopping=lambda: False)

    assert tracks_lacking(space).count() == 1
    assert space.embeddings.count() == 1


def test_nothing_follows_an_import_on_a_site_of_descriptors(settings):
    settings.AUDIO_ENCODER = "descriptors"
    encoder_space_ensure(DescriptorsEncoder())

    assert not follow_import()
    assert audio_queue().count == 0


class Choosy(DescriptorsEncoder):
    """An encoder that can't take recordings of one length, or any at all."""

    slug = model_id = "choosy"

    def __init__(self, *, refused_ms=(), gives_nothing_ms=()):
        self.refused_ms = refused_ms
        self.gives_nothing_ms = gives_nothing_ms

    def encode_audio(self, recordings):
        if any(r.duration_ms // 1000 * 1000 in self.refused_ms for r in recordings):
            raise RuntimeError("out of something")
        vectors = super().encode_audio(recordings)
        for row, recording in enumerate(recordings):
            if recording.duration_ms // 1000 * 1000 in self.gives_nothing_ms:
                vectors[row] = np.nan
        return vectors


def test_one_recording_that_a_model_cannot_take_stops_no_other(songs, tmp_path):
    tracks = make_tracks(songs, 2)
    long = make_song(tmp_path / "long.flac", seconds=5, seed=7)
    longer = make_song(tmp_path / "longer.flac", seconds=7, seed=8)
    refused = make_track(audio_path=str(long))
    empty = make_track(audio_path=str(longer))
    encoder = Choosy(refused_ms=(5000,), gives_nothing_ms=(7000,))
    space = encoder_space_ensure(encoder)

    filled = space_fill(space, encoder)

    assert (filled.done, filled.failed) == (2, 2)
    assert set(space.embeddings.values_list("track", flat=True)) == {
        t.pk for t in tracks
    }
    reasons = dict(EmbeddingFailure.objects.values_list("track", "reason"))
    assert reasons[refused.pk] == "The model failed at it (RuntimeError)."
    assert reasons[empty.pk] == "The model gives no finite numbers for it."


def test_a_model_that_fails_at_everything_blames_no_file(songs):
    make_tracks(songs, 3)
    encoder = Choosy(refused_ms=(2000,))
    space = encoder_space_ensure(encoder)

    with pytest.raises(RuntimeError, match="out of something"):
        space_fill(space, encoder)

    assert tracks_lacking(space).count() == 3
    assert not EmbeddingFailure.objects.exists()
    assert not EmbeddingAttempt.objects.exists()
