"""What was demanded of songs holds in the list, and in every later one."""

import pytest

from catalog.models import Track
from chat.threads import in_thread
from tests.chat.test_talk import ids
from tests.factories import make_track

LANGUAGES = ("en", "fr", "de", "")


@pytest.fixture
def noted(catalog):
    """Note of the catalog's songs what tables note: languages, words, versions."""
    for i, track in enumerate(catalog):
        track.language = LANGUAGES[i % 4]
        track.is_explicit = (True, False, None)[i % 3]
        track.version = ("", "live", "remix", "", "cover")[i % 5]
        track.duration_ms = 120_000 + 15_000 * (i % 16)
    fields = ["language", "is_explicit", "version", "duration_ms"]
    Track.objects.bulk_update(catalog, fields)
    return catalog


async def of(playlist):
    tracks = Track.objects.filter(uuid__in=ids(playlist))
    return [track async for track in tracks]


DEMANDS = (
    ("songs in French", lambda t: t.language == "fr"),
    ("happy songs, but nothing in English", lambda t: t.language != "en"),
    ("pop without explicit lyrics", lambda t: t.is_explicit is not True),
    ("energetic music, nothing live", lambda t: t.version != "live"),
    (
        "happy songs, no remixes or covers",
        lambda t: t.version not in ("remix", "cover"),
    ),
    ("live versions of anything", lambda t: t.version == "live"),
    ("instrumental music", lambda t: t.instrumentalness > 0.5),
    ("songs with vocals", lambda t: t.instrumentalness <= 0.5),
    ("songs between 90 and 110 bpm", lambda t: 90 <= t.tempo_bpm <= 110),
    ("songs over 120 bpm", lambda t: t.tempo_bpm >= 120),
    ("songs under 3 minutes", lambda t: t.duration_ms <= 180_000),
    ("happy songs, nothing from the 90s", lambda t: not 1990 <= t.year <= 1999),
)


@pytest.mark.parametrize(("message", "keeps"), DEMANDS)
async def test_a_demand_is_kept_by_all_songs_also_after_later_edits(
    noted, ada, open_client, message, keeps
):
    client = await open_client(ada)
    playlist = None

    for text in (message, "make it a bit calmer", "add 3 more"):
        playlist = (await client.say(text)).playlist or playlist
        assert playlist["tracks"]
        assert [t.title for t in await of(playlist) if not keeps(t)] == [], text


async def test_a_fact_that_the_catalog_doesnt_note_is_told_and_not_claimed(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("10 happy songs in French")

    assert len(reply.playlist["tracks"]) == 10
    assert "doesn't note languages" in reply.text
    assert "went by the word alone" in reply.text


async def test_the_name_of_a_language_that_isnt_noted_is_looked_for(
    catalog, ada, open_client
):
    await in_thread(make_track)("A French Farewell", artist="Ada Lane", genres=("pop",))
    client = await open_client(ada)

    reply = await client.say("5 songs in French")

    assert "A French Farewell" in {t["title"] for t in reply.playlist["tracks"]}


async def test_what_was_on_another_list_is_left_out_where_news_are_asked_for(
    catalog, ada, open_client
):
    client = await open_client(ada)
    heard = ids((await client.say("5 jazz songs")).playlist)
    client.conversation = None  # The next message begins another talk.

    new = ids((await client.say("5 jazz songs that I haven't heard")).playlist)

    assert len(new) == 5
    assert set(heard).isdisjoint(new)


async def test_what_no_song_is_is_named(catalog, ada, open_client):
    client = await open_client(ada)

    genre = await client.say("gamelan music")
    both = await client.say("ambient by Metal One")

    assert "no gamelan" in genre.text
    assert "“Metal One”" in both.text
    assert "“ambient”" in both.text
    assert genre.playlist is both.playlist is None
