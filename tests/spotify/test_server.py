"""The stand-in is as strict as the real one: what it refuses, ours may not do."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import spotipy
from spotipy import SpotifyException

from tests.spotify import Fault
from tests.spotify.world import Grant

BACK = "http://127.0.0.1:8123/account/complete/spotify/"
VERIFIER = "v" * 43
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .decode()
    .rstrip("=")
)
SCOPES = (
    "user-library-read user-top-read user-read-recently-played playlist-read-private "
    "playlist-modify-private playlist-modify-public"
)


@pytest.fixture
def ada(spotify):
    return spotify.world.add_listener("ada")


@pytest.fixture
def client(spotify, ada):
    """Return a spotipy client of ada's that tries nothing again."""
    token = spotify.world.grant_access(
        Grant(ada.id, frozenset(SCOPES.split()), spotify.world.clock())
    )
    client = spotipy.Spotify(
        auth=token, requests_session=requests.Session(), requests_timeout=5
    )
    client.prefix = f"{spotify.api_url}/"
    return client


def asked(spotify, **changes):
    """Ask for consent as a browser does; return the answer, unfollowed."""
    query = {
        "client_id": spotify.world.app.client_id,
        "response_type": "code",
        "redirect_uri": BACK,
        "state": "s",
        "scope": SCOPES,
        "code_challenge_method": "S256",
        "code_challenge": CHALLENGE,
    } | changes
    return requests.get(
        f"{spotify.url}/authorize", query, allow_redirects=False, timeout=5
    )


def came_back(answer):
    assert answer.status_code == 302, answer.text
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def tokens(spotify, **form):
    app = spotify.world.app
    return requests.post(
        f"{spotify.url}/api/token",
        form,
        auth=(app.client_id, app.client_secret),
        timeout=5,
    )


def test_a_code_gives_tokens_once_and_only_to_who_knows_the_verifier(spotify, ada):
    code = came_back(asked(spotify))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}

    wrong = tokens(spotify, **form, code_verifier="w" * 43)
    again = tokens(spotify, **form, code_verifier=VERIFIER)
    form["code"] = came_back(asked(spotify))["code"]
    right = tokens(spotify, **form, code_verifier=VERIFIER)

    assert wrong.json()["error"] == again.json()["error"] == "invalid_grant"
    assert set(right.json()["scope"].split()) == set(SCOPES.split())


def test_consent_needs_a_known_address_a_challenge_and_a_yes(spotify, ada):
    other = asked(spotify, redirect_uri="http://localhost:8123/account/complete/")
    plain = came_back(asked(spotify, code_challenge_method="plain"))
    spotify.world.agrees = False

    assert other.text == "INVALID_CLIENT: Invalid redirect URI"
    assert plain["error"] == "invalid_request"
    assert came_back(asked(spotify)) == {"error": "access_denied", "state": "s"}


def test_a_refresh_token_dies_half_a_year_after_consent_however_often_used(
    spotify, ada
):
    code = came_back(asked(spotify))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    refresh = tokens(spotify, **form, code_verifier=VERIFIER).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": refresh}

    assert tokens(spotify, **form).status_code == 200
    now = spotify.world.clock()
    spotify.world.clock = lambda: now + 200 * 24 * 3600
    assert tokens(spotify, **form).json() == {
        "error": "invalid_grant",
        "error_description": "Refresh token expired",
    }


def test_a_playlist_is_made_filled_moved_emptied_and_described(spotify, client):
    songs = [spotify.world.add_song(f"Song {n}") for n in range(5)]
    made = client.current_user_playlist_create("Rain", public=False, description="a&b")
    first = client.playlist_add_items(made["id"], [s.uri for s in songs[:3]])
    client.playlist_add_items(made["id"], [songs[3].uri, songs[3].uri], position=1)
    client.playlist_reorder_items(made["id"], 0, 5)
    client.playlist_remove_all_occurrences_of_items(made["id"], [songs[3].uri])
    client.playlist_change_details(made["id"], name="Sun")
    seen = client.playlist(made["id"])

    entries = client.playlist_items(made["id"])["items"]
    names = [entry["item"]["name"] for entry in entries]
    assert names == ["Song 1", "Song 2", "Song 0"]
    assert seen["name"] == "Sun"
    assert seen["description"] == "a&amp;b"
    assert seen["snapshot_id"] != first["snapshot_id"]
    client._delete("me/library", uris=f"spotify:playlist:{made['id']}")
    assert client.current_user_playlists()["total"] == 0


