"""The stand-in is as strict as the real one: what it refuses, ours may not do."""

import pytest
import requests

from tests.listenbrainz.lists import EXTENSION, RECORDING
from tests.loopback.faults import Fault


@pytest.fixture
def nina(listenbrainz):
    return listenbrainz.world.add_listener("nina")


@pytest.fixture
def ask(listenbrainz, nina):
    """Return what asks as nina: the status, and what was said."""

    def asked(method, path, body=None, *, token=None, **query):
        headers = {"Authorization": f"Token {token or nina.token}"}
        url = f"{listenbrainz.url}/1/{path}"
        what = {"headers": headers, "params": query, "json": body}
        answer = requests.request(method, url, timeout=5, **what)
        told = answer.json()
        return answer.status_code, told.get("error", told)

    return asked


def jspf(title="Rain", *, mbids=(), **about):
    about.setdefault("public", False)
    track = [{"identifier": [f"{RECORDING}{mbid}"]} for mbid in mbids]
    return {
        "playlist": {"title": title, "track": track, "extension": {EXTENSION: about}}
    }


def made(ask, **what):
    status, told = ask("POST", "playlist/create", jspf(**what))
    assert status == 200, told
    return told["playlist_mbid"]


def test_a_token_is_somebodys_or_nobodys_which_is_no_error(ask):
    assert ask("GET", "validate-token")[1]["user_name"] == "nina"
    status, told = ask("GET", "validate-token", token="nobodys-token")
    assert (status, told["valid"]) == (200, False)
    assert ask("GET", "user/nina/playlists", token="nobodys-token") == (
        401,
        "Invalid authorization token.",
    )


def test_songs_are_put_in_moved_and_cut_by_place(ask, listenbrainz):
    songs = [listenbrainz.world.add_song(f"Song {n}").id for n in range(6)]
    mbid = made(ask, mbids=songs[:2])
    items = f"playlist/{mbid}/item"

    ask("POST", f"{items}/add/1", jspf(mbids=songs[2:5]))
    ask("POST", f"{items}/add", jspf(mbids=songs[5:]))
    assert listenbrainz.world.playlists[mbid].uris == [
        *(songs[0], songs[2], songs[3], songs[4], songs[1], songs[5])
    ]
    # `to` counts what is left once they are out.
    move = {"mbid": songs[0], "from": 0, "to": 2, "count": 2}
    ask("POST", f"{items}/move", move)
    ask("POST", f"{items}/delete", {"index": 4, "count": 9})
    shown = ask("GET", f"playlist/{mbid}")[1]["playlist"]
    assert [
        track["identifier"][0].removeprefix(RECORDING) for track in shown["track"]
    ] == [*(songs[3], songs[4], songs[0], songs[2])]
    assert ask("POST", f"{items}/delete", {"index": 4, "count": 1})[0] == 500
    assert ask("POST", f"{items}/add", jspf(mbids=songs[:1] * 101))[0] == 400
    ask("POST", f"playlist/{mbid}/delete")
    assert ask("GET", f"playlist/{mbid}")[0] == 404


def test_an_edit_takes_collaborators_away_that_it_doesnt_name(ask, listenbrainz):
    listenbrainz.world.add_listener("otis")
    mbid = made(ask, collaborators=["otis"])
    held = listenbrainz.world.playlists[mbid]
    held.description = "Ours"

    edited = ask("POST", f"playlist/edit/{mbid}", jspf("Sun", public=True))

    assert edited[0] == 200
    assert (held.name, held.is_public, held.collaborators) == ("Sun", True, [])
    assert held.description == "Ours"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"playlist": {"extension": {EXTENSION: {"public": True}}}},
        {"playlist": {"title": "Rain"}},
        jspf(""),
        jspf(public="true"),
        jspf(mbids=["rain"]),
        jspf(collaborators=["nobody"]),
        {"playlist": {**jspf()["playlist"], "track": [{"identifier": ["rain"]}]}},
    ],
)
def test_a_playlist_needs_a_title_a_publicity_and_recordings(ask, listenbrainz, body):
    assert ask("POST", "playlist/create", body)[0] == 400
    assert listenbrainz.world.playlists == {}


def test_descriptions_are_kept_without_tags_and_additional_metadata_is_not(ask):
    body = jspf(additional_metadata={"ours": 1})
    body["playlist"]["annotation"] = "<script>a</script> & pai123"
    mbid = ask("POST", "playlist/create", body)[1]["playlist_mbid"]

    shown = ask("GET", f"playlist/{mbid}")[1]["playlist"]

    assert shown["annotation"] == "a &amp; pai123"
    assert "additional_metadata" not in shown["extension"][EXTENSION]


def test_lists_come_by_pages_newest_first_and_private_ones_only_to_their_owner(
    ask, listenbrainz
):
    for n in range(30):
        made(ask, title=f"List {n}", public=n == 0)
    otis = listenbrainz.world.add_listener("otis")

    first = ask("GET", "user/nina/playlists")[1]
    rest = ask("GET", "user/nina/playlists", count=100, offset=25)[1]
    theirs = ask("GET", "user/nina/playlists", token=otis.token)[1]

    assert (len(first["playlists"]), first["playlist_count"]) == (25, 30)
    assert first["playlists"][0]["playlist"]["title"] == "List 29"
    assert len(rest["playlists"]) == 5
    assert [one["playlist"]["title"] for one in theirs["playlists"]] == ["List 0"]
    assert ask("GET", "user/somebody/playlists")[0] == 404


def test_names_are_taken_for_one_recording_or_none(ask, listenbrainz):
    song = listenbrainz.world.add_song("Rain (Live)", artists=["Nina", "Otis"])

    hit = ask(
        *("GET", "metadata/lookup/"),
        **{"artist_name": "Nina & Otis", "recording_name": "Rain"},
        **{"metadata": "true", "inc": "artist"},
    )[1]

    assert hit["recording_mbid"] == song.id
    assert hit["metadata"]["recording"]["length"] == 200_000
    assert [one["name"] for one in hit["metadata"]["artist"]["artists"]] == song.artists
    none = {"artist_name": "Nina", "recording_name": "Sun"}
    assert ask("GET", "metadata/lookup/", **none) == (200, {})
    long = {"artist_name": "N" * 100, "recording_name": "S" * 151}
    assert ask("GET", "metadata/lookup/", **long)[0] == 400


def test_feedback_is_set_and_not_added_to(ask, listenbrainz):
    mbid = listenbrainz.world.add_song("Rain").id
    path = "feedback/recording-feedback"
    for _ in range(2):
        ask("POST", path, {"recording_mbid": mbid, "score": -1})
    assert listenbrainz.world.feedback == {("nina", mbid): -1}
    assert ask("POST", path, {"recording_mbid": mbid, "score": 2})[0] == 400
    assert ask("POST", path, {"recording_mbid": mbid, "score": 1, "x": 1})[0] == 400
    ask("POST", path, {"recording_mbid": mbid, "score": 0})
    assert listenbrainz.world.feedback == {}


def test_calls_fail_as_told_before_or_after_their_effect(ask, listenbrainz):
    listenbrainz.faults.at = {1: Fault("429"), 2: Fault("502", "after")}

    assert ask("POST", "playlist/create", jspf())[0] == 429
    assert ask("POST", "playlist/create", jspf())[0] == 502
    assert len(listenbrainz.world.playlists) == 1
