"""Whatever happens to the model or its server, the turn is not lost or done twice."""

import asyncio

import pytest

from chat.models import LLMCall
from chat.threads import in_thread
from tests.factories import make_catalog
from tests.llm_server import (
    Faulty,
    Reasonable,
    Refused,
    call,
    say,
)
from tests.llm_server.faults import FAULTS

JAZZ = {"Jazz One", "Jazz Two", "Jazz Three"}


@pytest.fixture
def catalog(transactional_db):
    return make_catalog(per_genre=8)


def ids(playlist):
    return [track["id"] for track in playlist["tracks"]]


def artists(playlist):
    return {name for track in playlist["tracks"] for name in track["artists"]}


async def outcomes():
    def read():
        return list(LLMCall.objects.order_by("id").values_list("outcome", flat=True))

    return await in_thread(read)()


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        ([Refused(429, {"retry-after": "60"})], "too busy"),
        ([Refused(500), Refused(500)], "a fault of its own"),
        ([Refused(401)], "refused the request"),
        ([say("Here", ends="stall", after=0)], "stopped answering"),
        ([say("Here", ends="error")] * 2, "a fault of its own"),
        ([say("Here", ends="garbage")] * 2, "made no sense"),
        ([say("Here are", ends="disconnect", after=1)] * 2, "can't be reached"),
        ([say("Here are", ends="quiet", after=1)] * 2, "broke off"),
        ([say(""), say("")], "left that undone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_the_reply_goes_on_without_the_model_and_says_so_once(
    catalog, ada, open_client, model, replies, told
):
    model(*replies)
    client = await open_client(ada)

    reply = await client.say("6 jazz songs")

    assert reply.text.count("The language model") == 1
    assert told in reply.text
    assert "Here" not in reply.text.split("without it.")[0]
    assert len(reply.playlist["tracks"]) == 6
    assert artists(reply.playlist) <= JAZZ
    assert reply.frames[-1]["stopped"] is False


async def test_a_failure_that_passes_is_not_noticed(catalog, ada, open_client, model):
    reasonable = Reasonable()

    def answers(request):
        if len(server.requests) == 1:
            return Refused(429, {"retry-after": "0"})
        return reasonable(request)

    server = model(answers=answers)
    client = await open_client(ada)

    reply = await client.say("some jazz")

    assert "language model" not in reply.text
    assert artists(reply.playlist) <= JAZZ
    assert await outcomes() == ["busy", "called", "called", "answered"]


async def test_what_was_done_before_the_model_broke_off_is_kept_and_not_done_again(
    catalog, ada, open_client, model
):
    reasonable = Reasonable()

    def answers(request):
        done = reasonable(request)
        return done if done.calls else say("The", ends="stall", after=0)

    model(answers=answers)
    client = await open_client(ada)

    reply = await client.say("6 jazz songs")

    assert len(reply.of("playlist")) == 1
    assert len(reply.playlist["tracks"]) == 6
    assert "stopped answering, so I go on without it. " in reply.text


async def test_of_two_wishes_the_one_that_is_left_is_done_without_the_model(
    catalog, ada, open_client, model
):
    server = model(answers=Reasonable())
    client = await open_client(ada)
    before = (await client.say("6 jazz songs")).playlist
    server.answers = lambda request: Refused(401)
    reply = await client.say("remove the first one and add two folk songs")

    after = reply.playlist
    assert ids(before)[0] not in ids(after)
    assert ids(after)[:5] == ids(before)[1:]
    assert len(after["tracks"]) == 7
    assert artists({"tracks": after["tracks"][5:]}) <= {
        "Folk One",
        "Folk Two",
        "Folk Three",
    }


async def test_undo_takes_back_all_that_a_message_with_two_helpers_did(
    catalog, ada, open_client, model
):
    server = model(answers=Reasonable())
    client = await open_client(ada)
    before = (await client.say("6 jazz songs")).playlist
    await client.say("add some folk")

    back = (await client.say("undo")).playlist

    assert ids(back) == ids(before)
    assert server.errors == []


