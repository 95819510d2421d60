"""Reactions follow when tracks become one."""

import pytest

from catalog.merging import tracks_merge
from catalog.signals import tracks_asked
from feedback.models import Reaction
from feedback.services import Value, opinions_of, reaction_set
from tests.factories import make_record, make_track, make_user

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
