"""Audio by ranges, covers, and a track's facts."""

import time

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.core import signing
from django.urls import reverse

from catalog.links import KEY_MAX_AGE, audio_url, cover_url, keyed_audio_url
from catalog.models import Album, IngestItem, IngestRun, Tag
from tests.factories import make_track, make_user
from tests.pages.conftest import AUDIO

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def song(make_audio):
    return make_track("Rain", artist="Ada", audio_path=make_audio())


@pytest.fixture
def listener(async_client, ada):
    async_client.force_login(ada)
    return async_client


def ask(client, *, get="", head="", **headers):
    """Ask and read the whole answer, which then lies in `body`.

    From synchronous code, so that the views use this test's own connection.
    """

    async def asked():
        if head:
            response = await client.head(head, headers=headers)
        else:
            response = await client.get(get, headers=headers)
        if response.streaming:
            response.body = b"".join([piece async for piece in response])
        else:
            response.body = response.content
        return response

    return async_to_sync(asked)()


def play(client, track, **headers):
    return ask(client, get=audio_url_of(track), **headers)


def audio_url_of(track):
    return reverse("catalog:play-track", args=[track.uuid])


def test_the_whole_file_comes_with_its_type_and_size(listener, song):
    response = play(listener, song)

    assert response.status_code == 200
    assert response.body == AUDIO
    headers = response.headers
    assert headers["Content-Type"] == "audio/ogg"
    assert headers["Content-Length"] == str(len(AUDIO))
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 2047),
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=2000-9999", 2000, 2047),
        ("bytes=-48", 2000, 2047),
        ("bytes=-99999", 0, 2047),
        (f"bytes=0-{'9' * 23}", 0, 2047),
        (f"bytes=-{'9' * 23}", 0, 2047),
        (f"bytes={'0' * 23}7-8", 7, 8),
    ],
)
def test_a_range_comes_alone(listener, song, asked, first, last):
    response = play(listener, song, range=asked)

    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/2048"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.body == AUDIO[first : last + 1]


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "items=0-1", "bytes=5-1", "bytes=-", "bytes=a-b", "bytes=1 0-"],
)
def test_what_is_no_single_range_gets_the_whole(listener, song, asked):
    response = play(listener, song, range=asked)

    assert response.status_code == 200
    assert len(response.body) == len(AUDIO)


@pytest.mark.parametrize("asked", ["bytes=2048-", "bytes=-0", f"bytes={'9' * 5000}-"])
def test_a_range_past_the_end_is_416(listener, song, asked):
    response = play(listener, song, range=asked)

    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */2048"


def test_an_empty_file_is_served(listener, make_audio):
    path = make_audio("empty.flac", b"")
    track = make_track(audio_path=path)

    assert (play(listener, track, range="bytes=0-")).status_code == 416
    response = play(listener, track)
    assert (response.status_code, response.body) == (200, b"")


def test_if_range_sends_the_whole_of_a_changed_file(listener, song):
    first = play(listener, song)

    same = play(
        listener, song, range="bytes=0-9", **{"if-range": first.headers["ETag"]}
    )
    by_date = play(
        listener,
        song,
        range="bytes=0-9",
        **{"if-range": first.headers["Last-Modified"]},
    )
    changed = play(listener, song, range="bytes=0-9", **{"if-range": '"old"'})
    older = play(
        listener,
        song,
        range="bytes=0-9",
        **{"if-range": "Sat, 01 Jan 2000 00:00:00 GMT"},
    )

    statuses = [r.status_code for r in (same, by_date, changed, older)]
    assert statuses == [206, 206, 200, 200]


