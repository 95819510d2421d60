"""One test for each odd way in which a server cuts its stream or breaks it."""

import asyncio
import json
from contextlib import aclosing

import pytest
from pydantic import SecretStr

from chat.agent.llm.accumulating import Answer
from chat.agent.llm.client import ChatCompletionsClient, Endpoint, ModelFailed
from tests.llm_server import (
    OLLAMA,
    Called,
    LLMServer,
    Refused,
    Reply,
    Script,
    Style,
    say,
)

TWO_CALLS = (
    Called("find_tracks", {"words": "slow rain", "genres": ["jazz"]}),
    Called("my_taste", {}),
)
TOOLS = [{"type": "function", "function": {"name": "find_tracks", "parameters": {}}}]


async def ask(reply, **endpoint):
    """Ask a server that gives one reply; return the words, the answer, the server."""
    with LLMServer(Script([reply])) as server:
        client = ChatCompletionsClient(
            Endpoint("stand-in", server.url, SecretStr("hush"), **endpoint)
        )
        words, answer = [], None
        async with client:
            async for piece in client.ask([{"role": "user", "content": "hi"}], TOOLS):
                if isinstance(piece, Answer):
                    answer = piece
                else:
                    words.append(piece)
    assert server.errors == []
    return words, answer, server


def called(answer):
    return [(call.name, json.loads(call.arguments)) for call in answer.calls]


EXPECTED = [(call.name, call.arguments) for call in TWO_CALLS]


async def test_words_come_in_pieces_and_the_answer_holds_them_all():
    words, answer, _ = await ask(say("Here is something slow and warm."))

    assert len(words) > 3
    assert "".join(words) == answer.text == "Here is something slow and warm."
    assert answer.calls == ()
    assert (answer.usage.tokens_in, answer.usage.tokens_out) == (100, 20)


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(Style(), id="as OpenAI does"),
        pytest.param(OLLAMA, id="index 0 for each call, whole, finish_reason stop"),
        pytest.param(Style(index="missing"), id="no index"),
        pytest.param(Style(index="missing", piece_chars=0), id="no index, whole"),
        pytest.param(Style(index="from 1"), id="the first index is 1"),
        pytest.param(Style(has_id=False), id="no id"),
        pytest.param(Style(index="all 0", has_id=False), id="index 0 and no id"),
        pytest.param(Style(index="missing", has_id=False), id="neither index nor id"),
        pytest.param(Style(piece_chars=1), id="one character at a time"),
        pytest.param(Style(repeats_name=True), id="the name in every piece"),
        pytest.param(Style(arguments_as_object=True), id="arguments as an object"),
        pytest.param(Style(finish="stop"), id="finish_reason stop"),
        pytest.param(Style(content_is_null=True), id="content is null"),
    ],
)
async def test_two_calls_are_understood_however_they_are_cut(style):
    _, answer, _ = await ask(Reply(calls=TWO_CALLS, style=style))

    assert called(answer) == EXPECTED
    assert len({call.call_id for call in answer.calls}) == 2
    assert all(call.call_id for call in answer.calls)


async def test_arguments_that_are_no_json_come_as_they_are():
    _, answer, _ = await ask(Reply(calls=(Called("find_tracks", '{"words": "sl'),)))

    assert answer.calls[0].arguments == '{"words": "sl'


async def test_a_server_that_counts_nothing_gives_no_usage():
    _, answer, server = await ask(
        say("Hi.", style=Style(has_usage=False)), has_usage=False
    )

    assert answer.usage is None
    assert "stream_options" not in server.requests[0]


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
async def test_reasoning_in_a_field_of_its_own_is_no_text(name):
    reply = say(
        "Hello.", reasoning="the user greets me", style=Style(reasoning_field=name)
    )

    words, answer, _ = await ask(reply)

    assert "".join(words) == answer.text == "Hello."
    assert answer.reasoning_chars == len("the user greets me")


