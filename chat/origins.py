"""Which web pages may open a websocket with a listener's cookie.

A cookie is sent along for every port of a host, and browsers open websockets across
origins without asking; so the server looks at where the page came from. RFC 6454 says
what an origin is, RFC 6455 (section 10.2) why to check it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

DEFAULT_PORTS = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, host in small letters, port: equal where a browser says so."""

    scheme: str
    host: str
    port: int


def own_origin_only(inner: App) -> App:
    """Wrap an application so that only this site's pages reach it."""
    denier = WebsocketDenier.as_asgi()

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        asked = inner if is_own_page(scope) else denier
        await asked(scope, receive, send)

    return application


def is_own_page(scope: Scope) -> bool:
    """Say whether a connection's Origin is the site's own, or one that it trusts.

    The host that was asked for must be an allowed one, so that another site's name,
    pointed at this machine, opens nothing.
    """
    host = _only(scope, b"host")
    asked = read_origin(_only(scope, b"origin"))
    domain, _ = split_domain_port(host)
    if asked is None or not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    return asked == read_origin(f"{_scheme(scope)}://{host}") or any(
        _is_named(asked, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS
    )


def read_origin(text: str) -> Origin | None:
    """Parse "https://host[:port]"; None for anything else, "null" included."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    is_bare = text.lower() == f"{parts.scheme}://{parts.netloc}".lower()
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or not is_bare:
        return None
    if parts.username is not None:
        return None
    return Origin(parts.scheme, parts.hostname, port or DEFAULT_PORTS[parts.scheme])


def _is_named(asked: Origin, trusted: str) -> bool:
    """Compare with one of CSRF_TRUSTED_ORIGINS; "https://*.host" names subdomains."""
    scheme, _, rest = trusted.partition("://")
    named = read_origin(f"{scheme}://{rest.removeprefix('*.')}")
    if named is None or not rest.startswith("*."):
        return asked == named
    return asked.host.endswith(f".{named.host}") and asked == named._replace(
        host=asked.host
    )


def _scheme(scope: Scope) -> str:
    """Return the scheme by which the page was asked for, as Django tells it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        header = name.removeprefix("HTTP_").replace("_", "-").lower()
        told = _only(scope, header.encode())
        if told:
            is_secure = told.split(",", 1)[0].strip() == secure
            return "https" if is_secure else "http"
    return "https" if scope.get("scheme") in ("wss", "https") else "http"


def _only(scope: Scope, name: bytes) -> str:
    """Return a header's value; empty where it is missing or comes twice."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else ""
