"""Editing an earlier message: the talk goes on from there, and what came of it is kept."""

import pytest

from chat.branching import standing_messages
from chat.models import Branch, Conversation, Message
from chat.threads import in_thread
from tests.chat.conftest import Reply


def ids(playlist):
    return [track["id"] for track in playlist["tracks"]]


def message_of(reply):
    return reply.frames[0]["message"]


async def edit(client, message, text, name="edit"):
    """Edit a message and wait for the end of the new reply."""
    start = len(client.frames)
    await client.send(type="message.edit", id=name, message=message, text=text)
    accepted = await client.until("message.accepted", id=name)
    await client.until("message.done", message=accepted["message"])
    return Reply(client.frames[start:])


async def standing(client):
    def read():
        talk = Conversation.objects.get(uuid=client.conversation)
        return [message.text for message in standing_messages(talk)]

    return await in_thread(read)()


async def test_the_list_and_what_was_given_are_those_from_before_the_message(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    await client.say("no pop")

    reply = await edit(client, message_of(second), "add 1 metal song")

    assert ids(reply.playlist)[:6] == ids(first.playlist)
    assert len(ids(reply.playlist)) == 7
    assert reply.playlist["tracks"][6]["artists"][0].startswith("Metal")
    assert await standing(client) == ["6 happy pop songs", "add 1 metal song"]
    # "no pop" was said in what is set aside now.
    longer = (await client.say("add 3 pop songs")).playlist
    assert len(ids(longer)) == 10


async def test_what_was_set_aside_is_told_and_kept(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    third = await client.say("shorter")

    reply = await edit(client, message_of(second), "add 1 metal song")

    accepted = reply.of("message.accepted")[0]
    assert accepted["replaces"] == message_of(second)
    assert accepted["set_aside"] == [message_of(second), message_of(third)]
    back = reply.of("playlist")[0]
    assert len(ids(back["playlist"])) == 6
    assert back["change"]["author"] == "listener"
    branch = await in_thread(Branch.objects.get)()
    kept = await in_thread(lambda: [m.text for m in branch.messages.order_by("pk")])()
    assert kept == ["add 2 jazz songs", "shorter"]
    assert branch.state["version"] == branch.version_id


async def test_undo_after_an_edit_goes_to_the_list_before_that_message(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    await client.say("remove the first one")

    await edit(client, message_of(second), "add 1 metal song")
    undone = (await client.say("undo")).playlist

    assert ids(undone) == ids(first.playlist)


async def test_a_list_that_was_edited_by_hand_before_the_message_stays_edited(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = (await client.say("6 happy pop songs")).playlist
    await client.send(
        type="playlist.edit",
        playlist=first["id"],
        ops=[{"op": "remove", "tracks": ids(first)[:2]}],
    )
    await client.until("playlist")
    second = await client.say("add 2 jazz songs")

    reply = await edit(client, message_of(second), "add 1 jazz song")

    assert ids(reply.playlist)[:4] == ids(first)[2:]
    assert len(ids(reply.playlist)) == 5


async def test_likes_from_what_is_set_aside_stay_the_listeners(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    await client.say("I like the second one")

    reply = await edit(client, message_of(first), "6 happy pop songs")

    liked = {t["id"]: t["reaction"] for t in reply.tracks}
    assert liked.get(ids(first.playlist)[1], "like") == "like"


async def test_a_client_that_resumes_from_anywhere_hears_the_same(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    await client.say("shorter")
    await edit(client, message_of(first), "6 jazz songs")
    told = [{**f, "id": None} for f in client.frames if "seq" in f]

    other = await open_client(ada)
    for after in (0, 3, told[-1]["seq"] - 4):
        start = len(other.frames)
        await other.send(
            type="conversation.resume", conversation=client.conversation, after=after
        )
        resumed = await other.until("conversation.resumed")
        frames = [{**f, "id": None} for f in other.frames[start:-1]]
        assert frames == told[after:]
        assert resumed["upto"] == told[-1]["seq"]


async def test_other_tabs_hear_of_the_edit(catalog, ada, open_client):
    one, two = await open_client(ada), await open_client(ada)
    first = await one.say("6 happy pop songs")
    await two.until("message.done")

    await edit(one, message_of(first), "6 jazz songs")
    accepted = await two.until("message.accepted", replaces=message_of(first))

    assert accepted["id"] is None
    renamed = await two.until("conversation.renamed")
    assert renamed["title"] == "6 jazz songs"
    await two.until("message.done", message=accepted["message"])


@pytest.mark.parametrize("whose", ["nobody's", "another's", "elsewhere"])
async def test_a_message_that_is_not_theirs_or_not_there_is_not_found(
    catalog, ada, bob, open_client, whose
):
    client = await open_client(ada)
    message = message_of(await client.say("jazz"))
    more = {}
    if whose == "another's":
        client = await open_client(bob)
    elif whose == "nobody's":
        message = "00000000-0000-4000-8000-000000000000"
    else:
        more["conversation"] = "00000000-0000-4000-8000-000000000000"

    await client.send(type="message.edit", id=1, message=message, text="pop", **more)
    error = await client.until("error")

    assert (error["code"], error["id"]) == ("not_found", 1)
    assert await in_thread(Branch.objects.count)() == 0


async def test_a_message_that_was_replaced_is_edited_no_more(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("shorter")
    await edit(client, message_of(first), "6 jazz songs")

    for gone in (first, second):
        await client.send(
            type="message.edit", id="late", message=message_of(gone), text="pop"
        )
        error = await client.until("error", id="late")
        assert error["code"] == "set_aside"
    assert await standing(client) == ["6 jazz songs"]


async def test_nothing_is_edited_while_a_reply_is_being_written(
    catalog, ada, open_client, settings
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    settings.SECONDS_PER_WORD = 0.2
    await client.send(
        type="message.send", text="jazz", conversation=client.conversation, id="slow"
    )
    running = (await client.until("message.accepted", id="slow"))["message"]

    for message in (message_of(first), running):
        await client.send(type="message.edit", id="e", message=message, text="pop")
        error = await client.until("error", id="e")
        assert error["code"] == "busy"
    await client.send(type="message.stop", message=running)
    await client.until("message.done")

    assert await standing(client) == ["6 happy pop songs", "jazz"]
    settings.SECONDS_PER_WORD = 0
    await edit(client, running, "metal", "later")
    assert await standing(client) == ["6 happy pop songs", "metal"]


async def test_a_message_from_before_versions_were_noted_goes_back_by_its_memory(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")
    second = await client.say("add 2 jazz songs")
    await in_thread(Message.objects.update)(version_before=None)

    reply = await edit(client, message_of(second), "add 1 metal song")

    assert ids(reply.playlist)[:6] == ids(first.playlist)
    assert len(ids(reply.playlist)) == 7


async def test_an_edit_can_be_edited_again(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("6 happy pop songs")

    once = await edit(client, message_of(first), "6 jazz songs", "one")
    twice = await edit(client, message_of(once), "6 metal songs", "two")

    assert await standing(client) == ["6 metal songs"]
    assert all(t["artists"][0].startswith("Metal") for t in twice.tracks)
    assert await in_thread(Branch.objects.count)() == 2
