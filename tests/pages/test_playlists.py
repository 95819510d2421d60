"""Playlists as files and on their page."""

from urllib.parse import urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from playlists.edits import Add, Clear, Rename
from playlists.m3u8 import Entry, file_name, m3u8_text
from playlists.services import Author, playlist_create, playlist_edit
from tests.factories import make_user


def download(client, talk):
    return client.get(reverse("playlists:download-m3u8", args=[talk.playlist.uuid]))


@pytest.mark.django_db
def test_the_file_lists_songs_with_lengths_and_absolute_addresses(client, talk):
    response = download(client, talk)

    lines = response.content.decode().splitlines()
    assert lines[:3] == [
        "#EXTM3U",
        "#PLAYLIST:something slow",
        "#EXTINF:180,The Marlow Finch Quintet - Rain, Again",
    ]
    audio = reverse("catalog:play-track", args=[talk.songs[0].uuid])
    assert lines[3].startswith(f"http://testserver{audio}?key=")
    assert lines[4:] == ["# Without audio here: Nobody - Silent One"]
    assert response.headers["Content-Type"] == (
        "application/vnd.apple.mpegurl; charset=utf-8"
    )
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="something slow.m3u8"'
    )


@pytest.mark.django_db
def test_the_files_addresses_play_without_a_session(client, talk, async_client):
    text = download(client, talk).content.decode()
    url = urlsplit(next(line for line in text.splitlines() if line.startswith("http")))

    response = async_to_sync(async_client.get)(f"{url.path}?{url.query}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "audio/ogg"


@pytest.mark.django_db
def test_others_can_not_download_it(talk):
    bob = Client()
    assert download(bob, talk).status_code == 302
    bob.force_login(make_user("bob"))

    assert download(bob, talk).status_code == 404


@pytest.mark.django_db
def test_the_page_lists_ones_own_playlists_that_hold_songs(client, talk):
    playlist_edit(
        talk.playlist,
        edits=[Rename("Rainy & slow")],
        author=Author.LISTENER,
        words="rename",
    )
    bob = Client()
    bob.force_login(make_user("bob"))
    url = reverse("playlists:list-playlists")

    assert "Rainy &amp; slow" in client.get(url).content.decode()
    assert "Rainy" not in bob.get(url).content.decode()
    playlist_edit(talk.playlist, edits=[Clear()], author=Author.LISTENER, words="clear")
    assert "Nothing here yet" in client.get(url).content.decode()


@pytest.mark.django_db
def test_many_playlists_have_pages(client, talk, ada):
    for n in range(48):
        playlist_edit(
            playlist_create(owner=ada, title=f"list {n}"),
            edits=[Add((talk.songs[0].pk,))],
            author=Author.LISTENER,
            words="add",
        )
    url = reverse("playlists:list-playlists")

    first = client.get(url).content.decode()
    second = client.get(url, {"page": 2}).content.decode()

    assert first.count('class="shelf__item') == 48
    assert second.count('class="shelf__item') == 1
    assert "something slow" in second
    assert 'href="?page=2"' in first
    assert 'href="?page=1"' in second


def test_a_title_can_not_begin_another_line():
    song = Entry("One\n#EXTM3U\r\nTwo\u2028", ["A\tB"], 1_499, "http://h/1")

    assert m3u8_text("My\nlist", [song]) == (
        "#EXTM3U\n#PLAYLIST:My list\n#EXTINF:1,A B - One #EXTM3U Two\nhttp://h/1\n"
    )


def test_an_unknown_length_is_minus_one():
    song = Entry("Song", ["A", "B"], None, "http://h/1")

    assert "#EXTINF:-1,A, B - Song\n" in m3u8_text("List", [song])


def test_a_song_without_artists_is_named_by_its_title():
    heard = Entry("Rain", [], 1_000, "http://h/1")
    silent = Entry("Wind", [], None, None)

    lines = m3u8_text("List", [heard, silent]).splitlines()

    assert lines[2] == "#EXTINF:1,Rain"
    assert lines[4] == "# Without audio here: Wind"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Slow, warm", "Slow, warm.m3u8"),
        ("../../etc/passwd", "etc passwd.m3u8"),
        ('a"b\\c/d:e*f?g<h>i|j', "a b c d e f g h i j.m3u8"),
        ("Größe 雨", "Größe 雨.m3u8"),
        ("a\r\nX-Header: 1", "a X-Header 1.m3u8"),
        ("...", "playlist.m3u8"),
        ("x" * 200, "x" * 80 + ".m3u8"),
    ],
)
def test_file_names_are_safe_everywhere(title, name):
    assert file_name(title) == name
