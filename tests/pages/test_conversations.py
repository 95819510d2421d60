"""Conversations on the page: what is shown, to whom, renaming and deleting."""

import asyncio
import json
import re
from html import unescape

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chat import transcript
from chat.models import Conversation, Message
from chat.services import conversation_start, event_append, message_accept
from chat.transcript import first_drawn
from chat.turns import user_group
from feedback.services import Value, reaction_set
from playlists.models import Playlist
from tests.chat.conftest import close_channel_layer
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def address(name, talk):
    return reverse(f"chat:{name}", args=[talk.conversation.uuid])


def snapshot(client, talk):
    return client.get(address("show-snapshot", talk)).json()


@pytest.fixture
def bob():
    client = Client()
    client.force_login(make_user("bob"))
    return client


def test_the_page_reads_without_script(client, talk):
    html = unescape(client.get(address("show-conversation", talk)).content.decode())

    for words in (
        "something slow",
        "Here are two songs.",
        "Rain, Again",
        "The Marlow Finch Quintet · 1959",
        "2 songs",
        reverse("playlists:download-playlist", args=[talk.playlist.uuid, "m3u8"]),
        reverse("playlists:download-playlist", args=[talk.playlist.uuid, "csv"]),
    ):
        assert words in html


@pytest.mark.parametrize(
    ("songs", "first"),
    [
        ([], 0),
        ([30], 0),
        ([12, 30, 30], 1),  # two, however long they are
        ([12, 12, 12, 0], 1),
        ([1, 24, 0, 0], 1),
        ([1] * 24, 0),
    ],
)
def test_of_a_long_talk_the_newest_turns_are_drawn(songs, first):
    turns = [{"tracks": [{}] * count} for count in songs]

    assert first_drawn(turns) == first


def test_all_of_a_long_talk_is_read_without_script(client, talk, monkeypatch):
    monkeypatch.setattr(transcript, "DRAWN_TURNS", 0)
    monkeypatch.setattr(transcript, "DRAWN_SONGS", 1)
    url = address("show-conversation", talk)

    newest, whole = (client.get(url + more).content.decode() for more in ("", "?all"))

    link = 'href="?all" data-act="earlier"'
    assert "Here are two songs." not in unescape(newest).partition("<template")[0]
    assert f"{link}>" in newest
    assert "Here are two songs." in unescape(whole).partition("<template")[0]
    assert f"{link} hidden>" in whole


def test_home_is_the_newest_conversation(client, talk):
    html = client.get(reverse("chat:show-home")).content.decode()

    assert str(talk.message.uuid) in html


def test_home_begins_with_prompts(client, ada):
    html = unescape(client.get(reverse("chat:show-home")).content.decode())

    assert "How are you feeling, ada?" in html
    assert html.count('data-act="prompt"') >= 4


def test_the_snapshot_in_the_page_is_the_one_that_is_fetched(client, talk):
    html = client.get(address("show-conversation", talk)).content.decode()
    begin = html.index(">", html.index('id="snapshot"')) + 1

    held = json.loads(html[begin : html.index("</script>", begin)])

    assert held == snapshot(client, talk)


def test_the_snapshot_holds_messages_songs_playlist_and_number(client, talk):
    held = snapshot(client, talk)

    (turn,) = held["messages"]
    assert held["seq"] == talk.conversation.last_seq == 3
    assert (turn["reply"], turn["status"]) == ("Here are two songs.", "done")
    assert [t["title"] for t in turn["tracks"]] == ["Rain, Again", "Silent One"]
    assert held["playlist"]["title"] == "something slow"
    assert held["playlist"]["can_undo"]
    assert [bool(t["audio_url"]) for t in held["playlist"]["tracks"]] == [True, False]


def test_reactions_in_the_snapshot_are_those_of_now(client, ada, talk):
    reaction_set(user=ada, track=talk.songs[0], value=Value.LIKE)
    reaction_set(user=make_user("bob"), track=talk.songs[1], value=Value.DISLIKE)

    held = snapshot(client, talk)

    for tracks in (held["messages"][0]["tracks"], held["playlist"]["tracks"]):
        assert [t["reaction"] for t in tracks] == ["like", "none"]


