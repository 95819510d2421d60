"""CLAP and MERT through their real loading code, on tiny random weights."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from catalog.audio.excerpts import Excerpts
from catalog.encoders import audio_encoder, audio_encoder_of, joint_encoder_of
from catalog.encoders.clap import ClapEncoder
from catalog.encoders.mert import MertEncoder
from catalog.encoders.pieces import window_pieces
from catalog.encoders.protocol import AudioEncoder, JointEncoder
from catalog.encoders.weights import ModelUnusable
from tests.catalog.encoders.checkpoints import make_clap, make_heard, make_mert
from tests.site import ROOT


@pytest.fixture(scope="module")
def clap(tmp_path_factory):
    return ClapEncoder(str(make_clap(tmp_path_factory.mktemp("models") / "my_clap")))


@pytest.fixture(scope="module")
def mert(tmp_path_factory):
    return MertEncoder(str(make_mert(tmp_path_factory.mktemp("models") / "MERT-tiny")))


@pytest.fixture(params=["clap", "mert"])
def encoder(request):
    chosen: AudioEncoder = request.getfixturevalue(request.param)
    return chosen


def recordings_for(encoder):
    """A long recording's windows, a short one as one window, and odd lengths."""
    rate = encoder.rate_hz
    return [
        make_heard(rate_hz=rate, seconds=[encoder.window_s] * 2, seed=1),
        make_heard(rate_hz=rate, seconds=[encoder.window_s * 1.6], seed=2),
        make_heard(rate_hz=rate, seconds=[1.3], seed=3),
    ]


def test_the_facts_come_from_the_models_files(clap, mert):
    assert (clap.dimensions, clap.rate_hz, clap.slug) == (24, 48_000, "my-clap")
    assert (mert.dimensions, mert.rate_hz, mert.slug) == (16, 24_000, "mert-tiny")
    assert len(clap.revision) == len(mert.revision) == 12
    assert clap.revision != mert.revision


def test_recordings_become_vectors_of_unit_length(encoder):
    vectors = encoder.encode_audio(recordings_for(encoder))

    assert vectors.shape == (3, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode_audio([]).shape == (0, encoder.dimensions)


def test_a_recording_has_the_same_vector_alone_and_among_others(encoder):
    recordings = recordings_for(encoder)

    together = encoder.encode_audio(recordings)
    alone = [encoder.encode_audio([recording])[0] for recording in recordings]

    assert np.allclose(together, alone, atol=2e-5)
    assert not np.allclose(together[0], together[1], atol=1e-4)


def test_the_order_of_windows_says_nothing(encoder):
    rate = encoder.rate_hz
    forth = make_heard(rate_hz=rate, seconds=[encoder.window_s, 2.0, 1.0])
    back = Excerpts(forth.windows[::-1], rate, forth.duration_ms)

    vectors = encoder.encode_audio([forth, back])

    assert np.allclose(vectors[0], vectors[1], atol=2e-5)


def test_another_sample_rate_is_refused(encoder):
    with pytest.raises(ValueError, match=f"hears {encoder.rate_hz} Hz, got 22050 Hz"):
        encoder.encode_audio([make_heard(rate_hz=22_050, seconds=[2.0])])


def test_threads_load_a_model_once_and_get_their_own_vectors(tmp_path):
    encoder = MertEncoder(str(make_mert(tmp_path / "mert")))
    recordings = [
        make_heard(rate_hz=24_000, seconds=[1.0], seed=seed) for seed in range(1, 7)
    ]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda r: encoder.encode_audio([r])[0], recordings))

    assert np.allclose(together, encoder.encode_audio(recordings), atol=2e-5)


def test_words_and_sound_share_a_space(clap):
    joint: JointEncoder = clap
    texts = ["a slow piano", "loud drums, and a very long list of other words " * 9]

    vectors = joint.encode_text(texts)

    assert vectors.shape == (2, joint.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(joint.encode_text(texts[:1])[0], vectors[0], atol=2e-5)
    assert joint.encode_text([]).shape == (0, joint.dimensions)
    heard = joint.encode_audio([make_heard(rate_hz=48_000, seconds=[1.0])])
    assert heard.shape[1] == vectors.shape[1]


def test_a_fused_clap_hears_a_recording_alike_in_any_batch(tmp_path):
    encoder = ClapEncoder(str(make_clap(tmp_path / "fused", is_fused=True)))
    recordings = recordings_for(encoder)[1:]

    first = encoder.encode_audio(recordings)

    assert np.allclose(first, encoder.encode_audio(recordings), atol=1e-6)
    assert np.allclose(first[1], encoder.encode_audio(recordings[1:])[0], atol=2e-5)


def test_mert_is_the_mean_over_time_and_layers_of_normalised_sound(mert):
    import torch

    heard = make_heard(rate_hz=24_000, seconds=[1.0])
    loud = Excerpts((heard.windows[0] * 3 + 0.1,), 24_000, 1000)
    wave = heard.windows[0].astype(np.float64)
    normal = torch.tensor((wave - wave.mean()) / np.sqrt(wave.var() + 1e-7))

    with torch.inference_mode():
        states = (
            mert._loaded()
            .model(normal[None].float(), output_hidden_states=True)
            .hidden_states
        )
    expected = torch.stack(states).mean(dim=(0, 2))[0].numpy()

    assert len(states) == 3
    vectors = mert.encode_audio([heard, loud])
    assert np.allclose(vectors[0], expected / np.linalg.norm(expected), atol=1e-4)
    assert np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_the_position_weights_of_the_hub_arrive_under_their_new_name(mert):
    import torch

    held = torch.load(f"{mert.model_id}/pytorch_model.bin", weights_only=True)
    conv = mert._loaded().model.encoder.pos_conv_embed.conv

    g, v = (held[f"encoder.pos_conv_embed.conv.weight_{x}"] for x in "gv")
    assert torch.allclose(conv.weight, torch._weight_norm(v, g, 2))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda w: w.pop("encoder.layer_norm.weight"), "1 are missing"),
        (
            lambda w: w.update({"head.weight": w["masked_spec_embed"]}),
            "1 are not its own .head.weight",
        ),
        (
            lambda w: w.update({"masked_spec_embed": w["masked_spec_embed"][:3]}),
            "its weights don't fit",
        ),
    ],
)
def test_weights_that_do_not_fit_are_an_error(tmp_path, spoil, told):
    encoder = MertEncoder(str(make_mert(tmp_path / "m", changed=spoil)))

    with pytest.raises(ModelUnusable, match=told):
        encoder.load()


