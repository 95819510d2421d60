"""How lists become one: agreement counts, and who can't judge doesn't condemn."""

import numpy as np
import pytest

from catalog.search.ranking import RRF_K, UNJUDGED_SHARE, Ranking, fused


def test_a_track_at_the_head_of_every_list_has_the_best_score_there_is():
    lists = [Ranking("words", 0.4, (1, 2)), Ranking("seeds", 1.5, (1, 3))]

    scores = fused(lists)

    assert scores[1] == pytest.approx(1.0)
    assert max(scores, key=scores.get) == 1


def test_two_lists_that_agree_beat_one_that_is_sure():
    lists = [
        Ranking("words", 1.0, (1, 2)),
        Ranking("seeds", 1.0, (3, 2)),
    ]

    scores = fused(lists)

    assert scores[2] > scores[1] == scores[3]


def test_a_heavier_list_counts_more():
    scores = fused([Ranking("words", 0.4, (1,)), Ranking("names", 3.0, (2,))])

    assert scores[2] / scores[1] == pytest.approx(3.0 / 0.4)


def test_an_empty_list_changes_nothing():
    words = Ranking("words", 0.4, (1, 2))

    assert fused([words, Ranking("seeds", 1.5, ())]) == fused([words])


def test_no_lists_give_no_scores():
    assert fused([]) == {}
    assert fused([Ranking("words", 0.4, ())]) == {}


def test_a_list_that_cannot_judge_a_track_is_taken_to_say_a_share_of_the_others():
    lists = [Ranking("words", 1.0, (1, 2)), Ranking("seeds", 1.0, (2,))]
    judged = {"seeds": np.array([2])}

    scores = fused(lists, judged)

    # By the words alone it has half of the best score, and the rest is made up.
    assert scores[1] == pytest.approx(0.5 * (1 + UNJUDGED_SHARE))


def test_a_list_that_knows_a_track_and_does_not_bring_it_gives_it_nothing():
    lists = [Ranking("words", 1.0, (1, 2)), Ranking("seeds", 1.0, (2,))]

    scores = fused(lists, {"seeds": np.array([1, 2])})

    assert scores[1] == pytest.approx(0.5)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.5), (0.6, 0.8), (1.0, 1.0)])
def test_the_share_goes_from_nothing_to_the_others_whole_word(share, expected):
    lists = [Ranking("words", 1.0, (1, 2)), Ranking("seeds", 1.0, (2,))]

    scores = fused(lists, {"seeds": np.array([2])}, unjudged_share=share)

    assert scores[1] == pytest.approx(expected)


def test_a_track_that_several_lists_praise_beats_one_that_only_one_can_judge():
    lists = [
        Ranking("words", 1.0, (1, 2)),
        Ranking("seeds", 1.0, (2, 3)),
        Ranking("sound", 1.0, (2, 3)),
    ]
    known = np.array([2, 3])

    scores = fused(lists, {"seeds": known, "sound": known})

    assert scores[2] > scores[1]


def test_a_track_that_no_list_can_judge_but_its_own_is_no_better_than_its_rank():
    lists = [Ranking("seeds", 1.0, tuple(range(10)))]

    scores = fused(lists, {"seeds": np.arange(10)})

    assert scores[9] == pytest.approx(RRF_K / (RRF_K + 9))