def test_a_reply_in_progress_is_shown_up_to_the_number(client, ada):
    conversation = conversation_start(owner=ada, text="hello")
    message = message_accept(conversation, text="hello")
    for frame in (
        {"type": "step", "name": "search", "status": "started", "detail": "searching"},
        {"type": "message.delta", "text": "Let me "},
        {"type": "message.delta", "text": "see."},
    ):
        event_append(conversation.pk, message.pk, frame)

    url = reverse("chat:show-snapshot", args=[conversation.uuid])
    held = client.get(url).json()

    (turn,) = held["messages"]
    assert (turn["reply"], turn["status"], held["seq"]) == ("Let me see.", "running", 3)
    assert turn["steps"] == [
        {"name": "search", "status": "started", "detail": "searching"}
    ]


def test_a_long_conversation_costs_no_more_queries(client, ada, talk):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address("show-conversation", talk))
        return len(captured)

    before = queries()
    for n in range(5):
        Message.objects.create(
            conversation=talk.conversation, text=str(n), status=Message.Status.DONE
        )
        conversation_start(owner=ada, text=str(n))

    assert queries() == before


@pytest.mark.parametrize(
    "name",
    [
        "show-conversation",
        "show-snapshot",
        "rename-conversation",
        "delete-conversation",
    ],
)
def test_a_conversation_is_not_there_for_others(bob, talk, name):
    method = bob.post if name.startswith("rename") else bob.get

    assert method(address(name, talk), {"title": "Mine now"}).status_code == 404
    assert bob.post(address("delete-conversation", talk)).status_code == 404
    assert Conversation.objects.filter(pk=talk.conversation.pk).exists()


def test_the_list_holds_only_ones_own(bob, talk):
    html = bob.get(reverse("chat:show-home")).content.decode()

    assert "Rain, Again" not in html
    assert str(talk.conversation.uuid) not in html


def test_renaming(client, talk):
    response = client.post(address("rename-conversation", talk), {"title": " Rain "})

    assert response.url == address("show-conversation", talk)
    talk.conversation.refresh_from_db()
    assert talk.conversation.title == "Rain"


def test_renaming_asks_with_the_present_title_and_leads_to_deleting(client, talk):
    html = client.get(address("rename-conversation", talk)).content.decode()

    assert 'value="something slow"' in html
    assert address("delete-conversation", talk) in html


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_title_has_1_to_120_characters(client, talk, title):
    response = client.post(address("rename-conversation", talk), {"title": title})

    assert "1 to 120 characters" in response.content.decode()
    talk.conversation.refresh_from_db()
    assert talk.conversation.title == "something slow"


def test_a_pinned_conversation_stands_first_until_it_is_unpinned(client, ada, talk):
    make_talks(ada, 2)
    first = Conversation.objects.get(title="talk 000")
    url = reverse("chat:pin-conversation", args=[first.uuid])
    rename = reverse("chat:rename-conversation", args=[first.uuid])
    assert titles(client, "chat:show-new") == ["talk 001", "talk 000"]
    assert 'value="yes">Pin to the top' in client.get(rename).content.decode()

    frame = heard_during(lambda: client.post(url, {"pinned": "yes"}), ada)

    assert frame == {
        "type": "conversation.pinned",
        "conversation": str(first.uuid),
        "is_pinned": True,
    }
    assert titles(client, "chat:show-new") == ["talk 000", "talk 001"]
    assert titles(client, "chat:list-conversations") == ["talk 000", "talk 001"]
    assert 'value="no">Unpin' in client.get(rename).content.decode()

    client.post(url, {"pinned": "no"})

    assert titles(client, "chat:show-new") == ["talk 001", "talk 000"]


def found(client, words):
    answer = client.get(reverse("chat:find-conversations"), {"q": words})
    return [(talk["title"], talk["excerpt"]) for talk in answer.json()["talks"]]


def test_conversations_are_found_by_their_title_and_by_what_was_said(client, ada, talk):
    make_talks(ada, 3)
    other = conversation_start(owner=make_user("eve"), text="slow and secret")
    message_accept(other, text="slow and secret")
    long = conversation_start(owner=ada, text="Hello")
    text = (
        "many words before it, " * 9 + "then Violins and " + "many words behind it " * 9
    )
    message_accept(long, text=text)

    assert found(client, "TALK 001") == [("talk 001", "")]
    # Each word somewhere, here one in the title and one in a message.
    assert found(client, "slow RAIN") == []
    [(title, excerpt)] = found(client, "hello violins")
    assert title == "Hello"
    assert re.fullmatch(r"….*, then Violins and .*…", excerpt)
    assert len(excerpt) <= 92
    assert found(client, "secret") == []
    # Neither a pattern nor a byte that PostgreSQL has no text for.
    assert found(client, "%") == found(client, "_ \0") == found(client, " ") == []


