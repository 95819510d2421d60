"""The pages of a playlist's history and of its link."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from chat.agent.constraints import genre
from chat.agent.state import Given, State
from chat.models import Conversation
from feedback.refusing import never_again_set
from playlists.edits import Remove
from playlists.models import Playlist, ShareLink
from playlists.services import Author, playlist_edit, share_link_open
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def shorter(talk):
    """Take a song out of ada's list. Returns the version from before."""
    before = talk.playlist.versions.latest("number")
    playlist_edit(
        talk.playlist,
        edits=[Remove((talk.songs[0].pk,))],
        author=Author.LISTENER,
        words="remove",
    )
    return before


def test_history_tells_who_why_and_what(client, talk, shorter):
    page = client.get(reverse("playlists:show-history", args=[talk.playlist.uuid]))

    html = page.content.decode()
    assert "PersonalAIs" in html
    assert "“something slow”" in html
    assert "−1" in html
    assert html.count(">Go back to this<") == 2  # not for the current one
    assert "Rain, Again" in html


@pytest.mark.django_db(transaction=True)
def test_a_version_is_taken_up_again_and_all_tabs_hear_of_it(client, talk, shorter):
    events = talk.conversation.events.count()
    then = Given(constraints=(genre("jazz"),))
    now = State(given=Given(), given_at={shorter.pk: then})
    Conversation.objects.update(state=now.to_json())

    answer = client.post(
        reverse("playlists:restore-version", args=[talk.playlist.uuid, shorter.number]),
        follow=True,
    )

    assert f"as it was in version {shorter.number}" in answer.content.decode()
    playlist = Playlist.objects.select_related("current").get(pk=talk.playlist.pk)
    assert playlist.current.track_ids == shorter.track_ids
    told, given = [e.frame for e in talk.conversation.events.order_by("seq")][events:]
    assert [chip["label"] for chip in given["constraints"]] == ["jazz"]
    assert told["type"] == "playlist"
    assert told["playlist"]["version"] == playlist.current.number
    assert told["change"]["author"] == "listener"


def test_a_list_that_has_changed_since_the_page_was_shown_stays(client, talk, shorter):
    address = reverse("playlists:show-history", args=[talk.playlist.uuid])
    base = re.search(r'name="base" value="(\d+)"', client.get(address).content.decode())
    later = playlist_edit(
        talk.playlist,
        edits=[Remove((talk.songs[1].pk,))],
        author=Author.LISTENER,
        words="in another tab",
    )

    answer = client.post(
        reverse("playlists:restore-version", args=[talk.playlist.uuid, shorter.number]),
        {"base": base[1]},
        follow=True,
    )

    assert "changed since this page was shown" in answer.content.decode()
    assert Playlist.objects.get(pk=talk.playlist.pk).current_id == later.pk


def test_a_version_that_was_never_made_is_told(client, talk):
    answer = client.post(
        reverse("playlists:restore-version", args=[talk.playlist.uuid, 99]),
        follow=True,
    )

    assert "There is no version 99" in answer.content.decode()


def test_a_version_becomes_a_list_of_its_own(client, ada, talk, shorter):
    client.post(
        reverse("playlists:copy-version", args=[talk.playlist.uuid, shorter.number])
    )

    copy = Playlist.objects.select_related("current").latest("pk")
    assert copy.pk != talk.playlist.pk
    assert copy.owner == ada
    assert copy.current.track_ids == shorter.track_ids


def test_a_link_shows_the_songs_to_anyone_until_it_is_revoked(client, talk):
    address = reverse("playlists:share-playlist", args=[talk.playlist.uuid])
    page = client.post(address, follow=True).content.decode()
    path = re.search(r'href="http://testserver(/s/[\w-]{22}/)"', page)[1]

    stranger = Client()
    shown = stranger.get(path)

    html = shown.content.decode()
    assert "Rain, Again" in html
    assert "The Marlow Finch Quintet" in html
    assert "ada" not in html
    assert "/audio" not in html
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert len(re.findall("<h1", html)) == 1
    for suffix in ("xspf", "jspf", "csv"):
        file = stranger.get(f"{path}playlist.{suffix}")
        assert b"Rain, Again" in file.content
        assert b"/audio" not in file.content
        assert not re.search(rb"\bada\b", file.content)
    client.post(address, {"revoke": "1"})
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"{path}playlist.xspf").status_code == 404
    client.post(address)
    assert stranger.get(path).status_code == 404  # another link, another key
    assert ShareLink.objects.count() == 2


def test_a_link_that_is_open_is_not_made_twice(talk):
    one, two = share_link_open(talk.playlist), share_link_open(talk.playlist)

    assert one.key == two.key


def test_a_shared_list_can_be_kept(client, talk):
    link = share_link_open(talk.playlist)
    bob = make_user("bob")
    guest = Client()
    guest.force_login(bob)

    guest.post(reverse("playlists:copy-shared", args=[link.key]))

    kept = Playlist.objects.select_related("current").get(owner=bob)
    assert kept.current.track_ids == [song.pk for song in talk.songs]


@pytest.mark.django_db(transaction=True)
def test_what_is_ruled_out_is_told_with_each_way_to_take_a_list(
    client, ada, talk, shorter
):
    never_again_set(user=ada, track=talk.songs[1])
    link = share_link_open(talk.playlist)
    told = "1 song was left out: you ruled it out."
    ways = (
        ("playlists:copy-version", [talk.playlist.uuid, shorter.number]),
        ("playlists:restore-version", [talk.playlist.uuid, shorter.number]),
        ("chat:talk-about-version", [talk.playlist.uuid, shorter.number]),
        ("playlists:copy-shared", [link.key]),
    )
    for way, where in ways:
        page = client.post(reverse(way, args=where), follow=True).content.decode()
        assert (told in page) is (way != "playlists:copy-shared"), way
    bob = make_user("bob")
    never_again_set(user=bob, track=talk.songs[0])
    guest = Client()
    guest.force_login(bob)
    page = guest.post(reverse(ways[-1][0], args=[link.key]), follow=True)

    assert told in page.content.decode()
    for playlist in Playlist.objects.select_related("current").filter(owner=ada):
        assert talk.songs[1].pk not in playlist.current.track_ids


def test_a_stranger_who_wants_to_keep_it_signs_in_first(talk):
    link = share_link_open(talk.playlist)

    answer = Client().post(reverse("playlists:copy-shared", args=[link.key]))

    assert answer.status_code == 302
    assert Playlist.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("playlists:show-history", []),
        ("playlists:share-playlist", []),
        ("playlists:restore-version", [1]),
        ("playlists:copy-version", [1]),
    ],
)
def test_nobody_reaches_anothers_list(talk, name, arguments):
    guest = Client()
    guest.force_login(make_user("bob"))

    address = reverse(name, args=[talk.playlist.uuid, *arguments])

    answers = {guest.post(address).status_code, guest.get(address).status_code}
    assert answers <= {404, 405}
    assert ShareLink.objects.count() == 0


def test_a_key_that_leads_nowhere(client, talk):
    assert client.get("/s/nonsense/").status_code == 404
