"""After an upgrade, what was measured alike is not measured again."""

import numpy as np
import pytest

from catalog.embedding.spaces import encoder_space_ensure
from catalog.embedding.wanted import embed_again
from catalog.encoders.descriptors import DescriptorsEncoder, descriptors_layout
from catalog.models import Embedding
from catalog.spaces import raw_store, space_ensure, space_refit
from catalog.standardising import scale_fit
from tests.factories import make_track

# An index is made, for which no row of the same transaction may wait to be checked.
pytestmark = pytest.mark.django_db(transaction=True)

DIMENSIONS = DescriptorsEncoder.dimensions


def make_old_space(*, revision="2", count=12):
    space = space_ensure(
        slug=f"descriptors-{revision}",
        kind="audio",
        model_id="descriptors",
        revision=revision,
        dimensions=DIMENSIONS,
        encoder="descriptors",
    )
    tracks = [
        make_track(title=f"Song {n}", audio_path=f"/music/{n}.flac")
        for n in range(count)
    ]
    raw = np.random.default_rng(2).normal(size=(count, DIMENSIONS)).astype(np.float32)
    raw_store(space, [track.pk for track in tracks], raw)
    space_refit(space)
    return space, tracks, raw


def test_the_raw_features_go_over_and_are_weighed_anew():
    old, _, raw = make_old_space()

    new = encoder_space_ensure(DescriptorsEncoder())

    rows = Embedding.objects.filter(space=new).order_by("track_id")
    vectors = np.array(
        [np.asarray(vector) for vector in rows.values_list("vector", flat=True)]
    )
    wanted = scale_fit(lambda: [raw], layout=descriptors_layout()).place(raw)
    assert np.allclose(vectors, wanted, atol=1e-4)
    assert old.embeddings.count() == 12
    assert not new.is_current


def test_nothing_is_taken_over_twice():
    old, _, _ = make_old_space()
    new = encoder_space_ensure(DescriptorsEncoder())
    new.embeddings.first().delete()

    encoder_space_ensure(DescriptorsEncoder())

    assert (old.embeddings.count(), new.embeddings.count()) == (12, 11)


def test_tracks_that_are_to_be_heard_anew_are_not_taken_over():
    old, tracks, _ = make_old_space()
    embed_again(old, track_ids=[tracks[0].pk])

    new = encoder_space_ensure(DescriptorsEncoder())

    assert new.embeddings.count() == 11
    assert not new.embeddings.filter(track=tracks[0]).exists()


def test_features_of_a_revision_that_measured_others_stay_where_they_are():
    make_old_space(revision="1")

    assert not encoder_space_ensure(DescriptorsEncoder()).embeddings.exists()
