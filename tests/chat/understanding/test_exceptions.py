"""What a refusal lets through, and what it doesn't."""

import pytest

from tests.chat.understanding.shorthand import ARTISTS, in_short, read

NINA, KESSLER, AIR = (ARTISTS.index(n) + 1 for n in ("Nina Vale", "Kessler-9", "Air"))

LET_THROUGH = (
    ("no country except Nina Vale", {"country": ((NINA,), ())}),
    ("no country, except for Nina Vale", {"country": ((NINA,), ())}),
    ("no country apart from Nina Vale", {"country": ((NINA,), ())}),
    ("I hate country unless it's by Nina Vale", {"country": ((NINA,), ())}),
    (
        "no country except Nina Vale and Kessler-9",
        {"country": ((NINA, KESSLER), ())},
    ),
    (
        "no metal or punk other than Nina Vale",
        {"metal": ((NINA,), ()), "punk": ((NINA,), ())},
    ),
    ("no rock but Nina Vale is fine", {"rock": ((NINA,), ())}),
    ("no rock, but Nina Vale is okay", {"rock": ((NINA,), ())}),
    ("nothing electronic except techno", {"electronic": ((), ("techno",))}),
    ("no electronic but techno", {"electronic": ((), ("techno",))}),
    ("remove the country except Nina Vale", {"country": ((NINA,), ())}),
)


@pytest.mark.parametrize(("message", "expected"), LET_THROUGH)
def test_an_exception_inside_a_refusal_is_let_through(message, expected):
    acts = read(message).acts
    (act,) = acts

    found = {
        held.genre: (held.except_artists, held.except_genres)
        for held in act.wanted.exceptions
    }

    assert found == expected
    assert not act.wanted.without_artists
    assert not act.wanted.artists
    assert not act.wanted.words


NO_EXCEPTIONS = (
    ("anything electronic except techno", "ask electronic -techno"),
    ("everything but country", "refine -country"),
    ("no rock but jazz", "refine jazz -rock"),
    ("no rock. Songs by Nina Vale", "refine by Nina Vale -rock"),
    ("no rock, and no Nina Vale", "refine -rock not by Nina Vale"),
    ("anything but Nina Vale", "refine not by Nina Vale"),
)


@pytest.mark.parametrize(("message", "expected"), NO_EXCEPTIONS)
def test_without_a_refusal_before_it_except_refuses(message, expected):
    assert sorted(in_short(message).split()) == sorted(expected.split())
    (act,) = read(message).acts
    assert act.wanted.exceptions == ()
