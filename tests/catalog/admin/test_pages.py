"""The catalog in the admin."""

import pytest

from catalog.models import IngestRun, Space, Track
from tests.catalog.admin.conftest import form_data
from tests.factories import make_audio_space, make_track

pytestmark = pytest.mark.django_db
PAGES = (
    "artist",
    "album",
    "tag",
    "track",
    "space",
    "ingestrun",
    "ingestitem",
    "embeddingfailure",
)


@pytest.mark.parametrize("name", PAGES)
def test_every_list_opens_and_is_searched(admin_client, name):
    make_track("Blue Hour", artist="Ada Lane", genres=("jazz",))
    make_audio_space()
    IngestRun.objects.create(kind="folder", root="/music")

    assert admin_client.get(f"/admin/catalog/{name}/").status_code == 200
    assert admin_client.get(f"/admin/catalog/{name}/?q=blue").status_code == 200


def test_a_correction_reaches_what_search_knows(admin_client):
    track = make_track("Blu Hour", artist="Ada Lane", genres=("jazz",))
    url = f"/admin/catalog/track/{track.pk}/change/"
    data = form_data(admin_client.get(url)) | {"title": "Blue Hour"}

    answer = admin_client.post(url, data)

    assert answer.status_code == 302, answer.context["errors"]
    changed = Track.objects.get(pk=track.pk)
    assert (changed.title, changed.key) == ("Blue Hour", "blue hour")
    assert changed.document.startswith("Blue Hour by Ada Lane")


def test_a_space_shows_its_figures(admin_client):
    space = make_audio_space()
    bridge = {
        "median_rank": 20,
        "tracks": 258,
        "recall_at_10": 0.355,
        "chance_recall_at_10": 0.039,
    }
    Space.objects.update(fitted={"count": 258, "bridge": bridge})

    page = admin_client.get(f"/admin/catalog/space/{space.pk}/change/")

    assert (
        "median rank 20 of 258, among the first ten in 35.5%" in page.content.decode()
    )


def test_the_admin_says_whose_it_is(admin_client):
    page = admin_client.get("/admin/").content.decode()

    assert "<title>Curation | PersonalAIs</title>" in page
    assert "Django administration" not in page
