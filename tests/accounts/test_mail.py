"""Addresses that are confirmed, and passwords that are set by them."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.queueing import queue
from tests.factories import make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]

ADDRESS = "ada@music.example"
PASSWORD = "correct horse battery"
NEW = "warm slow rain"
FORGOTTEN = "/account/password/forgotten/"
SET = "/account/password/new/"


@pytest.fixture(autouse=True)
def mail(settings):
    """Let the site send mail."""
    settings.EMAIL_HOST = "mail.music.example"
    settings.DEFAULT_FROM_EMAIL = "PersonalAIs <site@music.example>"


@pytest.fixture
def ada():
    return make_user("ada", email=ADDRESS, email_confirmed=ADDRESS)


def work():
    """Do what waits for a worker; return its arguments."""
    jobs = queue().jobs
    queue().empty()
    for job in jobs:
        job.func(*job.args)
    return [job.args for job in jobs]


def link_in(message):
    """Return the address that a mail holds, without the host."""
    found = re.search(r"http://testserver(\S+)", message.body)
    assert found, message.body
    return found[1]


def in_days(count):
    return timezone.now() + timedelta(days=count)


def ask(client, email=ADDRESS):
    return client.post(FORGOTTEN, {"email": email})


def test_an_address_given_at_sign_up_is_confirmed_by_its_link(client, mailoutbox):
    data = {"username": "ada", "password": NEW, "email": ADDRESS}
    client.post(reverse("accounts:sign-up"), data)
    assert not any(ADDRESS in str(arguments) for arguments in work())
    (message,) = mailoutbox
    assert message.to == [ADDRESS]
    assert "ada" in message.body
    link = link_in(message)
    stranger_page = type(client)().get(link)

    # Programs that open links in mail confirm nothing.
    assert b"Yes, it is mine" in stranger_page.content
    assert not User.objects.get().has_confirmed_email
    token = re.search(r'name="token" value="([^"]+)"', stranger_page.content.decode())[
        1
    ]
    told = client.post("/account/email/confirm/", {"token": token}, follow=True)

    assert "Your address is confirmed" in told.content.decode()
    assert User.objects.get().has_confirmed_email


def test_a_link_is_of_one_address_and_three_days(client, mailoutbox):
    ada = make_user("ada", email=ADDRESS)
    client.force_login(ada)
    client.post("/account/email/send/")
    work()
    link = link_in(mailoutbox[0])

    with time_machine.travel(in_days(4)):
        assert client.get(link).status_code == 404
    assert client.get(f"{link}x").status_code == 404
    User.objects.update(email="other@music.example")
    assert client.get(link).status_code == 404


def test_an_address_that_is_changed_wants_confirming_and_the_former_is_told(
    client, ada, mailoutbox
):
    client.force_login(ada)

    client.post("/account/email/", {"email": "new@music.example"})
    arguments = work()

    assert ADDRESS not in str(arguments)
    told = {message.to[0]: message.body for message in mailoutbox}
    assert set(told) == {ADDRESS, "new@music.example"}
    assert "isn't used for the account ada any more" in told[ADDRESS]
    assert "http" not in told[ADDRESS]
    ada.refresh_from_db()
    assert (ada.email, ada.has_confirmed_email) == ("new@music.example", False)


def test_an_address_can_be_taken_away(client, ada, mailoutbox):
    client.force_login(ada)

    client.post("/account/email/", {"email": ""})
    work()

    assert User.objects.get().email == ""
    assert [message.to for message in mailoutbox] == [[ADDRESS]]


def test_one_that_the_admin_changes_is_not_confirmed_either(ada):
    ada.email = "new@music.example"
    ada.save()

    assert not User.objects.get().has_confirmed_email


def test_a_forgotten_password_is_set_by_a_link_that_holds_once(
    client, make_client, ada, mailoutbox
):
    old = make_client()
    old.force_login(ada)

    page = ask(client)
    assert "Look into your mail" in page.content.decode()
    assert work() == [[[ada.pk], "http://testserver"]]
    (message,) = mailoutbox
    assert (message.to, message.from_email) == (
        [ADDRESS],
        "PersonalAIs <site@music.example>",
    )
    link = link_in(message)
    shown = client.get(link, follow=True)
    # Neither the address bar nor a log holds what opens the account.
    assert shown.request["PATH_INFO"] == urlsplit(link).path == SET
    assert shown.request["QUERY_STRING"] == ""
    assert "ada" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    weak = client.post(SET, {"password": "password"})
    assert "Many people use that one" in weak.content.decode()
    told = client.post(SET, {"password": NEW}, follow=True)

    assert "Your new password holds" in told.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.get().check_password(NEW)
    assert old.get("/account/").status_code == 302
    assert not Session.objects.filter(listened__isnull=False).exists()
    again = make_client().get(link, follow=True)
    assert "doesn't hold any more" in again.content.decode().replace("&#x27;", "'")


def test_a_link_is_too_old_after_some_hours(client, ada, mailoutbox, settings):
    ask(client)
    work()

    with time_machine.travel(in_days(1)):
        page = client.get(link_in(mailoutbox[0]), follow=True)

    assert b"Set the password" not in page.content


@pytest.mark.parametrize("who", ["nobody", "unconfirmed", "inactive", "confirmed"])
def test_no_answer_tells_whether_an_address_is_known(client, who, mailoutbox):
    if who != "nobody":
        confirmed = "" if who == "unconfirmed" else ADDRESS
        is_active = who != "inactive"
        make_user("ada", email=ADDRESS, email_confirmed=confirmed, is_active=is_active)

    page = ask(client)
    (arguments,) = work()

    assert page.status_code == 200
    assert ADDRESS not in page.content.decode()
    assert "If an account has confirmed this address" in page.content.decode()
    # The same work is queued for all of them.
    assert arguments[1] == "http://testserver"
    assert len(mailoutbox) == (1 if who == "confirmed" else 0)


def test_who_has_no_password_yet_gets_one_the_same_way(client, mailoutbox):
    ada = make_user("ada", email=ADDRESS, email_confirmed=ADDRESS)
    ada.set_unusable_password()
    ada.save()

    ask(client)
    work()
    client.get(link_in(mailoutbox[0]), follow=True)
    client.post(SET, {"password": NEW})

    assert User.objects.get().check_password(NEW)


def test_asking_is_limited_and_little_is_sent_to_one_address(
    client, ada, mailoutbox, settings
):
    limits = {**settings.RATE_LIMITS, "reset": "2/hour", "mail": "1/hour"}
    settings.RATE_LIMITS = limits

    answers = [ask(client).status_code for _ in range(3)]
    elsewhere = client.post(FORGOTTEN, {"email": ADDRESS}, REMOTE_ADDR="198.51.100.7")
    work()

    assert answers == [200, 200, 429]
    assert elsewhere.status_code == 200
    assert len(mailoutbox) == 1


def test_where_the_site_sends_no_mail_nothing_leads_to_it(client, ada, settings):
    assert FORGOTTEN in client.get("/account/sign-in/").content.decode()

    settings.EMAIL_HOST = ""

    assert FORGOTTEN not in client.get("/account/sign-in/").content.decode()
    assert b"E-mail" not in client.get("/account/sign-up/").content
    assert client.get(FORGOTTEN).status_code == 404
    assert client.get(SET).status_code == 404
    client.force_login(make_user("bob"))
    assert b"E-mail" not in client.get("/account/").content
    client.force_login(ada)
    assert b"Take my address away" in client.get("/account/email/").content
    client.post("/account/email/", {"email": "new@music.example"})
    assert User.objects.get(pk=ada.pk).email == ""
    assert queue().jobs == []


def test_mail_without_a_sender_is_found_by_a_check(settings):
    def found():
        return {one.id for one in run_checks()} & {"personalais.E006"}

    assert found() == set()

    settings.DEFAULT_FROM_EMAIL = ""
    assert found() == {"personalais.E006"}
