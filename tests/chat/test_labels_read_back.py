"""What chips say is what a donated record keeps: reviewers read it back from there."""

from dataclasses import replace

import pytest

from chat.agent.constraints import Constraint, genre, years
from chat.agent.labels import label_of
from feedback.curation.reading import label_read


@pytest.mark.parametrize(
    "held",
    [
        genre("jazz"),
        genre("hip hop"),
        years(1990, 1999),
        years(2010, 2019),
        years(1987, 1994),
        years(1987, 1987),
        years(None, 1970),
        years(2000, None),
        Constraint("tempo", low=None, high=90.0),
        Constraint("tempo", low=100.0, high=120.0),
        Constraint("duration", low=None, high=210.0),
        Constraint("duration", low=120.0, high=300.0),
        Constraint("language", key="el"),
        Constraint("language", key="pt"),
        Constraint("version", key="live"),
        Constraint("version", key="cover"),
        Constraint("version", key="remix"),
        Constraint("instrumental"),
        Constraint("explicit"),
    ],
    ids=label_of,
)
@pytest.mark.parametrize("is_refused", [False, True], ids=["asked", "refused"])
def test_a_chips_words_are_read_as_what_they_were_made_of(held, is_refused):
    held = replace(held, is_refused=is_refused, words="")

    read = label_read(label_of(held))

    assert (read.kind, read.key, read.low, read.high, read.is_refused) == (
        held.kind,
        held.key,
        held.low,
        held.high,
        is_refused,
    )


@pytest.mark.parametrize("name", ["energy", "valence", "danceability"])
def test_what_leans_to_one_side_is_read_as_that_half(name):
    low = label_read(label_of(Constraint("attribute", key=name, high=0.2)))
    high = label_read(label_of(Constraint("attribute", key=name, low=0.7)))

    assert (low.kind, low.key, low.low, low.high) == ("attribute", name, None, 0.5)
    assert (high.kind, high.key, high.low, high.high) == ("attribute", name, 0.5, None)
