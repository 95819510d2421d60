"""Releases: what is in one, that it is whole, and that nothing changes it."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import django_rq
import pytest
import yaml
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from pydantic import SecretStr

from catalog.advisory import Lock, session_lock
from chat.evaluation.cpcd import dialogues
from feedback.donation.keys import donation_keys
from feedback.models import DonatedRecord, Release, ReleasedRecord
from feedback.releasing import work
from feedback.releasing.publishing import release_hide, release_publish
from feedback.releasing.reading import ReleaseUnreadable, release_rows
from feedback.releasing.work import release_ask, release_make, releases_sweep
from feedback.releasing.writing import release_folder
from tests.factories import make_track, make_user
from tests.feedback.curation.conftest import decide
from tests.feedback.donation.giving import agree, withdraw
from tests.feedback.giving import make_record, people
from tests.waiting import is_someone_waiting_for_a_row, until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"train": 6, "validation": 5, "test": 5}


@pytest.fixture
def songs():
    return [
        make_track("Blue Hour", artist="Ada Lane", isrc="USRC17607839"),
        make_track("Second Song", artist="Beyoncé"),
        make_track("Not This One", artist="Nobody"),
    ]


@pytest.fixture
def given(songs):
    """Have people of each part ask for one thing, and some for what nobody else does."""
    found = []
    for part, count in PARTS.items():
        for who in people(part, count):
            record = make_record(
                who,
                "Calm jazz, please!",
                songs[:2],
                songs[2:],
                constraints=["jazz", "calm"],
                mood={"valence": 0.52, "energy": 0.2},
            )
            found.append(record)
            make_record(who, f"only {who} says so", [make_track()], constraints=[who])
    return found


def made():
    release = release_ask()
    release_make(release.pk)
    release.refresh_from_db()
    return release


def test_what_enough_people_share_is_released_whole_and_read_only(given, songs):
    release = made()

    assert (release.number, release.status, release.progress) == (1, "done", 1.0)
    folder = release_folder(1)
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert files == {file["path"] for file in release.files}
    (row,) = release_rows(release, "train")
    assert row | {"id": ""} == {
        "id": "",
        "text": "calm jazz, please",
        "is_general": False,
        "language": "en",
        "constraints": ["calm", "jazz"],
        "mood": {"valence": 0.5, "energy": 0.25},
        "space": "test-audio",
        "week": "2026-W48",
        "people": 5,
        "approved": [row["approved"][0], row["approved"][1]],
        "refused": row["refused"],
    }
    assert {song["track"] for song in row["approved"]} == {
        str(song.uuid) for song in songs[:2]
    }
    assert {s["title"]: s["isrc"] for s in row["approved"]}["Blue Hour"] == (
        "USRC17607839"
    )
    for path in (folder, *folder.rglob("*")):
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert not folder.with_name("1.part").exists()


def test_checksums_hold_in_the_folder_in_its_row_and_in_the_archive(given, tmp_path):
    release = made()
    folder = release_folder(release.number)

    for file in release.files:
        content = (folder / file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert len(content) == file["size_bytes"]
    with zipfile.ZipFile(folder / "personalais-release-1.zip") as archive:
        archive.extractall(tmp_path)
    subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=tmp_path / "personalais-release-1",
        check=True,
    )


def test_the_card_counts_what_came_in_and_what_did_not(given):
    release = made()

    card = (release_folder(1) / "README.md").read_text()
    header = yaml.safe_load(card.split("---\n")[1])
    assert header["license"] == "cc-by-4.0"
    assert header["configs"][0]["data_files"][0] == {
        "split": "train",
        "path": "data/train.parquet",
    }
    assert "| train | 1 | 6 |" in card
    assert "Of 32 approved records by 16 people, 16 are in here" in card
    assert "16 were held back" in card
    assert "Of 64 approvals and refusals, 48 are in here" in card
    assert "in words of versions 1 of" in card
    assert "This is the first release" in card
    assert release.facts["songs"] == 3


def test_only_approved_records_that_were_given_for_release_come_in(given):
    DonatedRecord.objects.filter(pk=given[0].pk).update(status="waiting")
    DonatedRecord.objects.filter(pk=given[1].pk).update(for_release=False)

    release = made()

    # Four of train are left, which is one too few.
    assert release_rows(release, "train") == []
    assert [row["people"] for row in release_rows(release, "test")] == [5]
    held = set(ReleasedRecord.objects.values_list("record", flat=True))
    assert held == {record.pk for record in given[6:]}


def test_what_waits_for_a_second_look_is_in_no_release(given, settings):
    cara, dan, root = (
        make_user(name, is_superuser=True, is_staff=True) for name in ("c", "d", "r")
    )
    settings.SECOND_LOOK_SHARE = 1
    DonatedRecord.objects.update(status="waiting")
    for record in given[6:11]:
        for curator in (cara, dan):
            decide(record, curator)
    decide(given[11], cara)
    decide(given[12], cara)
    decide(given[12], dan, "private")

    release = made()

    assert release.facts["records"] == 5
    held = set(ReleasedRecord.objects.values_list("record", flat=True))
    assert held == {record.pk for record in given[6:11]}
    # Once a third has looked, the next release holds it.
    decide(given[12], root)
    assert made().facts["records"] == 6


def test_a_release_of_nothing_is_none_and_leaves_nothing(songs):
    make_record("one", "calm jazz", songs)

    release = made()

    assert release.status == "failed"
    assert "1 records of 1 people" in release.error
    assert not release_folder(1).exists()
    assert not release_folder(1).with_name("1.part").exists()
    assert release_ask().pk == release.pk


def test_nobody_counts_twice_under_two_keys(given, settings):
    settings.DONATION_KEYS = SecretStr("A" * 43 + "=")
    newest = donation_keys()[0].id
    DonatedRecord.objects.filter(pk=given[0].pk).update(key_id=newest)

    release = made()

    assert release.status == "failed"
    assert "several pseudonym keys" in release.error


def test_nobody_counts_twice_while_keys_change(given, settings):
    settings.DONATION_KEYS = SecretStr("A" * 43 + "=")
    anew = {"key_id": donation_keys()[0].id, "pseudonym": "anew"}
    asked = []

    def rotate(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not asked and sql.startswith("SELECT") and "feedback_donatedrecord" in sql:
            asked.append(sql)
            DonatedRecord.objects.filter(pk=given[0].pk).update(**anew)
        return found

    with connection.execute_wrapper(rotate):
        release = made()

    assert asked
    assert release.status == "failed"
    assert "several pseudonym keys" in release.error


def test_nothing_is_released_while_somebody_cannot_withdraw(given):
    make_record("one", "calm jazz", key_id="gone", status="waiting")

    release = made()

    assert release.status == "failed"
    assert "1 records are under keys that are gone (gone)" in release.error
    assert "DONATION_KEYS" in release.error


def test_a_release_that_the_database_does_not_know_is_never_removed(given):
    folder = release_folder(1)
    folder.mkdir(parents=True)
    (folder / "SHA256SUMS").write_text("another site's")

    release = made()

    assert release.status == "failed"
    assert "doesn't know" in release.error
    assert (folder / "SHA256SUMS").read_text() == "another site's"


def test_a_folder_of_its_own_that_came_before_its_end_is_written_anew(
    given, monkeypatch
):
    release = release_ask()
    with monkeypatch.context() as patched:
        patched.setattr(work.logger, "info", Mock(side_effect=OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            release_make(release.pk)
    assert (release_folder(1) / "SHA256SUMS").exists()

    release_make(release.pk)

    release.refresh_from_db()
    assert release.status == "done"
    assert len(release_rows(release, "train")) == 1


def test_asking_twice_and_working_twice_makes_one(
    given, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        release = release_ask()
        assert release_ask() == release
    assert len(django_rq.get_queue("default").get_job_ids()) == 1

    release_make(release.pk)
    before = release_folder(1).stat().st_ino
    release_make(release.pk)

    assert Release.objects.get().status == "done"
    assert release_folder(1).stat().st_ino == before
    assert release_ask().number == 2


def test_a_made_release_refuses_every_change_but_whether_it_is_shown(given):
    release = made()

    for change in ({"floor": 2}, {"files": []}, {"status": "waiting"}, {"number": 7}):
        with pytest.raises(DatabaseError, match="is not changed"), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**change)
    with pytest.raises(DatabaseError, match="is not changed"), transaction.atomic():
        release.delete()
    assert release_publish(release)
    assert not release_publish(release)
    assert release_hide(release)
    release.refresh_from_db()
    assert (release.is_published, release.number) == (False, 1)
    assert release.published_at is not None


def test_one_that_is_not_made_is_not_shown():
    release = release_ask()

    assert not release_publish(release)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(is_published=True)


def test_who_withdraws_after_a_release_is_missing_in_the_next_which_counts_them(given):
    made()
    given[6].delete()
    given[11].for_release = False
    given[11].save()
    DonatedRecord.objects.filter(pk=given[0].pk).update(status="rejected")

    second = made()

    card = (release_folder(2) / "README.md").read_text()
    assert "Of 16 records that release 1 held something of, 2 were withdrawn" in card
    assert "and 1 are no longer approved" in card
    assert release_rows(second, "train")[0]["people"] == 5
    # Below the floor, the others of their rows are held back with them.
    assert release_rows(second, "validation") == release_rows(second, "test") == []


def test_a_contributor_stays_in_one_part_whatever_the_key_says(given, settings):
    made()
    before = dict(ReleasedRecord.objects.values_list("record", "part"))

    settings.SECRET_KEY = "another key altogether, with which digests are others"
    DonatedRecord.objects.update(key_id=donation_keys()[0].id)
    made()

    second = ReleasedRecord.objects.filter(release__number=2)
    assert dict(second.values_list("record", "part")) == before
    assert set(before.values()) == set(PARTS)


def test_pseudonyms_order_and_ids_tell_nothing(given):
    release = made()

    ids = [row["id"] for part in PARTS for row in release_rows(release, part)]
    assert len(set(ids)) == len(PARTS)
    every = b"".join(
        (release_folder(1) / file["path"]).read_bytes()
        for file in release.files
        if not file["path"].endswith(".zip")
    ).decode(errors="replace")
    for record in DonatedRecord.objects.all():
        for secret in (record.pseudonym, str(record.uuid), record.turn_key, "only "):
            assert secret not in every


def test_a_file_that_was_tampered_with_is_not_read(given):
    release = made()
    path = release_folder(1) / "data/train.jsonl"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("calm", "loud"))

    with pytest.raises(ReleaseUnreadable, match="checksum"):
        release_rows(release, "train")


def test_what_a_lost_worker_left_is_begun_anew(given):
    release = release_ask()
    Release.objects.filter(pk=release.pk).update(status="working", tries=1)
    for left in (release_folder(1), release_folder(1).with_name("1.part")):
        (left / "data").mkdir(parents=True)
        (left / "data/half.jsonl").write_text("{")
        (left / "data").chmod(0o555)
    django_rq.get_queue("default").empty()

    assert releases_sweep() == 1
    release_make(release.pk)

    release.refresh_from_db()
    assert release.status == "done"
    assert not (release_folder(1) / "data/half.jsonl").exists()
    assert releases_sweep() == 0


def test_an_error_leaves_no_half_release_and_the_next_try_makes_it(given, settings):
    release = release_ask()
    settings.RELEASES_ROOT.write_text("in the way")
    with pytest.raises(OSError, match="1.part"):
        release_make(release.pk)
    release.refresh_from_db()
    assert release.status == "working"

    settings.RELEASES_ROOT.unlink()
    release_make(release.pk)

    release.refresh_from_db()
    assert (release.status, release.tries) == ("done", 2)


def test_what_ends_its_worker_each_time_is_given_up(given):
    release = release_ask()
    Release.objects.filter(pk=release.pk).update(status="working", tries=3)

    release_make(release.pk)

    release.refresh_from_db()
    assert release.status == "failed"
    assert release.error


@contextmanager
def once_while_it_is_made(do):
    """Do something between the reading of records and the release's end."""
    done = []

    def look(execute, sql, params, many, context):
        if not done and 'SET "progress"' in sql:
            done.append(True)
            do()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield
    assert done


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.delete(),
        lambda record: DonatedRecord.objects.filter(pk=record.pk).update(
            text="no", constraints=[]
        ),
        lambda record: record.tracks.all().delete(),
    ],
    ids=["withdrawn", "edited", "without songs"],
)
def test_who_withdraws_while_it_is_made_is_not_in_it(given, change):
    release = release_ask()

    with once_while_it_is_made(lambda: change(given[6])):
        release_make(release.pk)

    release.refresh_from_db()
    assert (release.status, release.tries) == ("done", 1)
    assert given[6].pk not in ReleasedRecord.objects.values_list("record", flat=True)
    assert release_rows(release, "validation") == []


