"""What curators type: names follow into search, and what can't be is said."""

import pytest
from django.contrib.admin.models import LogEntry

from catalog.ingest.store import artists_ensure
from catalog.models import Album, Artist, ArtistAlias, Embedding, Tag, Track
from catalog.slots import audio_queue
from catalog.spaces import space_ensure
from tests.catalog.admin.conftest import form_data
from tests.factories import make_artist, make_track, place

pytestmark = pytest.mark.django_db


def url(row):
    return f"/admin/catalog/{row._meta.model_name}/{row.pk}/change/"


def save(client, row, **changes):
    """Change a row's page as a curator does. Returns the answer."""
    return client.post(url(row), form_data(client.get(url(row))) | changes)


def problems(answer):
    assert answer.status_code == 200
    return " ".join(str(error) for error in answer.context["errors"])


def test_a_renamed_artist_is_known_by_both_names(
    admin_client, clean_redis, django_capture_on_commit_callbacks
):
    track = make_track("Blue Hour", artist="A. Lane", song_key="blue hour | a lane")
    artist = track.artists.get()
    words = space_ensure(
        slug="t", kind="text", model_id="t", revision="1", dimensions=4
    )
    place(words, track, [1, 0, 0, 0])

    with django_capture_on_commit_callbacks(execute=True):
        assert save(admin_client, artist, name="Ada Lane").status_code == 302

    track.refresh_from_db()
    assert track.document.startswith("Blue Hour by Ada Lane")
    assert track.song_key == "blue hour | ada lane"
    assert artists_ensure(["A. Lane"]) == {"a lane": artist}
    # The vector of the former words has gone, and a job makes the new one.
    assert not Embedding.objects.exists()
    assert any(job.startswith("texts-") for job in audio_queue().get_job_ids())


def test_an_artist_takes_a_former_name_again(admin_client):
    artist = make_artist("Prince")
    for name in ("The Artist", "Prince", "PRINCE"):
        save(admin_client, artist, name=name)

    artist.refresh_from_db()
    assert artist.name == "PRINCE"
    assert [alias.name for alias in artist.aliases.all()] == ["The Artist"]


def test_a_name_that_is_another_artists_is_refused(admin_client):
    artist, other = make_artist("Ada"), make_artist("Bob")
    ArtistAlias.objects.create(artist=other, name="Bobby")

    assert "merge the two" in problems(save(admin_client, artist, name="BOB"))
    assert "another name of Bob" in problems(save(admin_client, artist, name="bobby"))
    assert set(Artist.objects.values_list("name", flat=True)) == {"Ada", "Bob"}


@pytest.mark.parametrize("name", ["Bob", "bobby"])
def test_another_name_that_means_someone_already_is_refused(admin_client, name):
    artist, other = make_artist("Ada"), make_artist("Bob")
    ArtistAlias.objects.create(artist=other, name="Bobby")
    typed = {"aliases-TOTAL_FORMS": 1, "aliases-0-name": name}

    assert "already" in problems(save(admin_client, artist, **typed))
    assert not artist.aliases.exists()


def test_a_renamed_album_reaches_what_search_knows(admin_client):
    album = Album.objects.create(title="Lemmon")
    track = make_track("Blue Hour", artist="Ada", album=album)

    assert save(admin_client, album, title="Lemon").status_code == 302

    track.refresh_from_db()
    assert "from Lemon" in track.document


def test_two_albums_of_a_title_and_two_tags_of_a_name_are_refused(admin_client):
    artist = make_artist("Ada")
    Album.objects.create(title="Lemon", artist=artist)
    other = Album.objects.create(title="Lime", artist=artist)
    Tag.objects.create(kind="genre", name="jazz")
    folk = Tag.objects.create(kind="genre", name="folk")

    assert "of this title" in problems(save(admin_client, other, title="LEMON"))
    assert "of this name" in problems(save(admin_client, folk, name="Jazz"))


def test_a_tag_in_use_stays_as_it_is(admin_client):
    jazz = make_track(genres=("jazz",)).tags.get()

    save(admin_client, jazz, name="Blues")

    jazz.refresh_from_db()
    assert jazz.name == "jazz"


def test_what_tracks_need_is_not_deleted(admin_client):
    album = Album.objects.create(title="Lemon")
    track = make_track(genres=("jazz",), album=album)
    rows = (track.artists.get(), album, track.tags.get())

    for row in rows:
        page = url(row).replace("/change/", "/delete/")
        assert admin_client.post(page, {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "y"}
        admin_client.post(f"/admin/catalog/{row._meta.model_name}/", data)
        assert type(row).objects.filter(pk=row.pk).exists()
    alone = make_artist("Nobody")
    page = url(alone).replace("/change/", "/delete/")
    assert admin_client.post(page, {"post": "yes"}).status_code == 302
    assert LogEntry.objects.count() == 1


def test_identifiers_are_taken_as_people_write_them(admin_client):
    track = make_track("Blue Hour", artist="Ada")
    spotify = "4uLU6hMCjMI75M1A2tKUQC"

    answer = save(
        admin_client,
        track,
        isrc="us-abc-12-00001",
        spotify_id=f"https://open.spotify.com/track/{spotify}",
    )

    assert answer.status_code == 302
    track.refresh_from_db()
    assert (track.isrc, track.spotify_id) == ("USABC1200001", spotify)
    assert "is no ISRC" in problems(save(admin_client, track, isrc="12"))
    save(admin_client, track, isrc="", spotify_id="")
    assert Track.objects.get().isrc is None


def test_an_isrc_of_another_track_is_refused(admin_client):
    make_track(isrc="USABC1200001")
    track = make_track("Blue Hour", artist="Ada")

    answer = save(admin_client, track, isrc="US-ABC-12-00001")

    assert "already exists" in problems(answer)
