"""Several kinds that share a list, and what sounds like it and isn't."""

import pytest

from chat.agent.understanding.reading import AddSome, Ask
from tests.chat.understanding.shorthand import ARTISTS, read

NINA, KESSLER = (ARTISTS.index(name) + 1 for name in ("Nina Vale", "Kessler-9"))

# What is said; then each portion: share, genres, artists, first year.
DIVIDED = (
    (
        "half 80s rock, half 2010s pop",
        [(0.5, "rock", None, 1980), (0.5, "pop", None, 2010)],
    ),
    (
        "make it half jazz and the other half metal",
        [(0.5, "jazz", None, None), (0.5, "metal", None, None)],
    ),
    (
        "3 songs by Nina Vale and 1 by Kessler-9",
        [(0.75, None, NINA, None), (0.25, None, KESSLER, None)],
    ),
    (
        "5 songs each by Nina Vale and Kessler-9",
        [(0.5, None, NINA, None), (0.5, None, KESSLER, None)],
    ),
    (
        "give me three songs from each of Nina Vale and Kessler-9",
        [(0.5, None, NINA, None), (0.5, None, KESSLER, None)],
    ),
    (
        "70% rock and 30% electronic for a party",
        [(0.7, "rock", None, None), (0.3, "electronic", None, None)],
    ),
    (
        "mostly rock with a little jazz",
        [(0.75, "rock", None, None), (0.25, "jazz", None, None)],
    ),
    (
        "rock from the 80s and pop from the 2010s",
        [(0.5, "rock", None, 1980), (0.5, "pop", None, 2010)],
    ),
    (
        "two thirds classical, the rest ambient",
        [(2 / 3, "classical", None, None), (1 / 3, "ambient", None, None)],
    ),
    (
        "three jazz songs, one rock song",
        [(0.75, "jazz", None, None), (0.25, "rock", None, None)],
    ),
)


def portions(message):
    (act,) = read(message).acts
    assert isinstance(act, Ask)
    return act.wanted


@pytest.mark.parametrize(("message", "expected"), DIVIDED)
def test_each_kind_is_read_by_itself(message, expected):
    wanted = portions(message)

    found = [
        (
            pytest.approx(one.share),
            next(iter(one.wanted.genres), None),
            next(iter(one.wanted.artists), None),
            one.wanted.year_from,
        )
        for one in wanted.portions
    ]
    assert found == expected
    assert wanted.genres == wanted.artists == ()


def test_what_is_said_beside_them_holds_for_the_whole_list():
    wanted = portions(
        "make me a 20 song playlist, half calm jazz, the other half angry metal, "
        "nothing explicit"
    )

    assert wanted.count == 20
    assert [c.id for c in wanted.constraints] == ["explicit"]
    assert wanted.moods == ()
    moods = [[m.phrase for m in one.wanted.moods] for one in wanted.portions]
    assert moods == [["calm"], ["angry"]]


def test_what_the_songs_are_for_belongs_to_no_kind():
    wanted = portions("80s rock and 90s hip hop for a road trip")

    assert [m.phrase for m in wanted.moods] == ["road trip"]
    assert [one.text for one in wanted.portions] == ["80s rock", "90s hip hop"]


def test_counts_add_up_and_a_time_is_kept():
    assert portions("3 songs by Nina Vale and 2 by Kessler-9").count == 5
    assert portions("half rock, half jazz, an hour long").minutes == 60


def test_what_is_to_be_added_goes_in_kind_by_kind():
    acts = read("add 3 songs by Nina Vale and 2 by Kessler-9").acts

    assert all(isinstance(act, AddSome) for act in acts)
    assert [(act.wanted.artists, act.wanted.count) for act in acts] == [
        ((NINA,), 3),
        ((KESSLER,), 2),
    ]


def test_a_name_that_nobody_knows_is_told_and_no_kind_of_its_own():
    wanted = portions("3 songs by Nina Vale and 2 by Xqzz Ploomb")

    assert wanted.unknown_names == ("Xqzz Ploomb",)


@pytest.mark.parametrize(
    "message",
    [
        "half of my friends like rock, half like jazz",
        "half an hour of jazz and half an hour of rock",
        "I want 80s and 90s music",
        "music from 1980 to 1990",
        "10 songs from the 90s and 2 hours long",
        "mostly instrumental",
        "half as long",
        "replace half of them with jazz and half with rock",
        "jazz and blues",
        "remove the 2 rock songs and 3 jazz songs",
        "the second one and the third one",
        "is it half rock and half jazz?",
    ],
)
def test_other_messages_divide_nothing(message):
    for act in read(message).acts:
        assert not getattr(act, "wanted", None) or not act.wanted.portions
