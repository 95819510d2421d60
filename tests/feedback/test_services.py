"""Reactions: the newest holds, and the older ones stay readable."""

import pytest

from feedback.models import Reaction
from feedback.services import Value, opinions_of, reaction_set, reactions_of
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db


def test_the_newest_reaction_holds_and_history_stays():
    ada, track = make_user("ada"), make_track()

    for value in (Value.LIKE, Value.DISLIKE, Value.MORE):
        reaction_set(user=ada, track=track, value=value, words="slow songs")

    assert reactions_of(ada, [track.pk]) == {track.pk: "more"}
    values = Reaction.objects.order_by("id").values_list("value", "words")
    assert list(values) == [
        ("like", "slow songs"),
        ("dislike", "slow songs"),
        ("more", "slow songs"),
    ]


def test_the_same_reaction_twice_is_noted_once():
    ada, track = make_user("ada"), make_track()

    reaction_set(user=ada, track=track, value=Value.LIKE)
    reaction_set(user=ada, track=track, value=Value.LIKE)

    assert Reaction.objects.count() == 1


def test_what_is_merely_done_with_a_track_changes_no_opinion():
    ada, track, other = make_user("ada"), make_track(), make_track()
    reaction_set(user=ada, track=track, value=Value.LIKE)
    for done in Reaction.SIGNALS:
        for heard in (track, other):
            Reaction.objects.create(user=ada, track=heard, value=done)

    assert reactions_of(ada, [track.pk, other.pk]) == {track.pk: "like"}
    assert opinions_of(ada).liked == (track.pk,)
    assert opinions_of(ada).disliked == ()


def test_taking_a_reaction_back_leaves_none():
    ada, track = make_user("ada"), make_track()
    reaction_set(user=ada, track=track, value=Value.LIKE)

    reaction_set(user=ada, track=track, value=Value.NONE)

    assert reactions_of(ada, [track.pk]) == {}
    assert opinions_of(ada).liked == ()


def test_opinions_are_ones_own_newest_first():
    ada, bob = make_user("ada"), make_user("bob")
    one, two, three = make_track(), make_track(), make_track()
    reaction_set(user=ada, track=one, value=Value.LIKE)
    reaction_set(user=ada, track=two, value=Value.MORE)
    reaction_set(user=ada, track=three, value=Value.DISLIKE)
    reaction_set(user=bob, track=one, value=Value.DISLIKE)

    opinions = opinions_of(ada)

    assert opinions.liked == (two.pk, one.pk)
    assert opinions.disliked == (three.pk,)
