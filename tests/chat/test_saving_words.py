"""“Save it to Spotify”: asked of the agent, done by a job, and never unasked."""

import pytest

from chat.threads import in_thread
from playlists.models import SavedPlaylist
from tests.llm_server import call, say


@pytest.fixture
def connected_ada(ada, connected, linked):
    connected(ada)
    linked(ada)
    return ada


async def saves():
    return await in_thread(lambda: list(SavedPlaylist.objects.all()))()


async def test_whoever_says_so_has_the_list_saved(catalog, connected_ada, open_client):
    client = await open_client(connected_ada)
    empty = await client.say("save it to spotify")
    assert "nothing to save" in empty.text
    assert await saves() == []

    await client.say("6 jazz songs")
    kept = await client.say("save it")
    assert "kept here" in kept.text or "stays here" in kept.text
    assert await saves() == []

    reply = await client.say("4 metal songs and save it to my spotify")
    (save,) = await saves()
    assert "Spotify" in reply.text
    assert len(reply.playlist["tracks"]) == 4
    assert (save.is_public, save.asked) == (False, 1)
    await client.say("put it on spotify")
    assert [one.asked for one in await saves()] == [2]
    reply = await client.say("and save it to listenbrainz please")
    assert "ListenBrainz" in reply.text
    assert len(await saves()) == 2


async def test_without_a_connection_the_way_to_it_is_told(
    catalog, ada, open_client, spotify, settings
):
    client = await open_client(ada)
    await client.say("6 jazz songs")
    assert (
        "isn't connected to your account"
        in (await client.say("save it to spotify")).text
    )
    settings.SPOTIFY_CLIENT_ID = ""
    assert "This site isn't connected" in (await client.say("save it to spotify")).text
    off = await client.say("save it to listenbrainz")
    assert "This site isn't connected with ListenBrainz" in off.text
    assert await saves() == []


async def test_a_model_saves_where_the_message_names_spotify_and_only_there(
    catalog, connected_ada, open_client, model
):
    def answers(request):
        if len(server.requests) % 2:
            return call("save_playlist", {})
        told.append(server.tool_results()[-1])
        return say("All right.")

    told = []
    server = model(answers=answers)
    client = await open_client(connected_ada)
    await client.say("how are you today my friend?")
    assert "didn't ask for Spotify" in told[-1]["error"]
    assert await saves() == []

    await client.say("i would be glad to hear these on my way home, over at spotify")
    assert "no song in the list" in told[-1]["error"]
    assert await saves() == []


async def test_a_model_saves_at_the_service_that_the_message_names(
    catalog, connected_ada, open_client, model
):
    def answers(request):
        if len(server.requests) % 2:
            return call("save_playlist", {})
        told.append(server.tool_results()[-1])
        return say("All right.")

    client = await open_client(connected_ada)
    await client.say("6 jazz songs")
    told = []
    server = model(answers=answers)
    await client.say("i would love to hear these over at listenbrainz on my way home")

    assert "on its way" in told[-1]["listenbrainz"]
    services = in_thread(
        lambda: [one.account.service for one in SavedPlaylist.objects.all()]
    )
    assert await services() == ["listenbrainz"]


async def test_the_rules_save_although_a_model_answers(
    catalog, connected_ada, open_client, model
):
    model()  # asked nothing at all
    client = await open_client(connected_ada)

    reply = await client.say("save it to spotify")

    assert "nothing to save" in reply.text
