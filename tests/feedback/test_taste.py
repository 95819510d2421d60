"""What reactions add up to: weights, interests, leanings, and what is put aside."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from feedback.holding import Said
from feedback.models import Reaction, TasteAside
from feedback.services import Reason, Value, reaction_set, signal_note
from feedback.taste.changing import taste_forget, taste_reset, taste_strength_set
from feedback.taste.drawing import dots_of, radar_of
from feedback.taste.evidence import evidence_of
from feedback.taste.interests import interests_of
from feedback.taste.leanings import ranges_of
from feedback.taste.reading import evidence_read, taste_of, taste_searched
from feedback.taste.weights import HALF_LIFE_DAYS, SIGNALS_MOST, STRENGTH
from tests.factories import make_audio_space, make_track, make_user, place

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def weights(*said):
    """Return weights by track. said: track, value, reason, days ago."""
    rows = [
        Said(pk, track, value, reason, NOW - timedelta(days=days))
        for pk, (track, value, reason, days) in enumerate(said)
    ]
    return {one.track: round(one.weight, 3) for one in evidence_of(rows, now=NOW)}


def test_of_opinions_the_newest_counts():
    assert weights((1, "like", "", 0), (1, "dislike", "", 0)) == {1: -1.0}
    assert weights((1, "like", "", 0), (1, "none", "", 0)) == {}


def test_what_is_done_counts_less_than_what_is_said():
    skips = [(1, "skip", "", 0)] * 20
    found = weights(*skips, (2, "played", "", 0), (3, "dislike", "", 0))

    assert found == {1: -SIGNALS_MOST, 2: 0.3, 3: -1.0}
    assert weights(*skips, (1, "like", "", 0))[1] > 0


def test_a_dislike_counts_by_its_reason():
    found = weights(
        (1, "dislike", "not_for_me", 0),
        (2, "dislike", "wrong_mood", 0),
        (3, "dislike", "overplayed", 0),
    )

    assert found == {1: -1.0}


def test_what_was_said_long_ago_fades():
    found = weights(
        (1, "like", "", HALF_LIFE_DAYS), (2, "like", "", 20 * HALF_LIFE_DAYS)
    )

    assert found == {1: 0.5}


def spread(*middles, count=6, size=16):
    chance = np.random.default_rng(3)
    vectors = {}
    for middle in middles:
        for _ in range(count):
            vector = chance.normal(0, 0.15, size)
            vector[middle] += 1
            vectors[len(vectors)] = vector / np.linalg.norm(vector)
    return vectors


def test_interests_that_lie_apart_are_told_apart():
    vectors = spread(0, 5, 9)
    liked = dict.fromkeys(vectors, 1.0) | dict.fromkeys(range(6, 12), 2.0)

    found = interests_of(vectors, liked)

    assert found[0] == frozenset(range(6, 12))
    assert set(found) == {frozenset(range(n, n + 6)) for n in (0, 6, 12)}
    assert interests_of(dict(reversed(vectors.items())), liked) == found


def test_what_lies_together_is_one_interest():
    vectors = spread(0, count=12, size=200)

    (only,) = interests_of(vectors, dict.fromkeys(vectors, 1.0))

    assert only == frozenset(vectors)
    assert interests_of({}, {1: 1.0}) == ()


@pytest.fixture
def ada(db):
    return make_user("ada")


@pytest.fixture
def liked(ada):
    """Ada likes jazz of one artist and metal of another, and some of neither."""
    space = make_audio_space(4)
    tracks = []
    for genre, way in (("jazz", [1, 0, 0, 0]), ("metal", [0, 1, 0, 0])):
        for n in range(4):
            track = make_track(
                artist=f"{genre.title()} One", genres=(genre,), energy=0.2 + 0.1 * n
            )
            place(space, track, np.add(way, [0, 0, 0.1 * n, 0]))
            reaction_set(user=ada, track=track, value=Value.LIKE)
            tracks.append(track)
    return tracks


def test_a_taste_has_interests_artists_genres_and_ranges(ada, liked):
    taste = taste_of(ada)

    assert [set(one.tracks) for one in taste.interests] in (
        [{t.pk for t in liked[:4]}, {t.pk for t in liked[4:]}],
        [{t.pk for t in liked[4:]}, {t.pk for t in liked[:4]}],
    )
    assert {one.name for one in taste.artists} == {"Jazz One", "Metal One"}
    assert {one.name for one in taste.genres} == {"jazz", "metal"}
    assert all(len(one.tracks) == 4 for one in (*taste.artists, *taste.genres))
    (energy,) = taste.ranges
    assert (energy.attribute, energy.low, energy.high) == ("energy", 0.2, 0.5)


def test_search_is_given_the_interests_and_the_dial(ada, liked):
    assert taste_searched(ada).strength == STRENGTH
    assert len(taste_searched(ada).interests) == 2

    taste_strength_set(ada, 0.0)

    assert taste_searched(ada).liked == {}
    with pytest.raises(ValueError, match="from 0 to 1"):
        taste_strength_set(ada, 1.5)


def test_what_is_forgotten_counts_no_more_until_it_is_said_anew(ada, liked):
    jazz = [track.pk for track in liked[:4]]

    taste_forget(ada, jazz)

    assert {one.name for one in taste_of(ada).genres} == {"metal"}
    assert Reaction.objects.filter(user=ada).count() == 8

    reaction_set(user=ada, track=liked[0], value=Value.DISLIKE)

    assert {one.track: one.weight < 0 for one in evidence_read(ada)}[jazz[0]]


def test_an_attribute_is_forgotten_and_the_rest_stays(ada, liked):
    taste_forget(ada, [track.pk for track in liked], attribute="energy")

    taste = taste_of(ada)
    assert taste.ranges == ()
    assert len(taste.genres) == 2


def test_a_taste_begins_anew(ada, liked):
    taste_reset(ada)

    assert taste_of(ada).evidence == ()
    signal_note(user=ada, track=liked[0], value=Value.PLAYED)
    (only,) = taste_of(ada).evidence
    assert only.track == liked[0].pk


def test_one_listener_forgets_nothing_of_another(ada, liked):
    bob = make_user("bob")
    reaction_set(user=bob, track=liked[0], value=Value.LIKE)

    taste_forget(ada, [liked[0].pk])

    assert [one.track for one in evidence_read(bob)] == [liked[0].pk]


def test_the_same_signal_twice_in_a_minute_is_one(ada, db):
    track = make_track()

    assert signal_note(user=ada, track=track, value=Value.SKIP)
    assert not signal_note(user=ada, track=track, value=Value.SKIP)
    assert signal_note(user=ada, track=track, value=Value.PLAYED)


def test_a_reason_that_follows_is_a_row_of_its_own(ada, db):
    track = make_track()
    reaction_set(user=ada, track=track, value=Value.DISLIKE)

    reaction_set(user=ada, track=track, value=Value.DISLIKE, reason=Reason.OVERPLAYED)
    reaction_set(user=ada, track=track, value=Value.DISLIKE)

    assert Reaction.objects.count() == 2


class Halves:
    """Levels of a catalog in which a value is its own share."""

    def fraction_of(self, attribute, value):
        return value


def test_a_radar_has_an_axis_an_attribute_from_three_on(ada, liked):
    taste = taste_of(ada)
    (energy,) = ranges_of(taste.evidence, taste.stored, without={})
    ranges = [energy, energy, energy]

    radar = radar_of(ranges, Halves(), names={"energy": "energy"})

    assert [axis.name for axis in radar.axes] == ["energy"] * 3
    assert radar.axes[0].x == 160
    assert radar_of(ranges[:2], Halves(), names={"energy": "energy"}) is None


def test_dots_are_drawn_where_songs_lie_on_the_map():
    (dot,) = dots_of({7: (0.5, 0.25)}, [(1,), (7,)])

    assert (dot.x, dot.y, dot.interest) == (160.0, 80.0, 1)


@pytest.mark.django_db
def test_what_was_forgotten_counts_again_when_it_is_said_again():
    ada, track = make_user("ada"), make_track()
    reaction_set(user=ada, track=track, value=Value.LIKE)
    TasteAside.objects.create(user=ada, reaction=Reaction.objects.get())
    assert taste_searched(ada).liked == {}

    reaction_set(user=ada, track=track, value=Value.LIKE)

    assert set(taste_searched(ada).liked) == {track.pk}
    reaction_set(user=ada, track=track, value=Value.LIKE)
    assert Reaction.objects.count() == 2
