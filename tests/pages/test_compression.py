"""Pages are small on the line; audio comes byte by byte as it lies."""

import gzip

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

ACCEPTED = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_compressed_where_the_browser_takes_it(client, talk):
    url = reverse("chat:show-conversation", args=[talk.conversation.uuid])
    plain = client.get(url)

    packed = client.get(url, headers=ACCEPTED)

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 3
    assert b"Rain, Again" in gzip.decompress(packed.content)


def test_audio_is_not(client, talk):
    url = reverse("catalog:play-track", args=[talk.songs[0].uuid])

    response = client.get(url, headers={**ACCEPTED, "Range": "bytes=0-99"})

    assert response.status_code == 206
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == "100"
