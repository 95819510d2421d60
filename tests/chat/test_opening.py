"""A playlist that came as a file, or as a copy, is opened and talked about."""

import pytest
from django.test import Client
from django.urls import reverse

from chat.models import Conversation
from chat.services import conversation_about
from chat.threads import in_thread
from playlists.edits import Add
from playlists.services import Author, playlist_create, playlist_edit


def make_list(owner, tracks):
    playlist = playlist_create(owner=owner, title="Brought along")
    playlist_edit(
        playlist,
        edits=[Add(tuple(track.pk for track in tracks))],
        author=Author.LISTENER,
        words="from a file",
    )
    playlist.refresh_from_db()
    return playlist


@pytest.fixture
async def playlist(catalog, ada):
    return await in_thread(make_list)(ada, catalog[:4])


def titles(frame):
    return [track["title"] for track in frame["tracks"]]


async def test_what_is_said_is_about_its_songs(catalog, ada, playlist, open_client):
    talk = await in_thread(conversation_about)(playlist)
    client = await open_client(ada)
    client.conversation = str(talk.uuid)
    listed = [track.title for track in catalog[:4]]

    shorter = await client.say("remove the first song")
    assert titles(shorter.playlist) == listed[1:]

    undone = await client.say("undo")
    assert titles(undone.playlist) == listed

    longer = await client.say("add 2 jazz songs")
    assert titles(longer.playlist)[:4] == listed
    assert len(longer.playlist["tracks"]) == 6


def test_a_list_has_one_conversation_however_often_it_is_opened(catalog, ada, client):
    playlist = make_list(ada, catalog[:2])
    client.force_login(ada)
    url = reverse("chat:talk-about", args=[playlist.uuid])

    first, second = client.post(url), client.post(url)

    talk = Conversation.objects.get()
    assert (talk.owner, talk.title) == (ada, "Brought along")
    address = reverse("chat:show-conversation", args=[talk.uuid])
    assert first.url == second.url == address
    assert catalog[0].title in client.get(address).content.decode()


def test_nobody_opens_anothers_list(catalog, ada, bob):
    guest = Client()
    guest.force_login(bob)
    playlist = make_list(ada, catalog[:2])

    assert (
        guest.post(reverse("chat:talk-about", args=[playlist.uuid])).status_code == 404
    )
    assert Conversation.objects.count() == 0