def test_liked_top_and_recent_songs_come_by_pages(spotify, ada, client):
    uris = [spotify.world.add_song(f"Song {n}").uri for n in range(60)]
    ada.library, ada.top, ada.recent = list(uris), uris[:3], uris[:2]

    first = client.current_user_saved_tracks(limit=50)
    rest = client.next(first)

    assert len(first["items"]) == 50
    assert [entry["track"]["name"] for entry in rest["items"]][-1] == "Song 59"
    assert rest["next"] is None
    assert len(client.current_user_top_tracks()["items"]) == 3
    assert len(client.current_user_recently_played()["items"]) == 2
    with pytest.raises(SpotifyException, match="Invalid limit"):
        client.current_user_recently_played(limit=51)
    with pytest.raises(SpotifyException, match="Invalid time range"):
        client.current_user_top_tracks(time_range="ever")
    assert client.me()["account_id"] == "acct-ada"
    assert "email" not in client.me()


def test_the_search_gives_ten_at_most_and_knows_fields_and_isrc(spotify, client):
    song = spotify.world.add_song("Rain, Again", "Nina", isrc="USAAA2600001")
    spotify.world.add_song("Rain", "Otis")

    by_isrc = client.search("isrc:USAAA2600001")["tracks"]["items"]
    by_field = client.search('track:"rain" artist:"nina"')["tracks"]["items"]

    assert [hit["id"] for hit in by_isrc] == [song.id]
    assert [hit["id"] for hit in by_field] == [song.id]
    assert len(client.search("rain")["tracks"]["items"]) == 2
    with pytest.raises(SpotifyException, match="Invalid limit"):
        client.search("rain", limit=11)


@pytest.mark.filterwarnings("ignore:You're using")
@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.tracks(["0" * 22]),
        lambda c: c.artist_top_tracks("0" * 22),
        lambda c: c.recommendations(seed_genres=["jazz"]),
        lambda c: c.current_user_unfollow_playlist("0" * 22),
        lambda c: c._post("users/user-ada/playlists", payload={"name": "x"}),
        lambda c: c._get(f"playlists/{'0' * 22}/tracks"),
    ],
)
def test_what_was_removed_in_february_is_refused(client, call):
    with pytest.raises(SpotifyException) as refused:
        call(client)

    assert refused.value.http_status == 403


def test_limits_scopes_and_the_list_of_five_are_kept(spotify, ada, client):
    made = client.current_user_playlist_create("Rain", public=False)
    uri = spotify.world.add_song("Song").uri
    with pytest.raises(SpotifyException, match="maximum of 100"):
        client.playlist_add_items(made["id"], [uri] * 101)
    with pytest.raises(SpotifyException, match="non-existing"):
        client.playlist_add_items(made["id"], [f"spotify:track:{'0' * 22}"])
    for held in spotify.world.access.values():
        held.grant = Grant(ada.id, frozenset(), 0)
    with pytest.raises(SpotifyException, match="Insufficient client scope"):
        client.current_user_playlist_create("Sun")
    ada.is_named = False
    with pytest.raises(SpotifyException, match="may not be registered"):
        client.me()


def test_calls_fail_as_told_before_or_after_their_effect(spotify, ada, client):
    spotify.faults.at = {
        1: Fault("429", retry_after_s=30),
        2: Fault("quota"),
        3: Fault("502", "after"),
    }
    caught = []
    for _ in range(3):
        with pytest.raises(SpotifyException) as failure:
            client.current_user_playlist_create("Rain")
        caught.append(failure.value)

    assert [error.http_status for error in caught] == [429, 429, 502]
    assert caught[0].headers["Retry-After"] == "30"
    assert caught[1].reason == "QUOTA_EXCEEDED"
    assert len(spotify.world.lists_of(ada)) == 1  # only the one that failed behind it
    client.requests_timeout = 0.05
    spotify.faults.at = {4: Fault("silence", "after")}
    with pytest.raises(requests.Timeout):
        client.current_user_playlist_create("Rain")
    assert len(spotify.world.lists_of(ada)) == 2
