"""Reactions follow when tracks become one."""

import pytest

from catalog.merging import artists_merge, tracks_merge
from catalog.signals import tracks_asked
from feedback.models import NeverAgain, Reaction
from feedback.refusing import never_again_lift, never_again_of, never_again_set
from feedback.services import Value, opinions_of, reaction_set
from tests.factories import make_artist, make_record, make_track, make_user

pytestmark = pytest.mark.django_db


def test_the_newest_reaction_to_any_of_them_holds():
    ada, bob = make_user("ada"), make_user("bob")
    keep, other = make_track(), make_track()
    reaction_set(user=ada, track=other, value=Value.DISLIKE)
    reaction_set(user=ada, track=keep, value=Value.LIKE)
    reaction_set(user=bob, track=keep, value=Value.LIKE)
    reaction_set(user=bob, track=other, value=Value.DISLIKE)

    tracks_merge(keep=keep, others=[other])

    assert opinions_of(ada).liked == (keep.pk,)
    assert opinions_of(ada).disliked == ()
    assert opinions_of(bob).disliked == (keep.pk,)
    assert Reaction.objects.count() == 4


def test_a_record_holds_the_kept_track_once():
    keep, other, apart = make_track(), make_track(), make_track()
    both, one = make_record(), make_record()
    for record, track in ((both, other), (both, keep), (both, apart), (one, other)):
        record.tracks.create(track=track, is_approved=track is not keep)

    tracks_merge(keep=keep, others=[other])

    held = both.tracks.order_by("pk").values_list("track", "is_approved")
    assert list(held) == [(keep.pk, True), (apart.pk, True)]
    assert one.tracks.get().track == keep


def test_it_is_told_how_many_reactions_there_are_to_a_track():
    liked, other = make_track(), make_track()
    for name in ("ada", "bob"):
        reaction_set(user=make_user(name), track=liked, value=Value.LIKE)

    answers = tracks_asked.send(None, track_ids=[liked.pk, other.pk])

    (held,) = (a for _, a in answers if a.label == "Reactions of listeners")
    assert held.counts == {liked.pk: 2}


def test_what_is_never_to_be_heard_follows_once():
    ada, bob = make_user("ada"), make_user("bob")
    keep, other = make_track("Blue"), make_track("Blue")
    never_again_set(user=ada, track=keep)
    never_again_set(user=ada, track=other)
    never_again_set(user=bob, track=other)
    never_again_lift(user=bob, track=other)
    never_again_set(user=bob, track=other)

    tracks_merge(keep=keep, others=[other])

    held = NeverAgain.objects.filter(lifted_at=None).values_list("user", "track")
    assert sorted(held) == [(ada.pk, keep.pk), (bob.pk, keep.pk)]
    assert NeverAgain.objects.filter(user=bob).count() == 2


def test_artists_never_to_be_heard_follow_too():
    ada, keep, other = make_user("ada"), make_artist("Ada Lane"), make_artist("A. Lane")
    never_again_set(user=ada, artist=other)

    artists_merge(keep=keep, others=[other])

    assert never_again_of(ada).artists == {keep.pk}
