"""Less common ways of shaping a list by talking."""

from statistics import median

from tests.chat.test_talk import artists, ids, values


async def test_keep_only_leaves_just_those_songs(catalog, ada, open_client):
    client = await open_client(ada)
    before = ids((await client.say("happy pop")).playlist)

    after = ids((await client.say("keep only the first five")).playlist)

    assert after == before[:5]


async def test_a_song_is_replaced_by_another_kind(catalog, ada, open_client):
    client = await open_client(ada)
    before = ids((await client.say("pop")).playlist)

    after = (await client.say("replace the third one with some jazz")).playlist

    assert before[2] not in ids(after)
    assert len(ids(after)) == len(before)
    assert any(name.startswith("Jazz") for name in artists(after))


async def test_half_as_long_and_twice_as_long(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("12 happy songs")

    half = ids((await client.say("half as long")).playlist)
    double = ids((await client.say("double it")).playlist)

    assert len(half) == 6
    assert len(double) == 12
    assert double[:6] == half


async def test_songs_like_one_are_added_and_not_that_one(catalog, ada, open_client):
    client = await open_client(ada)
    before = ids((await client.say("6 metal songs")).playlist)

    after = ids((await client.say("add 3 more like the second one")).playlist)

    assert after[:6] == before
    assert len(set(after)) == 9


async def test_a_comparison_as_first_words_is_a_request(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("something calmer")

    energies = await values(reply.playlist, "energy")
    assert median(energies) < median(t.energy for t in catalog)


async def test_surprise_me_brings_a_list(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("surprise me")

    assert len(reply.playlist["tracks"]) == 12


async def test_chatter_leaves_the_list_alone(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("pop")

    for text in (
        "I love these!",
        "how many songs are there?",
        "these are boring",
        "ok",
        "play something",
    ):
        reply = await client.say(text)
        assert reply.text
        assert reply.playlist is None


async def test_a_feeling_is_answered_and_not_echoed(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("my boyfriend broke up with me")

    assert "Sorry" in reply.text
    assert "broke up songs" not in reply.text
    assert reply.playlist["tracks"]


def kinds(playlist):
    return [track["artists"][0] for track in playlist["tracks"]]


async def test_kinds_share_a_list_and_go_on_sharing_it(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("half jazz, half metal, 8 songs")
    names = kinds(reply.playlist)
    assert sum(name.startswith("Jazz") for name in names) == 4
    assert sum(name.startswith("Metal") for name in names) == 4

    after = await client.say("4 more songs")
    names = kinds(after.playlist)
    assert sum(name.startswith("Jazz") for name in names) == 6
    assert sum(name.startswith("Metal") for name in names) == 6

    calm = await client.say("make it calmer")
    names = kinds(calm.playlist)
    assert sum(name.startswith("Jazz") for name in names) == len(names) / 2


async def test_a_kind_that_is_not_there_is_told_and_not_filled_up(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("half jazz, half klezmer, 8 songs")

    assert len(ids(reply.playlist)) == 4
    assert "klezmer" in reply.text


async def test_songs_of_each_artist_come_by_number(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("3 songs by Jazz One and 2 by Pop Two")

    names = kinds(reply.playlist)
    assert sorted(names) == ["Jazz One"] * 3 + ["Pop Two"] * 2
    (chips,) = reply.of("constraints")[-1:]
    labels = [chip["label"] for chip in chips["constraints"]]
    assert labels == ["60 % songs by Jazz One", "40 % songs by Pop Two", "5 songs"]


async def test_of_several_kinds_the_missing_are_told_and_the_others_come(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("some jazz, polka and klezmer")

    assert "no polka and no klezmer" in reply.text
    assert all(name.startswith("Jazz") for name in kinds(reply.playlist))
