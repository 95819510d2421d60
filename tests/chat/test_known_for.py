"""A genre that no song is marked with is answered by artists who are known for it."""

import pytest

from chat.threads import in_thread
from tests.factories import make_track
from tests.llm_server import Reasonable


def make_songs():
    for n in range(4):
        make_track(f"Slow {n}", artist="Chet Baker", genres=("pop",), year=1955 + n)
        make_track(f"Loud {n}", artist="Nobody Known", genres=("pop",), year=1990 + n)


@pytest.fixture(params=["builtin", "llm"])
def answering(request):
    """Let each planner answer."""
    if request.param == "llm":
        request.getfixturevalue("model")(answers=Reasonable())
    return request.param


def artists(playlist):
    return {name for track in playlist["tracks"] for name in track["artists"]}


async def test_their_songs_come_and_that_is_told(ada, open_client, answering):
    await in_thread(make_songs)()
    client = await open_client(ada)

    reply = await client.say("4 jazz songs")

    assert artists(reply.playlist) == {"Chet Baker"}
    assert "No song here is marked as jazz" in reply.text
    assert "There is no jazz" not in reply.text
    lines = [track["proof"]["line"] for track in reply.tracks]
    assert all("known for jazz" in line for line in lines)
    assert not any("asked for jazz" in line for line in lines)


async def test_what_nobody_here_is_known_for_is_still_missing(ada, open_client):
    await in_thread(make_songs)()
    client = await open_client(ada)

    reply = await client.say("polka")

    assert reply.playlist is None
    assert "There is no polka in this catalog" in reply.text


async def test_songs_that_are_marked_need_nobodys_fame(ada, open_client, answering):
    await in_thread(make_songs)()
    await in_thread(make_track)("Marked", artist="Nobody Known", genres=("jazz",))
    client = await open_client(ada)

    reply = await client.say("jazz please")

    assert [t["title"] for t in reply.playlist["tracks"]] == ["Marked"]
    assert "known for" not in reply.text
