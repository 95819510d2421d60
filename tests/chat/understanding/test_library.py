"""Asking for songs like what one has at a service."""

import pytest

from chat.agent.understanding.library import unnamed
from chat.agent.understanding.reading import LikeLibrary, SaveTo
from tests.chat.understanding.listening import hear


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("play something like my liked songs", "liked"),
        ("something like my saved tracks on Spotify, please", "liked"),
        ("songs similar to the ones I've liked on spotify", "liked"),
        ("play my liked songs", "liked"),
        ("make a playlist from my Spotify likes", "liked"),
        ("like my top tracks", "top"),
        ("a mix based on my most played songs", "top"),
        ("something like what I listen to most", "top"),
        ("more like what I listened to lately", "recent"),
        ("songs like the music I've been listening to these days", "recent"),
        ("based on my recently played", "recent"),
        ("go by my listening history on spotify", "recent"),
        ("something along the lines of my Spotify playlists", "lists"),
        ("songs that match my spotify library", ""),
        ("give me something like my music on Spotify", ""),
    ],
)
def test_what_is_there_is_what_songs_are_to_be_like(text, kind):
    (act,) = hear(text).acts

    assert isinstance(act, LikeLibrary)
    assert (act.kind, act.name) == (kind, "")
    assert act.is_there == ("spotify" in text.lower())
    assert act.wanted.is_empty


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("songs from my Spotify playlist Road Trip", "Road Trip"),
        ("songs like my Spotify playlist Road Trip, but calmer", "Road Trip"),
        ("play my spotify list called rainy days please", "rainy days"),
        ('something like my playlist "Voyage d\'été" on Spotify', "Voyage d'été"),
        ("something like my playlist “Night, Drive” on Spotify", "Night, Drive"),
        ("more like my gym playlist on Spotify", "gym"),
        ("something similar to the songs in my Spotify Running playlist", "Running"),
    ],
)
def test_a_playlist_there_is_known_by_its_name(text, name):
    act = hear(text).acts[0]

    assert isinstance(act, LikeLibrary)
    assert (act.kind, act.name) == ("lists", name)


def test_the_rest_of_the_message_says_what_else_they_are_to_be():
    (act,) = hear("20 jazz songs like my liked songs").acts
    (calmer,) = hear("play something like my top tracks, but calmer").acts
    (added,) = hear("add 5 songs like my liked songs").acts

    assert (act.wanted.genres, act.wanted.count) == (("jazz",), 20)
    assert calmer.shift.phrase == "calmer"
    assert (added.is_beside, added.wanted.count) == (True, 5)


@pytest.mark.parametrize(
    "text",
    [
        "I like my liked songs",
        "I love my top tracks",
        "remove songs from my liked songs",
        "nothing like my top tracks",
        "don't play my liked songs",
        "are these from my Spotify library?",
        "which of these did I listen to lately?",
        "put these on my Spotify playlist Road Trip",
        "play jazz on Spotify",
        "play it on my Spotify",
        "something like my Road Trip list",
        "top songs of 1999",
        "the most played songs of all time",
        "what have you been listening to lately",
        "songs like Spotify by Nobody",
    ],
)
def test_what_is_said_of_it_otherwise_is_no_seed(text):
    assert not any(isinstance(act, LikeLibrary) for act in hear(text).acts)


def test_saving_there_stays_saving():
    assert hear("save it to spotify").acts == (SaveTo("spotify"),)


def test_the_name_of_a_playlist_there_is_left_out_for_others_than_the_rules():
    said = "songs like my Spotify playlist Road Trip, but calmer"

    assert unnamed(said) == "songs like my Spotify playlist …, but calmer"
    assert unnamed("like my liked songs") == "like my liked songs"
    assert unnamed("some jazz") == "some jazz"
