"""What a dislike means by its reason: how long it refuses, and what it says of a taste."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from feedback.holding import RESTS
from feedback.models import Reaction
from feedback.services import (
    Answered,
    Reason,
    Value,
    opinions_of,
    reaction_set,
    reactions_of,
)
from feedback.taste.reading import evidence_read, taste_searched
from feedback.taste.weights import WRONG_MOOD
from tests.factories import make_track, make_user

HERE, ELSEWHERE = uuid4(), uuid4()
CALM, WILD = (0.5, 0.2), (0.6, 0.9)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def track():
    return make_track()


def dislike(user, track, reason, *, talk=HERE, mood=CALM, words=""):
    """Dislike a track as the page does: first so, then the reason."""
    asked = {"mood": {"valence": mood[0], "energy": mood[1]}}
    for why in (Reason.NONE, reason):
        reaction_set(
            user=user,
            track=track,
            value=Value.DISLIKE,
            reason=why,
            words=words,
            answered=Answered(talk=talk, asked=asked),
        )


def said_ago(user, days):
    """Let all that was said have been said so long ago."""
    then = timezone.now() - timedelta(days=days)
    Reaction.objects.filter(user=user).update(created_at=then)


@pytest.mark.parametrize(
    ("reason", "here", "elsewhere", "later"),
    [
        (Reason.NONE, True, True, True),
        (Reason.NOT_FOR_ME, True, True, True),
        (Reason.WRONG_MOOD, True, False, False),
        (Reason.UNKNOWN, True, False, False),
        (Reason.OVERPLAYED, True, True, False),
    ],
)
def test_how_long_a_dislike_refuses(ada, track, reason, here, elsewhere, later):
    dislike(ada, track, reason)

    assert (track.pk in opinions_of(ada, talk=HERE).refused) is here
    assert (track.pk in opinions_of(ada, talk=ELSEWHERE).refused) is elsewhere
    assert (track.pk in opinions_of(ada).refused) is elsewhere
    assert reactions_of(ada, [track.pk], talk=HERE) == {track.pk: "dislike"}
    said_ago(ada, RESTS.days + 1)
    assert (track.pk in opinions_of(ada, talk=ELSEWHERE).refused) is later
    assert (reactions_of(ada, [track.pk]) == {track.pk: "dislike"}) is later


@pytest.mark.parametrize("reason", [Reason.UNKNOWN, Reason.OVERPLAYED])
def test_what_is_no_dislike_of_the_sound_counts_nothing(ada, track, reason):
    dislike(ada, track, reason)

    assert evidence_read(ada) == evidence_read(ada, mood=CALM) == ()


def test_a_wrong_mood_counts_where_one_like_it_is_asked_for(ada, track):
    dislike(ada, track, Reason.WRONG_MOOD, mood=CALM)

    assert taste_searched(ada).disliked == {}
    assert taste_searched(ada, mood=WILD).disliked == {}
    assert taste_searched(ada, mood=(0.6, 0.3)).disliked == {
        track.pk: pytest.approx(-WRONG_MOOD, abs=0.01)
    }


def test_what_was_liked_before_is_liked_again_where_the_dislike_passes(ada, track):
    reaction_set(user=ada, track=track, value=Value.LIKE)
    dislike(ada, track, Reason.OVERPLAYED)

    assert opinions_of(ada).liked == ()
    assert set(taste_searched(ada).liked) == {track.pk}
    said_ago(ada, RESTS.days + 1)
    assert opinions_of(ada).liked == (track.pk,)


def test_a_dislike_that_passed_can_be_given_for_good(ada, track):
    dislike(ada, track, Reason.WRONG_MOOD)

    reaction_set(
        user=ada, track=track, value=Value.DISLIKE, answered=Answered(talk=ELSEWHERE)
    )

    assert opinions_of(ada).disliked == (track.pk,)
    assert Reaction.objects.count() == 3


def test_songs_that_arent_known_are_counted_in_their_talk(ada, track):
    dislike(ada, track, Reason.UNKNOWN)

    assert opinions_of(ada, talk=HERE).unknown_count == 1
    assert opinions_of(ada, talk=ELSEWHERE).unknown_count == 0


def test_the_page_shows_what_is_left_out_and_lets_it_come_again(ada, track, client):
    client.force_login(ada)
    reaction_set(user=ada, track=track, value=Value.LIKE)
    dislike(ada, track, Reason.OVERPLAYED, words="calm songs")
    until = date_format(timezone.localtime(timezone.now() + RESTS), "DATE_FORMAT")

    shown = client.get(reverse("feedback:show-taste")).content.decode()

    assert f"heard too often; until {until}" in shown
    assert "<bdi>calm songs</bdi>" in shown
    act = {"act": "again", "track": track.pk}
    assert client.post(reverse("feedback:change-taste"), act).status_code == 302
    assert opinions_of(ada).liked == (track.pk,)
    assert "Left out for now" not in (
        client.get(reverse("feedback:show-taste")).content.decode()
    )
    assert Reaction.objects.filter(reason=Reason.OVERPLAYED).exists()


@pytest.mark.parametrize("reason", [Reason.WRONG_MOOD, Reason.UNKNOWN])
def test_what_is_left_out_of_a_talk_can_come_again(ada, track, client, reason):
    client.force_login(ada)
    dislike(ada, track, reason)

    shown = client.get(reverse("feedback:show-taste")).content.decode()
    client.post(reverse("feedback:change-taste"), {"act": "again", "track": track.pk})

    assert "in one talk" in shown
    assert opinions_of(ada, talk=HERE).refused == frozenset()
