"""`evaluate commands` measures SNIPS commands as a turn reads them."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def part(text, entity=None):
    return {"text": text, "entity": entity} if entity else {"text": text}


ADD = [
    [
        part("add "),
        part("nina vale", "artist"),
        part(" to my "),
        part("road trip", "playlist"),
        part(" playlist"),
    ],
    [part("put this song on my "), part("workout", "playlist"), part(" playlist")],
]
PLAY = [
    [part("play some "), part("jazz", "genre"), part(" by "), part("bix", "artist")],
    [part("play music from "), part("1994", "year")],
]
WEATHER = [[part("will it rain tomorrow in "), part("paris", "city")]]


@pytest.fixture
def snips(tmp_path):
    """Write a file of one intent."""

    def write(intent, rows):
        path = tmp_path / f"{intent}.json"
        content = {intent: [{"data": row} for row in rows]}
        path.write_text(json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def evaluate(capsys, *arguments):
    call_command("evaluate", "commands", *arguments)
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_commands_and_what_is_none_are_told_apart(snips, capsys):
    figures = evaluate(
        capsys,
        snips("AddToPlaylist", ADD),
        snips("PlayMusic", PLAY),
        snips("GetWeather", WEATHER),
    )

    assert figures["commands"] == {"add": 2, "play": 2, "other": 1}
    assert figures["intent"]["accuracy"] == 1.0
    assert figures["slots"]["micro"]["spans"] == 6
    assert figures["others"] == {"commands": 1, "touched_the_list": 0, "first": []}
    assert "SNIPS" in figures["tagger"]
    assert "--folds" in figures["tagger"]


def test_folds_hold_out_our_own_requests_to_others_too(snips, capsys):
    figures = evaluate(
        capsys,
        snips("AddToPlaylist", ADD),
        "--folds",
        "2",
        "--epochs",
        "1",
        "--ours",
        "6",
    )

    assert figures["tagger"] == "2-fold cross-validated"
    assert figures["commands"] == {"add": 2, "other": 6}


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"PlayMusic": 3}', '{"PlayMusic": [{"text": "hi"}]}', "a\tO"],
)
def test_another_file_is_refused_with_what_was_expected(tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=r"bad\.json: expected SNIPS's JSON"):
        call_command("evaluate", "commands", str(path))


def test_a_file_without_a_sentence_is_told(snips):
    with pytest.raises(CommandError, match="holds no sentence"):
        call_command("evaluate", "commands", snips("PlayMusic", []))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        call_command("evaluate", "commands", str(tmp_path / "gone.json"))
