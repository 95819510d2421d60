"""A list that words found moves among what the words find."""

from statistics import median

import pytest

from catalog.models import Track
from chat.threads import in_thread
from tests.factories import make_track


@pytest.fixture
def songs(db):
    """Make quiet songs of Christmas, and many cheerful ones of nothing."""
    for name, count, start, fame in (
        ("Christmas Night", 60, 0.1, 80),
        ("Cheers", 240, 0.7, 50),
    ):
        for n in range(count):
            mood = start + n / 1000
            make_track(
                f"{name} {n}",
                artist=f"{name} Band {n}",
                popularity=fame,
                energy=mood,
                valence=mood,
            )


def titles(reply):
    return [track["title"] for track in reply.playlist["tracks"]]


def middle_energy(reply):
    found = Track.objects.filter(title__in=titles(reply))
    return median(found.values_list("energy", flat=True))


async def test_more_upbeat_christmas_songs_are_of_christmas(songs, ada, open_client):
    client = await open_client(ada)
    first = await client.say("christmas songs")

    upbeat = await client.say("make it more upbeat")

    assert all(title.startswith("Christmas") for title in titles(upbeat))
    assert await in_thread(middle_energy)(upbeat) > await in_thread(middle_energy)(
        first
    )
