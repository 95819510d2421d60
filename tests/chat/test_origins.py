"""Which pages may open the websocket with a cookie."""

import pytest
from channels.testing import WebsocketCommunicator

from chat.origins import is_own_page, read_origin
from chat.routing import websocket_application
from tests.chat.conftest import PATH


def scope(origin, *, host="localhost:8000", scheme=None, **headers):
    given = {"host": host, "origin": origin, **headers}
    raw = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in given.items()
        if value is not None
    ]
    return {"headers": raw} | ({"scheme": scheme} if scheme else {})


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8000", "localhost:8000"),
        ("http://LOCALHOST:8000", "localhost:8000"),
        ("http://localhost", "localhost:80"),
        ("http://localhost:80", "localhost"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
    ],
)
def test_the_page_of_the_same_address_may(origin, host):
    assert is_own_page(scope(origin, host=host))


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:9999",
        "http://localhost",
        "http://127.0.0.1:8000",
        "https://localhost:8000",
        "http://elsewhere.example:8000",
        "http://ada@localhost:8000",
        "http://localhost:8000/path",
        "http://localhost:port",
        "ftp://localhost:8000",
        "localhost:8000",
        "null",
        "",
        None,
    ],
)
def test_a_page_of_another_scheme_host_or_port_may_not(origin):
    assert not is_own_page(scope(origin))


def test_two_origins_are_as_good_as_none():
    asked = scope("http://localhost:8000")
    asked["headers"].append((b"origin", b"http://localhost:8000"))

    assert not is_own_page(asked)


@pytest.mark.parametrize("host", ["evil.example", "", None, "a b"])
def test_a_host_that_is_not_allowed_opens_nothing(settings, host):
    settings.CSRF_TRUSTED_ORIGINS = ["http://evil.example"]

    assert not is_own_page(scope("http://evil.example", host=host))


def test_behind_a_proxy_the_header_tells_the_scheme(settings):
    settings.ALLOWED_HOSTS = ["music.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    here = {"host": "music.example.org", "x_forwarded_proto": "https"}

    assert is_own_page(scope("https://music.example.org", **here))
    assert not is_own_page(scope("http://music.example.org", **here))
    assert not is_own_page(scope("https://music.example.org:8443", **here))


def test_without_that_setting_nobody_can_claim_https():
    asked = scope("https://localhost:8000", x_forwarded_proto="https")

    assert not is_own_page(asked)


def test_a_server_with_a_certificate_of_its_own_is_https():
    assert is_own_page(scope("https://localhost:8000", scheme="wss"))


@pytest.mark.parametrize(
    ("origin", "is_trusted"),
    [
        ("https://music.example.org", True),
        ("https://music.example.org:443", True),
        ("http://music.example.org", False),
        ("https://a.music.example.org", False),
        ("https://a.songs.example.org:8443", True),
        ("https://songs.example.org:8443", False),
        ("https://a.songs.example.org", False),
        ("https://evilsongs.example.org:8443", False),
    ],
)
def test_trusted_origins_may_too(settings, origin, is_trusted):
    settings.CSRF_TRUSTED_ORIGINS = [
        "https://music.example.org",
        "https://*.songs.example.org:8443",
    ]

    assert is_own_page(scope(origin)) is is_trusted


def test_an_origin_is_read_with_its_default_port():
    assert read_origin("https://Music.example") == ("https", "music.example", 443)


async def test_another_program_of_this_machine_is_refused(transactional_db):
    headers = scope("http://localhost:9999")["headers"]
    socket = WebsocketCommunicator(websocket_application, PATH, headers=headers)

    connected, _ = await socket.connect()

    assert not connected
