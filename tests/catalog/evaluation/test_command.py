"""`manage.py evaluate`, from files to figures."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from tests.catalog.audio.sounds import make_music, make_sine, write_sound
from tests.catalog.encoders.checkpoints import make_clap, make_mert


def evaluate(*arguments):
    out, err = StringIO(), StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out, stderr=err)
    return json.loads(out.getvalue().splitlines()[-1]), err.getvalue()


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """Return a folder of eight tones and pieces, and a file that is neither."""
    folder = tmp_path_factory.mktemp("labelled")
    rng = np.random.default_rng(5)
    for number in range(4):
        tone = make_sine(rng.uniform(200, 800), seconds=3)
        music = make_music(seconds=3, seed=number) * rng.uniform(0.3, 1.0)
        for label, sound in (("tone", tone), ("music", music)):
            write_sound(folder / f"{label}_{number}.flac", sound, codec="flac")
    (folder / "tone_broken.mp3").write_bytes(b"no music")
    return folder


def test_figures_stand_beside_the_baseline_and_chance(recordings):
    figures, progress = evaluate("audio", recordings, "--seeds", 1, "--workers", 1)

    assert figures["recordings"] == 8
    assert figures["labels"] == {"music": 4, "tone": 4}
    assert figures["chance"]["random"] == 0.5
    assert figures["refused"] == {
        "tone_broken.mp3": "The file is no audio that can be read, "
        "or its beginning is damaged."
    }
    assert set(figures["spaces"]) == {"descriptors", "mean-mfcc"}
    assert figures["spaces"]["descriptors"]["one_nn"]["mean"] == 1.0
    assert figures["spaces"]["descriptors"]["linear_probe"]["mean"] == 1.0
    assert "listened to 9 of 9" in progress


def test_several_processes_give_the_same_figures(recordings):
    one, two = (
        evaluate("audio", recordings, "--seeds", 1, "--workers", n)[0] for n in (1, 2)
    )

    assert one["spaces"] == two["spaces"]


@pytest.mark.parametrize(("family", "make"), [("mert", make_mert), ("clap", make_clap)])
def test_a_model_is_measured_beside_the_descriptors(recordings, tmp_path, family, make):
    folder = make(tmp_path / f"tiny-{family}")
    ask = ("audio", recordings, "--seeds", 1, "--workers", 1)

    figures, _ = evaluate(
        *ask, "--space", "descriptors", "--encoder", family, "--model", folder
    )

    spaces = figures["spaces"]
    assert set(spaces) == {"descriptors", f"tiny-{family}", "mean-mfcc"}
    assert spaces[f"tiny-{family}"]["dimensions"] == {"mert": 16, "clap": 24}[family]
    # Even at random weights, a tone and a piece of music are heard apart.
    assert spaces[f"tiny-{family}"]["one_nn"]["mean"] > 0.5


def test_the_sites_own_model_is_measured_by_its_family(recordings, tmp_path, settings):
    settings.AUDIO_ENCODER = "mert"
    settings.AUDIO_MODEL = str(make_mert(tmp_path / "ours"))

    figures, _ = evaluate(
        "audio", recordings, "--space", "mert", "--seeds", 1, "--workers", 1
    )

    assert set(figures["spaces"]) == {"mert-ours", "mean-mfcc"}


def test_a_model_that_is_not_there_is_told_before_listening(recordings, tmp_path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(CommandError, match=r"can't be used: there is no config.json"):
        evaluate(
            "audio", recordings, "--encoder", "clap", "--model", tmp_path / "empty"
        )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((".", "--model", "somewhere"), "--model needs --encoder"),
        (("nowhere",), "nowhere is not a folder"),
        ((".", "--space", "unheard-of"), "No encoder is called unheard-of"),
    ],
)
def test_what_cannot_be_measured_is_told(arguments, told):
    with pytest.raises(CommandError, match=told):
        evaluate("audio", *arguments)


def test_a_folder_whose_files_are_all_broken_is_told(tmp_path):
    for name in ("a_1", "a_2", "b_1", "b_2"):
        (tmp_path / f"{name}.mp3").write_bytes(b"no music")

    with pytest.raises(CommandError, match="4 recordings can't be read"):
        evaluate("audio", tmp_path, "--workers", 1)