@contextmanager
def before_each_end(do):
    """Do something each time before a release looks whether all still stands."""

    def look(execute, sql, *rest):
        if sql.startswith('UPDATE "feedback_release" SET "files"'):
            do()
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield


def test_it_is_made_of_who_is_left_though_people_withdraw_at_each_try(songs):
    leaving, stay = people("train", 12), people("validation", 5) + people("test", 5)
    for who in (*leaving, *stay):
        make_record(who, "calm jazz", songs[:2])

    def leave():
        DonatedRecord.objects.filter(pseudonym=leaving.pop()).delete()

    # Two withdraw while anybody may: then it is made of who is left.
    rounds = []
    with before_each_end(lambda: len(rounds) < 2 and rounds.append(leave())):
        release = made()

    assert (release.status, release.tries) == ("done", 1)
    assert release.facts["released"] == release.facts["records"] == 20
    assert [row["people"] for row in release_rows(release, "train")] == [10]
    held = ReleasedRecord.objects.values_list("record__pseudonym", flat=True)
    assert set(held) == {*leaving, *stay}

    # What nothing can hold up ends as well, with nothing released.
    with before_each_end(leave):
        second = made()
    assert second.status == "failed"
    assert len(leaving) == 10 - work.MAX_ROUNDS
    assert not release_folder(2).exists()


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_when_it_is_nearly_made_waits_until_it_is(songs):
    ada = make_user("ada")
    agree(ada)
    own = donation_keys()[0].pseudonym(ada.pk)
    who = [*people("train", 7), own]
    others = [make_record(one, "calm jazz", songs[:1]) for one in who][:2]
    begun = []

    def look(execute, sql, *rest):
        if sql.startswith('UPDATE "feedback_release" SET "files"'):
            if others:
                others.pop().delete()
            else:
                begun.append(pool.submit(in_thread, lambda: withdraw(ada)))
                until(
                    lambda: begun[0].done() or is_someone_waiting_for_a_row(),
                    "who withdraws neither waits nor is done",
                )
                assert not begun[0].done()
        return execute(sql, *rest)

    with ThreadPoolExecutor(1) as pool:
        with connection.execute_wrapper(look):
            release = made()
        begun[0].result(60)

    # Hers was in it when it was done, and is gone since; the others' never was.
    assert (release.status, release.facts["released"]) == ("done", 6)
    assert ReleasedRecord.objects.count() == 5
    release = made()
    assert (release.facts["withdrawn"], release.facts["released"]) == (1, 5)


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_first_is_waited_for_and_not_in_it(songs):
    records = [make_record(one, "calm jazz", songs[:1]) for one in people("train", 6)]
    gone = records[0].pk

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            records[0].delete()
            making = pool.submit(in_thread, made)
            until(is_someone_waiting_for_a_row, "the release waits for nobody")
        release = making.result(60)

    assert (release.status, release.facts["released"]) == ("done", 5)
    assert not ReleasedRecord.objects.filter(record=gone).exists()


