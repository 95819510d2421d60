"""The evaluation on real dialogues: its protocol, its baselines, and the agent's part."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from chat.evaluation.cpcd.baselines import BM25, Baselines, document
from chat.evaluation.cpcd.dialogues import Asked, Song, asked_of, part_of
from chat.evaluation.cpcd.measures import measured, told
from chat.evaluation.cpcd.talk import talks
from tests.factories import make_artist, make_track

SONGS = {
    "a": Song("Blue Hour", ("Ada Lane",), "Nightfall"),
    "b": Song("Red Morning", ("Ada Lane",), "Nightfall"),
    "c": Song("Green Noon", ("Bob Stone",), "Daylight"),
}


def make_dialogue(**fields):
    tracks = {
        key: {
            "track_cluster_ids": key,
            "track_titles": song.title,
            "track_artists": list(song.artists),
            "track_release_titles": song.album,
        }
        for key, song in SONGS.items()
    }
    turns = [
        {"user_query": "some Ada Lane", "liked_results": ["a"], "disliked_results": []},
        {"user_query": "more", "liked_results": [], "disliked_results": ["c"]},
    ]
    whole = {"id": "d", "turns": turns, "tracks": tracks, "goal_playlist": ["a", "b"]}
    return {**whole, **fields}


def test_a_hit_counts_from_its_place():
    row = measured("d", 0, [*map(str, range(15)), "gold"], {"gold", "other"})

    assert row.figures == (0.0, 0.0, 1.0, 1.0, 0.5, 1 / 16)


def test_a_dialogue_counts_once_however_long_it_is():
    rows = [measured("long", turn, ["no"], {"gold"}) for turn in range(3)]
    rows.append(measured("short", 0, ["gold"], {"gold"}))

    figures = told(rows)

    assert figures["hit@1"] == 0.5
    assert figures["hit@10_by_turn"] == {"0": 0.5, "1": 0.0, "2": 0.0}
    low, high = figures["interval"]["hit@1"]
    assert low <= 0.5 <= high


def test_what_was_liked_is_a_seed_and_no_longer_gold():
    first, second = asked_of([make_dialogue()])

    assert (first.liked, first.gold) == ((), {"a", "b"})
    assert (second.liked, second.gold) == (("a",), {"b"})


def test_the_held_out_fifth_is_apart_and_about_a_fifth():
    read = [make_dialogue(id=f"d{n}") for n in range(500)]

    held_out = part_of(read, "held-out")
    seen = part_of(read, "development")

    assert 70 < len(held_out) < 130
    assert sorted((*held_out, *seen), key=read.index) == list(part_of(read, "all"))


def test_bm25_ranks_the_rare_word_first():
    words = BM25([document(song) for song in SONGS.values()])

    scores = words.scores("the red nightfall")

    assert np.argsort(-scores).tolist() == [1, 0, 2]


def test_baselines_leave_the_seeds_out():
    baselines = Baselines(
        SONGS, lambda texts: np.eye(3, dtype=np.float32)[: len(texts)]
    )
    turn = Asked("d", 1, "ada", ("a",), (), frozenset("b"))

    found = dict(baselines.rankings(turn, "ada", "some ada"))

    assert set(found) == {
        *("bm25_last", "dense_last", "rrf_last", "bm25_all", "dense_all", "rrf_all")
    }
    assert found["bm25_last"][0] == "b"
    assert all(ranking[-1] == "a" for ranking in found.values())


@pytest.mark.django_db
def test_the_agent_finds_more_of_an_artist_and_nothing_disliked():
    ada, bob = make_artist("Ada Lane"), make_artist("Bob Stone")
    theirs = [make_track(f"Blue {n}", artist=ada) for n in range(4)]
    other = make_track("Green Noon", artist=bob)
    ids = {f"ada {n}": track.pk for n, track in enumerate(theirs)} | {"c": other.pk}
    gold = frozenset(["ada 1", "ada 2"])
    turns = [
        Asked("d", 0, "play some Ada Lane", (), (), gold | {"ada 0"}),
        Asked("d", 1, "thanks, more please", ("ada 0",), ("c",), gold),
    ]

    first, second = talks(turns, ids)

    assert set(first.ranking[:4]) == {track.pk for track in theirs}
    assert theirs[0].pk not in second.ranking
    assert other.pk not in second.ranking
    assert set(second.ranking) == {track.pk for track in theirs[1:]}
    assert second.came_back == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no dialogue"),
        ("no json\n", "Line 1 of"),
        (json.dumps({"id": "d", "tracks": {}}) + "\n", "lacks 'goal_playlist'"),
        (json.dumps(make_dialogue(turns=[1])) + "\n", "Line 1 of"),
    ],
)
def test_a_file_of_something_else_is_refused_in_a_sentence(tmp_path, content, says):
    file = tmp_path / "dialogues.jsonl"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=says):
        call_command("evaluate", "cpcd", str(file), stdout=StringIO())


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        call_command("evaluate", "cpcd", str(tmp_path / "none"), stdout=StringIO())


def test_a_missing_table_is_told(tmp_path):
    file = tmp_path / "dialogues.jsonl"
    file.write_text(json.dumps(make_dialogue()) + "\n", encoding="utf-8")

    with pytest.raises(CommandError, match="There is no file"):
        call_command(
            "evaluate", "cpcd", str(file), "--distractors", str(tmp_path / "none")
        )
