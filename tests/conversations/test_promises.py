"""The promises notice each way to break them, and nothing else: made-up turns."""

from types import SimpleNamespace

import pytest

from catalog.models import Artist
from chat.agent.arcs import Arc, Waypoint
from chat.agent.constraints import Constraint, artist, genre
from chat.agent.state import Given, State
from chat.agent.understanding.reading import (
    AddSome,
    Arrange,
    Ask,
    Follow,
    Reading,
    Recall,
    SmallTalk,
)
from chat.agent.understanding.wish import Wanted
from tests.conversations.promises import PROMISES
from tests.conversations.script import Moment
from tests.factories import make_track

pytestmark = pytest.mark.django_db

CALM_TO_WILD = Arc("start calm, end wild", (Waypoint(0.1), Waypoint(0.9)))
NO_POP = genre("pop", is_refused=True)


@pytest.fixture
def songs():
    """Six jazz songs and six pop songs, by what tells them apart: j0 … j5, p0 … p5."""
    found = {}
    for n in range(6):
        shared = {"energy": n / 10, "tempo_bpm": 80 + 10 * n, "duration_ms": 240_000}
        found[f"j{n}"] = make_track(
            f"Jazz {n}", artist="Jo", genres=("jazz",), year=1960 + n, language="en",
            is_explicit=False, **shared,
        )  # fmt: skip
        found[f"p{n}"] = make_track(
            f"Pop {n}", artist="Pia", genres=("pop",), year=1990 + n, language="es",
            is_explicit=True, **shared,
        )  # fmt: skip
    return found


def turn(songs, acts, before, after, *, held=(), disliked=""):
    """Return a made-up turn; lists are written "j0 j1"."""

    def listed(names):
        return tuple(songs[name] for name in names.split())

    return Moment(
        world=SimpleNamespace(tracks=lambda: tuple(songs.values())),
        text="…",
        reading=Reading(tuple(acts)),
        before=listed(before),
        after=listed(after),
        earlier=((),),
        said="Here you are.",
        shown=(),
        state=State(Given(constraints=tuple(held))),
        disliked=frozenset(track.pk for track in listed(disliked)),
    )


def broken(moment):
    names = []
    for promise in PROMISES:
        try:
            promise(moment)
        except AssertionError:
            names.append(promise.__name__)
    return names


def ask(**wanted):
    return Ask(Wanted(**wanted), is_fresh=True)


def add(**wanted):
    return AddSome(Wanted(**wanted), ())


FIVE_JAZZ = "j0 j1 j2 j3 j4"


