"""The tagger learns from a small set, the same under the same seed."""

import numpy as np
import pytest

from chat.agent.understanding.tagging.fitting import tagger_fit
from chat.agent.understanding.tagging.tagger import Tagger
from tests.chat.understanding.tagging.sentences import of_commands, of_names

# What is learned once serves them all.
pytestmark = pytest.mark.xdist_group("fitted")


def silent(line):
    """Say nothing."""


@pytest.fixture(scope="module")
def fitted():
    return tagger_fit([*of_names(), *of_commands()], seed=3, say=silent, epochs=15)


def test_it_finds_names_that_it_never_saw(fitted):
    text = "something similar to wobbly harbour"

    assert [tag.of(text) for tag in fitted.tagger.tag(text).names] == ["wobbly harbour"]


def test_it_tells_the_parts_of_a_command_from_each_other(fitted):
    text = "add wobbly harbour to my gardening playlist"

    tagging = fitted.tagger.tag(text)

    assert tagging.intent == "add"
    assert {tag.kind: tag.of(text) for tag in tagging.slots} == {
        "artist": "wobbly harbour",
        "playlist": "gardening",
    }


def test_its_weights_read_again_tag_alike(fitted, tmp_path):
    path = tmp_path / "tagger.npz"
    np.savez_compressed(path, **fitted.weights)
    texts = ["songs like nina vale please", "will it rain tomorrow"]

    read_again = Tagger(path).tag_all(texts)

    for one, other in zip(read_again, fitted.tagger.tag_all(texts), strict=True):
        assert (one.names, one.slots, one.intent) == (
            other.names,
            other.slots,
            other.intent,
        )


def test_a_seed_gives_the_same_weights_and_another_gives_others():
    examples = of_names()[:4]

    one, same, other = (
        tagger_fit(examples, seed=seed, say=silent, epochs=1).weights
        for seed in (1, 1, 2)
    )

    assert all(np.array_equal(one[name], same[name]) for name in one)
    assert not all(np.array_equal(one[name], other[name]) for name in one)


def test_every_epoch_is_told():
    lines = []

    tagger_fit(of_names()[:2], seed=1, say=lines.append, epochs=2)

    assert [line.split(":")[0] for line in lines] == ["epoch 1 of 2", "epoch 2 of 2"]