@pytest.mark.parametrize("piece_chars", [1, 3, 0])
async def test_reasoning_between_tags_is_no_text(piece_chars):
    reply = say(
        "<think>they say <3 and a < b</think>1 < 2 <thin.",
        style=Style(piece_chars=piece_chars),
    )

    words, answer, _ = await ask(reply)

    assert answer.text == "1 < 2 <thin."
    assert "think" not in "".join(words)


async def test_an_answer_that_ran_out_of_tokens_says_so():
    _, answer, _ = await ask(say("Here is", style=Style(finish="length")))

    assert answer.is_cut_by_length


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Refused(429, {"retry-after": "7"}), "busy"),
        (Refused(500), "failing"),
        (Refused(503), "failing"),
        (Refused(401), "refused"),
        (Refused(404), "refused"),
        (say("Here is a", ends="disconnect", after=1), "unreachable"),
        (say("Here is a", ends="disconnect"), "unreachable"),
        (say("Here is a", ends="quiet", after=1), "cut"),
        (say("Here is a", ends="error", after=1), "failing"),
        (say("Here is a", ends="garbage", after=1), "broken"),
    ],
    ids=str,
)
async def test_each_failure_has_its_kind(reply, kind):
    with pytest.raises(ModelFailed) as caught:
        await ask(reply)

    assert caught.value.kind == kind
    assert caught.value.told.startswith("The language model")


async def test_the_time_to_come_back_is_kept_and_nothing_is_tried_again():
    with LLMServer(Script([Refused(429, {"retry-after": "7"})])) as server:
        async with ChatCompletionsClient(Endpoint("stand-in", server.url)) as client:
            with pytest.raises(ModelFailed) as caught:
                async for _ in client.ask([], []):
                    pass

    assert caught.value.retry_after_s == 7
    assert len(server.requests) == 1


async def test_a_stream_that_stalls_is_given_up_and_closed():
    with LLMServer(Script([say("Here is a", ends="stall", after=1)])) as server:
        endpoint = Endpoint("stand-in", server.url, read_timeout_s=0.2)
        async with ChatCompletionsClient(endpoint) as client:
            with pytest.raises(ModelFailed) as caught:
                async for _ in client.ask([], []):
                    pass
        assert server.aborted.wait(30)

    assert caught.value.kind == "stalled"


async def test_a_server_that_is_not_there_is_unreachable():
    with LLMServer(Script([])) as server:
        url = server.url
    async with ChatCompletionsClient(Endpoint("stand-in", url)) as client:
        with pytest.raises(ModelFailed) as caught:
            async for _ in client.ask([], []):
                pass

    assert caught.value.kind == "unreachable"


async def test_closing_the_answer_closes_the_request():
    with LLMServer(Script([say("Here is a", ends="stall", after=1)])) as server:
        async with ChatCompletionsClient(Endpoint("stand-in", server.url)) as client:
            async with aclosing(client.ask([], [])) as pieces:
                assert await anext(pieces) == "Here is"
            assert await asyncio.to_thread(server.aborted.wait, 30)


async def test_a_cancelled_task_closes_the_request():
    async def read(client):
        async for _ in client.ask([], []):
            pass

    with LLMServer(Script([say("Here is a", ends="stall", after=1)])) as server:
        async with ChatCompletionsClient(Endpoint("stand-in", server.url)) as client:
            reading = asyncio.create_task(read(client))
            assert await asyncio.to_thread(server.stalling.wait, 30)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            assert await asyncio.to_thread(server.aborted.wait, 30)


async def test_the_name_of_the_token_limit_is_the_servers():
    _, _, local = await ask(say("Hi."), max_tokens=50)
    _, _, openais = await ask(
        say("Hi."), max_tokens=50, max_tokens_param="max_completion_tokens"
    )

    assert local.requests[0]["max_tokens"] == 50
    assert "max_completion_tokens" not in local.requests[0]
    assert openais.requests[0]["max_completion_tokens"] == 50
    assert "max_tokens" not in openais.requests[0]


async def test_nothing_is_asked_that_local_servers_refuse():
    _, _, server = await ask(say("Hi."))

    avoided = {"tool_choice", "parallel_tool_calls", "store", "user", "response_format"}
    assert not avoided & set(server.requests[0])