def test_where_few_give_each_part_has_people_enough_and_they_stay_there(settings):
    settings.RELEASE_FLOOR = 3
    song = make_track()
    who = people("train", 10)
    for one in who:
        make_record(one, "calm jazz", [song])

    first = made()

    parts = {name: held["people"] for name, held in first.facts["parts"].items()}
    assert parts == {"train": 4, "validation": 3, "test": 3}
    stood = dict(DonatedRecord.objects.values_list("pseudonym", "part"))
    # Many more come, and some leave.
    for one in [*people("test", 9), *people("validation", 9), *people("train", 20)]:
        make_record(one, "calm jazz", [song])
    DonatedRecord.objects.filter(pseudonym=who[0]).delete()
    made()
    now = set(DonatedRecord.objects.exclude(part="").values_list("pseudonym", "part"))
    assert {(one, stood[one]) for one in who[1:]} <= now
    assert len(now) == len(dict(now)) > 30


def test_the_card_says_why_a_part_is_empty():
    song = make_track()
    for n, one in enumerate([*people("train", 5), *people("test", 5)]):
        said = "calm jazz" if n < 5 else f"words of {one}"
        make_record(one, said, [song if n < 5 else make_track()], constraints=[])

    release = made()

    assert {n: p["rows"] for n, p in release.facts["parts"].items()} == {
        "train": 1,
        "validation": 0,
        "test": 0,
    }
    card = (release_folder(1) / "README.md").read_text()
    assert (
        "`validation` is empty: fewer than 5 of the people who gave are in it" in card
    )
    assert "`test` is empty: 5 of the people who gave are in it, and nothing" in card


