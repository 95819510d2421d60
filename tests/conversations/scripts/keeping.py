"""A number and a time, songs once more, songs like a list, others' trade, likes kept."""

import re

from catalog.models import Track
from chat.agent.lasting import TOLERANCE
from tests.conversations.script import (
    added,
    count,
    genre,
    higher,
    in_order,
    lasts,
    lower,
    minutes_of,
    names,
    new,
    nothing_lost,
    only_removed,
    reordered,
    script,
    some,
    titled,
    unchanged,
    worded,
)

JAZZ = ("play some jazz", count(12), genre("jazz"))


def shows_just(place, turn=-1):
    """One song is shown to be played: that of a place in an earlier list."""

    def check(moment):
        assert moment.shown == (moment.earlier[turn][place - 1],)

    return check


def shows_nothing(moment):
    """No song is shown."""
    assert not moment.shown


def turned_away(moment):
    """The list is as it was, and no song is shown."""
    assert moment.after == moment.before
    assert not moment.shown


@worded
def speaks_of_music(moment):
    """The reply says that this is about music."""
    assert re.search(r"\bmusic\b|\bsongs?\b", moment.said)


@worded
def tells_the_counts(moment):
    """How many songs came and went is said as it was."""
    came, went = len(moment.added), len(moment.removed)
    told = [*([f"{came} in"] if came else []), *([f"{went} out"] if went else [])]
    assert " and ".join(told) in moment.said, moment.said


@worded
def tells_true_medians(moment):
    """Each middle that is told is the list's."""
    found = re.findall(
        r"median (\w+) (up|down) from (\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)", moment.said
    )
    assert found, moment.said
    for name, way, before, after in found:
        attribute = "tempo_bpm" if name == "tempo" else name
        digits = 0 if name == "tempo" else 2
        for said, songs in ((before, moment.before), (after, moment.after)):
            values = sorted(getattr(track, attribute) for track in songs)
            half = len(values) // 2
            middle = (values[half] + values[~half]) / 2
            assert abs(float(said) - middle) <= 0.51 * 10**-digits, (name, middle)
        assert (float(after) > float(before)) == (way == "up")


@worded
def says_no_figures(moment):
    """Nothing is told in figures."""
    assert "median" not in moment.said
    assert not re.search(r"\b\d+ (?:in|out)\b", moment.said), moment.said


def is_long(moment):
    """The list is within the tolerance of the time, told where it isn't so many songs."""
    assert abs(minutes_of(moment.after) - 20) <= 20 * 2 * TOLERANCE


