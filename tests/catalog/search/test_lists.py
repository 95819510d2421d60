"""Lists over columns: what comes first, and what decides between equals."""

import numpy as np
import pytest

from catalog.columns.current import current_columns
from catalog.search.levels import attribute_levels
from catalog.search.lists import by_attributes, by_tags, by_words
from catalog.search.query import Wish
from tests.factories import make_track

pytestmark = pytest.mark.django_db


def words(text, *, limit=10):
    view = current_columns().view
    return by_words(view, view.is_there, text, limit=limit)


def tags(text, *, limit=10):
    view = current_columns().view
    return by_tags(view, view.is_there, text, limit=limit)


def test_a_rare_word_says_more_than_a_common_one():
    common = [make_track(document="night train") for _ in range(5)]
    rare = make_track(document="night owl")

    assert words("owl train")[0] == rare.pk
    assert set(words("owl train")[1:]) == {track.pk for track in common}


def test_two_words_say_more_than_one_and_a_short_document_more_than_a_long():
    both = make_track(document="blue river song of the north and of the south")
    short = make_track(document="river song")
    long = make_track(document="river song with a great many other words around it")

    assert words("blue river") == [both.pk, short.pk, long.pk]


def test_a_common_word_adds_to_what_rarer_ones_bring_and_brings_no_more():
    for _ in range(30):
        make_track(document="night walk")
    rare = [make_track(document="owl song") for _ in range(3)]
    both = make_track(document="owl night")

    # Three are asked for, and the rarer word brings four.
    assert words("night owl", limit=3) == [both.pk, rare[0].pk, rare[1].pk]
    # More are asked for than it brings.
    assert len(words("night owl", limit=20)) == 20


def test_a_narrow_filter_brings_the_same_in_the_same_order():
    documents = ("owl", "night", "night owl", "rain", "owl in the night rain", "day")
    for document in documents * 30:
        make_track(document=document)
    view = current_columns().view
    wanted = ("night owl", "rain owl", "night", "owl owl rain")

    for text in wanted:
        for start in range(0, len(view.is_there), 3):
            narrow = np.zeros(len(view.is_there), bool)
            narrow[start : start + 3] = True
            whole = by_words(view, view.is_there, text, limit=1000)
            ids = set(view.ids[narrow].tolist())

            assert by_words(view, narrow, text, limit=3) == [
                track for track in whole if track in ids
            ]


def test_of_equals_the_first_come_first_however_many_there_are():
    tracks = [make_track(document="night") for _ in range(9)]

    assert words("night", limit=4) == [track.pk for track in tracks[:4]]


def test_more_tags_that_fit_come_first_and_fewer_fill_the_list():
    one = make_track(moods=("calm",))
    make_track(moods=("wild",))
    two = make_track(moods=("calm", "warm"))
    other = make_track(moods=("warm",))

    assert tags("calm and warm") == [two.pk, one.pk, other.pk]
    assert tags("calm and warm", limit=2) == [two.pk, one.pk]
    assert tags("calm and warm", limit=1) == [two.pk]


def test_a_genre_is_no_tag_here():
    make_track(genres=("jazz",))

    assert tags("jazz") == []


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (Wish("energy", None, 0.6, "calm"), [2, 1, 0, 3]),
        (Wish("energy", 0.6, None, "lively"), [37, 38, 39, 36]),
        (Wish("popularity", 60.0, None, "hits"), [39, 38, 37, 36]),
        (Wish("tempo_bpm", 130.0, None, "fast"), [33, 32, 34, 31]),
    ],
)
def test_who_wants_much_of_something_gets_the_most_but_the_oddest(wish, first):
    tracks = [
        make_track(
            str(n),
            energy=0.4 + 0.015 * n,
            popularity=2 * n,
            tempo_bpm=80.0 + 2 * n,
        )
        for n in range(40)
    ]
    view = current_columns().view
    levels = attribute_levels(view)

    found = by_attributes(view, view.is_there, (wish,), levels, limit=4)

    assert found == [tracks[n].pk for n in first]
