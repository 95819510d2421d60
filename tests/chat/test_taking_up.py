"""Going on from what was set aside: it stands again, and what stood is kept instead."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from chat.models import Branch, Conversation, Message
from chat.threads import in_thread
from playlists.services import version_content
from tests.chat.test_branching import edit, ids, message_of, standing


async def take_up(client, message, name="up"):
    """Take up the branch of a message. Returns what was told of it."""
    await client.send(type="branch.take_up", id=name, message=message)
    return await client.until("branch.taken_up", id=name)


async def newest_list(client):
    """Return the tracks that the playlist of the talk shows now."""

    def read():
        talk = Conversation.objects.get(uuid=client.conversation)
        return list(version_content(talk.playlist.current).tracks)

    return await in_thread(read)()


async def test_messages_memory_and_list_are_those_of_the_branchs_end(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    third = await client.say("no pop")
    before = await newest_list(client)
    await edit(client, message_of(second), "add 1 metal song")

    told = await take_up(client, message_of(third))

    talk = ["6 happy pop songs", "add 2 jazz songs", "no pop"]
    assert await standing(client) == talk
    assert told["standing"] == [message_of(m) for m in (first, second, third)]
    assert await newest_list(client) == before
    # "No pop" holds again.
    more = (await client.say("add 3 pop songs")).playlist
    assert more is None or len(ids(more)) >= len(before)
    assert await standing(client) == [*talk, "add 3 pop songs"]


async def test_what_stood_is_set_aside_and_can_be_taken_up_in_turn(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    other = await edit(client, message_of(second), "add 1 metal song")
    with_metal = await newest_list(client)

    told = await take_up(client, message_of(second))
    assert told["set_aside"] == [message_of(other)]
    await take_up(client, message_of(other), name="back")

    assert await standing(client) == ["6 happy pop songs", "add 1 metal song"]
    assert await newest_list(client) == with_metal
    assert await in_thread(Branch.objects.count)() == 1


async def test_a_branch_of_a_branch_brings_what_it_stood_on(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    await client.say("no pop")
    other = await edit(client, message_of(second), "add 1 metal song")
    await edit(client, message_of(first), "6 folk songs")

    await take_up(client, message_of(second))

    talk = ["6 happy pop songs", "add 2 jazz songs", "no pop"]
    assert await standing(client) == talk
    # What the other end of it stood on stands now, so it comes after that.
    await take_up(client, message_of(other), name="on")
    assert await standing(client) == ["6 happy pop songs", "add 1 metal song"]


async def test_the_first_message_can_be_gone_back_to(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    before = await newest_list(client)
    await edit(client, message_of(first), "6 jazz songs")

    await take_up(client, message_of(first))

    assert await standing(client) == ["6 happy pop songs"]
    assert await newest_list(client) == before


async def test_undo_after_it_means_what_it_meant_there(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    await edit(client, message_of(second), "add 1 metal song")
    await take_up(client, message_of(second))

    undone = (await client.say("undo")).playlist

    assert ids(undone) == ids(first.playlist)


async def test_other_tabs_hear_of_it_with_the_list(catalog, ada, open_client):
    one, two = await open_client(ada), await open_client(ada)
    await one.say("6 happy pop songs")
    second = await one.say("add 2 jazz songs")
    await edit(one, message_of(second), "add 1 metal song")

    await take_up(one, message_of(second))
    told = await two.until("branch.taken_up")
    listed = await two.until("playlist", seq=told["seq"] + 1)

    assert told["id"] is None
    assert len(ids(listed["playlist"])) == 8


async def test_a_message_that_stands_cant_be_taken_up(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")

    await client.send(type="branch.take_up", id=1, message=message_of(first))
    error = await client.until("error")

    assert (error["code"], error["id"]) == ("stands", 1)


async def test_anothers_branch_is_not_found(catalog, ada, bob, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    await edit(client, message_of(first), "6 jazz songs")
    theirs = await open_client(bob)

    await theirs.send(type="branch.take_up", id=1, message=message_of(first))
    error = await theirs.until("error")

    assert error["code"] == "not_found"
    assert await standing(client) == ["6 jazz songs"]


async def test_nothing_is_taken_up_while_a_reply_is_written(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    await edit(client, message_of(first), "6 jazz songs")

    def begin():
        talk = Conversation.objects.get(uuid=client.conversation)
        Message.objects.create(conversation=talk, text="one moment")

    await in_thread(begin)()
    await client.send(type="branch.take_up", id=1, message=message_of(first))
    error = await client.until("error")

    assert error["code"] == "busy"
    assert await standing(client) == ["6 jazz songs", "one moment"]


async def test_the_page_of_what_was_said_before_has_a_button_for_it(
    catalog, ada, bob, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    await edit(client, message_of(first), "6 jazz songs")
    talk = client.conversation
    address = reverse("chat:take-up-branch", args=[talk, message_of(first)])

    def press(user):
        browser = Client()
        browser.force_login(user)
        page = browser.get(reverse("chat:show-earlier-conversation", args=[talk]))
        return page, browser.post(address)

    refused_page, refused = await in_thread(press)(bob)
    page, answer = await in_thread(press)(ada)

    assert (refused_page.status_code, refused.status_code) == (404, 404)
    assert f'action="{address}"'.encode() in page.content
    assert answer.url == reverse("chat:show-conversation", args=[talk])
    assert await standing(client) == ["6 happy pop songs"]
    told = await client.until("branch.taken_up")
    assert told["standing"] == [message_of(first)]


def migrated(name=None):
    """Bring the tables of the talk to a migration, or to now; returns its models."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    to = [("chat", name)] if name else graph.leaf_nodes("chat")
    executor.migrate(to)
    return executor.loader.project_state(to).apps


@pytest.mark.django_db(transaction=True)
def test_places_of_branches_from_before_are_found_by_what_replaced_them(ada):
    old = migrated("0005_branch_after")
    try:
        talks, message, branch = (
            old.get_model("chat", name)
            for name in ("Conversation", "Message", "Branch")
        )
        talk = talks.objects.create(owner_id=ada.pk)

        def said(text, **more):
            return message.objects.create(
                conversation_id=talk.pk, text=text, status="done", **more
            )

        # "a, b, c"; b is said otherwise as d; then a is, as e, over "a, d".
        inner, outer = (branch.objects.create(conversation_id=talk.pk) for _ in "12")
        first = said("a", branch=outer)
        said("b", branch=inner)
        said("c", branch=inner)
        said("d", branch=outer, replaces=inner)
        said("e", replaces=outer)
    finally:
        migrated()

    after = {b.pk: b.after_id for b in Branch.objects.all()}
    assert after == {inner.pk: first.pk, outer.pk: None}
