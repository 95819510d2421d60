"""The taxonomy is whole, and knows every genre of the demo library."""

from catalog.demo.library import demo_tracks
from catalog.genres import (
    everyday_spellings,
    genre_family,
    genre_name,
    genre_spellings,
    genres,
)
from catalog.names import name_key


def test_every_parent_is_a_genre():
    known = genres()

    assert len(known) >= 300
    lost = {p for genre in known.values() for p in genre.parents if p not in known}
    assert lost == set()


def test_no_genre_is_its_own_ancestor():
    known = genres()
    for key in known:
        above, line = set(), set(known[key].parents)
        while line:
            above |= line
            line = {p for up in line for p in known[up].parents} - above
        assert key not in above


def test_a_spelling_means_one_genre():
    homes = {}
    for genre in genres().values():
        for spelling in {genre.key, *genre.spellings}:
            homes.setdefault(spelling, []).append(genre.key)

    assert {s: keys for s, keys in homes.items() if len(keys) > 1} == {}


def test_every_genre_of_the_demo_library_is_known():
    tracks = demo_tracks()
    said = {track.genre for track in tracks}
    more = {name for track in tracks for name in track.subgenres}

    assert {name for name in said if name_key(name) not in genre_spellings()} == set()
    # How it is played or scored, or an era: tags that are no genre when people say them.
    assert {name for name in more if name_key(name) not in genre_spellings()} <= {
        "acoustic",
        "cinematic",
        "shuffle",
        "sixties pop",
        "strings",
    }


def test_a_family_holds_children_and_spellings():
    family = genre_family("jazz")

    assert {"jazz", "bebop", "hard bop", "bossa nova", "jazz music"} <= family
    assert "blues" not in family
    assert genre_family("no such genre") == {"no such genre"}


def test_a_mark_of_an_everyday_word_is_no_part_of_its_name():
    assert genre_name("house") == "house"
    assert genre_name("rnb") == "r&b"
    assert {"house", "garage", "world", "club"} <= everyday_spellings()
    assert "techno" not in everyday_spellings()
