"""One message may wait for the end of the reply that is being written."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat import services, turns
from chat.models import Conversation, Message, WaitingMessage
from chat.threads import in_thread
from chat.transcript import snapshot


@pytest.fixture
def slow_words(settings):
    """Replies that take long to be said."""
    settings.SECONDS_PER_WORD = 0.05


async def send(client, text, name):
    await client.send(
        type="message.send", text=text, conversation=client.conversation, id=name
    )


async def conversation_of(client):
    return await in_thread(Conversation.objects.get)(uuid=client.conversation)


async def test_a_second_message_is_answered_after_the_first(
    catalog, ada, open_client, slow_words
):
    client = await open_client(ada)
    first = await client.begin()

    await send(client, "only jazz now", "second")
    queued = await client.until("message.queued")
    await client.until("message.done", message=first)
    accepted = await client.until("message.accepted")
    await client.until("message.done", message=accepted["message"])

    assert (queued["id"], queued["text"]) == ("second", "only jazz now")
    assert accepted["message"] == queued["message"]
    stored = await in_thread(Message.objects.get)(uuid=queued["message"])
    assert stored.status == Message.Status.DONE
    assert not await in_thread(WaitingMessage.objects.exists)()
    seqs = [f["seq"] for f in client.frames if "seq" in f]
    assert seqs == list(range(1, len(seqs) + 1))


async def test_it_goes_on_from_what_the_first_has_left(
    catalog, ada, open_client, slow_words
):
    client = await open_client(ada)
    first = await client.begin("5 pop songs")

    await send(client, "remove the first one", "second")
    await client.until("message.done", message=first)
    accepted = await client.until("message.accepted")
    await client.until("message.done", message=accepted["message"])

    lists = [f["playlist"] for f in client.frames if f["type"] == "playlist"]
    assert [len(shown["tracks"]) for shown in lists] == [5, 4]


async def test_a_third_message_is_refused(catalog, ada, open_client, slow_words):
    client = await open_client(ada)
    first = await client.begin()
    await send(client, "jazz", "second")
    queued = await client.until("message.queued")

    await send(client, "rock", "third")
    error = await client.until("error")

    assert (error["code"], error["id"]) == ("busy", "third")
    await client.send(type="message.stop", message=queued["message"])
    await client.send(type="message.stop", message=first)
    await client.until("message.done", message=first)


async def test_what_waits_can_be_taken_back(catalog, ada, open_client, slow_words):
    client = await open_client(ada)
    first = await client.begin()
    await send(client, "jazz", "second")
    queued = await client.until("message.queued")

    await client.send(type="message.stop", message=queued["message"])
    done = await client.until("message.done", message=queued["message"])
    await client.until("message.done", message=first)

    assert done["stopped"]
    assert await in_thread(Message.objects.count)() == 1
    assert not await in_thread(WaitingMessage.objects.exists)()


async def test_stopping_the_first_begins_the_second(
    catalog, ada, open_client, slow_words
):
    client = await open_client(ada)
    first = await client.begin()
    await send(client, "help", "second")
    queued = await client.until("message.queued")

    await client.send(type="message.stop", message=first)
    await client.until("message.done", message=first)
    await client.until("message.accepted", message=queued["message"])
    await client.until("message.done", message=queued["message"])


async def test_all_tabs_are_told_and_a_stranger_can_take_nothing_back(
    catalog, ada, bob, open_client, slow_words
):
    one, two, eve = [await open_client(user) for user in (ada, ada, bob)]
    first = await one.begin()
    await send(one, "jazz", "second")

    queued = await two.until("message.queued")
    await eve.send(type="message.stop", message=queued["message"])

    assert queued["id"] is None
    assert (await eve.until("error"))["code"] == "not_found"
    await one.until("message.done", message=first)
    await one.until("message.done", message=queued["message"])


async def test_the_page_shows_what_waits(catalog, ada, open_client, slow_words):
    client = await open_client(ada)
    first = await client.begin()
    await send(client, "jazz", "second")
    queued = await client.until("message.queued")

    shown = await in_thread(snapshot)(ada, await conversation_of(client))

    assert shown["waiting"] == {"id": queued["message"], "text": "jazz"}
    await client.until("message.done", message=first)
    await client.until("message.done", message=queued["message"])


async def test_what_waited_for_a_dead_process_begins_when_the_talk_is_opened(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("jazz")
    conversation = await conversation_of(client)
    long_ago = timezone.now() - timedelta(seconds=30)
    await in_thread(Message.objects.create)(
        conversation=conversation, text="pop", alive_at=long_ago
    )
    waiting = await in_thread(services.message_wait)(conversation, text="help")

    await client.send(type="conversation.resume", conversation=client.conversation)
    await client.until("message.done", message=str(waiting.uuid))

    stored = await in_thread(Message.objects.get)(uuid=waiting.uuid)
    assert stored.status == Message.Status.DONE


async def test_messages_from_many_tabs_at_once_are_each_answered_or_refused(
    catalog, ada, open_client, slow_words
):
    clients = [await open_client(ada) for _ in range(4)]
    await clients[0].begin("help")
    for client in clients:
        client.conversation = clients[0].conversation

    await asyncio.gather(*(send(c, "help", str(i)) for i, c in enumerate(clients)))
    done = 0
    while done < 2:
        done += (await clients[0].receive())["type"] == "message.done"

    for client in clients[1:]:
        while not await client.communicator.receive_nothing(timeout=0.2):
            await client.receive()
    told = [f for c in clients for f in c.frames if f.get("id") in {"0", "1", "2", "3"}]
    assert sorted(f["type"] for f in told) == ["error"] * 3 + ["message.queued"]
    assert {f["code"] for f in told if f["type"] == "error"} == {"busy"}
    assert await in_thread(Message.objects.count)() == 2


async def test_where_too_many_wait_who_asks_is_told_so_at_once(
    catalog, ada, open_client
):
    client = await open_client(ada)
    others = {uuid4() for _ in range(turns.MOST_WAITING)}
    turns._silent.update(others)
    try:
        await client.send(type="message.send", text="jazz", id="crowd")
        error = await client.until("error")
    finally:
        turns._silent.difference_update(others)

    assert (error["code"], error["id"]) == ("crowded", "crowd")
    assert not await in_thread(Message.objects.exists)()
    assert (await client.say("5 pop songs")).playlist
    assert not turns._silent
