"""The fusion benchmark fuses as the search does, and splits fairly."""

import numpy as np
import pytest

from benchmarks.fusing.asking import Case, read, write
from benchmarks.fusing.dialogues import asked_of, is_learned_from
from benchmarks.fusing.fuse import Cases, Way
from benchmarks.fusing.learn import gain, learned
from catalog.search.ranking import Ranking, fused
from tests.factories import make_track

NAMES = ("names", "words", "seeds")
WAY = Way({"names": 3.0, "words": 0.4, "seeds": 1.5}, k=20, share=0.6)


def random_case(chance, number):
    """Make a case whose lists overlap, one of which can't judge every track."""
    tracks = np.arange(1, 60)
    lists = {
        name: chance.permutation(tracks)[: chance.integers(0, 30)].tolist()
        for name in NAMES
    }
    brought = {track for found in lists.values() for track in found}
    unjudged = sorted(brought - set(lists["seeds"]))[::2] if lists["seeds"] else []
    gold = sorted(chance.permutation(tracks)[:5].tolist())
    return Case(f"d{number // 3}", number % 3, lists, {"seeds": unjudged}, gold)


def random_cases(count=30):
    chance = np.random.default_rng(5)
    return [random_case(chance, number) for number in range(count)]


def test_arrays_fuse_as_the_search_does():
    cases = random_cases()

    arrays = Cases(cases, NAMES)

    for case, ids, scores in zip(cases, arrays.ids, arrays.scores(WAY), strict=True):
        lists = [
            Ranking(name, WAY.weights[name], tuple(found))
            for name, found in case.lists.items()
        ]
        brought = {track for ranking in lists for track in ranking.ids}
        known = brought.difference(case.unjudged["seeds"])
        judged = {"seeds": np.array(sorted(known))}
        expected = fused(lists, judged)
        if not expected:
            continue
        assert set(ids) == set(expected)
        ratio = [s / expected[t] for t, s in zip(ids.tolist(), scores, strict=False)]
        assert ratio == pytest.approx([ratio[0]] * len(ratio), rel=1e-5)


def test_what_stands_first_is_found_at_once():
    cases = [Case("d", 0, {"words": [4, 9, 2]}, {}, [4])]

    (row,) = Cases(cases, NAMES).measure(WAY)

    assert row.tolist() == [1.0, 1.0, 1.0, 1.0]


def test_what_no_list_brings_is_not_found():
    cases = [Case("d", 0, {"words": [4, 9, 2]}, {}, [7])]

    (row,) = Cases(cases, NAMES).measure(WAY)

    assert not row.any()


def test_turns_count_within_their_dialogue():
    found = Case("long", 0, {"words": [1]}, {}, [1])
    missed = Case("long", 1, {"words": [1]}, {}, [2])
    other = Case("short", 0, {"words": [1]}, {}, [1])

    measured = Cases([found, missed, other], NAMES).measure(WAY)

    assert measured[:, 1].tolist() == [0.5, 1.0]


def test_learning_finds_the_list_that_knows():
    cases = [
        Case(f"d{n}", 0, {"words": [n, 900], "names": [901, 902]}, {}, [n])
        for n in range(1, 20)
    ]

    way = learned(Cases(cases, NAMES), WAY, ("names", "words"))

    assert way.weights["words"] > way.weights["names"]
    assert way.weights["words"] + way.weights["names"] == pytest.approx(3.4, abs=0.01)
    assert way.weights["seeds"] == 1.5


def test_a_gain_on_every_dialogue_is_told_from_chance():
    base = np.random.default_rng(2).random((50, 4))

    (told, *_) = gain(base + 0.1, base).values()

    assert told == {"gain": 0.1, "from": 0.1, "to": 0.1}


def test_a_gain_that_comes_and_goes_is_not():
    chance = np.random.default_rng(3)
    base = chance.random((50, 4))

    (told, *_) = gain(base + chance.normal(0, 0.3, base.shape), base).values()

    assert told["from"] < 0 < told["to"]


@pytest.mark.django_db
def test_cases_are_kept_as_they_are(tmp_path):
    cases = random_cases(5)
    make_track()

    write(cases, tmp_path / "cases.json.gz")

    assert read(tmp_path / "cases.json.gz") == (1, cases)


def track(cluster):
    return {
        "track_cluster_ids": cluster,
        "track_titles": "Song",
        "track_artists": ["Ada"],
        "track_release_titles": "Album",
    }


def test_only_the_first_three_likes_of_a_turn_are_seeds_and_no_gold():
    turn = {
        "user_query": "songs",
        "liked_results": list("abcd"),
        "disliked_results": [],
    }
    dialogue = {
        "id": "one",
        "tracks": {name: track(f"song {name}") for name in "abcde"},
        "goal_playlist": list("abcde"),
        "turns": [turn, {**turn, "user_query": "more", "liked_results": []}],
    }

    first, second = asked_of([dialogue])

    assert first.liked == ()
    assert len(first.gold) == 5
    assert second.liked == ("song a", "song b", "song c")
    assert second.gold == {"song d", "song e"}


def test_about_half_of_the_dialogues_may_be_learned_from():
    share = np.mean([is_learned_from(str(number)) for number in range(1000)])

    assert 0.45 < share < 0.55
