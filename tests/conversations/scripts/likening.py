"""Songs like others, ways between artists, and what a talk offers instead."""

from tests.conversations.script import (
    asks,
    below,
    count,
    genre,
    none_by,
    rising,
    script,
    some_by,
    unchanged,
    years,
)


def four_each_of_three(moment):
    for name in ("{jazz 1}", "{rock 1}", "{pop 1}"):
        some_by(name, 4)(moment)


def offers_hip_hop(moment):
    assert moment.suggested[0] == "hip hop, 5 songs"


SCRIPTS = (
    script(
        "like an artist, and nothing by them",
        (
            "10 songs like {jazz 1}",
            count(10),
            none_by("{jazz 1}"),
            genre("jazz", "soul"),
        ),
    ),
    script(
        "like an artist, but otherwise",
        (
            "like {punk 1}, but slower",
            none_by("{punk 1}"),
            below("tempo_bpm", 165),
            count(12),
        ),
    ),
    script(
        "from one artist to another",
        (
            "start with songs like {ambient 1} and end with something like {metal 1}",
            rising("energy"),
            none_by("{ambient 1}"),
            none_by("{metal 1}"),
            count(12),
        ),
    ),
    script(
        "so many of each",
        (
            "four songs each by {jazz 1}, {rock 1} and {pop 1}",
            four_each_of_three,
            count(12),
        ),
    ),
    script(
        "tired of somebody",
        ("pop songs", count(12)),
        ("I'm tired of {pop 1}", none_by("{pop 1}"), genre("pop")),
    ),
    script(
        "a refusal, and then a wish",
        ("nothing by {pop 1}",),
        ("pop songs", none_by("{pop 1}"), genre("pop"), count(12)),
        ("play some jazz", genre("jazz")),
    ),
    script(
        "a kind that isn't there, and what it belongs to",
        ("5 trap songs", unchanged, asks, offers_hip_hop),
        ("yes please", genre("hip hop"), count(5)),
        ("yes", unchanged),
    ),
    script(
        "a kind that isn't there, and no wish for another",
        ("trap", unchanged, asks),
        ("no thanks", unchanged),
        ("yes", unchanged),
    ),
    script(
        "the years of a childhood",
        ("songs from when I was a kid, I was born in 1965", years(1970, 1977)),
    ),
    script(
        "the years of a youth",
        (
            "I was born in 1960. Play the rock of my teens",
            years(1973, 1979),
            genre("rock"),
        ),
    ),
    script(
        "a quality that is no genre",
        ("rock with a good bassline", genre("rock"), count(12)),
    ),
)
