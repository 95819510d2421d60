"""Reactions follow when tracks become one."""

import pytest

from catalog.merging import tracks_merge
from feedback.models import Reaction
from feedback.services import Value, opinions_of, reaction_set
from tests.factories import make_track, make_user

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
