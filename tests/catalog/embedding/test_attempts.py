"""A file that kills its worker is counted out, and not those beside it."""

import threading

import pytest
from django.db import connection

from catalog.embedding.attempts import MAX_ATTEMPTS
from catalog.embedding.pipeline import space_fill
from catalog.embedding.spaces import encoder_space_ensure
from catalog.embedding.wanted import Claims, embed_again
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.models import EmbeddingAttempt, EmbeddingFailure
from tests.catalog.embedding.placed import make_tracks, vector_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


class Counting(DescriptorsEncoder):
    """An encoder that notes how many recordings it is given at a time."""

    slug = model_id = "counting"

    def __init__(self):
        self.batches = []

    def encode_audio(self, recordings):
        self.batches.append(len(recordings))
        return super().encode_audio(recordings)


def begun(space, track, count):
    """Leave a track as killed workers do, which test_fill.py sees of one."""
    EmbeddingAttempt.objects.create(space=space, track=track, count=count)


def test_a_track_that_kills_its_worker_is_counted_out_the_third_time(mert, songs):
    poison, fine = make_tracks(songs, 2)
    space = encoder_space_ensure(mert)
    begun(space, poison, MAX_ATTEMPTS)

    filled = space_fill(space, mert)

    assert (filled.done, filled.failed, filled.is_complete) == (1, 1, True)
    assert vector_of(space, fine).size == 16
    failure = EmbeddingFailure.objects.get()
    assert failure.track == poison
    assert failure.reason == "It stopped the worker 3 times."
    assert not EmbeddingAttempt.objects.exists()


def test_what_a_worker_died_over_comes_last_and_each_alone(songs):
    suspects = make_tracks(songs, 2)
    make_tracks(songs[2:], 3)
    encoder = Counting()
    space = encoder_space_ensure(encoder)
    for track in suspects:
        begun(space, track, 1)

    filled = space_fill(space, encoder)

    assert filled.done == 5
    assert encoder.batches == [3, 1, 1]
    assert not EmbeddingAttempt.objects.exists()


def test_a_suspect_that_is_asked_for_again_begins_anew(mert, songs):
    (poison,) = make_tracks(songs, 1)
    space = encoder_space_ensure(mert)
    begun(space, poison, MAX_ATTEMPTS)
    space_fill(space, mert)

    embed_again(space)

    assert space_fill(space, mert).done == 1


def test_a_suspect_that_somebody_is_at_is_left_to_them(mert, songs):
    (track,) = make_tracks(songs, 1)
    space = encoder_space_ensure(mert)
    begun(space, track, 1)
    claims, others = Claims(space), []

    assert claims.take_suspect() == (track.pk, track.audio_path)
    other = threading.Thread(target=lambda: others.append(take_elsewhere(space)))
    other.start()
    other.join()

    assert others == [None]
    claims.release_all()


def take_elsewhere(space):
    try:
        return Claims(space).take_suspect()
    finally:
        connection.close()