def test_an_unchanged_file_is_not_sent_again(listener, song):
    first = play(listener, song)

    again = play(listener, song, **{"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.body) == (304, b"")


def test_head_tells_the_size_alone(listener, song):
    response = ask(listener, head=audio_url(song))

    assert response.headers["Content-Length"] == "2048"
    assert response.body == b""


def test_strangers_hear_nothing(async_client, song):
    assert (play(async_client, song)).status_code == 403


def test_a_key_opens_its_track_for_a_month(async_client, song, make_audio):
    other = make_track(audio_path=make_audio("other.mp3"))
    url = keyed_audio_url(song, scope="playlist")
    assert url is not None
    key = url.partition("?")[2]

    assert (ask(async_client, get=url)).status_code == 200
    assert (ask(async_client, get=f"{audio_url(other)}?{key}")).status_code == 403
    assert (ask(async_client, get=f"{url}x")).status_code == 403
    late = time.time() + KEY_MAX_AGE.total_seconds() + 60
    with time_machine.travel(late):
        assert (ask(async_client, get=url)).status_code == 403


def test_a_signature_made_for_something_else_opens_nothing(async_client, song):
    other = signing.dumps([str(song.uuid), "x"], salt="another purpose")
    odd = signing.dumps("not a pair", salt="catalog.audio")

    for key in (other, odd):
        response = ask(async_client, get=f"{audio_url(song)}?key={key}")
        assert response.status_code == 403


def test_a_track_without_audio_or_whose_file_is_gone_is_404(listener):
    for path in ("", "audio/gone.ogg", "audio"):
        track = make_track(audio_path=path)
        assert (play(listener, track)).status_code == 404


def test_a_relative_path_never_leaves_the_media_folder(listener, media_folder):
    media_folder.mkdir()
    for name in ("secret.ogg", "secret.png"):
        (media_folder.parent / name).write_bytes(b"secret")
    track = make_track(audio_path="../secret.ogg", cover_path="../secret.png")

    assert (play(listener, track)).status_code == 404
    cover = ask(listener, get=cover_url(track))
    assert b"secret" not in cover.body


def test_an_ingested_file_plays_from_where_it_lies(listener, tmp_path):
    path = tmp_path / "my music" / "Ein Lied.m4a"
    path.parent.mkdir()
    path.write_bytes(b"abc")
    track = make_track(audio_path=str(path))

    response = play(listener, track)

    assert response.headers["Content-Type"] == "audio/mp4"
    assert response.body == b"abc"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("c.svg", "image/svg+xml"), ("c.JPG", "image/jpeg"), ("c.png", "image/png")],
)
def test_covers_come_sandboxed(listener, media_folder, name, kind):
    media_folder.mkdir()
    (media_folder / name).write_bytes(b"picture")
    track = make_track(cover_path=name)

    response = ask(listener, get=cover_url(track))

    assert response.body == b"picture"
    assert response.headers["Content-Type"] == kind
    policy = response.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert int(response.headers["Cache-Control"].partition("max-age=")[2]) > 86400


@pytest.mark.parametrize("path", ["", "gone.svg", "page.html"])
def test_a_track_without_a_cover_gets_one_made(listener, media_folder, path):
    media_folder.mkdir()
    (media_folder / "page.html").write_text("<script>alert(1)</script>")
    track = make_track(cover_path=path)

    response = ask(listener, get=cover_url(track))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.body.startswith(b"<svg")


def test_strangers_see_no_covers(async_client, song):
    assert (ask(async_client, get=cover_url(song))).status_code == 302


def test_the_facts_of_a_track(client, ada):
    client.force_login(ada)
    track = make_track(
        "Rain",
        artist="Ada",
        genres=["jazz"],
        moods=["calm"],
        year=1959,
        tempo_bpm=92.5,
        energy=0.2,
        attribute_sources={"energy": "measured"},
        licence="CC0-1.0",
        album=Album.objects.create(title="Weather", key="weather"),
    )

    facts = client.get(reverse("catalog:show-track", args=[track.uuid])).json()

    assert facts["id"] == str(track.uuid)
    assert facts["artists"] == ["Ada"]
    assert facts["album"] == "Weather"
    assert facts["tags"] == {
        "genre": ["jazz"],
        "mood": ["calm"],
        "theme": [],
        "instrument": [],
    }
    assert (facts["tempo_bpm"], facts["energy"], facts["valence"]) == (92.5, 0.2, None)
    assert facts["attribute_sources"] == {"energy": "measured"}
    assert "audio_path" not in facts
    assert set(facts["tags"]) == set(Tag.Kind.values)


def test_the_demo_librarys_progress(client, ada):
    client.force_login(ada)
    url = reverse("catalog:show-progress")
    assert client.get(url).json() == {"ready": 0, "total": 0}
    run = IngestRun.objects.create(kind=IngestRun.Kind.DEMO)
    for position, status in enumerate(("done", "unchanged", "refused", "pending")):
        IngestItem.objects.create(
            run=run, position=position, source_key=str(position), status=status
        )

    assert client.get(url).json() == {"ready": 3, "total": 4}
