"""accounts.spotify.com: the page that asks for consent, and the tokens' endpoint."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.spotify.answers import Answer, Call
from tests.spotify.world import REFRESH_LIFE_S, TOKEN_LIFE_S, Code, Grant, World


def authorize(world: World, call: Call) -> Answer:
    """Ask whoever sits before the browser, and send them back with a code."""
    query = call.query
    if query.get("client_id") != world.app.client_id:
        return Answer(status=400, text="INVALID_CLIENT: Invalid client")
    uri = query.get("redirect_uri", "")
    if not is_registered(world, uri):
        return Answer(status=400, text="INVALID_CLIENT: Invalid redirect URI")
    if query.get("response_type") != "code":
        # The implicit grant was switched off in 2025.
        return Answer(status=400, text="response_type must be code")
    back = {"state": query["state"]} if "state" in query else {}
    if not world.agrees:
        return _redirect(uri, {"error": "access_denied", **back})
    if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
        return _redirect(uri, {"error": "invalid_request", **back})
    scopes = frozenset(query.get("scope", "").split())
    code = world.new_token("code")
    grant = Grant(world.at_browser, scopes, world.clock())
    world.codes[code] = Code(grant, uri, query["code_challenge"])
    return _redirect(uri, {"code": code, **back})


def is_registered(world: World, uri: str) -> bool:
    """Compare exactly, save for the port of a loopback address registered without."""
    parts = urlsplit(uri)
    if uri in world.app.redirect_uris:
        return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1")
    if parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "::1"):
        return False
    host = "[::1]" if parts.hostname == "::1" else parts.hostname
    return f"http://{host}{parts.path}" in world.app.redirect_uris


def token(world: World, call: Call) -> Answer:
    """Give tokens for a code or for a refresh token."""
    form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
    if not _is_client(world, call, form):
        return _oauth_error("invalid_client", "Invalid client secret")
    match form.get("grant_type"):
        case "authorization_code":
            return _by_code(world, form)
        case "refresh_token":
            return _by_refresh(world, form)
        case "client_credentials":
            # Of the app itself: it opens nothing of anybody's.
            return _tokens(world, Grant("", frozenset(), world.clock()), None)
    return _oauth_error("unsupported_grant_type", "grant_type parameter is missing")


def _by_code(world: World, form: dict[str, str]) -> Answer:
    held = world.codes.pop(form.get("code", ""), None)
    if held is None:
        return _oauth_error("invalid_grant", "Invalid authorization code")
    if held.redirect_uri != form.get("redirect_uri"):
        return _oauth_error("invalid_grant", "Invalid redirect URI")
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    if base64.urlsafe_b64encode(digest).decode().rstrip("=") != held.challenge:
        return _oauth_error("invalid_grant", "code_verifier was incorrect")
    refresh = world.new_token("refresh")
    world.refresh[refresh] = held.grant
    return _tokens(world, held.grant, refresh)


def _by_refresh(world: World, form: dict[str, str]) -> Answer:
    given = form.get("refresh_token", "")
    grant = world.refresh.get(given)
    if grant is None:
        return _oauth_error("invalid_grant", "Refresh token revoked")
    if world.clock() - grant.agreed_at > REFRESH_LIFE_S:
        return _oauth_error("invalid_grant", "Refresh token expired")
    if not world.rotates:
        return _tokens(world, grant, None)
    del world.refresh[given]
    new = world.new_token("refresh")
    world.refresh[new] = grant
    return _tokens(world, grant, new)


def _tokens(world: World, grant: Grant, refresh: str | None) -> Answer:
    value = {
        "access_token": world.grant_access(grant),
        "token_type": "Bearer",
        "expires_in": TOKEN_LIFE_S,
        "scope": " ".join(sorted(grant.scopes)),
    }
    return Answer(value | ({"refresh_token": refresh} if refresh else {}))


def _is_client(world: World, call: Call, form: dict[str, str]) -> bool:
    pair = f"{world.app.client_id}:{world.app.client_secret}"
    basic = base64.b64encode(pair.encode()).decode()
    given = f"{form.get('client_id')}:{form.get('client_secret')}"
    return call.headers.get("authorization") == f"Basic {basic}" or given == pair


def _oauth_error(error: str, description: str) -> Answer:
    return Answer({"error": error, "error_description": description}, 400)


def _redirect(uri: str, query: dict[str, str]) -> Answer:
    return Answer(None, 302, {"Location": f"{uri}?{urlencode(query)}"}, text="")
