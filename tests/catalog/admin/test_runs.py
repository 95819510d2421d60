"""The pages of imports and spaces."""

import pytest
from django.contrib.admin.models import LogEntry

from catalog.ingest.curating import NotPossible, run_retry, run_stop
from catalog.models import EmbeddingFailure, IngestItem, IngestRun, Space
from catalog.slots import audio_queue
from catalog.spaces import space_ensure
from tests.catalog.admin.conftest import staff
from tests.factories import make_audio_space, make_track, place

pytestmark = pytest.mark.django_db
RUNS, SPACES = "/admin/catalog/ingestrun/", "/admin/catalog/space/"
ITEMS = "/admin/catalog/ingestitem/"


def make_run(root="/music", status="running", **counts):
    """Make a folder's run with so many items of each status."""
    run = IngestRun.objects.create(kind="folder", root=root, status=status)
    names = [name for name, count in counts.items() for _ in range(count)]
    IngestItem.objects.bulk_create(
        IngestItem(
            run=run,
            position=n,
            source_key=f"{root}/{n}.ogg",
            status=name,
            reason="It's empty." if name == "refused" else "",
            attempts=3 if name == "refused" else 1,
        )
        for n, name in enumerate(names)
    )
    return run


def statuses(run):
    return sorted(run.items.values_list("status", flat=True))


def act(client, url, action, *rows, **more):
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(url, data, follow=True).content.decode()


def test_the_list_shows_bars_in_the_same_number_of_queries_for_any_number_of_runs(
    admin_client, django_assert_num_queries
):
    make_run(done=2, unchanged=1, refused=1, pending=4)
    # Session, user, the number of runs, the runs, their items by status.
    for n in range(2):
        with django_assert_num_queries(5):
            page = admin_client.get(RUNS).content.decode()
        assert '<progress value="4" max="8"></progress>' in page
        assert "4 of 8, 2 taken in, 1 unchanged, 1 refused" in page
        for m in range(5):
            make_run(f"/other/{n}{m}", "done", done=1)


def test_a_table_shows_its_rows_and_where_the_refused_ones_are(admin_client):
    run = IngestRun.objects.create(
        kind="table",
        root="/t.csv",
        status="done",
        counts={"new": 5, "changed": 1, "unchanged": 2, "refused": 2},
        rows_settled=10,
        options={"report": "/t.csv.refused.csv"},
    )

    page = admin_client.get(f"{RUNS}{run.pk}/change/").content.decode()

    assert "10 of 10, 6 taken in, 2 unchanged, 2 refused" in page
    assert "2 rows, see its report" in page
    assert "/t.csv.refused.csv" in page


def test_news_of_runs_are_told_to_who_may_see_them(admin_client):
    run = make_run(done=1, pending=1)

    news = admin_client.get(f"{RUNS}progress.json", {"run": [run.pk, "x", 10**18]})

    held = news.json()[str(run.pk)]
    assert (held["status"], held["settled"], held["total"]) == ("running", 1, 2)


def test_refused_items_are_paged_searched_and_filtered_by_run(admin_client):
    run = make_run(refused=230, done=2)
    make_run("/other", refused=1)
    url = f"{ITEMS}?run__id__exact={run.pk}&status__exact=refused"

    lists = [admin_client.get(f"{url}{more}") for more in ("", "&p=3", "&q=/229.ogg")]

    counts = [len(page.context["cl"].result_list) for page in lists]
    assert counts == [100, 30, 1]
    assert f"run__id__exact={run.pk}" in admin_client.get(RUNS).content.decode()


def test_refused_items_are_tried_again_and_workers_woken(
    admin_client, clean_redis, django_capture_on_commit_callbacks
):
    run = make_run(status="done", done=1, refused=2)

    with django_capture_on_commit_callbacks(execute=True):
        said = act(admin_client, RUNS, "retry", run)

    assert "2 refused items are tried again." in said
    assert statuses(run) == ["done", "pending", "pending"]
    assert set(run.items.values_list("attempts", flat=True)) == {0, 1}
    run.refresh_from_db()
    assert (run.status, run.finished_at) == ("running", None)
    assert any(f"ingest-{run.pk}-" in job for job in audio_queue().get_job_ids())
    assert LogEntry.objects.get().object_id == str(run.pk)


def test_stopping_leaves_what_is_done_and_can_be_taken_up_again(clean_redis):
    run = make_run(done=1, pending=3)

    assert run_stop(run) == 3
    assert statuses(run) == ["done", "refused", "refused", "refused"]
    assert run_retry(run) == 3
    assert statuses(run) == ["done", "pending", "pending", "pending"]


