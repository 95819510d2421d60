"""The map's page and its addresses: what they tell, to whom, and how often."""

import gzip

import pytest
from django.urls import reverse

from catalog.advisory import Lock, try_session_lock
from catalog.maps import layout
from catalog.maps.making import map_make
from catalog.maps.reading import songs_on
from catalog.models import Artist, CatalogMap, Embedding, Space, Track
from chat.services import conversation_start
from feedback.refusing import never_again_lift, never_again_set
from playlists.edits import Add
from playlists.services import Author, playlist_edit
from tests.factories import (
    make_audio_space,
    make_catalog,
    make_track,
    make_user,
    place,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

POINTS = reverse("catalog:show-map-points")
SONGS = reverse("catalog:show-map-songs")
FIND = reverse("catalog:find-map-songs")
PROGRESS = reverse("catalog:show-map-progress")
PAGE = reverse("chat:show-map")
REFUSED = reverse("chat:show-map-refused")


@pytest.fixture
def drawn(ada, monkeypatch):
    """Return a map of 96 songs, roughly laid out."""
    monkeypatch.setattr(layout, "GATHERING", 5)
    monkeypatch.setattr(layout, "UNFOLDING", 5)
    make_catalog()
    return map_make()


@pytest.mark.parametrize("address", [PAGE, POINTS, SONGS, FIND, PROGRESS, REFUSED])
def test_strangers_are_asked_to_sign_in(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:sign-in"))


def test_points_come_compressed_and_only_when_they_are_new(
    client, drawn, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        first = client.get(POINTS, headers={"Accept-Encoding": "gzip, br"})
    again = client.get(POINTS, headers={"If-None-Match": first["ETag"]})
    plain = client.get(POINTS)

    assert first["Content-Encoding"] == "gzip"
    assert first["Content-Type"] == "application/octet-stream"
    assert gzip.decompress(first.content) == plain.content
    assert "Content-Encoding" not in plain
    assert (again.status_code, again.content) == (304, b"")
    assert first["Vary"].count("Accept-Encoding") == 1


def test_a_new_map_has_another_etag(client, drawn):
    before = client.get(POINTS)["ETag"]
    map_make()

    after = client.get(POINTS, headers={"If-None-Match": before})

    assert after.status_code == 200
    assert after["ETag"] != before


def test_without_a_map_there_are_no_points(client, ada):
    assert client.get(POINTS).status_code == 404


def test_names_are_told_for_many_songs_at_once(
    client, drawn, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        answer = client.get(SONGS, {"map": drawn.pk, "songs": "0,5,95,96,-1"})

    songs = answer.json()["songs"]
    track = Track.objects.order_by("pk")[5]
    assert [song["number"] for song in songs] == [0, 5, 95]
    assert songs[1]["title"] == track.title
    assert songs[1]["id"] == str(track.uuid)
    assert songs[1]["artists"] == [track.artists.get().name]
    assert songs[1]["audio_url"] is None


def test_songs_that_left_the_catalog_are_missing(client, drawn):
    Track.objects.order_by("pk")[3].delete()

    songs = client.get(SONGS, {"map": drawn.pk, "songs": "3,4"}).json()["songs"]

    assert [song["number"] for song in songs] == [4]


@pytest.mark.parametrize("address", [SONGS, FIND, REFUSED])
def test_numbers_of_a_map_that_is_gone_mean_nothing(client, drawn, address):
    asked = {"map": drawn.pk + 1, "songs": "1", "q": "jazz"}

    assert client.get(address, asked).status_code == 410
    assert client.get(address, {**asked, "map": "x"}).status_code == 400


def test_songs_are_found_by_title_and_by_artist(client, drawn):
    make_track("Jazz Piece 3 that nobody placed", artist="Jazz One")

    titled = client.get(FIND, {"map": drawn.pk, "q": "jazz piece 3"}).json()["songs"]
    by_artist = client.get(FIND, {"map": drawn.pk, "q": "Soul Two"}).json()["songs"]
    nothing = client.get(FIND, {"map": drawn.pk, "q": "  "}).json()["songs"]

    assert [song["title"] for song in titled] == ["Jazz Piece 3"]
    assert {song["artists"][0] for song in by_artist} == {"Soul Two"}
    assert len(by_artist) == 4
    assert nothing == []


def test_songs_called_so_are_found_before_those_that_are_marked_so(client, drawn):
    # By Jazz One: found by the artist.
    Track.objects.filter(key="jazz piece 9").update(title="A Waltz", key="a waltz")
    Track.objects.filter(key="soul piece 4").update(title="Jazz", key="jazz")

    found = client.get(FIND, {"map": drawn.pk, "q": "Jazz"}).json()["songs"]

    assert [song["title"] for song in found][:2] == ["Jazz", "Jazz Piece 1"]


def test_all_dots_of_what_is_never_to_be_heard_are_told(
    client, ada, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(layout, "GATHERING", 5)
    monkeypatch.setattr(layout, "UNFOLDING", 5)
    tracks = make_catalog()
    with_guest = make_track("Rain (feat. Jazz One)", artist="Nina Vale")
    space = Space.objects.get(slug="test-audio")
    place(space, with_guest, range(1, space.dimensions + 1))
    Track.objects.filter(pk__in=[t.pk for t in tracks[50:52]]).update(song_key="one")
    drawn = map_make()
    asked = {"map": drawn.pk}
    assert client.get(REFUSED, asked).json() == {"songs": []}
    tracks[50].refresh_from_db()
    artist = Artist.objects.get(name="Jazz One")
    never_again_set(user=ada, track=tracks[50])
    never_again_set(user=ada, artist=artist)
    never_again_set(user=make_user("bob"), track=tracks[60])

    numbers = client.get(REFUSED, asked).json()["songs"]

    ruled_out = {*tracks[50:52], with_guest, *artist.tracks.all()}
    assert len(ruled_out) == 7
    assert numbers == sorted(
        songs_on(drawn.pk, [track.pk for track in ruled_out]).values()
    )
    never_again_lift(user=ada, artist=artist)
    with django_assert_max_num_queries(5):
        assert len(client.get(REFUSED, asked).json()["songs"]) == 2


def test_progress_is_told_while_a_map_is_drawn(client, drawn):
    assert client.get(PROGRESS).json() == {"map": drawn.pk, "share": None}
    with try_session_lock(Lock.MAP, 0):
        assert client.get(PROGRESS).json() == {"map": drawn.pk, "share": 0.0}


def playlist_of(user, tracks):
    talk = conversation_start(owner=user, text="something slow")
    edits = [Add(tuple(track.pk for track in tracks))]
    playlist_edit(talk.playlist, edits=edits, author=Author.AGENT, words="slow")
    return talk.playlist


def test_the_page_draws_the_latest_playlist_or_the_one_that_is_asked_for(
    client, ada, drawn
):
    tracks = list(Track.objects.order_by("pk"))
    older = playlist_of(ada, [tracks[7], make_track(), tracks[2]])
    playlist_of(ada, tracks[10:12])

    latest = client.get(PAGE).context["path"]
    asked = client.get(PAGE, {"playlist": older.uuid}).context["path"]

    on_map = songs_on(drawn.pk, [track.pk for track in tracks])
    assert latest.songs == [on_map[track.pk] for track in tracks[10:12]]
    assert asked.songs == [7, 2]
    assert asked.missing == 1


def test_nobody_elses_playlist_is_drawn(client, ada, drawn):
    others = playlist_of(make_user("bob"), Track.objects.all()[:2])

    assert client.get(PAGE, {"playlist": others.uuid}).status_code == 404
    assert client.get(PAGE, {"playlist": "nonsense"}).status_code == 404


def test_the_page_says_what_is_not_on_the_map_and_when_it_was_outgrown(client, drawn):
    make_track()
    CatalogMap.objects.update(left_out=1)
    assert "a new map comes by itself" not in client.get(PAGE).content.decode()
    Embedding.objects.filter(track__in=Track.objects.order_by("pk")[:20]).delete()

    html = client.get(PAGE).content.decode()

    assert "1 song has no place here" in html
    assert "a new map comes by itself" in html


def test_without_a_map_the_page_says_what_to_do_or_how_far_it_is(client, ada):
    make_audio_space()

    html = client.get(PAGE).content.decode()
    with try_session_lock(Lock.MAP, 0):
        drawing = client.get(PAGE).content.decode()

    assert "manage.py map_catalog" in html
    assert "The first map is being drawn" in drawing