async def test_a_model_that_goes_round_in_circles_is_ended(
    catalog, ada, open_client, model, settings
):
    settings.LLM_MAX_ROUNDS = 3
    server = model(answers=lambda _: call("find_tracks", {"words": "jazz"}))
    client = await open_client(ada)

    reply = await client.say("6 jazz songs")

    assert len(server.requests) == 3
    assert "tools" not in server.requests[-1]
    assert len(reply.playlist["tracks"]) == 6
    assert artists(reply.playlist) <= JAZZ


async def test_a_turn_ends_when_its_tokens_are_used(
    catalog, ada, open_client, model, settings
):
    settings.LLM_TURN_TOKENS = 1000
    again = call("find_tracks", {"words": "jazz"}, tokens=(900, 200))
    server = model(answers=lambda _: again)
    client = await open_client(ada)

    reply = await client.say("6 jazz songs")

    assert len(server.requests) == 1
    assert len(reply.playlist["tracks"]) == 6


async def test_a_share_of_the_day_that_is_used_up_is_told_and_asks_no_model(
    catalog, ada, open_client, model, settings
):
    settings.LLM_DAILY_TOKENS = 300
    server = model(answers=Reasonable())
    client = await open_client(ada)
    await client.say("some jazz")
    asked = len(server.requests)

    reply = await client.say("now some folk")

    assert len(server.requests) == asked
    assert reply.text.startswith("Today's share of the language model is used up")
    assert artists(reply.playlist) <= {"Folk One", "Folk Two", "Folk Three"}


async def test_another_listeners_share_is_their_own(
    catalog, ada, bob, open_client, model, settings
):
    settings.LLM_DAILY_TOKENS = 300
    server = model(answers=Reasonable())
    await (await open_client(ada)).say("some jazz")
    asked = len(server.requests)

    await (await open_client(bob)).say("some jazz")

    assert len(server.requests) > asked


async def test_a_server_that_counts_nothing_is_estimated(
    catalog, ada, open_client, model, settings
):
    from tests.llm_server import Style

    settings.LLM_USAGE_IN_STREAM = False
    model(say("Hello there.", style=Style(has_usage=False)))
    client = await open_client(ada)

    await client.say("hello")

    row = await in_thread(LLMCall.objects.get)()
    assert row.is_estimated
    assert row.tokens_in > 500
    assert row.tokens_out == 3


async def test_stop_closes_the_request_and_keeps_what_was_said(
    catalog, ada, open_client, model, settings
):
    settings.LLM_READ_TIMEOUT_S = 60
    server = model(say("Hello there, friend. And then", ends="stall", after=4))
    client = await open_client(ada)
    await client.send(type="message.send", text="hello", id="1")
    accepted = await client.until("message.accepted", id="1")
    await client.until("message.delta")

    await client.send(type="message.stop", message=accepted["message"])
    done = await client.until("message.done", message=accepted["message"])

    assert done["stopped"] is True
    assert await asyncio.to_thread(server.aborted.wait, 30)
    assert await outcomes() == ["stopped"]


async def test_the_planner_can_change_in_the_middle_of_a_talk(
    catalog, ada, open_client, model, settings
):
    model(answers=Reasonable())
    client = await open_client(ada)
    before = (await client.say("6 jazz songs")).playlist

    settings.PLANNER = "builtin"
    without = (await client.say("remove the second one")).playlist
    why = await client.say("why this one?")
    settings.PLANNER = "llm"
    more = (await client.say("add some more of those")).playlist

    assert ids(without) == [i for i in ids(before) if i != ids(before)[1]]
    assert "Jazz" in why.text
    assert ids(more)[: len(ids(without))] == ids(without)


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_no_fault_loses_a_turn_or_brings_a_song_that_is_not_there(
    catalog, ada, open_client, model, settings, name
):
    settings.LLM_READ_TIMEOUT_S = 0.3
    titles = {track.title for track in catalog}
    model(answers=Faulty(Reasonable(), seed=len(name), rate=0.6, names=(name,)))
    client = await open_client(ada)

    replies = [
        await client.say("6 jazz songs"),
        await client.say("add two folk songs"),
        await client.say("remove the first one"),
        await client.say("undo"),
    ]

    sizes = [len(reply.playlist["tracks"]) for reply in replies]
    assert sizes == [6, 8, 7, 8]
    assert all(t["title"] in titles for r in replies for t in r.playlist["tracks"])
    assert all(reply.text.strip() for reply in replies)
    assert "Imaginary" not in "".join(reply.text for reply in replies)
