"""`evaluate artists` measures names in a BIO file, and refuses what is none."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chat.agent.understanding.tagging.labels import Tag
from chat.evaluation.span_scores import relaxed, strict

SAID = (
    (("songs", "like", "sigur", "ros"), ("O", "O", "B-Artist", "I-Artist")),
    (("anything", "by", "nina", "vale"), ("O", "O", "B-Artist", "I-Artist")),
    (("something", "calm", "please"), ("O", "O", "O")),
    (("i", "love", "paper", "boats"), ("O", "O", "B-WoA", "I-WoA")),
)


def bio(rows):
    """Return sentences as music-ner has them: a word, a tab and a tag a line."""
    return "\n\n".join(
        "\n".join(f"{word}\t{tag}" for word, tag in zip(words, tags, strict=True))
        for words, tags in rows
    )


def evaluate(capsys, *arguments):
    call_command("evaluate", "artists", *map(str, arguments))
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.fixture
def requests_file(tmp_path):
    path = tmp_path / "made.bio"
    path.write_text(bio(SAID), encoding="utf-8")
    return path


def test_the_shipped_tagger_is_measured_and_its_training_sets_are_told(
    requests_file, capsys
):
    figures = evaluate(capsys, requests_file)

    assert figures["requests"] == 4
    assert figures["learned"]["strict"]["spans"] == 3
    assert figures["learned"]["artists"]["strict"]["f1"] >= 0.8
    assert figures["patterns"]["strict"]["spans"] == 3
    assert "music-ner" in figures["tagger"]
    assert "--folds" in figures["tagger"]


def test_folds_measure_each_request_by_a_tagger_that_never_saw_it(
    requests_file, capsys
):
    path = requests_file.with_name("more.bio")
    path.write_text(bio(SAID * 2), encoding="utf-8")

    figures = evaluate(capsys, path, "--folds", 2, "--epochs", 1, "--ours", 4)

    assert figures["requests"] == 8
    assert figures["tagger"] == "2-fold cross-validated"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "holds no sentence"),
        ("songs O\n", "line 1"),
        ("songs\tO\nlike\tB-Composer\n", "line 2"),
        (json.dumps({"PlayMusic": []}), "line 1"),
    ],
)
def test_another_file_is_refused_with_the_place(tmp_path, content, told):
    path = tmp_path / "bad.bio"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=told):
        call_command("evaluate", "artists", str(path))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match=r"gone\.bio can't be read"):
        call_command("evaluate", "artists", str(tmp_path / "gone.bio"))


@pytest.mark.parametrize("folds", [1, -1, 99])
def test_folds_that_cannot_be_are_told(requests_file, folds):
    with pytest.raises(CommandError, match="--folds"):
        call_command("evaluate", "artists", str(requests_file), f"--folds={folds}")


def test_strict_wants_the_same_edges_and_relaxed_only_that_they_meet():
    gold = [[Tag("artist", 0, 9), Tag("work", 12, 20)], []]
    found = [[Tag("artist", 0, 4), Tag("work", 12, 20)], [Tag("work", 0, 3)]]

    assert strict(gold, found).as_json() == {
        "f1": 0.4,
        "precision": 0.3333,
        "recall": 0.5,
        "spans": 2,
    }
    assert relaxed(gold, found).as_json()["f1"] == 0.8
    assert strict(gold, found, kind="artist").as_json()["f1"] == 0.0


def test_where_nothing_is_there_and_nothing_found_the_figures_are_zero():
    assert strict([[]], [[]]).as_json()["f1"] == 0.0
