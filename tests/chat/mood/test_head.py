"""The packaged head, and when it may speak."""

import json
import logging
import shutil

import pytest
from django.core.checks import run_checks

from catalog.encoders.text import text_encoder
from chat.agent.mood.current import PACKAGED, affect_of, current_head, head_failure
from chat.agent.mood.head import NAME, UnusableHead, head_read
from tests.chat.mood.text_models import make_text_model


def test_the_packaged_head_says_where_it_is_from():
    provenance = head_read(PACKAGED).provenance

    assert provenance.licence == "CC BY-SA 4.0"
    assert provenance.trained_on == ("train", "dev")
    assert (provenance.text_model, provenance.text_revision) == (
        text_encoder().model_id,
        text_encoder().revision,
    )
    assert provenance.figures["valence_r"] > 0.6


def test_glad_sentences_lie_above_sad_ones_and_wild_above_calm_ones():
    glad, sad = affect_of("we won the championship!!!"), affect_of("my dog died")
    calm = affect_of("I am sitting by the lake in the evening.")

    assert glad.valence > 1 > -1 > sad.valence
    assert glad.arousal > 1 > calm.arousal


def test_any_text_has_finite_figures():
    for text in ("", "\0", "🎹" * 400, "word " * 5000, "!" * 9000):
        affect = affect_of(text)
        assert abs(affect.valence) < 20
        assert abs(affect.arousal) < 20


def test_another_text_model_is_told_and_gets_no_head(settings, tmp_path, caplog):
    settings.TEXT_MODEL = str(tmp_path / "another-model")

    with caplog.at_level(logging.WARNING):
        assert current_head() is None
    assert affect_of("we won!") is None
    assert "Moods are read from mood words alone" in caplog.text
    [warning] = [found for found in run_checks() if found.id == "chat.W001"]
    assert "another-model" in warning.msg
    assert "train_mood" in warning.hint


def test_no_check_complains_of_the_packaged_head():
    assert head_failure() == ""
    assert not [found for found in run_checks() if found.id == "chat.W001"]


def test_the_sites_own_head_comes_first(settings, tmp_path):
    settings.MOOD_FOLDER = tmp_path
    for name in (f"{NAME}.npz", f"{NAME}.json"):
        shutil.copy(PACKAGED / name, tmp_path / name)
    told = json.loads((tmp_path / f"{NAME}.json").read_text())
    (tmp_path / f"{NAME}.json").write_text(json.dumps({**told, "seed": 99}))

    assert current_head().provenance.seed == 99


@pytest.mark.parametrize("name", [f"{NAME}.npz", f"{NAME}.json"])
def test_a_damaged_head_is_refused_and_the_packaged_one_serves(
    settings, tmp_path, name
):
    settings.MOOD_FOLDER = tmp_path
    for part in (f"{NAME}.npz", f"{NAME}.json"):
        shutil.copy(PACKAGED / part, tmp_path / part)
    (tmp_path / name).write_bytes(b"{}")

    with pytest.raises(UnusableHead, match="can't be read"):
        head_read(tmp_path)
    assert current_head().provenance.seed == head_read(PACKAGED).provenance.seed


def test_a_head_of_other_dimensions_is_refused(tmp_path):
    other = make_text_model(tmp_path / "tiny")

    with pytest.raises(UnusableHead, match="Train it anew"):
        head_read(PACKAGED).affects_of(["we won!"], other)
