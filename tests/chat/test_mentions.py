"""Songs in a message as the page puts them there: “Title” by Artist."""

import pytest

from catalog.models import TrackArtist
from chat.agent.mentions import songs_mentioned, without_own_title
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db
LONG = "Raindrops and Other Things That Keep on Falling All Day Long"


@pytest.mark.parametrize(
    ("title", "artists", "words"),
    [
        ("Calm", ["Nina Vale"], "“Calm” by Nina Vale"),
        ('Say "Hello" by Night', ["Nina Vale"], "“Say 'Hello' by Night” by Nina Vale"),
        ("What’s Going On?", ["Nina Vale"], "“What’s Going On?” by nina vale"),
        (LONG, ["A", "B & C"], f"“{LONG}” by A and B & C"),
        ("Duet", ["A", "B", "C"], "“Duet” by A, B and C"),
        ("Duet", ["A", "B", "C"], '"Duet" by A'),
    ],
)
def test_a_song_is_read_whole(title, artists, words):
    song = make_track(title, artist=artists[0])
    for place, name in enumerate(artists[1:], 1):
        artist = make_artist(name)
        TrackArtist.objects.create(track=song, artist=artist, position=place)
    text = f"more like {words}, but calmer"

    (found,) = songs_mentioned(text, ())

    assert found.track_id == song.pk
    assert text[found.start : found.end] == words


def test_of_songs_of_one_title_the_artists_and_then_the_talk_decide():
    blue = make_artist("Blue")
    make_track("Yesterday", artist="Famous", popularity=90)
    one = make_track("Yesterday", artist=blue, popularity=50)
    other = make_track("Yesterday", artist=blue, popularity=10)
    text = "add “Yesterday” by Blue"

    assert [song.track_id for song in songs_mentioned(text, ())] == [one.pk]
    assert [song.track_id for song in songs_mentioned(text, (other.pk,))] == [other.pk]
    assert not songs_mentioned("add “Yesterday” by Bluebird", ())


def test_several_songs_are_found_each():
    blue = make_artist("Blue")
    songs = [make_track(title, artist=blue) for title in ("One", "Two by Two")]

    found = songs_mentioned("“One” by Blue and “Two by Two” by Blue", ())

    assert [song.track_id for song in found] == [song.pk for song in songs]


def test_the_list_at_hand_may_be_called_by_its_title():
    text = "make my playlist “Calm ‘Jazz’” sadder"

    assert without_own_title(text, lambda: 'Calm "Jazz"').split() == [
        *("make", "my", "playlist", "sadder")
    ]
    assert without_own_title(text, lambda: "Other") == text


async def test_taking_out_a_mentioned_song_leaves_its_artist(catalog, ada, open_client):
    client = await open_client(ada)
    before = (await client.say("3 jazz songs")).playlist["tracks"]
    title, artist = before[1]["title"], before[1]["artists"][0]

    reply = await client.say(f"remove “{title}” by {artist}")
    kept = [track["title"] for track in reply.playlist["tracks"]]

    assert kept == [before[0]["title"], before[2]["title"]]
