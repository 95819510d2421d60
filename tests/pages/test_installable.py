"""What a browser needs to install the site."""

import json
import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.pages.test_every_page import Page

pytestmark = pytest.mark.django_db


def manifest_of(client, **headers):
    response = client.get("/manifest.webmanifest", headers=headers)
    assert response.headers["Content-Type"] == "application/manifest+json"
    return json.loads(response.content)


def png_size(path):
    """Return a PNG's width and height, from its header."""
    head = Path(path).read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", head[16:24])


def test_every_page_links_to_a_manifest_that_installs(client):
    page = Page(client.get("/account/sign-in/").content.decode())
    links = {link["rel"]: link["href"] for link in page.all("link")}
    assert links["manifest"] == "/manifest.webmanifest"

    manifest = manifest_of(client)

    assert manifest["name"] == manifest["short_name"] == "PersonalAIs"
    assert (manifest["start_url"], manifest["scope"]) == ("/", "/")
    assert manifest["display"] == "standalone"
    wanted = {("any", "192x192"), ("any", "512x512"), ("maskable", "512x512")}
    assert {(i["purpose"], i["sizes"]) for i in manifest["icons"]} == wanted


def test_icons_are_files_of_the_size_they_say(client):
    for icon in manifest_of(client)["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert icon["sizes"] == "{}x{}".format(*png_size(path))
    assert png_size(finders.find("icons/touch-180.png")) == (180, 180)


def test_the_manifest_speaks_the_language_of_the_page(client):
    manifest = manifest_of(client, **{"accept-language": "ar"})

    assert (manifest["lang"], manifest["dir"]) == ("ar", "rtl")
    assert "الموسيقى" in manifest["description"]


def test_the_page_for_no_connection_is_nobodys_and_in_the_asked_language(client, ada):
    page = Page(client.get("/offline/el/").content.decode())
    assert page.all("html") == [{"lang": "el", "dir": "ltr"}]

    assert client.get("/offline/xx/").status_code == 404


def test_the_service_worker_serves_the_whole_site(client):
    response = client.get("/offline-worker.js")

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert b"respondWith" in response.content
