"""Who is welcomed, and what is said where there is no music."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import IngestRun
from tests.factories import make_track
from tests.pages.test_every_page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]


def is_welcomed_of_itself(client):
    html = client.get(reverse("chat:show-new")).content.decode()
    (steps,) = (d for d in Page(html).all("dialog") if d["id"] == "steps")
    return "data-new" in steps


def test_the_welcome_comes_once_to_an_account_in_whichever_browser(client, ada):
    assert is_welcomed_of_itself(client)

    assert client.post(reverse("accounts:note-welcome")).status_code == 204

    other = Client()
    other.force_login(User.objects.get(pk=ada.pk))
    assert not is_welcomed_of_itself(other)


def test_only_who_is_signed_in_can_be_noted_as_welcomed(client, ada):
    client.logout()

    assert client.post(reverse("accounts:note-welcome")).status_code == 302
    assert not User.objects.get().is_welcomed


def empty_words(client):
    html = client.get(reverse("chat:show-new")).content.decode()
    return "There is no music here yet" in html, "manage.py ingest" in html


def test_an_empty_catalog_is_said_kindly_and_to_staff_with_the_way_out(client, ada):
    assert empty_words(client) == (True, False)

    ada.is_staff = True
    ada.save()

    assert empty_words(client) == (True, True)


def test_nothing_is_said_once_there_is_music_or_some_is_coming_in(client, ada):
    run = IngestRun.objects.create(kind=IngestRun.Kind.DEMO)
    assert empty_words(client) == (False, False)
    run.delete()

    make_track("Rain")

    assert empty_words(client) == (False, False)
