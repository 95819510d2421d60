"""The pages on which lists come in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chat.services import conversation_about
from feedback.refusing import never_again_lift, never_again_set
from playlists.files.formats import MAX_BYTES, read_file
from playlists.models import Playlist, PlaylistImport
from tests.factories import make_user
from tests.playlists.files.songs import make_song

pytestmark = pytest.mark.django_db
URL = "/playlists/import/"
ROWS = (
    "Title,Artist,Duration\nRain,Ada Lane,3:00\nSnow,Ada Lane,3:00\nFog,Ada Lane,3:00\n"
)


@pytest.fixture
def songs():
    return make_song("Rain"), make_song("Snow (Live)")


def post(client, data=ROWS, name="rainy days.csv", **fields):
    data = data if isinstance(data, bytes) else data.encode()
    return client.post(
        URL, {"file": SimpleUploadedFile(name, data), **fields}, follow=True
    )


def the_import():
    return PlaylistImport.objects.get()


def test_a_file_becomes_a_playlist_and_a_page_that_asks(client, ada, songs):
    page = post(client)

    html = page.content.decode()
    row = the_import()
    assert page.redirect_chain == [
        (reverse("playlists:show-import", args=[row.uuid]), 302)
    ]
    assert row.playlist.current.track_ids == [songs[0].pk]
    assert row.playlist.current.title == "rainy days"
    for words in (
        "1 of 3 songs of the file are here.",
        "1 doubtful song",
        "Snow (Live)",
        "1 missing song",
        "Fog",
    ):
        assert words in html


def test_pasted_words_become_a_playlist(client, ada, songs):
    client.post(URL, {"text": "Ada Lane - Rain\n", "title": "  From a friend "})

    assert the_import().playlist.current.title == "From a friend"


def test_a_pasted_list_may_be_as_large_as_a_file(client, ada, songs):
    song = "#EXTM3U\n#EXTINF:180,Ada Lane - Rain\nrain.mp3\n"
    text = song + f"# {'x' * 100_000}\n" * 40

    page = client.post(URL, {"text": text}, follow=True)

    assert page.status_code == 200
    assert the_import().playlist.current.track_ids == [songs[0].pk]


@pytest.mark.parametrize("language", ["en", "el"])
def test_what_is_larger_than_anything_here_is_told_so(client, ada, language):
    page = client.post(
        URL, {"text": "x" * 6_400_000}, headers={"accept-language": language}
    )

    assert page.status_code == 413
    assert page.headers["Connection"] == "close"
    html = page.content.decode()
    assert ("That is too large" in html) == (language == "en")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert not PlaylistImport.objects.exists()


def test_choices_come_into_the_playlist(client, ada, songs):
    post(client)
    row = the_import()

    page = client.post(
        reverse("playlists:choose-import", args=[row.uuid]),
        {"choice-1": str(songs[1].uuid), "choice-2": "", "choice-x": "1", "other": "2"},
        follow=True,
    )

    assert "1 song came into the playlist." in page.content.decode()
    assert "doubtful" not in page.content.decode()
    playlist = Playlist.objects.select_related("current").get()
    assert playlist.current.track_ids == [song.pk for song in songs]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clean_redis")
def test_open_tabs_of_the_list_hear_of_what_came_in(client, ada, songs):
    post(client)
    row = the_import()
    talk = conversation_about(row.playlist)

    client.post(
        reverse("playlists:choose-import", args=[row.uuid]),
        {"choice-1": str(songs[1].uuid)},
    )

    (told,) = [e.frame for e in talk.events.all() if e.frame["type"] == "playlist"]
    assert [t["title"] for t in told["playlist"]["tracks"]] == ["Rain", "Snow (Live)"]
    assert told["change"]["author"] == "listener"


def test_looking_again_finds_what_has_come(client, ada, songs):
    post(client)
    again = reverse("playlists:search-import-again", args=[the_import().uuid])
    assert "Nothing came" in client.post(again, follow=True).content.decode()
    make_song("Fog")

    page = client.post(again, follow=True).content.decode()

    assert "1 song came into the playlist." in page
    assert "missing song" not in page


@pytest.mark.parametrize("suffix", ["m3u8", "xspf", "jspf", "csv"])
def test_what_is_not_here_can_be_taken_along(client, ada, songs, suffix):
    post(client)

    file = client.get(
        reverse("playlists:download-missing", args=[the_import().uuid, suffix])
    )

    assert [e.title for e in read_file(file.content).entries] == ["Snow", "Fog"]


def test_an_import_is_forgotten_and_its_playlist_stays(client, ada, songs):
    post(client)

    client.post(reverse("playlists:delete-import", args=[the_import().uuid]))

    assert PlaylistImport.objects.count() == 0
    assert Playlist.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "There is no song in it."),
        (b"PK\x03\x04\x00\x00", "isn&#x27;t a text file"),
        (b"<!DOCTYPE x []><playlist/>", "document type of its own"),
        ("Title,Artist\nGröße,Ada\n".encode("cp1252"), "isn&#x27;t in UTF-8"),
        (b"a" * (MAX_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(client, ada, data, words):
    page = post(client, data)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert PlaylistImport.objects.count() == 0


def test_nothing_at_all_is_refused_too(client, ada):
    page = client.post(URL, {"text": " \n"})

    assert "Choose a file, or paste a list." in page.content.decode()


def test_titles_are_shown_as_words(client, ada):
    html = post(client, "title,artist\n<script>alert(1)</script>,=x\n").content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    "name", ["show-import", "choose-import", "search-import-again", "delete-import"]
)
def test_nobody_reaches_anothers_import(client, ada, songs, name):
    post(client)
    address = reverse(f"playlists:{name}", args=[the_import().uuid])
    guest = Client()
    guest.force_login(make_user("bob"))

    assert {guest.get(address).status_code, guest.post(address).status_code} <= {
        404,
        405,
    }
    missing = reverse("playlists:download-missing", args=[the_import().uuid, "csv"])
    assert guest.get(missing).status_code == 404
    assert PlaylistImport.objects.count() == 1


def test_what_is_ruled_out_is_told_apart_and_comes_in_once_it_may(client, ada, songs):
    rain, live = songs
    never_again_set(user=ada, track=rain)
    never_again_set(user=ada, track=live)

    page = post(client).content.decode()
    row = the_import()
    chosen = client.post(
        reverse("playlists:choose-import", args=[row.uuid]),
        {"choice-1": str(live.uuid)},
        follow=True,
    ).content.decode()

    assert "0 of 3 songs of the file are here." in page
    assert "1 song left out: you ruled it out" in page
    assert row.playlist is None
    assert "Nothing came into the playlist." in chosen
    assert "2 songs left out: you ruled them out" in chosen
    assert "1 not here" in client.get(URL).content.decode()

    never_again_lift(user=ada, track=rain)
    again = reverse("playlists:search-import-again", args=[row.uuid])
    page = client.post(again, follow=True).content.decode()
    assert "1 song came into the playlist." in page
    assert "1 song left out: you ruled it out" in page
    assert the_import().playlist.current.track_ids == [rain.pk]
