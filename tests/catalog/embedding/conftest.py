"""Tiny models of the true architectures, and some songs to embed by them."""

import pytest

from catalog.encoders import audio_encoder_of
from tests.catalog.encoders.checkpoints import make_clap, make_mert
from tests.catalog.ingest.songs import make_song


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    return {
        "mert": str(make_mert(folder / "mert-tiny")),
        "clap": str(make_clap(folder / "clap-tiny")),
    }


@pytest.fixture
def mert(models):
    return audio_encoder_of("mert", models["mert"])


@pytest.fixture(scope="module")
def songs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("songs")
    return [make_song(folder / f"{n}.flac", seed=n) for n in range(1, 6)]