def in_thread(do):
    try:
        return do()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_leaves_it_to_the_first(given):
    release = release_ask()
    is_held, may_end = threading.Event(), threading.Event()

    def hold():
        with session_lock(Lock.RELEASE, release.pk):
            is_held.set()
            may_end.wait(30)
        connections.close_all()

    first = threading.Thread(target=hold)
    first.start()
    assert is_held.wait(30)
    release_make(release.pk)
    release.refresh_from_db()
    assert (release.status, release.tries) == ("waiting", 0)
    may_end.set()
    first.join()

    release_make(release.pk)

    release.refresh_from_db()
    assert release.status == "done"


def test_the_datasets_library_loads_it_with_its_splits(given, tmp_path):
    made()
    program = """
import json, sys
from datasets import load_dataset
folder = sys.argv[1]
lines = {part: f"{folder}/data/{part}.jsonl" for part in ("train", "validation", "test")}
loaded = {"parquet": load_dataset(folder), "jsonl": load_dataset("json", data_files=lines)}
found = {
    kind: {part: [dict(row) for row in rows] for part, rows in held.items()}
    for kind, held in loaded.items()
}
print(json.dumps(found))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(release_folder(1))],
        env={
            **os.environ,
            "HF_HOME": str(tmp_path / "hf"),
            "HF_HUB_OFFLINE": "1",
            "HF_DATASETS_OFFLINE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    release = Release.objects.get()
    for config in ("parquet", "jsonl"):
        assert set(found[config]) == set(PARTS)
        for part, rows in found[config].items():
            assert [same_order(row) for row in rows] == [
                same_order(row) for row in release_rows(release, part)
            ]


def same_order(row):
    return json.dumps(row, sort_keys=True)


def test_its_dialogues_are_read_as_those_of_the_conversational_data_set(given):
    made()

    read = dialogues.read(release_folder(1) / "cpcd/dialogs.test.jsonl")

    assert len(dialogues.songs_of(read)) == 3
    (asked,) = dialogues.asked_of(read)
    assert asked.text == "calm jazz, please"
    assert len(asked.gold) == 2


@pytest.mark.slow
def test_evaluate_cpcd_measures_on_it(given, tmp_path, capsys):
    made()

    call_command(
        "evaluate",
        "cpcd",
        str(release_folder(1) / "cpcd/dialogs.train.jsonl"),
        "--cache",
        str(tmp_path),
    )

    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["dialogues"], figures["turns"], figures["songs"]) == (1, 1, 3)
    assert figures["agent"]["hit@10"] == 1.0


def test_pages_load_neither_arrow_nor_datasets():
    program = """
import sys, django
django.setup()
import personalais.urls
import feedback.jobs
assert not {"pyarrow", "datasets", "pandas"} & set(sys.modules)
"""
    subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "personalais.settings"},
        cwd=ROOT,
        check=True,
    )
