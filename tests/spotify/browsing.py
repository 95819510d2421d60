"""What a browser does between the site and Spotify, with Django's test client."""

from __future__ import annotations

import requests


def go_to_spotify(client, *, next_page=""):
    """Press the button; return the address at Spotify."""
    form = {"next": next_page} if next_page else {}
    answer = client.post("/account/login/spotify/", form, headers={"host": "127.0.0.1"})
    assert answer.status_code == 302, answer.content
    return answer.url


def come_back(client, address):
    """Answer Spotify's question there, and follow it back; return the site's answer."""
    asked = requests.get(address, allow_redirects=False, timeout=5)
    assert asked.status_code == 302, asked.text
    back = asked.headers["Location"].removeprefix("http://127.0.0.1")
    return client.get(back, headers={"host": "127.0.0.1"})


def connect(client, **options):
    """Go to Spotify and come back."""
    return come_back(client, go_to_spotify(client, **options))
