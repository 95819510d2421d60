"""Conversations follow when tracks or artists become one."""

import pytest

from catalog.merging import artists_merge, tracks_merge
from catalog.signals import artists_asked, tracks_asked
from chat.agent.constraints import artist as by
from chat.agent.state import Given, State
from chat.models import Conversation, Message
from chat.services import conversation_start, event_append, message_accept
from tests.factories import make_artist, make_track, make_user

pytestmark = pytest.mark.django_db


def talk(state):
    conversation = conversation_start(owner=make_user(), text="something slow")
    message = message_accept(conversation, text="something slow")
    Message.objects.filter(pk=message.pk).update(state_before=state.to_json())
    Conversation.objects.filter(pk=conversation.pk).update(state=state.to_json())
    return conversation, message


def states():
    held = Conversation.objects.get().state, Message.objects.get().state_before
    return [State.from_json(state) for state in held]


def test_what_was_shown_wished_and_explained_is_the_kept_track():
    one, keep, other = (make_track() for _ in range(3))
    talk(
        State(
            given=Given(seeds=(other.pk,), size=other.pk),
            shown=(other.pk, one.pk, keep.pk),
            spoken_of=other.pk,
            pointed=(keep.pk, other.pk),
            lists=((other.pk, one.pk),),
            reasons={other.pk: ("near",), one.pk: ("far",)},
            given_at={other.pk: Given(seeds=(keep.pk, other.pk))},
        )
    )

    tracks_merge(keep=keep, others=[other])

    assert states() == 2 * [
        State(
            given=Given(seeds=(keep.pk,), size=other.pk),
            shown=(keep.pk, one.pk),
            spoken_of=keep.pk,
            pointed=(keep.pk,),
            lists=((keep.pk, one.pk),),
            reasons={one.pk: ("far",), keep.pk: ("near",)},
            given_at={other.pk: Given(seeds=(keep.pk,))},
        )
    ]


def test_frames_that_clients_fetch_again_name_the_kept_track_once():
    keep, other = make_track(), make_track()
    conversation, message = talk(State())
    views = [
        {"id": str(t.uuid), "audio_url": f"/tracks/{t.uuid}/audio"}
        for t in (other, keep)
    ]
    frame = {"type": "tracks", "message": str(message.uuid), "tracks": views}
    event_append(conversation.pk, message.pk, frame)
    change = {"added": [str(keep.uuid), str(other.uuid)]}
    frame = {"type": "playlist", "playlist": {"tracks": views}, "change": change}
    event_append(conversation.pk, message.pk, frame)

    tracks_merge(keep=keep, others=[other])

    shown, playlist = (event.frame for event in conversation.events.order_by("seq"))
    view = {"id": str(keep.uuid), "audio_url": f"/tracks/{keep.uuid}/audio"}
    assert shown["tracks"] == [view]
    assert playlist["playlist"]["tracks"] == [view]
    assert playlist["change"]["added"] == [str(keep.uuid)]


def test_a_memory_of_other_songs_is_left_alone():
    one, keep, other = (make_track() for _ in range(3))
    before = State(shown=(one.pk,), given=Given(constraints=(by(other.pk),)))
    talk(before)

    tracks_merge(keep=keep, others=[other])

    assert states() == [before, before]


def test_artists_that_were_asked_for_or_refused_are_the_kept_one():
    keep, other = make_artist("Prince"), make_artist("The Artist")
    talk(
        State(
            given=Given(constraints=(by(other.pk), by(keep.pk))),
            artist=other.pk,
            given_at={1: Given(constraints=(by(other.pk, is_refused=True),))},
        )
    )

    artists_merge(keep=keep, others=[other])

    assert states() == 2 * [
        State(
            given=Given(constraints=(by(keep.pk),)),
            artist=keep.pk,
            given_at={1: Given(constraints=(by(keep.pk, is_refused=True),))},
        )
    ]


def test_it_is_told_how_many_conversations_remember_a_track_or_artist():
    one, two = make_track(), make_track()
    artist, other = make_artist(), make_artist()
    # Other numbers that happen to be those of a track aren't counted.
    talk(
        State(
            shown=(one.pk,),
            spoken_of=one.pk,
            given=Given(size=two.pk, constraints=(by(artist.pk, is_refused=True),)),
        )
    )

    tracks = tracks_asked.send(None, track_ids=[one.pk, two.pk])
    artists = artists_asked.send(None, artist_ids=[artist.pk, other.pk])

    (held,) = (a for _, a in tracks if a.label == "Conversations")
    assert held.counts == {one.pk: 1}
    (held,) = (a for _, a in artists if a.label == "Conversations")
    assert held.counts == {artist.pk: 1}
