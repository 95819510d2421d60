"""The packaged text model."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from catalog.encoders.bert import PlainBert
from catalog.encoders.text import text_encoder
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


def test_vectors_are_the_library_s():
    texts = ["", "calm", "slow jazz for a rainy evening", "very " * 300, "música ☂"]
    encoder = text_encoder()
    model = encoder._loaded()
    wanted = [model.encode(t, normalize_embeddings=True) for t in texts]

    assert encoder._plain is not None
    assert np.abs(encoder.encode_text(texts) - wanted).max() < 1e-6
    for text, vector in zip(texts, wanted, strict=True):
        assert np.abs(encoder.encode_text([text]) - vector).max() < 1e-6


def test_a_model_that_is_built_otherwise_is_asked_as_a_whole():
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    model = text_encoder()._loaded()
    parts = list(model)
    first_piece = Pooling(384, "cls")

    assert PlainBert.of(SentenceTransformer(modules=parts, device="cpu")) is not None
    for other in ([parts[0], first_piece], parts[:1], [*parts, first_piece]):
        assert PlainBert.of(SentenceTransformer(modules=other, device="cpu")) is None


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
