"""A song that the listener dislikes never comes back, in no version, by no way."""

import pytest

from catalog.models import Track
from catalog.search.query import Query
from chat.agent.dislikes import disliked_among
from chat.agent.state import State
from chat.agent.tools import Tools
from chat.agent.turn import Turn
from chat.services import conversation_start
from feedback.models import Reaction
from feedback.services import reaction_set
from tests.factories import make_artist, make_track, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused():
    """Two versions of a song, of which the listener dislikes one, among others."""
    band = make_artist("The Band")
    studio = make_track("Gold", artist=band, song_key="gold band")
    live = make_track("Gold (Live)", artist=band, song_key="gold band", version="live")
    make_track("Silver", artist=band, song_key="silver band")
    return studio, live


@pytest.fixture
def tools(refused):
    user = make_user("ada")
    reaction_set(user=user, track=refused[0], value=Reaction.Value.DISLIKE)
    talk = conversation_start(owner=user, text="gold")
    return Tools(Turn(user, talk, "gold", State(), seed=1))


def test_no_search_brings_a_disliked_song_whatever_is_asked(tools, refused):
    """The query says nothing of dislikes: a planner may forget them."""
    asked = (
        Query(text="Gold by The Band"),
        Query(said=("Gold", "Gold (Live) by The Band")),
        Query(liked={refused[1].pk: 1.0}, allow_kin=True),
        Query(text="nothing that there is", limit=100),
    )

    for query in asked:
        found = {hit.track_id for hit in tools.find_tracks(query).hits}
        assert found
        assert found.isdisjoint(track.pk for track in refused)


def test_a_dislike_is_of_a_song_in_every_version(refused):
    silver = Track.objects.get(title="Silver").pk
    studio, live = (track.pk for track in refused)

    assert disliked_among([studio, live, silver], [studio]) == {studio, live}
    assert disliked_among([silver, live], [studio]) == {live}
    assert disliked_among([silver], [studio]) == set()
    assert disliked_among([studio], []) == set()


def test_songs_of_unknown_kinship_are_no_versions_of_each_other():
    """An empty song key says that nothing is known, not that they are the same."""
    one, other = make_track("One", song_key=""), make_track("Other", song_key="")

    assert disliked_among([one.pk, other.pk], [one.pk]) == {one.pk}
