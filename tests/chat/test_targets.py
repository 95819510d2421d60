"""Many times, in catalogs of short, usual and long songs: each is met within 3 %, or told."""

import numpy as np
import pytest

from catalog.models import Track
from chat.agent.lasting import TOLERANCE
from tests.chat.test_lengths import minutes_of

# Lengths of songs in seconds.
CATALOGS = {
    "usual": lambda chance, count: chance.normal(225, 45, count).clip(90, 420),
    "punk": lambda chance, count: chance.uniform(55, 150, count),
    "prog": lambda chance, count: chance.uniform(400, 1500, count),
    "mixed": lambda chance, count: np.exp(chance.normal(5.4, 0.7, count)).clip(
        40, 1800
    ),
}
TARGETS = (
    "an hour of calm music",
    "make it 45 minutes",
    "make it 20 minutes",
    "make it an hour and a half",
    "make it 30 minutes",
    "35 minutes of happy music",
    "make it 100 minutes",
    "make it 52 minutes",
)
MINUTES = (60, 45, 20, 90, 30, 35, 100, 52)


@pytest.mark.parametrize("kind", CATALOGS)
async def test_each_time_is_met_or_it_is_told_that_it_is_not(
    catalog, ada, open_client, kind
):
    chance = np.random.default_rng(4)
    for track, s in zip(catalog, CATALOGS[kind](chance, len(catalog)), strict=True):
        track.duration_ms = int(s * 1000)
    await Track.objects.abulk_update(catalog, ["duration_ms"])
    client = await open_client(ada)
    playlist, met = None, 0

    for message, minutes in zip(TARGETS, MINUTES, strict=True):
        reply = await client.say(message)
        playlist = reply.playlist or playlist
        gap = abs(minutes_of(playlist) - minutes)
        if gap <= TOLERANCE * minutes:
            met += 1
        else:
            assert "that you asked for" in reply.text, (message, gap)

    # In every one of these catalogs there are songs for each of the times.
    assert met == len(TARGETS), met


async def test_what_no_songs_can_last_is_told(catalog, ada, open_client):
    await Track.objects.aupdate(duration_ms=40 * 60_000)
    client = await open_client(ada)

    reply = await client.say("an hour of happy music")

    assert "not the 1 hour that you asked for" in reply.text or (
        "not the" in reply.text and "that you asked for" in reply.text
    )
