"""The bridge from words to sound, learned on the catalog."""

import numpy as np
import pytest

from catalog.bridge import (
    REFIT_FINAL_GROWTH,
    ExtraPair,
    bridge_figures,
    bridge_fit,
    bridge_fit_if_due,
    bridge_is_due,
    text_to_audio,
)
from catalog.bridge_queueing import bridge_enqueue, bridges_sweep
from catalog.embedding.spaces import encoder_space_ensure
from catalog.encoders import audio_encoder_of
from catalog.encoders.text import text_encoder
from catalog.fitted import fitted_arrays
from catalog.jobs import fit_bridge
from catalog.models import Space
from catalog.ridge import Pairs, pairs_fit
from catalog.slots import audio_queue
from catalog.spaces import embeddings_store, space_ensure, space_refit
from tests.catalog.encoders.checkpoints import make_clap
from tests.factories import make_track

GENRES = ("jazz", "heavy metal", "techno", "folk", "solo piano", "reggae")


def make_pairs(*, is_linked, tracks=120):
    """Make pairs whose sound follows from the words, or has nothing to do with them."""
    rng = np.random.default_rng(3)
    text = rng.normal(size=(tracks, 20))
    source = text if is_linked else rng.normal(size=text.shape)
    audio = source @ rng.normal(size=(20, 12)) + rng.normal(size=(tracks, 12))
    return Pairs(
        text=text,
        audio=audio / np.linalg.norm(audio, axis=1, keepdims=True),
        track=np.arange(tracks),
        group=np.arange(tracks) // 4,
    )


def make_sounding_tracks(count=36):
    """Make tracks whose place in the audio space is their genre's, but for some noise."""
    rng = np.random.default_rng(5)
    space = space_ensure(
        slug="ears", kind="audio", model_id="ears", revision="1", dimensions=8
    )
    homes = {genre: rng.normal(size=8) for genre in GENRES}
    tracks, vectors = [], []
    for n in range(count):
        genre = GENRES[n % len(GENRES)]
        tracks.append(make_track(artist=f"Act {n // 3}", genres=(genre,)))
        vectors.append(homes[genre] + 0.3 * rng.normal(size=8))
    placed = np.array(vectors, np.float32)
    placed /= np.linalg.norm(placed, axis=1, keepdims=True)
    embeddings_store(space, [t.pk for t in tracks], placed)
    return space, homes


def test_it_beats_chance_on_artists_that_it_never_met():
    figures, weights, centre = pairs_fit(make_pairs(is_linked=True))

    assert figures.recall_at_10 > 4 * figures.chance_recall_at_10
    assert figures.median_rank < 15
    assert weights.shape == (20, 12)
    assert centre.shape == (20,)


def test_its_figures_say_when_words_tell_nothing_of_the_sound():
    figures, _, _ = pairs_fit(make_pairs(is_linked=False))

    assert figures.recall_at_10 < 2.5 * figures.chance_recall_at_10
    assert 35 < figures.median_rank < 85


@pytest.mark.django_db
def test_words_point_at_the_sound_that_they_describe():
    space, homes = make_sounding_tracks()

    figures = bridge_fit(space, text_encoder())

    assert figures is not None
    assert figures.tracks == 36
    assert figures.recall_at_10 > 2 * figures.chance_recall_at_10
    wanted = ["loud heavy metal guitars", "a quiet piano alone"]
    fresh = Space.objects.get(pk=space.pk)
    found = text_to_audio(fresh, text_encoder().encode_text(wanted))
    assert found is not None
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    for vector, genre in zip(found, ("heavy metal", "solo piano"), strict=True):
        likeness = {g: vector @ h / np.linalg.norm(h) for g, h in homes.items()}
        assert max(likeness, key=lambda g: likeness[g]) == genre
    stored = bridge_figures(space)
    assert stored is not None
    assert stored["recall_at_10"] == figures.recall_at_10


@pytest.mark.django_db
def test_there_is_none_before_enough_tracks_came():
    space, _ = make_sounding_tracks(23)

    assert bridge_fit_if_due(space, text_encoder()) is None
    assert bridge_fit(space, text_encoder()) is None
    assert text_to_audio(space, np.ones((1, 384), np.float32)) is None
    assert bridge_figures(space) is None


@pytest.mark.django_db
def test_it_is_fitted_again_when_the_catalog_grew_and_outlives_a_refit():
    space, _ = make_sounding_tracks()
    assert bridge_fit_if_due(space, text_encoder())
    assert bridge_fit_if_due(space, text_encoder()) is None
    space.embeddings.update(raw=np.ones(8, "<f4").tobytes())

    space_refit(space)

    assert {"mean", "deviation", "bridge_weights"} <= fitted_arrays(space).keys()
    found = text_to_audio(space, np.ones((2, 384), np.float32))
    assert found is not None
    assert found.shape == (2, 8)
    assert text_to_audio(space, np.ones((2, 100), np.float32)) is None


def make_joint_pairs(*, gain, tracks=200):
    """Make texts that lie near their sounds, but turned: more the larger the gain."""
    rng = np.random.default_rng(4)
    audio = rng.normal(size=(tracks, 12))
    turn = np.linalg.qr(np.eye(12) + gain * rng.normal(size=(12, 12)))[0]
    text = audio @ turn + 0.3 * rng.normal(size=audio.shape)
    return Pairs(
        text=text / np.linalg.norm(text, axis=1, keepdims=True),
        audio=audio / np.linalg.norm(audio, axis=1, keepdims=True),
        track=np.arange(tracks),
        group=np.arange(tracks) // 4,
        is_joint=True,
    )