def test_the_page_of_all_conversations_can_be_searched(client, ada):
    make_talks(ada, 110)

    assert titles(client, "chat:list-conversations", q="talk 007") == ["talk 007"]
    html = client.get(reverse("chat:list-conversations"), {"q": "talk"}).content
    assert "?q=talk&amp;page=2" in html.decode()
    html = client.get(reverse("chat:list-conversations"), {"q": "polka"}).content
    assert "No conversation holds all of these words" in html.decode()


def test_deleting_asks_first_and_keeps_the_playlist(client, talk):
    url = address("delete-conversation", talk)
    assert "Delete “something slow”?" in client.get(url).content.decode()
    assert Conversation.objects.exists()

    response = client.post(url, follow=True)

    assert "“something slow” is deleted" in response.content.decode()
    assert not Conversation.objects.exists()
    assert Playlist.objects.get() == talk.playlist


def test_deleting_takes_an_empty_playlist_along(client, ada):
    conversation = conversation_start(owner=ada, text="hello")

    client.post(reverse("chat:delete-conversation", args=[conversation.uuid]))

    assert not Playlist.objects.exists()


def heard_during(deed, user):
    """Return the first frame that a page of the listener gets while `deed` is done."""

    async def hear():
        layer = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(user_group(user.pk), channel)
        try:
            await sync_to_async(deed)()
            async with asyncio.timeout(10):
                return (await layer.receive(channel))["frames"][0]
        finally:
            await close_channel_layer()

    return async_to_sync(hear)()


def test_open_pages_hear_of_a_new_title(client, ada, talk):
    url = address("rename-conversation", talk)

    frame = heard_during(lambda: client.post(url, {"title": " Rain "}), ada)

    assert frame == {
        "type": "conversation.renamed",
        "conversation": str(talk.conversation.uuid),
        "title": "Rain",
    }


def test_open_pages_hear_of_a_deleted_conversation(client, ada, talk):
    url = address("delete-conversation", talk)

    frame = heard_during(lambda: client.post(url), ada)

    assert frame == {
        "type": "conversation.deleted",
        "conversation": str(talk.conversation.uuid),
    }


def make_talks(ada, count):
    Conversation.objects.bulk_create(
        Conversation(owner=ada, title=f"talk {n:03}") for n in range(count)
    )


def titles(client, name, **query):
    html = client.get(reverse(name), query).content.decode()
    return re.findall(r">(talk \d{3})<", html)


def test_the_page_lists_the_newest_hundred_and_leads_to_the_others(client, ada):
    make_talks(ada, 100)
    link = "Older conversations"
    assert link not in client.get(reverse("chat:show-new")).content.decode()
    make_talks(ada, 1)
    talks = Conversation.objects.order_by("-updated_at", "-pk")
    newest = list(talks.values_list("title", flat=True))

    assert titles(client, "chat:show-new") == newest[:100]
    assert link in client.get(reverse("chat:show-new")).content.decode()
    assert titles(client, "chat:list-conversations") == newest[:100]
    assert titles(client, "chat:list-conversations", page=2) == newest[100:]


def test_a_hundred_conversations_cost_little_more_than_their_links(client, ada):
    before = len(client.get(reverse("chat:show-new")).content)
    make_talks(ada, 100)

    html = client.get(reverse("chat:show-new")).content

    assert len(html) - before < 100 * 1100
    # For the shared dialog, the welcome, the language, and signing out.
    assert html.count(b"csrfmiddlewaretoken") == 4


def test_all_pages_of_conversations_hold_only_ones_own(bob, talk):
    html = bob.get(reverse("chat:list-conversations")).content.decode()

    assert "something slow" not in html
    assert "Nothing here yet" in html


def test_words_in_a_message_are_never_markup(client, ada):
    conversation = conversation_start(owner=ada, text="<script>alert(1)</script>")
    Message.objects.create(
        conversation=conversation,
        text="</script><script>alert(2)</script>",
        reply="<img src=x onerror=alert(3)>",
        status=Message.Status.DONE,
    )

    url = reverse("chat:show-conversation", args=[conversation.uuid])
    html = client.get(url).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("artists", "year", "line"),
    [
        (["Ada", "Bob"], 1959, "Ada, Bob · 1959"),
        (["Ada"], None, "Ada"),
        ([], 1959, "1959"),
        ([], None, ""),
    ],
)
def test_a_songs_line_names_whoever_and_whatever_year_is_known(artists, year, line):
    song = {"title": "Rain", "artists": artists, "year": year}

    html = render_to_string("chat/_song.html", {"track": song})

    assert f'data-slot="by" dir="auto">{line}</p>' in html
