"""`manage.py train_mood`, from a table to a head that hears."""

from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from chat.agent.mood.current import affect_of, current_head
from chat.agent.mood.head import head_read
from tests.chat.mood.tables import make_rows, write_table
from tests.chat.mood.text_models import make_text_model


def train(*arguments):
    out, err = StringIO(), StringIO()
    call_command("train_mood", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_trained_head_is_stored_with_its_provenance(tmp_path):
    table = write_table(tmp_path / "made.csv", make_rows())

    told, progress = train(table, "--out", tmp_path / "head", "--seed", 3)

    head = head_read(tmp_path / "head")
    assert head.provenance.sentences == 54
    assert head.provenance.command == "manage.py train_mood made.csv --seed 3"
    assert "On dev: valence r 0." in told
    assert "encoding 36 sentences" in progress


def test_the_same_seed_gives_the_same_head(tmp_path):
    table = write_table(tmp_path / "made.csv", make_rows())

    for name in ("one", "two"):
        train(table, "--out", tmp_path / name)

    one, two = (head_read(tmp_path / name) for name in ("one", "two"))
    assert np.array_equal(one.weights.first, two.weights.first)
    assert one.provenance == two.provenance


def test_a_head_trained_on_another_text_model_serves_it(settings, tmp_path):
    settings.MOOD_FOLDER = tmp_path / "head"
    settings.TEXT_MODEL = make_text_model(tmp_path / "tiny").model_id
    assert current_head() is None

    train(write_table(tmp_path / "made.csv", make_rows()))

    assert current_head().provenance.text_dimensions == 16
    assert np.isfinite(affect_of("we won!").valence)


def test_a_model_of_too_few_layers_is_refused(settings, tmp_path):
    settings.TEXT_MODEL = make_text_model(tmp_path / "tiny", layers=2).model_id
    table = write_table(tmp_path / "made.csv", make_rows())

    with pytest.raises(CommandError, match="Name another TEXT_MODEL"):
        train(table, "--out", tmp_path / "head")
    assert not (tmp_path / "head").exists()


BROKEN = (
    ({"V": "happy"}, "row 4: V is 'happy', not a number from 1 to 5"),
    ({"A": "7"}, "row 4: A is '7', not a number from 1 to 5"),
    ({"split": "training"}, "row 4: the split is 'training'"),
)


@pytest.mark.parametrize(("change", "told"), BROKEN)
def test_a_bad_row_is_named(tmp_path, change, told):
    rows = make_rows()
    rows[2] |= change

    with pytest.raises(CommandError, match=told):
        train(write_table(tmp_path / "made.csv", rows), "--out", tmp_path / "head")


def test_a_table_of_another_kind_is_refused(tmp_path):
    table = write_table(tmp_path / "songs.csv", [{"title": "Happy", "V": 3}])

    with pytest.raises(CommandError, match="lacks the column id, split, A, text"):
        train(table, "--out", tmp_path / "head")
    with pytest.raises(CommandError, match="can't be read"):
        train(tmp_path / "missing.csv", "--out", tmp_path / "head")
    (tmp_path / "zeros.csv").write_bytes(b"\xff\xfe\x00" * 40)
    with pytest.raises(CommandError, match="can't be read"):
        train(tmp_path / "zeros.csv", "--out", tmp_path / "head")


def test_a_table_without_a_dev_part_is_refused(tmp_path):
    rows = [row for row in make_rows() if row["split"] != "dev"]

    with pytest.raises(CommandError, match="no sentence of the split dev"):
        train(write_table(tmp_path / "made.csv", rows), "--out", tmp_path / "head")
