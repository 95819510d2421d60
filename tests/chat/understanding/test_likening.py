"""Asking for songs like those of a list."""

import pytest

from chat.agent.understanding.pointing import Place, ThatOne
from chat.agent.understanding.reading import AddSome, LikeList, MoreLike, ReactTo
from tests.chat.understanding.listening import hear


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("more like this playlist", ""),
        ("more like my playlist", ""),
        ("some songs similar to the ones on this list please", ""),
        ("more like my playlist “Road Trip”", "Road Trip"),
        ('more like my playlist "Calm jazz of 1999"', "Calm jazz of 1999"),
        ("more like my playlist “Voyage d'été avec les amis”", None),
        ("songs like those in my road trip playlist", "road trip"),
        ("something like my Road Trip list?", "Road Trip"),
        ("something like the Road Trip playlist", "Road Trip"),
        ("make it sound like my “Road Trip” list", "Road Trip"),
        ("a playlist based on my list called Rainy Days, please", "Rainy Days"),
    ],
)
def test_a_list_is_what_songs_are_to_be_like(text, name):
    name = "Voyage d'été avec les amis" if name is None else name

    assert hear(text).acts == (LikeList(name),)


def test_the_rest_of_the_message_says_what_else_they_are_to_be():
    (act,) = hear("20 jazz songs like my road trip list").acts
    (calmer,) = hear("a new playlist like my road trip list, but calmer").acts

    assert (act.name, act.wanted.count) == ("road trip", 20)
    assert act.wanted.genres == ("jazz",)
    assert calmer.shift.phrase == "calmer"
    assert not act.is_beside


def test_adding_keeps_the_list_at_hand():
    (act,) = hear("add 5 songs like the ones in my road trip list").acts

    assert (act.name, act.wanted.count, act.is_beside) == ("road trip", 5, True)


def test_songs_like_these_go_into_the_list_that_they_are_for():
    (act,) = hear("add 3 songs like this list to my Road Trip list").acts

    assert isinstance(act, AddSome)
    assert act.is_likeness
    assert (act.playlist, act.wanted.count) == ("Road Trip", 3)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("more like this", MoreLike((ThatOne(),))),
        ("more like the second one", MoreLike((Place(2),))),
        ("I like this song", ReactTo((ThatOne(),), "like")),
    ],
)
def test_songs_that_are_pointed_at_are_no_list(text, act):
    assert hear(text).acts == (act,)


@pytest.mark.parametrize(
    "text",
    [
        "add these to my Road Trip list",
        "add songs like the first one to my road trip playlist",
        "I like my playlist",
        "I'd like my playlist longer",
        "no more like this playlist",
        "something like the best jazz playlist",
        "something like my last list",
    ],
)
def test_a_list_that_is_spoken_of_otherwise_is_no_seed(text):
    assert not any(isinstance(act, LikeList) for act in hear(text).acts)
