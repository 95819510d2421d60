"""A genre that no song is of gives way to its parent, among other wishes, and that is told."""

import pytest

from tests.factories import make_track
from tests.llm_server import Reasonable


@pytest.fixture
def songs(db):
    """Make quiet and loud hip hop, sung and not, and as much quiet rock."""
    for n in range(6):
        facts = {"energy": 0.2 + n / 10, "valence": 0.5, "tempo_bpm": 90.0}
        kinds = {"Sung": 0.01, "Voiceless": 0.9}
        for name, voiceless in kinds.items():
            make_track(
                f"{name} {n}",
                artist=f"{name} Band {n}",
                genres=("hip hop",),
                instrumentalness=voiceless,
                **facts,
            )
        make_track(f"Rock {n}", artist=f"Rock Band {n}", genres=("rock",), **facts)


@pytest.fixture(params=["builtin", "llm"])
def answering(request):
    """Let each planner answer."""
    if request.param == "llm":
        request.getfixturevalue("model")(answers=Reasonable())
    return request.param


def titles(reply):
    return [track["title"] for track in reply.playlist["tracks"]]


async def test_what_the_name_says_beside_the_parent_holds(
    songs, ada, open_client, answering
):
    client = await open_client(ada)

    reply = await client.say("4 instrumental hip hop songs")

    assert len(titles(reply)) == 4
    assert all(title.startswith("Voiceless") for title in titles(reply))
    assert "instrumental hip hop" in reply.text
    (chips,) = reply.of("constraints")[-1:]
    labels = [chip["label"] for chip in chips["constraints"]]
    assert "hip hop" in labels
    assert "instrumental hip hop" not in labels
    # The list isn't called what it isn't.
    assert "hip hop" in reply.playlist["title"].lower()
    assert "instrumental hip hop" not in reply.playlist["title"].lower()


async def test_no_other_genre_comes_to_who_wants_that_one_alone(
    songs, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("trap please")

    assert reply.playlist is None
    assert "There is no trap in this catalog" in reply.text
    assert "Nearest to it here is hip hop. Shall I play that?" in reply.text


async def test_what_comes_beside_is_not_called_what_was_asked(songs, ada, open_client):
    client = await open_client(ada)
    await client.say("3 rock songs")

    reply = await client.say("add 2 calm trap songs")

    assert len(titles(reply)) == 5
    assert "nearest" in reply.text
    assert "trap songs added" not in reply.text


async def test_where_others_that_were_asked_are_here_nothing_stands_in(
    songs, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("calm rock and trap")

    assert all(title.startswith("Rock") for title in titles(reply))
    assert "There is no trap in this catalog" in reply.text