@pytest.mark.parametrize("is_lacking", [True, False])
def test_a_clap_with_other_weights_is_an_error(tmp_path, is_lacking):
    from safetensors.torch import load_file, save_file

    folder = make_clap(tmp_path / "clap")
    weights = load_file(folder / "model.safetensors")
    taken = weights.pop("text_projection.linear1.weight")
    if not is_lacking:
        weights |= {"text_projection.linear1.weight": taken, "extra.weight": taken + 1}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})

    told = "1 are missing" if is_lacking else "1 are not its own .extra.weight"
    with pytest.raises(ModelUnusable, match=told):
        ClapEncoder(str(folder)).load()


@pytest.mark.parametrize("addition", ["feature_extractor_cqt", "deepnorm"])
def test_a_mert_with_what_hubert_lacks_is_refused(tmp_path, addition):
    folder = make_mert(tmp_path / "mert", **{addition: True})

    with pytest.raises(ModelUnusable, match=f"its {addition} is not known here"):
        MertEncoder(str(folder)).load()


@pytest.mark.parametrize("family", ["clap", "mert"])
def test_what_is_not_there_is_told_with_what_to_do(tmp_path, family):
    no_weights = make_mert(tmp_path / "no weights")
    (no_weights / "pytorch_model.bin").unlink()
    broken = make_mert(tmp_path / "broken")
    (broken / "config.json").write_text("{")
    (tmp_path / "empty").mkdir()
    for model, told in (
        (str(tmp_path / "nowhere"), "neither a folder nor an id of the hub"),
        (str(tmp_path / "empty"), "there is no config.json"),
        (str(no_weights), "there is no model.safetensors or pytorch_model.bin"),
        (str(broken), "can't be read as JSON"),
    ):
        with pytest.raises(ModelUnusable, match=told) as caught:
            audio_encoder_of(family, model).load()
        assert "AUDIO_MODEL" in str(caught.value)
        assert "AUDIO_ENCODER=descriptors" in str(caught.value)


def test_one_family_given_the_others_model_says_so(clap, mert):
    with pytest.raises(
        ModelUnusable, match="it is a 'mert_model' model, and no 'clap'"
    ):
        ClapEncoder(mert.model_id).load()
    with pytest.raises(
        ModelUnusable, match="it is a 'clap' model, and no 'mert_model'"
    ):
        MertEncoder(clap.model_id).load()


def test_damaged_weights_are_told(tmp_path):
    folder = make_mert(tmp_path / "mert")
    (folder / "pytorch_model.bin").write_bytes(b"no weights at all")

    with pytest.raises(ModelUnusable, match=r"pytorch_model\.bin"):
        MertEncoder(str(folder)).load()


def test_an_id_that_no_hub_can_be_asked_for_is_told():
    # A process of its own, which may not ask any network.
    code = (
        "from catalog.encoders.clap import ClapEncoder\n"
        "from catalog.encoders.weights import ModelUnusable\n"
        "try: ClapEncoder('nobody/nothing').load()\n"
        "except ModelUnusable as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"HF_HUB_OFFLINE": "1", "HF_HOME": "/nonexistent", "PATH": ""},
        capture_output=True,
        text=True,
    )

    assert "'nobody/nothing' can't be used: it is no folder here" in done.stdout
    assert "Set AUDIO_MODEL to a folder" in done.stdout


def test_the_settings_choose_the_encoder(settings, mert):
    settings.AUDIO_ENCODER = "descriptors"
    assert audio_encoder().family == "descriptors"
    settings.AUDIO_ENCODER, settings.AUDIO_MODEL = "mert", mert.model_id
    assert audio_encoder().model_id == mert.model_id
    assert audio_encoder() is audio_encoder()
    settings.AUDIO_MODEL = ""
    assert audio_encoder().model_id == "m-a-p/MERT-v1-95M"
    assert audio_encoder() is audio_encoder_of("mert", "m-a-p/MERT-v1-95M")
    assert joint_encoder_of("mert", "") is None
    assert joint_encoder_of("clap", "") is audio_encoder_of("clap")
    with pytest.raises(ValueError, match="'jukebox' is no audio encoder"):
        audio_encoder_of("jukebox")


def test_a_projection_that_the_file_leaves_out_is_clap_s_own_default(tmp_path):
    folder = make_clap(tmp_path / "clap")
    said = json.loads((folder / "config.json").read_text())
    del said["projection_dim"]
    (folder / "config.json").write_text(json.dumps(said))

    assert ClapEncoder(str(folder)).dimensions == 512


@pytest.mark.parametrize("length", [3, 10, 11, 25, 30])
def test_pieces_cover_a_window_evenly(length):
    window = np.arange(length, dtype=np.float32)

    pieces = window_pieces(window, size=10)

    assert {len(piece) for piece in pieces} == {min(length, 10)}
    assert set(np.concatenate(pieces)) == set(window)
    assert len(pieces) == -(-length // 10)
