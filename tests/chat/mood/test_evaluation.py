"""`manage.py evaluate mood`, on a small table and on EmoBank where it is."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.chat.mood.tables import make_rows, write_table
from tests.site import ROOT

EMOBANK = ROOT.parent / "shared" / "data" / "emobank" / "emobank.csv"


def evaluate(path: Path):
    out = StringIO()
    call_command("evaluate", "mood", str(path), stdout=out, stderr=StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


def test_the_head_stands_beside_both_baselines(tmp_path):
    figures = evaluate(write_table(tmp_path / "made.csv", make_rows()))

    assert figures["sentences"] == 18
    assert set(figures["pearson_r"]) == {"head", "tfidf_ridge", "vader"}
    assert figures["pearson_r"]["head"]["valence"]["r"] > 0.6
    low, high = figures["pearson_r"]["head"]["valence"]["interval"]
    assert low <= figures["pearson_r"]["head"]["valence"]["r"] <= high


def test_a_bad_table_is_told(tmp_path):
    (tmp_path / "bad.csv").write_text("text\nhello\n")

    with pytest.raises(CommandError, match="lacks the column"):
        evaluate(tmp_path / "bad.csv")


def test_a_site_without_a_head_is_told_to_train_one(settings, tmp_path):
    settings.TEXT_MODEL = str(tmp_path / "another")

    with pytest.raises(CommandError, match="train_mood"):
        evaluate(write_table(tmp_path / "made.csv", make_rows()))


@pytest.mark.slow
@pytest.mark.skipif(not EMOBANK.is_file(), reason="EmoBank isn't here")
def test_emobanks_test_part_is_heard_as_promised(pytestconfig):
    if not pytestconfig.getoption("all_scripts"):
        pytest.skip("half a minute: with --all-scripts")
    figures = evaluate(EMOBANK)["pearson_r"]

    assert figures["head"]["valence"]["r"] >= 0.66
    assert figures["head"]["arousal"]["r"] >= 0.46
