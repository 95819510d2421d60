"""Songs like those that a listener has at Spotify, which themselves go nowhere."""

import pytest

from catalog.models import Track
from chat.agent.builtin.gathering import MOST_SEEDS
from chat.models import Conversation
from chat.threads import in_thread
from feedback.models import Reaction
from playlists.library.asking import library_withdraw
from playlists.models import LibraryPart, LibraryTrack
from tests.factories import make_track
from tests.playlists.library.conftest import ALL_SCOPES, Home

pytestmark = pytest.mark.usefixtures("clean_redis")

Kind = LibraryPart.Kind


def have(home, genre, count=6):
    """Return songs there that are the catalog's first of a genre, by ISRC alone."""
    songs = []
    for n in range(1, count + 1):
        isrc = f"ZZ{genre[:3].upper()}26{n:05}"
        Track.objects.filter(title=f"{genre.title()} Piece {n}").update(isrc=isrc)
        songs.append(home.add(f"Zephyrine {genre} {n}", "Zorblatt", isrc=isrc))
    return songs


@pytest.fixture
def library(catalog, ada, spotify, connected):
    """Liked jazz, top metal, folk lately, a playlist of house and one of nothing here."""
    home = Home(spotify, connected(ada, scopes=ALL_SCOPES))
    home.person.library = [song.uri for song in have(home, "jazz")]
    home.person.top = [song.uri for song in have(home, "metal")]
    home.person.recent = [song.uri for song in have(home, "folk")]
    home.add_list("Qwyjibo Nights", have(home, "house"))
    home.add_list("Elsewhere", [home.add("Nowhere", "Zorblatt")])
    home.bring_in(*Kind)
    return home


def genres(reply):
    """Return how many songs of a list are of each genre of the catalog."""
    titles = [track["title"] for track in reply.playlist["tracks"]]
    names = [title.split(" Piece")[0] for title in titles]
    return {name: names.count(name) for name in names}


def borrowed(reply, genre):
    """Return the songs of the library in a list: the first six of a genre."""
    taken = {f"{genre} Piece {n}" for n in range(1, 7)}
    return taken & {track["title"] for track in reply.playlist["tracks"]}


async def given():
    conversation = await Conversation.objects.aget()
    return conversation.state["given"]


@pytest.mark.parametrize(
    ("text", "genre", "label"),
    [
        ("play something like my liked songs", "Jazz", "your liked songs"),
        ("like my top tracks", "Metal", "your top songs"),
        ("more like what I listened to lately", "Folk", "what you played last"),
        (
            "songs from my Spotify playlist Qwyjibo Nights",
            "House",
            "a playlist of yours",
        ),
        # A slip of the pen, as with lists of the site's own.
        ("like my Spotify playlist qwijibo nights", "House", "a playlist of yours"),
    ],
)
async def test_songs_sound_like_those_and_are_none_of_them(
    library, ada, open_client, text, genre, label
):
    client = await open_client(ada)

    reply = await client.say(text)

    found = genres(reply)
    assert max(found, key=found.get) == genre
    assert found[genre] >= 4  # of the six that are left
    assert borrowed(reply, genre) == set()
    assert f"I went by {label} at Spotify; they themselves stay out." in reply.text
    (chip,) = reply.of("constraints")[-1]["constraints"]
    assert (chip["id"], chip["label"]) == ("library", f"near {label} at Spotify")
    # What is remembered is which were asked for, and by their source.
    held = await given()
    assert held["library"]["source"] == "spotify"
    assert held["seeds"] == []
    told = [reason for track in reply.tracks for reason in track["reasons"]]
    assert not [text for text in told if "Piece" in text]


async def test_of_a_library_larger_than_what_seeds_are_none_comes_either(
    catalog, ada, open_client, spotify, connected
):
    home = Home(spotify, await in_thread(connected)(ada, scopes=ALL_SCOPES))

    def bring_in():
        genres = ("jazz", "metal", "folk", "house", "soul")
        songs = [song for genre in genres for song in have(home, genre, 8)]
        home.person.library = [song.uri for song in songs]
        home.bring_in(Kind.LIKED)
        held = LibraryTrack.objects.exclude(track=None)
        return set(held.values_list("track__title", flat=True))

    own = await in_thread(bring_in)()
    client = await open_client(ada)

    reply = await client.say("50 songs like my liked songs")

    titles = {track["title"] for track in reply.playlist["tracks"]}
    assert len(own) == 40 > MOST_SEEDS
    assert len(titles) == 50
    assert titles & own == set()


