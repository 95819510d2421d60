"""Songs of a season stand back until somebody speaks of it."""

import pytest

from catalog.search.engine import search_tracks
from catalog.search.query import Query, Wish
from tests.factories import make_track

pytestmark = pytest.mark.django_db
BRIGHT = Wish("valence", 0.6, None, "happy")


@pytest.fixture
def songs():
    seasonal = [
        make_track("Santa Comes Late", valence=0.9),
        make_track("Christmas at Sea", valence=0.9),
    ]
    return seasonal, [make_track(f"Song {n}", valence=0.7) for n in range(4)]


def found(**asked):
    return [h.track_id for h in search_tracks(Query(limit=6, **asked)).hits]


def test_they_come_behind_the_others(songs):
    seasonal, others = songs

    order = found(wishes=(BRIGHT,), said=("happy songs",))

    assert set(order[:4]) == {track.pk for track in others}
    assert set(order[4:]) == {track.pk for track in seasonal}


def test_who_speaks_of_it_gets_them(songs):
    seasonal, _ = songs
    said = ("happy songs for christmas",)

    assert set(found(wishes=(BRIGHT,), said=said)[:2]) == {t.pk for t in seasonal}


def test_so_does_who_likes_one(songs):
    seasonal, others = songs

    def share(**asked):
        hits = search_tracks(Query(limit=6, wishes=(BRIGHT,), **asked)).hits
        scores = {hit.track_id: hit.score for hit in hits}
        return scores[seasonal[1].pk] / scores[others[0].pk]

    assert share(liked={seasonal[0].pk: 1.0}) > 2 * share()