def test_an_adapter_serves_where_it_beats_the_models_own_words():
    figures, weights, _ = pairs_fit(make_joint_pairs(gain=0.6))

    assert figures.is_used
    assert figures.own_recall_at_10 is not None
    assert figures.recall_at_10 > figures.own_recall_at_10 + 0.1
    assert weights.shape == (12, 12)


def test_an_adapter_that_learned_nothing_is_kept_out():
    rng = np.random.default_rng(6)
    pairs = make_joint_pairs(gain=0.0)
    noise = rng.normal(size=pairs.audio.shape)
    unlearnable = Pairs(
        text=pairs.text,
        audio=noise / np.linalg.norm(noise, axis=1, keepdims=True),
        track=pairs.track,
        group=pairs.group,
        is_joint=True,
    )

    figures, _, _ = pairs_fit(pairs)
    chance, _, _ = pairs_fit(unlearnable)

    assert figures.own_recall_at_10 is not None
    assert figures.own_recall_at_10 > 0.9
    assert figures.recall_at_10 >= 0.9
    assert chance.recall_at_10 < 0.2


def test_figures_of_one_artist_alone_claim_nothing():
    pairs = make_pairs(is_linked=True)
    alone = Pairs(pairs.text, pairs.audio, pairs.track, np.zeros(120, np.intp))

    figures, _, _ = pairs_fit(alone)

    assert figures.recall_at_10 <= figures.chance_recall_at_10
    assert figures.median_rank == 60.5


@pytest.mark.django_db
def test_words_reach_a_joint_space_by_its_own_model(tmp_path):
    clap = audio_encoder_of("clap", str(make_clap(tmp_path / "clap")))
    space = encoder_space_ensure(clap)
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(30, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    tracks = [
        make_track(artist=f"Act {n // 2}", genres=(GENRES[n % 6],)) for n in range(30)
    ]
    embeddings_store(space, [t.pk for t in tracks], vectors)
    texts = ["quiet piano", "loud drums"]
    packaged = text_encoder().encode_text(texts)
    own = clap.encode_text(texts)

    before = text_to_audio(space, packaged, texts=texts)
    figures = bridge_fit(space)

    assert before is not None
    assert np.allclose(before, own, atol=1e-5)
    assert text_to_audio(space, packaged) is None
    assert figures is not None
    assert figures.own_median_rank is not None
    stored = Space.objects.get(pk=space.pk)
    after = text_to_audio(stored, packaged, texts=texts)
    assert after is not None
    assert np.allclose(after, own, atol=1e-5) is not figures.is_used
    assert bridge_figures(space)["text_model"] == clap.model_id


@pytest.mark.django_db
def test_a_joint_space_without_its_model_leaves_search_to_the_other_lists(tmp_path):
    folder = make_clap(tmp_path / "clap")
    space = encoder_space_ensure(audio_encoder_of("clap", str(folder)))
    space.model_id = str(tmp_path / "gone")

    assert text_to_audio(space, np.ones((1, 384), np.float32), texts=["piano"]) is None


@pytest.mark.django_db
def test_a_bridge_is_outgrown_by_a_fifth_or_by_another_text_model():
    space, _ = make_sounding_tracks(30)
    assert bridge_is_due(space)
    bridge_fit(space)
    assert not bridge_is_due(space)

    def grow(to):
        while space.embeddings.count() < to:
            vector = np.eye(1, 8, dtype=np.float32)
            embeddings_store(space, [make_track(genres=("jazz",)).pk], vector)

    grow(35)
    assert not bridge_is_due(space)
    assert bridge_is_due(space, growth=REFIT_FINAL_GROWTH)
    grow(36)
    assert bridge_is_due(space)
    bridge_fit(space)
    assert not bridge_is_due(space)
    fresh = Space.objects.get(pk=space.pk)
    fresh.fitted["bridge"]["text_model"] = "another"
    fresh.save()
    assert bridge_is_due(space)


@pytest.mark.django_db
def test_words_of_another_text_model_are_not_taken_for_its_own():
    space, _ = make_sounding_tracks()
    bridge_fit(space)
    fresh = Space.objects.get(pk=space.pk)
    fresh.fitted["bridge"]["text_model"] = "another"
    fresh.fitted_at = fresh.fitted_at.replace(year=2001)
    fresh.save()

    assert text_to_audio(fresh, np.ones((1, 384), np.float32)) is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_fits_what_was_outgrown_and_once(clean_redis):
    space, _ = make_sounding_tracks()

    assert bridges_sweep() == 1
    assert not bridge_enqueue(space)
    (job,) = audio_queue().jobs
    assert (job.func_name, job.args) == ("catalog.jobs.fit_bridge", [space.pk])
    fit_bridge(*job.args)
    audio_queue().empty()

    assert bridge_figures(space) is not None
    assert bridges_sweep() == 0


@pytest.mark.django_db
def test_what_listeners_said_of_tracks_is_learned_beside_their_tags():
    space, homes = make_sounding_tracks()
    metal = [t.track_id for t in space.embeddings.filter(track__tags__name="techno")]
    bridge_fit(space)

    def likeness():
        fresh = Space.objects.get(pk=space.pk)
        words = text_encoder().encode_text(["zorblax"])
        vector = text_to_audio(fresh, words)
        assert vector is not None
        return vector[0] @ homes["techno"] / np.linalg.norm(homes["techno"])

    before = likeness()
    extra = [ExtraPair("zorblax", track, weight=3.0) for track in metal]
    unknown = ExtraPair("zorblax", max(metal) + 10_000)
    figures = bridge_fit(space, extra_pairs=[*extra, unknown])

    assert figures is not None
    assert figures.phrases > 36
    assert likeness() > max(before, 0.5)
