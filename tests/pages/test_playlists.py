"""Playlists as files and on their page."""

from urllib.parse import urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from playlists.edits import Add, Clear, Remove, Rename
from playlists.files.formats import FORMATS, read_file
from playlists.services import Author, playlist_create, playlist_edit
from tests.factories import make_user


def download(client, talk, suffix="m3u8", **query):
    url = reverse("playlists:download-playlist", args=[talk.playlist.uuid, suffix])
    return client.get(url, query)


@pytest.mark.django_db
def test_the_file_lists_songs_with_lengths_and_absolute_addresses(client, talk):
    response = download(client, talk)

    lines = [
        line
        for line in response.content.decode().splitlines()
        if not line.startswith("#JSPF:")
    ]
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
@pytest.mark.parametrize("suffix", FORMATS)
def test_any_version_leaves_in_any_format(client, talk, suffix):
    talk.songs[0].refresh_from_db()
    playlist_edit(
        talk.playlist,
        edits=[Remove((talk.songs[0].pk,)), Rename("Later")],
        author=Author.LISTENER,
        words="remove",
    )

    now = download(client, talk, suffix)
    before = download(client, talk, suffix, version=2)

    assert now.headers["Content-Type"] == FORMATS[suffix].CONTENT_TYPE
    assert (
        now.headers["Content-Disposition"] == f'attachment; filename="Later.{suffix}"'
    )
    assert now.headers["Cache-Control"] == "private, no-store"
    titles = [entry.title for entry in read_file(now.content).entries]
    assert titles == ["Silent One"]
    titles = [entry.title for entry in read_file(before.content).entries]
    assert titles == ["Rain, Again", "Silent One"]
    for held in (now, before):
        # Where audio lies on this machine is nobody else's business.
        assert b"song.ogg" not in held.content


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["0", "99", "x", "-1", "9" * 30, "²"])
def test_a_version_that_was_never_made_is_not_found(client, talk, version):
    assert download(client, talk, version=version).status_code == 404


@pytest.mark.django_db
def test_a_format_that_nobody_knows_is_not_found(client, talk):
    assert client.get(f"/p/{talk.playlist.uuid}/playlist.exe").status_code == 404


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
