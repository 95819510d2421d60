"""Training of a bridge on what people approved of and refused."""

import numpy as np
import pytest

from catalog.bridge_comparing import bridges_compare
from catalog.contrasting import Bridge, Judged, bridge_train, ranks_of

TRACKS, TEXT, SOUND = 400, 24, 12


class Halt(Exception):
    """What ends a training in the middle."""


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def world():
    """Tracks, where words truly point, and a bridge that knows half of it."""
    chance = np.random.default_rng(3)
    truth = chance.normal(size=(TEXT, SOUND)).astype(np.float32)
    known = truth.copy()
    known[TEXT // 2 :] = 0
    audio = unit(chance.normal(size=(TRACKS, SOUND)))
    return chance, truth, Bridge(known, np.zeros(TEXT, np.float32)), audio


def judged(chance, truth, audio, texts, *, is_random=False):
    text = chance.normal(size=(texts, TEXT)).astype(np.float32)
    order = np.argsort(-(unit(text @ truth) @ audio.T), axis=1)
    if is_random:
        order = np.array([chance.permutation(len(audio)) for _ in range(texts)])
    return Judged(
        text=text,
        approved=[np.sort(row[:4]) for row in order],
        refused=[np.sort(row[-2:]) for row in order],
        weight=np.ones(texts, np.float32),
    )


def train(world, tmp_path, *, is_random=False, **more):
    chance, truth, start, audio = world
    parts = [
        judged(chance, truth, audio, texts, is_random=is_random)
        for texts in (300, 40, 40)
    ]
    more = {"seed": 1, "kept": tmp_path / "kept.pt", **more}
    return bridge_train(start, audio, *parts[:2], **more), parts


def test_it_learns_what_the_bridge_in_use_misses(world, tmp_path):
    _, _, start, audio = world

    trained, (_, _, test) = train(world, tmp_path)

    found = bridges_compare(start, trained.bridge, audio, test)
    assert found.is_better
    assert found.p_value < 0.001
    assert found.after.recall_at_10 > found.before.recall_at_10 + 0.3
    assert found.after.median_rank < found.before.median_rank / 2
    assert (found.texts, found.pairs, found.tracks) == (40, 160, TRACKS)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_at_random_makes_nothing_better(world, tmp_path, seed):
    _, _, start, audio = world

    trained, (_, _, test) = train(world, tmp_path, is_random=True, seed=seed)

    assert not bridges_compare(start, trained.bridge, audio, test).is_better


def test_a_bridge_is_not_better_than_itself_nor_on_a_handful_of_texts(world, tmp_path):
    chance, truth, start, audio = world
    few = judged(chance, truth, audio, 9)

    assert bridges_compare(start, start, audio, few).p_value == 1.0
    assert not bridges_compare(start, Bridge(truth, start.centre), audio, few).is_better


def test_an_interrupted_training_ends_where_an_undisturbed_one_does(world, tmp_path):
    chance, truth, start, audio = world
    parts = [judged(chance, truth, audio, texts) for texts in (80, 20)]
    whole = bridge_train(start, audio, *parts, seed=5, kept=tmp_path / "whole.pt")
    told = []

    def halt(epoch, _rank):
        told.append(epoch)
        if epoch == 7:
            raise Halt

    kept = tmp_path / "kept.pt"
    with pytest.raises(Halt):
        bridge_train(start, audio, *parts, seed=5, kept=kept, tell=halt)
    again = bridge_train(
        start, audio, *parts, seed=5, kept=kept, tell=lambda e, _: told.append(e)
    )

    assert told[:9] == [*range(1, 9), 9]
    assert np.array_equal(again.bridge.weights, whole.bridge.weights)
    assert (again.epochs, again.best_epoch) == (whole.epochs, whole.best_epoch)
    assert not kept.exists()


def test_what_was_kept_of_other_data_is_not_gone_on_with(world, tmp_path):
    chance, truth, start, audio = world
    parts = [judged(chance, truth, audio, texts) for texts in (40, 10)]
    kept = tmp_path / "kept.pt"

    def halt(epoch, _rank):
        raise Halt

    with pytest.raises(Halt):
        bridge_train(start, audio, *parts, seed=1, kept=kept, tell=halt)
    told = []
    bridge_train(
        start, audio, *parts, seed=2, kept=kept, tell=lambda e, _: told.append(e)
    )

    assert told[0] == 1


def test_ranks_leave_out_what_else_was_approved_of():
    audio = unit(np.array([[1, 0.0], [1, 0.1], [1, 0.2], [0, 1]]))
    bridge = Bridge(np.eye(2, dtype=np.float32), np.zeros(2, np.float32))
    said = Judged(
        text=np.array([[1, 0]], np.float32),
        approved=[np.array([1, 2])],
        refused=[np.array([], int)],
        weight=np.ones(1, np.float32),
    )

    assert ranks_of(bridge, audio, said)[0].tolist() == [2, 2]


def test_in_a_joint_space_it_begins_with_the_models_own_words(world, tmp_path):
    chance, _, _, audio = world
    turn = np.linalg.qr(np.eye(SOUND) + 0.5 * chance.normal(size=(SOUND, SOUND)))[
        0
    ].astype(np.float32)
    start = Bridge(
        np.zeros((SOUND, SOUND), np.float32), np.zeros(SOUND, np.float32), True
    )

    def said(texts):
        rows = [chance.choice(TRACKS, 1) for _ in range(texts)]
        text = np.array([audio[row[0]] @ turn for row in rows])
        none = [np.array([], int)] * texts
        return Judged(text, rows, none, np.ones(texts, np.float32))

    parts = [said(texts) for texts in (300, 40, 40)]
    trained = bridge_train(start, audio, *parts[:2], seed=1, kept=tmp_path / "kept.pt")

    assert bridges_compare(start, trained.bridge, audio, parts[2]).is_better
