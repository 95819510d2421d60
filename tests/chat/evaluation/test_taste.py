"""What each piece of a taste adds: the steps, their table, and what is refused."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.search.query import Filters, Query
from chat.agent.builtin.gathering import LIKE_WEIGHT
from chat.evaluation.cpcd.dialogues import Asked
from chat.evaluation.cpcd.measures import measured
from chat.evaluation.cpcd.talk import Said
from chat.evaluation.taste.pieces import lasting_steps, replayed, talks_steps
from chat.evaluation.taste.report import _table, evenly

pytestmark = pytest.mark.django_db

IDS = {"a": 1, "b": 2, "c": 3, "d": 4}


def said(turn, liked, disliked=()):
    asked = Asked("d", turn, "slow songs", liked, disliked, frozenset("d"))
    return Said(asked, (), 0, Query(text="slow songs", liked={9: 1.5, 1: 0.6}))


def test_each_step_has_one_piece_more():
    talk = [said(0, ()), said(1, ("a",)), said(3, ("a", "b"), ("c",))]
    *_, turn = replayed(talk, IDS)

    steps = talks_steps(turn)

    words, likes, dislikes, decay, apart = steps.values()
    assert turn.ages == {1: 2, 2: 0}
    assert words.liked == {9: 1.5}
    assert likes.liked == {9: 1.5, 1: LIKE_WEIGHT, 2: LIKE_WEIGHT}
    assert likes.filters == Filters()
    assert dislikes.filters.without_tracks == {3}
    assert dislikes.disliked == {3: 1.0}
    assert decay.liked == {9: 1.5, 1: LIKE_WEIGHT / 2, 2: LIKE_WEIGHT}
    assert apart.liked == decay.liked


def test_a_lasting_taste_is_no_seed_and_its_songs_are_no_hits():
    (turn,) = replayed([said(0, ())], IDS)

    steps = lasting_steps(turn, own=[1], others=[2, 3])

    assert steps["no taste"].taste.liked == {}
    assert steps["one centre"].taste.interests == ()
    assert len(steps["each like by itself"].taste.interests) == 3
    assert set(steps["of other music alone, 1"].taste.liked) == {2, 3}
    for query in steps.values():
        assert query.liked == {9: 1.5}
        assert query.beside == {1, 2, 3}


def test_a_table_says_what_each_step_adds():
    rows = {
        name: [measured("d", 0, ranking, {"gold"})]
        for name, ranking in (("none", []), ("some", ["gold"]), ("all", ["gold"]))
    }

    before, first = _table(rows, over="before"), _table(rows, over="first")

    assert [row.get("adds_to_hit@10") for row in before] == [None, 1.0, 0.0]
    assert [row.get("adds_to_hit@10") for row in first] == [None, 1.0, 1.0]


def test_dialogues_are_taken_from_all_along_the_file():
    read = [{"id": n} for n in range(10)]

    assert [one["id"] for one in evenly(read, 3)] == [0, 3, 6]
    assert evenly(read, 0) == read


def test_a_file_of_something_else_is_refused_in_a_sentence(tmp_path):
    file = tmp_path / "dialogues.jsonl"
    file.write_text(json.dumps({"id": "d"}) + "\n", encoding="utf-8")

    with pytest.raises(CommandError, match="Line 1 of"):
        call_command("evaluate", "taste", str(file), stdout=StringIO())
