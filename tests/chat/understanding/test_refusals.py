"""What is refused is never asked for."""

import pytest

from tests.chat.understanding.shorthand import in_short

REFUSALS = (
    ("no country please", "refine -country"),
    ("anything but metal", "refine -metal"),
    ("jazz but not bebop", "ask jazz -bebop"),
    ("nothing too loud", "shift energy-"),
    ("I'm tired of rock", "refine -rock"),
    ("without vocals", "refine instrumental"),
    ("not sad", "shift valence+"),
    ("don't play any techno", "refine -techno"),
    ("everything except hip hop", "refine -hip hop"),
    ("rock without metal", "ask rock -metal"),
    ("no rap or trap", "refine -hip hop -trap"),
    ("no more country", "refine -country"),
    ("jazz, no vocals", "ask jazz instrumental"),
    ("pop but nothing from the 80s", "ask pop -1980..1989"),
    ("not from the 80s", "refine -1980..1989"),
    ("nothing by Nina Vale", "refine not by Nina Vale"),
    ("no Nina Vale please", "refine not by Nina Vale"),
    ("I don't like jazz", "refine -jazz"),
    ("I hate country music", "refine -country"),
    ("anything other than pop", "refine -pop"),
    ("never play metal again", "refine -metal"),
    ("not only jazz but also soul", "refine jazz soul"),
    ("i don't want to hear sad songs", "refine 'not sad'"),
    ("neither rock nor metal", "refine -rock -metal"),
    ("I don't mind jazz", "refine jazz"),
    ("enough with the rock", "refine -rock"),
    ("enough rock for now", "refine -rock"),
    ("i'm over rock", "refine -rock"),
    ("that's enough rock", "refine -rock"),
    ("less rock", "refine -rock"),
    ("I hate most rap", "refine -hip hop"),
    ("I'm not looking for techno", "refine -techno"),
    ("songs that aren't angry", "shift energy- valence+"),
    ("less jazz, more soul", "refine -jazz | add soul"),
)


@pytest.mark.parametrize(("message", "meaning"), REFUSALS)
def test_a_refusal_is_no_request(message, meaning):
    assert in_short(message) == meaning
