"""ListenBrainz's API, as far as the site uses it: one call at a time, never a second try.

Routes, limits and shapes were read in the source of listenbrainz-server. Whoever calls
decides what a failure means and when to come again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings

USER_AGENT = "PersonalAIs (self-hosted playlists)"
OK, UNAUTHORISED, NOT_FOUND, TOO_MANY = 200, 401, 404, 429
# The API refuses longer questions: artist and title have 250 characters together.
MAX_ARTIST_CHARS, MAX_TITLE_CHARS = 90, 150


class Failed(Exception):
    """A call didn't go well; nobody knows whether it took effect unless `status` says.

    status: of the answer, 0 where none came or it made no sense. after_s: how long the
    service wants to be left alone.
    """

    def __init__(self, status: int = 0, after_s: float | None = None) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.after_s = after_s


@dataclass(frozen=True)
class Recording:
    """A recording that ListenBrainz knows, by MusicBrainz's id.

    artists: each by name, and the credit as it is printed.
    """

    mbid: str
    title: str
    artists: tuple[str, ...]
    duration_ms: int | None = None


class ListenBrainz:
    """The API in the name of a user token, or of nobody.

    Each method is one call and raises Failed.
    """

    def __init__(self, token: str) -> None:
        self._session = requests.Session()
        # As `auth`, since a .netrc would replace a header.
        self._session.auth = _TokenAuth(token)
        self._session.headers["User-Agent"] = USER_AGENT

    def user_name(self) -> str:
        """Return whose token it is, "" where it is nobody's (any more)."""
        answer = self.get("validate-token")
        return str(field(answer, "user_name")) if answer.get("valid") else ""

    def recording(self, mbid: str) -> Recording | None:
        """Return the recording of an id; None where it isn't known."""
        answer = self.get("metadata/recording/", recording_mbids=mbid, inc="artist")
        held = answer.get(mbid)
        return _recording(mbid, held, credit="", title="") if held else None

    def lookup(self, *, artist: str, title: str) -> Recording | None:
        """Return what names are taken for, which may be something else; or None."""
        answer = self.get(
            "metadata/lookup/",
            artist_name=artist[:MAX_ARTIST_CHARS],
            recording_name=title[:MAX_TITLE_CHARS],
            metadata="true",
            inc="artist",
        )
        if not answer.get("recording_mbid"):
            return None
        return _recording(
            answer["recording_mbid"],
            answer.get("metadata") or {},
            credit=answer.get("artist_credit_name") or "",
            title=answer.get("recording_name") or "",
        )

    def feedback_set(self, mbid: str, score: int) -> None:
        """Love (1) or hate (-1) a recording, or neither (0). Again is the same."""
        body = {"recording_mbid": mbid, "score": score}
        self.post("feedback/recording-feedback", body)

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        """Read an object. path: below the API's version."""
        return self._asked("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Change something."""
        return self._asked("POST", path, json=body or {})

    def _asked(self, method: str, path: str, **what: Any) -> dict[str, Any]:
        try:
            answer = self._session.request(
                method,
                f"{settings.LISTENBRAINZ_API_URL}/1/{path}",
                timeout=settings.LISTENBRAINZ_TIMEOUT_S,
                # A token goes to nobody else.
                allow_redirects=False,
                **what,
            )
        except requests.RequestException as error:
            raise Failed from error
        if answer.status_code != OK:
            after = answer.headers.get("X-RateLimit-Reset-In", "")
            raise Failed(
                answer.status_code, float(after) if after.isdecimal() else None
            )
        try:
            told = answer.json()
        except requests.JSONDecodeError as error:
            raise Failed from error
        if not isinstance(told, dict):
            raise Failed
        return told


class _TokenAuth(requests.auth.AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Token {self._token}"
        return request


def field(answer: Any, name: str) -> Any:
    """Return what an answer must hold. Raises Failed: one without it is a proxy's, say."""
    if not isinstance(answer, dict) or answer.get(name) is None:
        raise Failed
    return answer[name]


def _recording(
    mbid: str, known: dict[str, Any], *, credit: str, title: str
) -> Recording:
    """known: of the catalog there, whose `recording` and `artist` may lack anything."""
    about, by = known.get("recording") or {}, known.get("artist") or {}
    names = [one.get("name") for one in by.get("artists") or ()]
    artists = [*names, by.get("name"), credit]
    return Recording(
        mbid=mbid,
        title=title or about.get("name") or "",
        artists=tuple(dict.fromkeys(name for name in artists if name)),
        duration_ms=about.get("length"),
    )
