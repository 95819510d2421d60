"""What holds for every page: it renders, is well headed, and keeps the strict policy."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from catalog.models import Track
from catalog.versions import song_key
from feedback.models import Release
from playlists.files.identifiers import Ids
from playlists.files.listing import Entry, Listing
from playlists.importing import import_make
from tests.feedback.giving import make_release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

OUTSIDE = [
    "accounts:sign-up",
    "accounts:sign-in",
    "chat:show-protocol",
    "feedback:list-releases",
    "feedback:show-release",
]
INSIDE = [
    "chat:show-home",
    "chat:show-new",
    "chat:show-conversation",
    "chat:list-conversations",
    "chat:rename-conversation",
    "chat:show-earlier-conversation",
    "chat:delete-conversation",
    "chat:show-map",
    "chat:delete-playlist",
    "chat:refresh-playlist",
    "playlists:list-playlists",
    "playlists:import-list",
    "playlists:show-import",
    "playlists:show-history",
    "playlists:share-playlist",
    "playlists:save-playlist",
    "accounts:change-email",
    "accounts:change-name",
    "accounts:change-password",
    "accounts:confirm",
    "accounts:delete-account",
    "accounts:list-keys",
    "accounts:list-sessions",
    "accounts:show-account",
    "accounts:show-data",
    "accounts:list-services",
    "feedback:share-reactions",
    "feedback:show-giving",
    "feedback:list-given",
    "feedback:show-taste",
]
# Not pages: they answer forms, or with data and files, and are tested by themselves.
OTHERS = {
    "accounts:ask-export",
    "accounts:ask-reset",
    "accounts:choose-language",
    "accounts:choose-planner",
    "accounts:confirm-email",
    "accounts:download-export",
    "accounts:end-other-sessions",
    "accounts:end-session",
    "accounts:send-confirmation",
    "accounts:set-password",
    "accounts:connect-listenbrainz",
    "accounts:disconnect-service",
    "accounts:note-welcome",
    "accounts:sign-out",
    "accounts:revoke-key",
    "catalog:play-track",
    "catalog:show-cover",
    "catalog:show-progress",
    "catalog:find-map-songs",
    "catalog:show-map-points",
    "chat:show-map-refused",
    "catalog:show-map-progress",
    "catalog:show-map-songs",
    "catalog:show-track",
    "chat:download-protocol",
    "feedback:download-release",
    "chat:find-conversations",
    "chat:pin-conversation",
    "chat:see-refresh",
    "chat:show-snapshot",
    "chat:talk-about-version",
    "chat:take-up-branch",
    "chat:talk-about",
    "feedback:choose-giving",
    "feedback:delete-given",
    "feedback:change-taste",
    "playlists:choose-offer",
    "playlists:choose-import",
    "playlists:delete-import",
    "playlists:download-missing",
    "playlists:download-playlist",
    "playlists:download-shared",
    "playlists:repeat-import",
    "playlists:search-import-again",
    "playlists:restore-version",
    "playlists:show-library",
    "playlists:copy-version",
    "playlists:show-shared",
    "playlists:copy-shared",
}
OURS = ("accounts", "catalog", "chat", "feedback", "playlists")


@pytest.fixture(autouse=True)
def connected(ada, linked):
    """Ada has a service connected, which has a page of its own."""
    return linked(ada)


class Page(HTMLParser):
    """Collects what the rules are about."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def all(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def address(name, talk):
    if name.startswith("chat:") and name.endswith("-conversation"):
        return reverse(name, args=[talk.conversation.uuid])
    if name in (
        "chat:delete-playlist",
        "chat:refresh-playlist",
        "playlists:show-history",
        "playlists:share-playlist",
        "playlists:save-playlist",
    ):
        return reverse(name, args=[talk.playlist.uuid])
    if name == "feedback:share-reactions":
        return reverse(name, args=["listenbrainz"])
    if name == "feedback:show-release":
        return reverse(name, args=[a_release().number])
    if name == "playlists:show-import":
        return reverse(name, args=[an_import(talk).uuid])
    return reverse(name)


def an_import(talk):
    """Return an import of ada's: a song that is here, one that may be, one that isn't."""
    owner = talk.conversation.owner
    held = owner.playlist_imports.first()
    if held is not None:
        return held
    title = talk.songs[0].title
    entries = (
        Entry(title, ids=Ids(track_uuid=str(talk.songs[0].uuid))),
        Entry(title, ("The Marlow Finch Quintette",), duration_ms=180_000),
        Entry("Nowhere", ("Nobody Known",)),
    )
    Track.objects.filter(pk=talk.songs[0].pk).update(
        song_key=song_key(title, ["marlow finch quintet"])
    )
    return import_make(owner, Listing("Brought along", entries, left_out=2))


def a_release():
    """Return a release that the public sees."""
    return Release.objects.first() or make_release(is_published=True)


def pages(client, talk):
    for name in INSIDE:
        yield name, client.get(address(name, talk))
    client.logout()
    for name in OUTSIDE:
        yield name, client.get(address(name, talk))


def test_every_address_of_ours_is_a_tested_page_or_known_as_none():
    from django.urls import get_resolver

    named = {
        f"{namespace}:{name}"
        for namespace, (_, resolver) in get_resolver().namespace_dict.items()
        if namespace in OURS
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }

    assert named == {*OUTSIDE, *INSIDE, *OTHERS}


def test_every_page_renders_with_one_first_heading_a_title_and_a_language(client, talk):
    for name, response in pages(client, talk):
        assert response.status_code == 200, name
        html = response.content.decode()
        page = Page(html)
        assert len(page.all("h1")) == 1, name
        assert page.all("html")[0]["lang"] == "en", name
        assert re.search(r"<title>.+ · PersonalAIs</title>", html), name
        assert len(page.all("main")) == 1, name


def test_no_page_has_inline_script_style_or_handlers(client, talk):
    for name, response in pages(client, talk):
        page = Page(response.content.decode())
        assert page.all("style") == [], name
        for script in page.all("script"):
            # JSON in a script element is data, which no browser runs.
            assert "src" in script or script["type"] == "application/json", name
        for tag, attributes in page.found:
            bad = [a for a in attributes if a == "style" or a.startswith("on")]
            assert not bad, (name, tag, bad)


def test_every_page_carries_the_strict_policy(client, talk):
    for name, response in pages(client, talk):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, name
        assert "unsafe" not in policy, name


def test_ids_are_unique_and_labels_and_controls_point_at_them(client, talk):
    for name, response in pages(client, talk):
        page = Page(response.content.decode())
        ids = [a["id"] for _, a in page.found if "id" in a]
        assert len(ids) == len(set(ids)), name
        for _, attributes in page.found:
            for link in ("for", "aria-controls", "aria-labelledby"):
                if link in attributes:
                    assert attributes[link] in ids, (name, link, attributes)


@pytest.mark.parametrize("name", INSIDE)
def test_pages_inside_ask_strangers_to_sign_in(client, talk, name):
    client.logout()

    response = client.get(address(name, talk))

    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:sign-in"))


def test_pages_inside_are_not_kept_by_the_browser(client, talk):
    for name in ("chat:show-home", "chat:show-new", "chat:show-conversation"):
        cached = client.get(address(name, talk)).headers["Cache-Control"]
        assert "no-store" in cached, name