def test_what_cannot_be_tried_again_or_stopped_says_why():
    table = IngestRun.objects.create(kind="table", root="/t.csv")
    quiet, old = make_run("/q", "done", done=1), make_run("/m", "done", refused=1)
    make_run("/m", "running", pending=1)

    for do, run, why in (
        (run_retry, table, "report"),
        (run_stop, table, "Ctrl-C"),
        (run_retry, quiet, "refused nothing"),
        (run_stop, quiet, "isn't running"),
        (run_retry, old, "newer import"),
    ):
        with pytest.raises(NotPossible, match=why):
            do(run)
    assert statuses(old) == ["refused"]


def test_workers_are_woken_for_a_run_that_lost_its_jobs(
    admin_client, clean_redis, django_capture_on_commit_callbacks
):
    run, old = make_run(pending=2), make_run("/old", "done", done=1)

    with django_capture_on_commit_callbacks(execute=True):
        said = act(admin_client, RUNS, "wake", run, old)

    assert "jobs queued." in said
    assert "isn&#x27;t running" in said
    jobs = audio_queue().get_job_ids()
    assert {job.rsplit("-", 2)[0] for job in jobs} == {f"ingest-{run.pk}"}
    assert LogEntry.objects.get().object_id == str(run.pk)


def test_who_may_only_look_switches_and_fills_nothing(client, clean_redis):
    viewer = staff(client, "view_space")
    current, other = make_spaces()

    for action in ("make_current", "fill", "embed_again"):
        act(viewer, SPACES, action, other)

    assert Space.objects.get(is_current=True) == current
    assert not Space.objects.filter(is_filling=True).exists()
    assert not audio_queue().get_job_ids()


def test_who_may_only_look_stops_nothing(client):
    viewer = staff(client, "view_ingestrun")
    run = make_run(pending=2)

    act(viewer, RUNS, "stop", run)

    assert statuses(run) == ["pending", "pending"]


def make_spaces():
    """Make a current space with one of two tracks, and an empty one beside it."""
    current = make_audio_space(4)
    other = space_ensure(
        slug="other",
        kind="audio",
        model_id="other",
        revision="1",
        dimensions=4,
        encoder="descriptors",
        make_current=False,
    )
    heard, failed = make_track(audio_path="a.ogg"), make_track(audio_path="b.ogg")
    place(current, heard, [1, 0, 0, 0])
    EmbeddingFailure.objects.create(track=failed, space=current, reason="Too short.")
    return current, other


def test_a_space_shows_how_full_it_is_and_what_failed(admin_client):
    current, _ = make_spaces()

    page = admin_client.get(SPACES).content.decode()
    failures = admin_client.get(
        f"/admin/catalog/embeddingfailure/?space__id__exact={current.pk}&q=short"
    )

    assert "1 of 2, 1 without" in page
    assert "Too short." in failures.content.decode()


def test_an_emptier_space_is_not_made_current(admin_client):
    current, other = make_spaces()

    said = act(admin_client, SPACES, "make_current", other)

    assert "Other holds 0 tracks, test-audio holds 1" in said
    assert Space.objects.get(is_current=True) == current


def test_two_spaces_at_once_are_not_made_current(admin_client):
    current, other = make_spaces()

    said = act(admin_client, SPACES, "make_current", current, other)

    assert "Select one space." in said
    assert Space.objects.get(is_current=True) == current


def test_pages_with_nothing_to_save_have_no_button_that_saves(admin_client):
    current, _ = make_spaces()

    page = admin_client.get(f"{SPACES}{current.pk}/change/").content.decode()

    assert "current" in page
    assert 'name="_save"' not in page
    assert 'name="_continue"' not in page


def test_a_space_that_is_as_full_is_made_current(admin_client):
    current, other = make_spaces()
    for embedding in current.embeddings.all():
        place(other, embedding.track, [0, 1, 0, 0])

    said = act(admin_client, SPACES, "make_current", other)

    assert "Current in place of test-audio." in said
    assert Space.objects.get(is_current=True) == other
    assert LogEntry.objects.filter(object_id=str(other.pk)).exists()


def test_a_space_is_filled_or_embedded_anew(admin_client, clean_redis):
    _, other = make_spaces()

    assert "Embedding what lacks" in act(admin_client, SPACES, "fill", other)
    assert "Embedding 2 tracks anew" in act(admin_client, SPACES, "embed_again", other)

    assert other.wanted.count() == 2
    assert Space.objects.get(is_filling=True) == other


def test_a_space_of_no_known_encoder_is_left_alone(admin_client):
    current, _ = make_spaces()

    said = act(admin_client, SPACES, "embed_again", current)

    assert "was made by no audio encoder known here" in said
    assert not Space.objects.filter(is_filling=True).exists()
