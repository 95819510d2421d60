"""A recording is taken for the song only where nothing speaks against it."""

import pytest

from catalog.recordings.matching import best_of, is_same
from catalog.recordings.songs import Offer, Song

RAIN = Song("Rain, Again", ("The Marlow Finch Quintet",), duration_ms=200_000)


def offer(title="Rain, Again", artist="The Marlow Finch Quintet", ms=200_000, ref="1"):
    return Offer(ref, title, (artist,), ms)


@pytest.mark.parametrize(
    "other",
    [
        offer("RAIN AGAIN", "Marlow Finch Quintet", 203_000),
        offer("Rain, Again - Remastered 2011"),
        offer("Rain, Again (feat. Nina)"),
        offer(ms=None),
    ],
)
def test_other_spellings_and_remasters_are_the_song(other):
    assert is_same(RAIN, other)


@pytest.mark.parametrize(
    "other",
    [
        offer(artist="Somebody Else"),
        offer("Rain, Again - Live at Montreux"),
        offer("Rain, Again (Karaoke Version)"),
        offer("Rain, Again (Otis Remix)"),
        offer("Rain"),
        offer(ms=150_000),
    ],
)
def test_covers_other_takes_and_other_lengths_are_not_but_are_near(other):
    found = best_of(RAIN, [other])

    assert not is_same(RAIN, other)
    assert found.ref == ""
    assert list(found.near) in ([other], [])


def test_the_nearest_length_is_chosen_and_what_is_far_is_not_offered():
    near = [offer(ms=204_000, ref="far"), offer(ms=200_500, ref="near")]
    strange = [offer("Sun", "Otis", ref=str(n)) for n in range(5)]
    live = [offer("Rain, Again (Live)", ref=f"live{n}") for n in range(5)]

    assert best_of(RAIN, near).ref == "near"
    assert best_of(RAIN, strange).near == ()
    assert [one.ref for one in best_of(RAIN, live + strange).near] == [
        "live0",
        "live1",
        "live2",
    ]


def test_an_isrc_is_believed_where_title_or_artist_agrees():
    renamed = offer("La Lluvia, Otra Vez")
    wrong = offer("Sun", "Otis")

    assert best_of(RAIN, [renamed], is_named=True).ref == "1"
    assert best_of(RAIN, [wrong], is_named=True).ref == ""
