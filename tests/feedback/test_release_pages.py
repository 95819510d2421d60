"""Who sees releases, who makes them, and who may take their files."""

import asyncio
import io
import re
import zipfile

import django_rq
import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from feedback.models import Release
from feedback.releasing.publishing import release_hide
from feedback.releasing.work import release_make
from feedback.releasing.writing import release_folder
from tests.factories import make_track, make_user
from tests.feedback.giving import make_record, make_release, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

LIST = "admin:feedback_release_changelist"


def download(client, release, path, name="feedback:download-release"):
    key = release.number if name.startswith("feedback") else release.pk
    return client.get(reverse(name, args=[key, path]))


async def body(response):
    return b"".join([piece async for piece in response.streaming_content])


@pytest.fixture
def staff(client):
    """Sign in somebody of the staff who may do these things, and nothing else."""

    def sign_in(*codenames):
        user = make_user(f"staff{User.objects.count()}", is_staff=True)
        held = Permission.objects.filter(
            codename__in=codenames, content_type__app_label="feedback"
        )
        assert len(held) == len(codenames)
        user.user_permissions.set(held)
        client.force_login(user)
        return user

    return sign_in


def test_anybody_reads_and_takes_a_published_release(client):
    release = make_release(is_published=True)

    listed = client.get(reverse("feedback:list-releases")).content.decode()
    page = client.get(reverse("feedback:show-release", args=[1])).content.decode()

    assert "Release 1" in listed
    assert "What is promised, and what isn" in page
    assert "<h2>Known gaps</h2>" in page
    assert "style=" not in page
    for file in release.files:
        assert file["sha256"] in page
        response = download(client, release, file["path"])
        assert response.status_code == 200
        assert int(response["Content-Length"]) == file["size_bytes"]
        assert response["Content-Disposition"].startswith("attachment")


def test_the_archive_comes_whole(client):
    release = make_release(is_published=True)

    response = download(client, release, "personalais-release-1.zip")

    with zipfile.ZipFile(io.BytesIO(asyncio.run(body(response)))) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(release.files) - 1


def test_what_is_not_published_is_not_there_for_the_public(client):
    release = make_release()

    assert (
        "Release 1"
        not in client.get(reverse("feedback:list-releases")).content.decode()
    )
    assert client.get(reverse("feedback:show-release", args=[1])).status_code == 404
    for file in release.files:
        assert download(client, release, file["path"]).status_code == 404
    client.force_login(make_user("ada"))
    assert client.get(reverse("feedback:show-release", args=[1])).status_code == 404
    assert download(client, release, "data/train.jsonl").status_code == 404


def test_a_hidden_release_is_gone_for_the_public_and_whole_for_releasers(client, staff):
    release = make_release(is_published=True)
    release_hide(release)

    assert download(client, release, "data/train.jsonl").status_code == 404
    staff("view_release", "download_release")
    held = download(client, release, "data/train.jsonl", "admin:feedback_release_file")
    assert held.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../../secret_key",
        "data/../../2/README.md",
        "data",
        "data/other.jsonl",
        "/etc/passwd",
    ],
)
def test_nothing_but_its_own_files_is_given_out(client, path):
    release = make_release(is_published=True)

    url = f"/data/{release.number}/{path}"

    assert client.get(url).status_code == 404


def test_a_card_says_nothing_that_a_browser_would_run(client, settings):
    settings.RELEASE_LICENCE = "<script>alert(1)</script>"
    make_release(is_published=True)

    page = client.get(reverse("feedback:show-release", args=[1])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_releaser_makes_one_and_sees_how_far_it_is(
    client, staff, django_capture_on_commit_callbacks
):
    song = make_track()
    for who in people("train", 5):
        make_record(who, "calm jazz", [song])
    staff("add_release", "view_release")
    add = reverse("admin:feedback_release_add")

    asked = client.get(add).content.decode()
    assert re.search(r"5 approved records of 5\s+people", asked)
    assert not Release.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(add)
        client.post(add)
    release = Release.objects.get()
    page = client.get(reverse(LIST)).content.decode()
    assert 'data-status="running"' in page
    assert "waits for a worker" in page
    assert "is being made" in client.get(add).content.decode()
    news = reverse("admin:feedback_release_progress") + f"?run={release.pk}&run=x"
    assert client.get(news).json()[str(release.pk)]["status"] == "running"
    assert len(django_rq.get_queue("default").get_job_ids()) == 1

    release_make(release.pk)

    assert client.get(news).json()[str(release.pk)]["status"] == "done"
    change = reverse("admin:feedback_release_change", args=[release.pk])
    assert (
        "5 of 5 approved records, 5 with their text"
        in client.get(change).content.decode()
    )
    assert client.post(change, {"floor": 2}).status_code == 403
    delete = reverse("admin:feedback_release_delete", args=[release.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_publishing_and_hiding_are_a_permission_of_their_own(client, staff):
    release = make_release()
    publish = {"action": "publish", "_selected_action": [release.pk]}
    staff("view_release", "add_release", "download_release")
    client.post(reverse(LIST), publish)
    release.refresh_from_db()
    assert not release.is_published

    staff("view_release", "publish_release")
    client.post(reverse(LIST), publish)
    release.refresh_from_db()
    assert release.is_published
    client.post(reverse(LIST), {**publish, "action": "hide"})
    release.refresh_from_db()
    assert not release.is_published


def test_nobody_makes_or_takes_releases_without_the_right_to(client, staff):
    release = make_release()
    add, file = reverse("admin:feedback_release_add"), "admin:feedback_release_file"
    news = reverse("admin:feedback_release_progress")
    assert download(client, release, "data/train.jsonl", file).status_code == 302
    client.force_login(make_user("ada"))
    assert client.post(add).status_code == 302
    assert download(client, release, "data/train.jsonl", file).status_code == 302

    staff("view_release", "publish_release")
    assert client.get(add).status_code == client.post(add).status_code == 403
    assert download(client, release, "data/train.jsonl", file).status_code == 403
    staff("add_donatedrecord")
    assert client.get(news).status_code == 403
    assert client.get(reverse(LIST)).status_code == 403
    assert Release.objects.count() == 1


def test_a_folder_that_is_gone_is_told_as_not_there(client):
    release = make_release(is_published=True)
    folder = release_folder(1)
    folder.rename(folder.with_name("elsewhere"))

    assert download(client, release, "data/train.jsonl").status_code == 404
    assert client.get(reverse("feedback:show-release", args=[1])).status_code == 200
