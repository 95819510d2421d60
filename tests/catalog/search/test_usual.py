"""A kind of music asked for by its name brings what is well known of it, and usual."""

import pytest

from catalog.search.engine import search_tracks
from catalog.search.query import Filters, Query, Wish
from tests.factories import make_track

pytestmark = pytest.mark.django_db
POP = Filters(genres=frozenset({"pop"}))


def make_pop(title, *, popularity, energy=0.7, valence=0.7):
    return make_track(
        title,
        artist=f"Who sings {title}",
        genres=("pop",),
        document=f"{title}. Genre: pop.",
        popularity=popularity,
        energy=energy,
        valence=valence,
        danceability=0.7,
    )


def found(limit=6, **asked):
    asked = {"text": "pop", "said": ("10 pop songs",), "filters": POP, **asked}
    return [h.track_id for h in search_tracks(Query(limit=limit, **asked)).hits]


@pytest.fixture
def songs():
    """Pop of rising popularity, whose shortest words are of what nobody knows."""
    return [
        make_pop("So " * (20 - n), popularity=10 + 8 * n, energy=0.5 + 0.04 * n)
        for n in range(10)
    ]


def test_the_best_known_come_first(songs):
    best = [song.pk for song in songs[:-7:-1]]

    assert found() == best
    assert found(text="", said=()) == best


def test_what_sounds_unlike_the_others_stands_behind(songs):
    dirge = make_pop("A Dirge", popularity=80, energy=0.05, valence=0.05)

    order = found(limit=11)

    assert order.index(dirge.pk) >= 4
    assert order[0] == songs[-1].pk


def test_hits_of_a_kind_are_its_best_known_not_those_just_known_enough(songs):
    hits = Wish("popularity", 50.0, None, "hits")

    best = [song.pk for song in songs[:-4:-1]]

    assert found(limit=3, text="pop hits", wishes=(hits,)) == best


def test_who_says_more_is_given_that(songs):
    dirge = make_pop("A Dirge", popularity=12, energy=0.05, valence=0.05)
    sad = Wish("valence", None, 0.2, "sad")

    assert found(wishes=(sad,))[0] == dirge.pk
    assert dirge.pk in found(text="pop dirge", said=("a pop dirge",))[:2]


def test_a_well_known_song_says_so(songs):
    query = Query(text="pop", said=("pop songs",), filters=POP, limit=1)
    (hit,) = search_tracks(query).hits

    assert "well known: popularity 82" in [reason.text for reason in hit.reasons]


def test_where_nobody_knows_what_is_known_the_words_decide():
    near = make_track("Pop", genres=("pop",), document="Pop. Genre: pop.")
    make_track("Ta ra ra", genres=("pop",), document="Ta ra ra boom de ay. Genre: pop.")

    assert found()[0] == near.pk


def test_a_time_alone_leaves_the_kind_to_what_was_said_before():
    make_track("Known", genres=("rock",), year=1965, popularity=90)
    jazz = make_track("Old", genres=("jazz",), year=1964, popularity=1)
    sixties = Filters(year_from=1960, year_to=1969)
    said = ("play some jazz", "from the 60s")

    assert found(1, text="", filters=sixties, said=said) == [jazz.pk]