@pytest.mark.parametrize(
    ("act", "before", "after", "promise"),
    [
        (ask(genres=("jazz",)), "", "j0 j1 p0", "conditions_hold"),
        (ask(without_genres=("pop",)), "", "j0 j1 p0", "conditions_hold"),
        (ask(year_from=1990), "", "p0 p1 j0", "conditions_hold"),
        (ask(year_to=1970), "", "p0 j1 j0", "conditions_hold"),
        (ask(constraints=(Constraint("language", key="es"),)), "", "j0", "conditions_hold"),
        (ask(constraints=(Constraint("explicit", is_refused=True),)), "", "p0",
         "conditions_hold"),
        (ask(constraints=(Constraint("tempo", high=110),)), "", "j0 j5", "conditions_hold"),
        (ask(constraints=(Constraint("duration", high=300),)), "", "j0 long",
         "conditions_hold"),
        (ask(count=3), "", "j0 j1", "numbers_hold"),
        (ask(count=3), "", "j0 j1 j2 j3", "numbers_hold"),
        (add(count=2), "j0 j1", "j0 j1 j2", "numbers_hold"),
        (add(count=1), "j0 j1", "j0 j2", "numbers_hold"),
        (ask(minutes=20), "", "j0 j1 j2", "times_hold"),
        (ask(minutes=20), "", "j0 j1 j2 j3 j4 p0", "times_hold"),
        (Arrange("energy"), "j1 j0 j2", "j1 j0 j2", "orders_hold"),
        (Arrange("energy", is_descending=True), "j1 j0 j2", "j0 j1 j2", "orders_hold"),
        (Arrange("reverse"), "j1 j0 j2", "j1 j0 j2", "orders_hold"),
        (Arrange("shuffle"), "j1 j0 j2", "j1 j0 p2", "orders_hold"),
        (ask(arc=CALM_TO_WILD), "", "j5 j3 j0", "orders_hold"),
        (Follow(CALM_TO_WILD), "j0 j3 j5", "j5 j3 j0", "orders_hold"),
        (SmallTalk("thanks"), FIVE_JAZZ, "j0", "talk_changes_nothing"),
        (Recall("all"), FIVE_JAZZ, "", "talk_changes_nothing"),
    ],
)  # fmt: skip
def test_a_breach_is_noticed(songs, act, before, after, promise):
    songs["long"] = make_track("Long", artist="Lo", duration_ms=900_000, energy=0.5)

    assert promise in broken(turn(songs, [act], before, after))


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (ask(genres=("jazz",), count=5), "p0", FIVE_JAZZ),
        (ask(year_from=1960, year_to=1962, count=5), "", "j0 j1 j2"),
        # Three is all there is, so others may come and the reply tells of it.
        (ask(year_from=1960, year_to=1962), "", "j0 j1 j2 j3"),
        (ask(minutes=20), "", FIVE_JAZZ),
        (ask(minutes=60), "", "j0 j1 j2 j3 j4 j5 p0 p1 p2 p3 p4 p5"),
        (add(genres=("pop",), count=2), FIVE_JAZZ, f"{FIVE_JAZZ} p0 p1"),
        (Arrange("energy"), "j1 j0 j2", "j0 j1 j2"),
        (Arrange("reverse"), "j1 j0 j2", "j2 j0 j1"),
        (ask(arc=CALM_TO_WILD), "", "j0 j3 j5"),
        (SmallTalk("thanks"), FIVE_JAZZ, FIVE_JAZZ),
        (ask(genres=("jazz",), without_genres=("jazz",)), "p0", "p0"),
    ],
)
def test_what_keeps_them_is_left_alone(songs, act, before, after):
    assert broken(turn(songs, [act], before, after)) == []


def test_what_was_refused_before_stays_out(songs):
    added = turn(songs, [add(count=1)], "j0", "j0 p0", held=[NO_POP])
    asked = turn(songs, [ask(count=1)], "j0", "p0", held=[NO_POP])
    stayed = turn(songs, [add(count=1)], "p0", "p0 j0", held=[NO_POP])

    assert broken(added) == ["refusals_hold", "conditions_hold"]
    assert broken(asked) == ["refusals_hold", "conditions_hold"]
    assert broken(stayed) == []


def test_an_artist_that_was_refused_stays_out(songs):
    refused = artist(Artist.objects.get(name="Pia").pk, is_refused=True)
    moment = turn(songs, [ask(count=1)], "", "p0", held=[refused])

    assert broken(moment) == ["refusals_hold", "conditions_hold"]


def test_a_condition_that_stands_holds_for_a_list_made_anew(songs):
    held = [genre("jazz")]
    moment = turn(songs, [Ask(Wanted(year_to=1995), is_fresh=False)], "j0", "p0 j0",
                  held=held)  # fmt: skip

    assert broken(moment) == ["conditions_hold"]


def test_a_song_that_is_named_comes(songs):
    named = ask(like_tracks=(songs["p3"].pk,))

    assert broken(turn(songs, [named], "", FIVE_JAZZ)) == ["named_songs_come"]
    assert broken(turn(songs, [named], "", "p3 j0")) == []
    assert broken(turn(songs, [named], "", "j0", disliked="p3")) == []


def test_songs_that_are_disliked_are_asked_of_nobody(songs):
    moment = turn(songs, [ask(genres=("jazz",), count=6)], "", FIVE_JAZZ, disliked="j5")

    assert broken(moment) == []


def test_of_two_searches_none_is_judged(songs):
    acts = [ask(genres=("jazz",)), add(genres=("pop",))]

    assert broken(turn(songs, acts, "", "j0 p0")) == []
