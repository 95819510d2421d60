"""Questions and words to a player: the list stays, the facts are right."""

from dataclasses import replace

from tests.conversations.script import (
    added,
    by,
    count,
    genre,
    is_list_of,
    names,
    new,
    script,
    some_by,
    unchanged,
    worded,
)
from tests.conversations.script import removed as gone

SOUL = ("10 soul songs", count(10), genre("soul"))


def tells(fact, place=1):
    """The reply tells a fact of a song of the list."""

    @worded
    def check(moment):
        track = moment.after[place - 1 if place > 0 else place]
        assert str(fact(track)) in moment.said, (moment.said, str(fact(track)))

    return check


def tells_of_list(fact):
    """The reply tells a fact of the whole list."""

    @worded
    def check(moment):
        assert str(fact(moment.after)) in moment.said, moment.said

    return check


@worded
def is_honest(moment):
    """The reply says that this isn't noted, and claims nothing."""
    assert "noted here" in moment.said or "noted: this" in moment.said, moment.said


def clock(track):
    """Return how long a song lasts, as clocks say it."""
    return f"{round(track.duration_ms / 1000) // 60}:{round(track.duration_ms / 1000) % 60:02}"


def utmost(attribute, *, is_highest=True):
    """Return the title of the song of a list with the most of something."""

    def fact(tracks):
        best = max if is_highest else min
        return best(tracks, key=lambda track: getattr(track, attribute)).title

    return fact


SCRIPTS = (
    script(
        "facts of a song",
        SOUL,
        ("who sings number 2?", unchanged, tells(lambda t: t.title, 2)),
        ("what album is it from?", unchanged, worded(names("on the album"))),
        ("when did it come out?", unchanged, tells(lambda t: t.year, 2)),
        ("how long is it", unchanged, tells(clock, 2)),
        ("whats the bpm of the third one", unchanged, tells(lambda t: t.title, 3)),
        ("who produced it?", unchanged, is_honest),
        ("which of these are by women?", unchanged, is_honest),
    ),
    script(
        "questions about the list",
        SOUL,
        ("how many songs are there?", unchanged, tells_of_list(len)),
        ("whats the fastest one?", unchanged, tells_of_list(utmost("tempo_bpm"))),
        ("and the oldest?", unchanged, tells_of_list(lambda ts: min(t.year for t in ts))),
        ("the saddest one?", unchanged, tells_of_list(utmost("valence", is_highest=False))),
        ("how many are from the 90s?", unchanged),
        ("is there any metal in it?", unchanged, worded(names("No"))),
    ),
    script(
        "the most popular song, to be played",
        ("what's the most popular song by {soul 1}?", count(0)),
        ("play it", some_by("{soul 1}")),
    ),
    script(
        "what was named comes in",
        SOUL,
        ("which {rock 1} songs do you have?", unchanged),
        ("add the second", added(1), new(by("{rock 1}"))),
        ("undo", is_list_of(1)),
        ("redo", some_by("{rock 1}")),
        ("undo the last two", count(0)),
    ),
    script(
        "a song that is here takes a place",
        SOUL,
        ("do you have {rock 2: 1}?", unchanged),
        ("put it at number 3", added(1), lambda m: by("{rock 2}")(_only(m, 3))),
    ),
    script(
        "a player's business",
        SOUL,
        ("skip", unchanged),
        ("pause", unchanged),
        ("turn it up", unchanged),
        ("whats playing?", unchanged),
        ("what's trending right now?", unchanged, worded(names("no charts"))),
        ("which genres do you have?", unchanged, worded(names("soul"))),
        ("who is like {soul 1}?", unchanged),
    ),
    script(
        "what was changed",
        SOUL,
        ("remove the first two", gone(2)),
        ("what did you change?", unchanged, tells_of_list(lambda ts: "out went")),
        ("what was in the list before?", unchanged, worded(names("10 songs"))),
        ("go back to the first version", is_list_of(1)),
    ),
)  # fmt: skip


def _only(moment, place):
    """Return a moment whose list is one song of it."""
    return replace(moment, after=moment.after[place - 1 : place])
