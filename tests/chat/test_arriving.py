"""A site whose music isn't there yet says so, whoever answers, and blames no request."""

import pytest

from catalog.models import IngestItem, IngestRun
from chat.threads import in_thread
from tests.llm_server import Reasonable

NONE_YET = "There is no music in this catalog yet."


def start_run(kind=IngestRun.Kind.DEMO, *, done=0, pending=0, refused=0):
    """Start an import with so many files in each state."""
    run = IngestRun.objects.create(kind=kind)
    statuses = IngestItem.Status
    states = {statuses.DONE: done, statuses.PENDING: pending, statuses.REFUSED: refused}
    states = [state for state, count in states.items() for _ in range(count)]
    IngestItem.objects.bulk_create(
        IngestItem(run=run, position=n, source_key=f"song {n}", status=state)
        for n, state in enumerate(states)
    )


@pytest.fixture(params=["builtin", "llm"])
def answering(request):
    """Let each planner answer."""
    if request.param == "llm":
        request.getfixturevalue("model")(answers=Reasonable())
    return request.param


@pytest.mark.parametrize(
    "message",
    [
        "something happy",
        "songs by Nobody Known",
        "10 fast techno songs",
        "add some jazz",
    ],
)
async def test_a_catalog_without_music_is_admitted(
    ada, open_client, answering, message
):
    client = await open_client(ada)

    reply = await client.say(message)

    assert reply.playlist is None
    assert NONE_YET in reply.text
    assert "in this catalog" not in reply.text.replace(NONE_YET, "")
    assert "fits" not in reply.text


async def test_what_is_on_its_way_is_counted(ada, open_client, answering):
    await in_thread(start_run)(done=3, pending=225, refused=1)
    client = await open_client(ada)

    reply = await client.say("something happy")

    assert "Music is still coming in here: 4 of 229 songs are ready." in reply.text
    assert NONE_YET not in reply.text
    assert reply.playlist is None


async def test_it_is_told_beside_the_songs_that_are_there(
    catalog, ada, open_client, answering
):
    await in_thread(start_run)(IngestRun.Kind.FOLDER, done=100, pending=20)
    client = await open_client(ada)

    reply = await client.say("8 jazz songs")

    assert len(reply.playlist["tracks"]) == 8
    assert reply.text.count("100 of 120 songs are ready") == 1


async def test_a_table_tells_how_many_songs_are_here(catalog, ada, open_client):
    await in_thread(start_run)(IngestRun.Kind.TABLE)
    client = await open_client(ada)

    reply = await client.say("8 jazz songs")

    assert f"{len(catalog)} songs are here so far" in reply.text


async def test_nothing_is_told_of_a_run_that_only_ends(catalog, ada, open_client):
    await in_thread(start_run)(done=120)
    client = await open_client(ada)

    reply = await client.say("8 jazz songs")

    assert "coming in" not in reply.text


async def test_what_looks_for_no_music_is_done_as_ever(ada, open_client, answering):
    client = await open_client(ada)

    reply = await client.say("thanks!")

    assert NONE_YET not in reply.text
