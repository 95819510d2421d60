"""The catalog in the admin."""

import pytest

from catalog.models import IngestRun, Space, Track
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


@pytest.mark.parametrize("page", PAGES)
def test_every_list_is_shown_and_searched(admin_client, page):
    make_track("Blue Hour", artist="Ada Lane", genres=("jazz",))
    make_audio_space()
    IngestRun.objects.create(kind="folder", root="/music")

    assert admin_client.get(f"/admin/catalog/{page}/").status_code == 200
    assert admin_client.get(f"/admin/catalog/{page}/?q=blue").status_code == 200


def test_a_correction_reaches_what_search_knows(admin_client):
    track = make_track("Blu Hour", artist="Ada Lane", genres=("jazz",))
    page = admin_client.get(f"/admin/catalog/track/{track.pk}/change/")
    form = page.context["adminform"].form
    data = {k: "" if v is None else v for k, v in form.initial.items() if k != "tags"}
    data = {k: v for k, v in data.items() if k in form.fields}
    credit = track.credits.get()
    data |= {
        "title": "Blue Hour",
        "tags": [tag.pk for tag in track.tags.all()],
        "is_explicit": "unknown",
        "is_major": "unknown",
        "credits-TOTAL_FORMS": 1,
        "credits-INITIAL_FORMS": 1,
        "credits-0-id": credit.pk,
        "credits-0-track": track.pk,
        "credits-0-artist": credit.artist_id,
        "credits-0-position": 0,
    }

    answer = admin_client.post(f"/admin/catalog/track/{track.pk}/change/", data)

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
