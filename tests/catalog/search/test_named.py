"""Which names a text holds, and the tracks that they point at."""

import pytest

from catalog.columns.current import current_columns
from catalog.models import Album, Track
from catalog.search.lists import by_words
from catalog.search.named import by_names, named_in
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db


def named(text):
    return named_in(text, current_columns().view)


def names(text):
    view = current_columns().view
    return by_names(view, view.is_there, named_in(text, view), limit=20)


def test_a_song_named_with_its_artist_stands_first():
    other = make_track("Blue Hour", artist="Someone Else", popularity=90)
    wanted = make_track("Blue Hour", artist="Ada Lane", popularity=10)
    by_her = make_track("Red Hour", artist="Ada Lane", popularity=50)

    assert names("play blue hour by ada lane") == [wanted.pk, other.pk, by_her.pk]


def test_spelling_marks_and_case_of_a_name_do_not_matter():
    song = make_track("Déjà Vu (Again)", artist="Sigur Rós")

    assert names("DEJA VU again!") == [song.pk]
    assert names("something by sigur ros") == [song.pk]


def test_of_two_artists_named_both_bring_their_songs_and_their_duet_stands_first():
    one = make_track(artist="Ada Lane", popularity=80)
    two = make_track(artist="Bob Reed", popularity=70)
    duet = make_track(artist="Ada Lane", popularity=1)
    duet.credits.create(artist=make_artist("Bob Reed"), position=1)
    make_track(artist="Someone Else", popularity=99)

    assert names("songs by Ada Lane and Bob Reed") == [duet.pk, one.pk, two.pk]


def test_the_longest_name_is_meant_and_not_one_within_it():
    make_track(artist="Lane")
    song = make_track(artist="Ada Lane")

    assert names("something by ada lane") == [song.pk]


def test_an_album_brings_its_songs_the_best_known_first():
    album = Album(title="Long Winter Nights")
    album.save()
    lesser = make_track(album=album, popularity=20)
    greater = make_track(album=album, popularity=60)

    assert names("the album long winter nights") == [greater.pk, lesser.pk]


def test_a_title_of_one_word_counts_beside_its_artist_or_alone():
    song = make_track("Summer", artist="Ada Lane")
    make_track("Winter", artist="Ada Lane")

    assert names("songs for a summer evening") == []
    assert names("summer by ada lane")[0] == song.pk
    assert names("Summer") == [song.pk]


def test_a_word_that_is_a_tag_or_a_genre_names_no_artist():
    make_track(artist="Jazz")
    make_track(artist="Calm", moods=("calm",))

    assert not named("some jazz that is calm please").artists


def test_nothing_is_named_where_nothing_is_known():
    make_track("Blue Hour", artist="Ada Lane")

    assert not named("")
    assert not named("something for a quiet evening")
    assert names("something for a quiet evening") == []


def test_a_misspelt_name_names_nobody_and_the_other_words_still_find_it():
    song = make_track("Blue Hour", artist="Ada Lane")
    make_track("Red Dust", artist="Someone Else")

    assert not named("the blue hours by ada lnae")
    view = current_columns().view
    found = by_words(view, view.is_there, "blue hours by ada lnae", limit=1)
    assert found == [song.pk]


def test_a_song_whose_sources_are_gone_names_nothing():
    song = make_track("Blue Hour", artist="Ada Lane")
    Track.objects.update(vanished_at=song.created_at)

    assert not named("blue hour").titles


def test_names_cost_few_queries(django_assert_max_num_queries):
    make_track("Blue Hour", artist="Ada Lane")

    view = current_columns().view
    with django_assert_max_num_queries(1):
        named_in("blue hour by ada lane", view)
