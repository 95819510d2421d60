"""Pages of a list as a whole: refreshing it, talking about it, looking at its link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat.agent.constraints import genre
from chat.agent.state import Given, State
from chat.models import Conversation, Message
from chat.services import conversation_delete
from playlists.edits import Describe, Remove
from playlists.models import (
    LivingPlaylist,
    Playlist,
    PlaylistVersion,
    SavedPlaylist,
    ShareLink,
)
from playlists.saving.asking import removal_ask
from playlists.services import Author, playlist_edit, share_link_open
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

WEEKLY = {"every": "week", "new_percent": "40", "rest_weeks": "6"}


def refresh_address(talk):
    return reverse("chat:refresh-playlist", args=[talk.playlist.uuid])


def test_a_list_is_set_to_be_refreshed_paused_and_left_alone(client, talk):
    Conversation.objects.update(
        state=State(given=Given(constraints=(genre("jazz"),))).to_json()
    )

    page = client.post(refresh_address(talk), WEEKLY, follow=True).content.decode()

    held = LivingPlaylist.objects.get()
    assert (held.every, held.new_percent, held.rest_weeks) == ("week", 40, 6)
    assert State.from_json(held.request).given.genres == ("jazz",)
    assert "Refreshed every week, next on" in page
    client.post(refresh_address(talk), {"pause": "1"})
    assert LivingPlaylist.objects.get().is_paused
    page = client.post(refresh_address(talk), {"resume": "1"}, follow=True)
    assert "Refreshed every week" in page.content.decode()
    client.post(refresh_address(talk), {"stop": "1"})
    assert not LivingPlaylist.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"every": "hour"}, {"new_percent": "0"}, {"rest_weeks": "1000"}]
)
def test_what_can_not_be_is_told_and_nothing_set(client, talk, wrong):
    answer = client.post(refresh_address(talk), {**WEEKLY, **wrong})

    assert answer.status_code == 400
    assert "field__errors" in answer.content.decode()
    assert not LivingPlaylist.objects.exists()


def test_others_lists_are_not_there(client, talk):
    client.force_login(make_user("eve"))

    assert client.get(refresh_address(talk)).status_code == 404
    for name, more in (("talk-about", ()), ("talk-about-version", (1,))):
        address = reverse(f"chat:{name}", args=[talk.playlist.uuid, *more])
        assert client.post(address).status_code == 404


def test_the_shelf_tells_of_the_last_refresh_until_it_is_put_away(client, talk):
    client.post(refresh_address(talk), WEEKLY)
    LivingPlaylist.objects.update(
        outcome="made",
        ended_at=timezone.now() - timedelta(hours=1),
        added=6,
        removed=5,
        is_seen=False,
    )
    shelf = reverse("playlists:list-playlists")

    html = client.get(shelf).content.decode()
    assert "+6 −5" in html
    seen = reverse("chat:see-refresh", args=[talk.playlist.uuid])
    answer = client.post(seen, {"list": "1"})

    assert answer.url == shelf
    html = client.get(shelf).content.decode()
    assert "+6 −5" not in html
    assert "Refreshed every week" in html


def test_a_list_without_a_talk_gets_one_and_keeps_what_it_is_refreshed_by(client, talk):
    Conversation.objects.update(
        state=State(given=Given(constraints=(genre("jazz"),))).to_json()
    )
    client.post(refresh_address(talk), WEEKLY)
    conversation_delete(Conversation.objects.select_related("playlist").get())
    address = reverse("chat:talk-about", args=[talk.playlist.uuid])

    first, second = client.post(address), client.post(address)

    held = Conversation.objects.get()
    assert (
        first.url == second.url == reverse("chat:show-conversation", args=[held.uuid])
    )
    assert held.playlist == talk.playlist
    assert State.from_json(held.state).given.genres == ("jazz",)


def test_a_new_list_begins_from_a_version_with_what_was_given_then(client, talk):
    version = talk.playlist.versions.latest("number")
    then = Given(constraints=(genre("jazz"),))
    now = State(given=Given(), given_at={version.pk: then})
    Conversation.objects.update(state=now.to_json())

    client.post(
        reverse("chat:talk-about-version", args=[talk.playlist.uuid, version.number])
    )

    copy = Conversation.objects.latest("pk")
    assert copy.playlist.pk != talk.playlist.pk
    assert copy.playlist.current.track_ids == version.track_ids
    assert State.from_json(copy.state).given.genres == ("jazz",)
    assert Playlist.objects.get(pk=talk.playlist.pk).current == version


def test_a_description_is_shown_where_the_list_is(client, talk):
    playlist_edit(
        talk.playlist,
        edits=[Describe("For the <last> train")],
        author=Author.LISTENER,
        words="describe",
    )
    link = share_link_open(talk.playlist)

    for address in (
        reverse("playlists:list-playlists"),
        reverse("playlists:show-history", args=[talk.playlist.uuid]),
        reverse("playlists:show-shared", args=[link.key]),
        reverse("chat:show-conversation", args=[talk.conversation.uuid]),
    ):
        html = client.get(address).content.decode()
        assert "For the &lt;last&gt; train" in html, address
    history = reverse("playlists:show-history", args=[talk.playlist.uuid])
    assert "described otherwise" in client.get(history).content.decode()


def test_whoever_looks_at_a_link_is_told_only_what_has_changed(
    client, talk, django_assert_num_queries
):
    link = share_link_open(talk.playlist)
    address = reverse("playlists:show-shared", args=[link.key])
    guest = Client()
    tag = guest.get(address).headers["ETag"]

    with django_assert_num_queries(1):
        same = guest.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")

    # Compressed, it has a weak tag, which is of the same list.
    weak = guest.get(address, headers={"If-None-Match": f"W/{tag}"})
    assert weak.status_code == 304
    playlist_edit(
        talk.playlist,
        edits=[Remove((talk.songs[0].pk,))],
        author=Author.LISTENER,
        words="remove",
    )
    changed = guest.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert "Rain, Again" not in changed.content.decode()
    # A member sees another page of the same list.
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


# --- deleting -----------------------------------------------------------------------


def delete_address(playlist):
    return reverse("chat:delete-playlist", args=[playlist.uuid])


@pytest.mark.django_db(transaction=True)
def test_a_list_is_deleted_and_its_talk_goes_on_with_a_new_one(client, ada, talk):
    share_link_open(talk.playlist)
    said = talk.conversation.messages.count()
    address = delete_address(talk.playlist)
    page = client.get(address).content.decode()
    assert "goes for good" in page
    assert "The conversation about it stays" in page

    answer = client.post(address, follow=True)

    assert "is deleted" in answer.content.decode()
    assert client.get(address).status_code == 404
    assert not ShareLink.objects.exists()
    assert not PlaylistVersion.objects.filter(playlist=talk.playlist.pk).exists()
    talk.conversation.refresh_from_db()
    new = talk.conversation.playlist
    assert new.pk != talk.playlist.pk
    assert new.owner == ada
    assert new.current.track_ids == []
    assert talk.conversation.messages.count() == said
    told = talk.conversation.events.order_by("seq").last().frame
    assert (told["type"], told["playlist"]["id"]) == ("playlist", str(new.uuid))
    assert told["playlist"]["tracks"] == []
    opened = client.get(
        reverse("chat:show-conversation", args=[talk.conversation.uuid])
    )
    assert opened.status_code == 200


def test_a_list_without_a_talk_is_deleted(client, ada, talk):
    conversation_delete(talk.conversation)

    assert (
        "The conversation"
        not in client.get(delete_address(talk.playlist)).content.decode()
    )
    client.post(delete_address(talk.playlist))

    assert not Playlist.objects.exists()


def test_a_list_stays_while_a_reply_about_it_is_written(client, talk):
    message = talk.conversation.messages.latest("pk")
    message.status = Message.Status.RUNNING
    message.alive_at = timezone.now()
    message.save()

    answer = client.post(delete_address(talk.playlist), follow=True)

    assert "A reply about it is being written" in answer.content.decode()
    assert Playlist.objects.filter(pk=talk.playlist.pk).exists()


def test_what_is_at_a_service_stays_there_and_what_leaves_it_is_waited_for(
    client, ada, talk, connected
):
    account = connected(ada)
    save = SavedPlaylist.objects.create(
        playlist=talk.playlist,
        account=account,
        status=SavedPlaylist.Status.DONE,
        saved_at=timezone.now(),
    )
    address = delete_address(talk.playlist)
    page = client.get(address).content.decode()
    assert "What is at Spotify stays there" in page

    removal_ask(save)
    answer = client.post(address)

    told = "It is just being saved at Spotify, or taken away from there."
    assert told in answer.content.decode()
    assert Playlist.objects.filter(pk=talk.playlist.pk).exists()
    # A first save that is under way would leave a list there that nobody knows of.
    working = {"is_wanted": True, "status": SavedPlaylist.Status.WORKING}
    SavedPlaylist.objects.update(**working, saved_at=None)
    assert told in client.post(address).content.decode()
    assert Playlist.objects.filter(pk=talk.playlist.pk).exists()


def test_nobody_deletes_anothers_list(client, talk):
    client.force_login(make_user("eve"))

    assert client.post(delete_address(talk.playlist)).status_code == 404
    assert Playlist.objects.filter(pk=talk.playlist.pk).exists()