SCRIPTS = (
    # A number and a time at once.
    script("a number and a time", ("15 songs, 45 minutes", count(15), lasts(45))),
    script(
        "a number and a time of a kind",
        ("10 pop songs, 50 minutes long", count(10), lasts(50), genre("pop")),
    ),
    script(
        "a number and a time, kept by later edits",
        ("12 rock and pop songs, 50 minutes", count(12), lasts(50)),
        ("nothing from the 80s", count(12), lasts(50)),
        ("no explicit songs", count(12), lasts(50)),
    ),
    script(
        "a number and a time that can't be",
        ("20 songs, 20 minutes", names("20 songs"), names("20 minutes"), is_long),
    ),
    script(
        "the list brought to a number and a time",
        JAZZ,
        ("make it 10 songs and 45 minutes", count(10), lasts(45), genre("jazz")),
    ),
    script(
        "longer by number and by time",
        ("5 soul songs", count(5)),
        ("make it 11 songs and 48 minutes", count(11), lasts(48), genre("soul")),
    ),
    script(
        "a number after both",
        ("10 songs, 40 minutes", count(10), lasts(40)),
        ("make it 8 songs", count(8)),
    ),
    # Once more.
    script("again", JAZZ, ("again", unchanged, shows_just(1))),
    script("that last song again", JAZZ, ("play that last song again", shows_just(1))),
    script(
        "the one that was spoken of, again",
        JAZZ,
        ("I like the third one", nothing_lost),
        ("play it again", unchanged, shows_just(3)),
    ),
    script(
        "the second one, then again",
        JAZZ,
        ("play the second one", unchanged, shows_just(2)),
        ("once more", unchanged, shows_just(2)),
        ("play number 4 again please", unchanged, shows_just(4)),
        ("remove the first one", only_removed),
    ),
    script("again of nothing", ("play it again", unchanged, shows_nothing)),
    # A list as what songs are to be like.
    script(
        "more like the list at hand",
        ("8 jazz songs", count(8)),
        ("more like this playlist", added(4), new(genre("jazz"))),
        ("undo", count(8)),
        ("add 2 songs like those in my list", added(2)),
        ("something calmer like this list", lower("energy")),
    ),
    script(
        "the list at hand by its name",
        ("8 jazz songs", count(8)),
        ("call it Calm Metal", unchanged),
        ("sort my playlist “Calm Metal” by year", reordered, in_order("year")),
        ("more like my playlist “Calm Metal”", added(4), new(genre("jazz"))),
        ("make my playlist “Calm Metal” happier", higher("valence"), genre("jazz")),
    ),
    script(
        "more like a list that isn't there",
        JAZZ,
        ("more like my gardening list", unchanged, names("gardening")),
        ("10 songs like the ones in my “Gardening” playlist", unchanged),
    ),
    # What other assistants do.
    *(
        script(f"other trade: {text}", JAZZ, (text, turned_away, speaks_of_music))
        for text in (
            "what's the weather in Paris",
            "will it be chilly in Oslo tonight",
            "book a table for two",
            "find a pub with live music in Memphis for six",
            "set an alarm for 7",
            "turn off the lights",
            "play the movie Titanic",
            "rate this book five stars",
            "find the schedule of the film Blue Heron Falls",
            "add milk to my shopping list",
            "text Anna that I'm late",
            "how far is it to New Orleans",
            "what's 12 times 14",
        )
    ),
    script(
        "other trade at first",
        ("book a table at a jazz bar for four", turned_away, speaks_of_music),
        JAZZ,
    ),
    # And what only sounds like it.
    script("music for a place", ("music for a rainy day in Paris", some(bool))),
    script("music for a meal", ("songs for cooking dinner for two", some(bool))),
    script("music to wake up to", ("wake me up with some rock", genre("rock"))),
    script(
        "a song that is named",
        JAZZ,
        ("play {folk 2: 3} by {folk 2}", titled("{folk 2: 3}")),
    ),
    script("stars for a song", JAZZ, ("add two more songs", added(2))),
    # Likes that were given are not taken back by the way.
    script(
        "liked ones stay",
        ("8 soul songs", count(8)),
        ("add 3 jazz songs", added(3)),
        ("I like number 10", nothing_lost),
        (
            "I don't like the ones you just added",
            lambda m: _stays(m, m.earlier[2][9]),
            names("liked"),
        ),
        ("I don't like number 9", lambda m: _is_gone(m, m.earlier[2][9])),
    ),
    # Edits in figures.
    script(
        "an edit in figures",
        ("12 calm songs", count(12)),
        ("more energetic", higher("energy"), tells_the_counts, tells_true_medians),
        ("undo", says_no_figures),
    ),
    script(
        "an exchange in figures",
        ("12 rock songs", genre("rock")),
        ("replace the first three with ambient", tells_the_counts),
    ),
    script(
        "a first list has no figures",
        ("10 metal songs", says_no_figures),
        ("now some ambient", says_no_figures, genre("ambient")),
    ),
    script(
        "some of another kind in figures",
        ("6 metal songs", genre("metal")),
        (
            "add 6 ambient songs",
            new(genre("ambient")),
            tells_true_medians,
        ),
    ),
)


def _stays(moment, track: Track):
    assert track in moment.after
    assert moment.removed


def _is_gone(moment, track: Track):
    assert track not in moment.after
