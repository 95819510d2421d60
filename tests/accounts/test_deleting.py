"""Deleting an account: everything of one listener goes, table by table, nothing else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.deleting import user_delete
from accounts.models import DataExport, User
from accounts.signals import access_ended
from accounts.takeout.files import file_of, folder_ensure
from chat.models import Conversation, Event
from feedback.models import CurationEntry, Review
from tests.factories import make_user
from tests.filling import Filled, listeners_models, tables_with
from tests.waiting import is_someone_waiting_for_a_row, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]

# What a reviewer did to others' records stays, by nobody: and which key named them.
REVIEWED = {Review: "reviewer", CurationEntry: "actor"}
PAGE = "/account/delete/"
PASSWORD = "correct horse battery"


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def log(actor, row, said):
    """Let the admin's log say something of a row, as it does: by its id and its words."""
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.create(
        user=actor,
        content_type=kind,
        object_id=str(row.pk),
        object_repr=said,
        action_flag=CHANGE,
    )


def test_no_table_keeps_anything_of_a_deleted_listener_and_all_of_the_others(client):
    ada, bob = Filled("ada"), Filled("bob")
    for model, row in ada.rows.items():
        if admin.site.is_registered(model):
            log(bob.user, row, ada.mark)
    log(bob.user, bob.user, bob.mark)
    file = folder_ensure() / file_of(ada.rows[DataExport].uuid).name
    file.write_bytes(b"everything")
    of_bob = tables_with(bob.mark)
    tables = {model._meta.db_table for model in listeners_models().values()}
    # Rows without any words have no place for a mark.
    assert len(tables & set(tables_with(ada.mark))) > 15

    user_delete(ada.user)

    assert tables_with(ada.mark) == []
    assert tables_with(bob.mark) == of_bob
    assert not file.exists()
    assert LogEntry.objects.filter(object_repr=bob.mark).exists()
    for model, row in bob.rows.items():
        row.refresh_from_db()
        if model in REVIEWED:
            left = model._default_manager.exclude(pk=row.pk).values_list(
                REVIEWED[model]
            )
            assert list(left) == [(None,)], model
        elif model is not LogEntry:
            assert model._default_manager.count() == 1, model


def test_the_walk_finds_what_is_left_in_a_table_that_nothing_leads_to():
    ada = Filled("ada")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_over (id int, note jsonb)")
        try:
            cursor.execute(
                "INSERT INTO left_over VALUES (1, jsonb_build_object('of', %s::text))",
                [ada.mark],
            )
            user_delete(ada.user)

            assert tables_with(ada.mark) == ["left_over"]
        finally:
            cursor.execute("DROP TABLE left_over")


@pytest.mark.parametrize("is_held_up", [False, True])
def test_what_is_written_at_that_very_moment_goes_as_well(is_held_up):
    """Foreign keys are looked at when the writer commits: before or after all is gone."""
    ada = Filled("ada")
    talk = ada.rows[Conversation]
    may_commit, begun = threading.Event(), []

    def write():
        try:
            with transaction.atomic():
                Event.objects.create(conversation=talk, seq=99, frame={"a": ada.mark})
                may_commit.wait(60)
        finally:
            connection.close()

    def write_meanwhile(execute, sql, *rest):
        if sql.startswith("DELETE") and not begun:
            begun.append(pool.submit(write))
            if is_held_up:
                may_commit.set()
                until(is_someone_waiting_for_a_row, "the writer waits for nobody")
        return execute(sql, *rest)

    with ThreadPoolExecutor(1) as pool, connection.execute_wrapper(write_meanwhile):
        user_delete(ada.user)
        may_commit.set()
        with pytest.raises(IntegrityError):
            begun[0].result(60)

    assert tables_with(ada.mark) == []


def test_the_page_takes_the_password_and_ends_in_a_farewell(client, ada):
    ended = []

    def note(user, **_):
        ended.append(user.pk)

    access_ended.connect(note)
    pk = ada.pk

    refused = client.post(PAGE, {"current": "a guess"})
    assert "That is not your current password" in refused.content.decode()
    assert User.objects.exists()
    gone = client.post(PAGE, {"current": PASSWORD}, follow=True)

    access_ended.disconnect(note)
    assert not User.objects.exists()
    assert gone.redirect_chain[0][0] == reverse("accounts:sign-in")
    assert "Your account is deleted" in gone.content.decode()
    assert "_auth_user_id" not in client.session
    assert ended == [pk]
    assert client.get(reverse("accounts:show-account")).status_code == 302


def test_other_browsers_are_signed_out_by_it(client, make_client, ada):
    other = make_client()
    other.force_login(ada)

    client.post(PAGE, {"current": PASSWORD})

    assert other.get("/").status_code == 302
    assert tables_with("_auth_user_id") == []


def test_guessing_the_password_there_is_limited(client, ada, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-in": "1/hour"}
    client.post(PAGE, {"current": "a guess"})

    assert client.post(PAGE, {"current": PASSWORD}).status_code == 429
    assert User.objects.exists()


def test_without_a_password_the_name_is_typed_soon_after_signing_in(client, ada):
    ada.set_unusable_password()
    ada.save()
    client.force_login(ada)
    assert b"Your user name" in client.get(PAGE).content

    client.post(PAGE, {"username": "Ada", "current": "!"})
    assert User.objects.exists()
    session = client.session
    session["confirmed_at"] -= 3600
    session.save()
    late = client.post(PAGE, {"username": "ada"})
    assert late.url.startswith(reverse("accounts:confirm"))
    assert User.objects.exists()

    client.force_login(ada)
    client.post(PAGE, {"username": "ada"})
    assert not User.objects.exists()


def test_getting_the_page_deletes_nothing(client, ada):
    assert client.get(PAGE, {"current": PASSWORD}).status_code == 200

    assert User.objects.exists()
