"""A listener's data as a file: complete, theirs alone, and gone after a while."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import exported
from accounts.jobs import make_export
from accounts.models import DataExport, User
from accounts.queueing import queue
from accounts.takeout.contents import tables
from accounts.takeout.files import file_of
from accounts.takeout.work import (
    MAX_TRIES,
    export_ask,
    export_make,
    exports_expire,
    exports_sweep,
)
from tests.factories import make_user
from tests.filling import Filled, listeners_models

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]

Status = DataExport.Status
DATA = "/account/data/"


@pytest.fixture
def ada():
    return make_user("ada")


def export_of(user):
    return DataExport.objects.get(user=user)


def made(user):
    """Make a listener's export; return its files by name."""
    DataExport.objects.filter(user=user).delete()
    make_export(export_ask(user).pk)
    return unzipped(file_of(export_of(user).uuid).read_bytes())


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_table_that_leads_to_a_listener_is_exported_or_left_out_with_a_reason():
    known = {table.model._meta.label for table in tables()} | set(exported.LEFT_OUT)

    assert {"accounts.User", *listeners_models()} == known


def test_each_file_holds_the_rows_of_its_owner_and_of_nobody_else():
    ada, bob = Filled("ada"), Filled("bob")

    files = made(ada.user)

    for table in tables():
        rows = json.loads(files[f"{table.name}.json"])
        assert [row[table.model._meta.pk.attname] for row in rows] == [
            ada.rows[table.model].pk
        ]
        left_out = {
            f.attname for f in table.model._meta.fields if f.name in table.left_out
        }
        assert len(left_out) == len(table.left_out)
        assert not left_out & set(rows[0])
    text = "".join(files.values())
    assert ada.mark in text
    assert bob.mark not in text
    songs = json.loads(files["songs.json"])
    assert {song["id"] for song in songs} == {
        row.track_id for row in ada.rows.values() if getattr(row, "track_id", None)
    }
    assert songs[0]["by"]


def test_no_column_that_opens_something_is_written():
    secret = re.compile(r"password|sealed|_hash|secret|session")

    columns = [
        f"{table.name}.{column}"
        for table in tables()
        for column in table.columns
        if secret.search(column)
    ]

    assert columns == []


def test_the_readme_says_what_is_what_in_their_language(ada):
    ada.language = "el"
    ada.save()

    files = made(ada)

    told = files["README.txt"]
    assert "accounts_user.json (1)" in told
    assert "Your account" not in told
    assert "accounts_user.password" in told
    assert set(files) == {"README.txt", "accounts_user.json"}


def get(client, path):
    """Get a page or a streamed file; its whole answer lies in `body`."""

    async def asked():
        response = await client.get(path)
        pieces = [piece async for piece in response] if response.streaming else []
        response.body = b"".join(pieces) if pieces else response.content
        return response

    return async_to_sync(asked)()


def test_the_page_asks_tells_how_far_it_is_and_gives_the_file(
    client, async_client, ada
):
    client.force_login(ada)
    async_client.force_login(ada)
    assert b"Put my data together" in client.get(DATA).content
    assert b"data-pending" not in client.get(DATA).content

    client.post(f"{DATA}ask/")
    # Twice is once.
    client.post(f"{DATA}ask/")
    assert b"data-pending" in client.get(DATA).content
    (job,) = queue().jobs
    assert "ada" not in str(job.args)
    job.func(*job.args)

    assert b"deleted on" in client.get(DATA).content
    got = get(async_client, f"{DATA}download/")
    assert "accounts_user.json" in unzipped(got.body)
    assert got.headers["Content-Type"] == "application/zip"
    assert got.headers["Content-Disposition"].startswith("attachment; filename=")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]
    assert int(got.headers["Content-Length"]) == len(got.body)


def test_nobody_else_gets_the_file_nor_who_signed_in_long_ago(async_client, ada):
    made(ada)
    assert file_of(export_of(ada).uuid).parent.stat().st_mode & 0o777 == 0o700
    assert get(async_client, f"{DATA}download/").status_code == 302
    async_client.force_login(make_user("bob"))
    assert get(async_client, f"{DATA}download/").status_code == 404
    async_client.force_login(ada)
    session = async_client.session
    session["confirmed_at"] -= 3600
    session.save()

    asked = get(async_client, f"{DATA}download/")

    assert (
        asked.url
        == f"{reverse('accounts:confirm')}?next=%2Faccount%2Fdata%2Fdownload%2F"
    )


def test_a_new_one_takes_the_place_of_the_old_file(ada):
    made(ada)
    old = file_of(export_of(ada).uuid)

    export_ask(ada)

    assert not old.exists()
    assert export_of(ada).status == Status.WAITING


def test_files_are_deleted_after_a_week_and_strays_with_them(ada):
    made(ada)
    path = file_of(export_of(ada).uuid)
    stray = path.with_name("draft.part")
    stray.write_bytes(b"half")
    assert exports_expire() == 0
    assert path.exists()
    assert stray.exists()

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert exports_expire() == 2

    assert not path.exists()
    assert not stray.exists()
    assert not DataExport.objects.exists()


def test_what_a_dead_worker_left_is_made_by_another_and_in_the_end_given_up(ada):
    export = export_ask(ada)
    assert exports_sweep() == 0  # its job still waits
    queue().empty()
    assert exports_sweep() == 1
    silent = timezone.now() - timedelta(minutes=10)
    DataExport.objects.update(status=Status.WORKING, alive_at=silent)
    queue().empty()
    assert exports_sweep() == 1

    export_make(export.pk)
    assert export_of(ada).status == Status.DONE

    DataExport.objects.update(status=Status.WORKING, alive_at=silent, tries=MAX_TRIES)
    export_make(export.pk)
    assert export_of(ada).status == Status.FAILED
    assert exports_sweep() == 0


def test_a_second_worker_leaves_it_to_the_first(ada):
    export = export_ask(ada)
    DataExport.objects.update(status=Status.WORKING, alive_at=timezone.now())

    export_make(export.pk)

    assert export_of(ada).tries == 0


def test_an_account_that_is_deleted_meanwhile_leaves_no_file(ada, settings):
    export = export_ask(ada)
    reached = []

    def delete_meanwhile(execute, sql, *rest):
        if "accounts_apitoken" in sql and not reached:
            reached.append(sql)
            User.objects.filter(pk=ada.pk).delete()
        return execute(sql, *rest)

    with connection.execute_wrapper(delete_meanwhile):
        export_make(export.pk)

    assert reached
    assert settings.EXPORTS_ROOT.is_dir()
    assert not list(settings.EXPORTS_ROOT.iterdir())
