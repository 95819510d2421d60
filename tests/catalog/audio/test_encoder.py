"""The default encoder, from a file to a vector."""

import numpy as np

from catalog.audio.decode import decode_excerpts
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.encoders.protocol import AudioEncoder
from tests.catalog.audio.sounds import make_excerpts, make_music, make_sine, write_sound


def test_a_file_becomes_a_vector(tmp_path):
    encoder: AudioEncoder = DescriptorsEncoder()
    path = write_sound(
        tmp_path / "song.mp3",
        make_music(seconds=40, rate_hz=44_100),
        codec="libmp3lame",
    )

    vectors = encoder.encode_audio([decode_excerpts(path, rate_hz=encoder.rate_hz)])

    assert vectors.shape == (1, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()


def test_a_recording_has_the_same_vector_alone_and_among_others():
    encoder = DescriptorsEncoder()
    music, sine = make_excerpts(make_music()), make_excerpts(make_sine())

    together = encoder.encode_audio([sine, music])
    alone = encoder.encode_audio([music])

    assert np.array_equal(together[1], alone[0])


def test_nothing_gives_no_vectors():
    assert DescriptorsEncoder().encode_audio([]).shape == (0, 146)
