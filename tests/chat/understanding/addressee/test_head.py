"""The head that tells whom a message is for: learned, kept in a file, read again."""

import numpy as np
import pytest

from chat.agent.understanding.addressee.examples import Request, own_requests
from chat.agent.understanding.addressee.head import (
    LAYERS,
    WIDTH,
    UnusableAddressee,
    addressee_read,
    features_of,
)
from chat.agent.understanding.addressee.training import addressee_fit

WEATHER = [f"will it rain in {city} today" for city in ("Oslo", "Rome", "Bonn")]
MUSIC = [f"play some {kind} music" for kind in ("jazz", "folk", "loud")]


@pytest.fixture(scope="module")
def learned():
    requests = [
        *(Request(text, "weather") for text in WEATHER),
        *(Request(text) for text in MUSIC),
    ]
    return addressee_fit(requests, features_of([*WEATHER, *MUSIC]), seed=1)


def test_what_was_learned_holds_for_other_sentences(learned):
    odds = learned.odds_of(features_of(["will it snow in Kiel", "play a sad song"]))

    assert odds[0] > odds[1]


def test_the_same_seed_gives_the_same_weights(learned):
    again = addressee_fit(
        [*(Request(t, "weather") for t in WEATHER), *map(Request, MUSIC)],
        features_of([*WEATHER, *MUSIC]),
        seed=1,
    )

    assert np.array_equal(again.first, learned.first)


def test_it_is_read_as_it_was_saved(learned, tmp_path):
    path = tmp_path / "head.npz"
    learned.save(path)

    features = features_of(MUSIC)

    odds = addressee_read(path).odds_of(features)
    assert odds == pytest.approx(learned.odds_of(features), abs=0.02)


def test_features_are_unit_layers_and_an_empty_text_has_some():
    features = features_of(["play some jazz", ""])

    assert features.shape == (2, LAYERS * WIDTH)
    assert np.isfinite(features).all()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no archive"])
def test_a_damaged_file_says_what_to_do(tmp_path, content):
    path = tmp_path / "head.npz"
    path.write_bytes(content)

    with pytest.raises(UnusableAddressee, match="train_addressee"):
        addressee_read(path)


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(UnusableAddressee, match="train_addressee"):
        addressee_read(tmp_path / "none.npz")


def test_another_networks_weights_are_refused(tmp_path):
    path = tmp_path / "head.npz"
    np.savez(
        path,
        first=np.zeros((1, 5, 2)),
        first_bias=np.zeros((1, 2)),
        second=np.zeros((1, 2)),
        second_bias=np.zeros(1),
    )

    with pytest.raises(UnusableAddressee, match="another network"):
        addressee_read(path)


def test_templates_leave_no_slot_unfilled_and_differ_by_seed():
    one, other = own_requests(seed=1), own_requests(seed=2)

    assert not [r.text for r in one if "{" in r.text or "}" in r.text]
    assert {r.text for r in one} != {r.text for r in other}
    assert len({r.domain for r in one if r.is_for_others}) > 20
    assert sum(r.is_for_others for r in one) > 2_000
