"""`evaluate addressee`: each message is judged by a head that saw nothing of its like."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.chat.evaluation.test_commands import PLAY, snips  # noqa: F401 (a fixture)


def evaluate(capsys, *arguments):
    call_command("evaluate", "addressee", *arguments)
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_both_sides_are_measured(snips, tmp_path, capsys):  # noqa: F811
    names = tmp_path / "names.bio"
    names.write_text("songs\tO\nlike\tO\nNina\tB-Artist\nSolano\tI-Artist\n")

    figures = evaluate(
        capsys,
        *("--commands", snips("PlayMusic", PLAY), "--names", str(names)),
        *("--ours", "120", "--folds", "2"),
    )

    away = figures["music_turned_away"]
    assert set(away) == {"own", "commands", "names"}
    assert away["commands"]["messages"] == len(PLAY)
    assert away["names"] == {
        "messages": 1,
        "turned_away": 0,
        "share": 0.0,
        "first": [],
    }
    unseen = figures["to_others"]["domains_never_seen"]
    assert unseen["messages"] + away["own"]["messages"] == 120
    assert unseen["touched_the_list"] == len(unseen["first"]) or unseen["share"] > 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--folds", "1"), "2 or more"),
        (("--names", "none.bio"), "can't be read"),
    ],
)
def test_what_cant_be_measured_is_told(arguments, told):
    with pytest.raises(CommandError, match=told):
        call_command("evaluate", "addressee", *arguments)