async def test_what_else_was_asked_holds_and_later_words_go_on_from_there(
    library, ada, open_client
):
    client = await open_client(ada)
    calm = await client.say("5 songs like my liked songs, but calmer")
    assert len(calm.playlist["tracks"]) == 5
    labels = [c["label"] for c in calm.of("constraints")[-1]["constraints"]]
    assert "calmer" in " ".join(labels)

    more = await client.say("add 3 more")
    assert len(more.playlist["tracks"]) == 8
    assert borrowed(more, "Jazz") == set()
    asked = await client.say("what do you remember of this talk?")
    assert "songs near to your liked songs at Spotify" in asked.text

    await client.send(
        type="constraint.set",
        id="set",
        conversation=client.conversation,
        constraint="library",
        value="off",
    )
    await client.until("message.done")
    assert (await given())["library"] is None


async def test_songs_like_those_are_added_to_a_list(library, ada, open_client):
    client = await open_client(ada)
    await client.say("5 ambient songs")

    reply = await client.say("add 4 songs like my top tracks")

    assert genres(reply)["Ambient"] == 5
    assert genres(reply)["Metal"] >= 2
    assert borrowed(reply, "Metal") == set()


async def test_what_was_taken_back_is_gone_by_no_more(library, ada, open_client):
    client = await open_client(ada)
    await client.say("like my top tracks")
    await in_thread(library_withdraw)(library.account, "top")

    again = await client.say("like my top tracks")
    await client.say("12 songs")

    assert "You haven't let me read that at Spotify." in again.text
    # Nothing of the conversation's memory brings them back.
    reply = await client.say("add 20 more")
    assert genres(reply).get("Metal", 0) < 32


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("like my Spotify playlist Unheard Of", "I find no playlist of yours"),
        ("like my Spotify playlist Elsewhere", "None of those songs is in the catalog"),
    ],
)
async def test_where_there_is_nothing_to_go_by_it_says_so_and_names_nothing(
    library, ada, open_client, text, told
):
    client = await open_client(ada)

    reply = await client.say(text)

    assert told in reply.text
    assert "Unheard" not in reply.text
    assert "Elsewhere" not in reply.text
    assert reply.playlist is None


async def test_the_way_to_it_is_told_where_it_is_not_agreed_to(
    catalog, ada, open_client, spotify, connected, settings
):
    client = await open_client(ada)
    reply = await client.say("like my liked songs on spotify")
    assert "Spotify isn't connected to your account yet." in reply.text
    settings.SPOTIFY_CLIENT_ID = ""
    off = await client.say("like my liked songs on spotify")
    assert "This site isn't connected with Spotify." in off.text
    settings.SPOTIFY_CLIENT_ID = "client-of-tests"
    account = await in_thread(connected)(ada)
    told = await client.say("like my liked songs on spotify")
    assert "“Your music at Spotify”" in told.text

    def agree():
        home = Home(spotify, account)
        home.like(2)
        home.agree(Kind.LIKED)
        return home

    home = await in_thread(agree)()
    assert "still being brought in" in (await client.say("like my liked songs")).text
    await in_thread(home.work)()
    assert "None of those songs" in (await client.say("like my liked songs")).text


async def test_liked_songs_are_those_of_here_where_none_are_there(
    catalog, ada, open_client
):
    def like():
        for track in Track.objects.filter(title__startswith="Soul Piece")[:4]:
            Reaction.objects.create(user=ada, track=track, value=Reaction.Value.LIKE)

    await in_thread(like)()
    client = await open_client(ada)

    reply = await client.say("play something like my liked songs")

    assert genres(reply)["Soul"] >= 5
    assert "I went by the songs that you like here." in reply.text


async def test_a_lasting_taste_is_never_made_of_them(library, ada, open_client):
    def make():
        make_track("Other")

    await in_thread(make)()
    client = await open_client(ada)
    await client.say("like my liked songs")

    taste = await client.say("what do you know of my taste?")

    assert "I know of no song that you like or dislike" in taste.text
    assert not await Reaction.objects.aexists()
