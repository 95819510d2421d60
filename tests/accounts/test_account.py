"""The page of the own account, what is changed there, and being asked again before."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.signals import pre_save
from django.urls import reverse

from accounts.models import ApiToken, ServiceAccount, User
from accounts.services import user_sign_up
from tests.factories import make_user
from tests.spotify.browsing import come_back, connect, go_to_spotify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

ACCOUNT = "/account/"
PASSWORD = "correct horse battery"


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def wait_a_while(client):
    """Let it be an hour since they showed who they are."""
    session = client.session
    session["confirmed_at"] -= 3600
    session.save()


def test_the_page_says_what_there_is(client, ada):
    client.post("/account/keys/", {"name": "terminal"})

    page = client.get(ACCOUNT).content.decode()

    assert ">1 browser<" in page
    assert "<bdi>ada</bdi>" in page
    # There is no model to do without.
    assert "Who answers" not in page
    assert "no-store" in client.get(ACCOUNT).headers["Cache-Control"]


def test_a_listener_takes_another_name_that_nobody_has(client, ada):
    make_user("bob")

    taken = client.post("/account/name/", {"username": "Bob"}).content.decode()
    assert "Somebody has this name already" in taken
    # The page's own menu still says who they are.
    assert User.objects.get(pk=ada.pk).username == "ada"
    assert (
        "don&#x27;t"
        in client.post("/account/name/", {"username": "a b"}).content.decode()
    )

    told = client.post("/account/name/", {"username": "ADA"}, follow=True)
    assert "Your user name has been changed" in told.content.decode()
    assert User.objects.get(pk=ada.pk).username == "ADA"


def test_trying_name_after_name_is_limited(client, ada, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "rename": "1/hour"}
    make_user("bob")
    client.post("/account/name/", {"username": "bob"})

    answer = client.post("/account/name/", {"username": "eve"})

    assert answer.status_code == 429
    assert "Somebody has this name" not in answer.content.decode()
    assert User.objects.get(pk=ada.pk).username == "ada"


@pytest.fixture
def taken_meanwhile():
    """Let somebody else have the name "Eve" when it was found free, and is to be saved."""

    def take(instance, **_):
        if instance.username != "Eve":
            User.objects.bulk_create([User(username="Eve")])

    pre_save.connect(take, sender=User)
    yield
    pre_save.disconnect(take, sender=User)


def test_of_two_who_take_a_name_at_once_one_is_told(client, ada, taken_meanwhile):
    renamed = client.post("/account/name/", {"username": "eve"})
    with pytest.raises(ValidationError, match="Somebody has this name"):
        user_sign_up(username="EVE", password=PASSWORD)

    assert renamed.status_code == 200
    assert "Somebody has this name already" in renamed.content.decode()
    assert User.objects.get(pk=ada.pk).username == "ada"


def test_whoever_signs_up_with_a_name_that_is_taken_meanwhile_is_told(
    client, taken_meanwhile
):
    form = {"username": "eve", "password": "battery horse c0rrect"}

    answer = client.post("/account/sign-up/", form)

    assert "Somebody has this name already" in answer.content.decode()


def test_names_that_differ_in_capitals_alone_are_parted_and_none_is_lost(capsys):
    migration = import_module("accounts.migrations.0007_name_in_any_case")
    (constraint,) = User._meta.constraints
    with connection.schema_editor() as editor:
        editor.remove_constraint(User, constraint)
    for name in ("Ada", "ada", "ada-2", "ADA", "a" * 150, "A" * 150, "bob"):
        User.objects.create(username=name)

    with connection.schema_editor() as editor:
        migration.names_part(apps, editor)
        editor.add_constraint(User, constraint)

    names = list(User.objects.order_by("pk").values_list("username", flat=True))
    assert names == [
        *("Ada", "ada-3", "ada-2", "ADA-4"),
        *("a" * 150, "A" * 148 + "-2", "bob"),
    ]
    assert "'ada', is 'ada-3' from now on" in capsys.readouterr().out


def test_who_answers_is_chosen_only_where_there_is_a_choice(client, ada, settings):
    choice = {"planner": "builtin"}
    assert client.post("/account/planner/", choice).status_code == 400

    settings.PLANNER, settings.LLM_MODEL = "llm", "qwen3"
    assert "qwen3" in client.get(ACCOUNT).content.decode()
    client.post("/account/planner/", choice)
    assert client.post("/account/planner/", {"planner": "gpt"}).status_code == 400

    assert User.objects.get().planner == "builtin"


@pytest.mark.parametrize("path", ["/account/email/", "/account/data/download/"])
def test_what_matters_asks_again_after_a_while(client, ada, path, settings):
    settings.EMAIL_HOST = "mail.music.example"
    wait_a_while(client)

    asked = client.get(path)
    assert asked.url == f"{reverse('accounts:confirm')}?next={path.replace('/', '%2F')}"
    wrong = client.post(asked.url, {"current": "a guess"})
    assert "That is not your current password" in wrong.content.decode()
    assert client.get(path).status_code == 302
    right = client.post(asked.url, {"current": PASSWORD})

    assert right.url == path
    assert client.get(path).status_code in (200, 404)


def test_asking_again_never_leads_to_another_site_and_is_limited(client, ada, settings):
    page = "/account/confirm/?next=https://evil.example/"
    assert client.post(page, {"current": PASSWORD}).url == reverse("chat:show-home")

    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign-in": "1/hour"}
    client.post(page, {"current": "a guess"})
    assert client.post(page, {"current": PASSWORD}).status_code == 429


def test_a_new_key_and_a_copy_of_the_data_ask_again_too(client, ada):
    wait_a_while(client)

    for path in ("/account/keys/", "/account/data/ask/"):
        asked = client.post(path, {"name": "terminal"})
        assert asked.url.startswith(reverse("accounts:confirm"))

    assert not ApiToken.objects.exists()
    assert client.get("/account/keys/").status_code == 200
    assert not hasattr(User.objects.get(), "export")


# --- with Spotify --------------------------------------------------------------------


@pytest.fixture
def nina(spotify):
    return spotify.world.add_listener("nina")


def test_another_way_in_is_not_added_long_after_signing_in(client, ada, nina):
    wait_a_while(client)

    assert go_to_spotify(client).startswith(reverse("accounts:confirm"))

    assert not ServiceAccount.objects.exists()


def test_who_signs_in_with_spotify_shows_there_who_they_are(client, nina):
    connect(client)
    wait_a_while(client)
    asked = client.get("/account/delete/").url
    assert b"Continue with Spotify" in client.get(asked).content

    back = connect(client, next_page="/account/delete/")

    assert back.url == "/account/delete/"
    assert b"Your user name" in client.get("/account/delete/").content


def test_a_first_password_asks_again_as_it_is_a_way_in(client, nina):
    connect(client)
    wait_a_while(client)

    asked = client.post("/account/password/", {"password": "warm slow rain"})
    assert asked.url.startswith(reverse("accounts:confirm"))
    assert not User.objects.get().has_usable_password()


def test_connecting_an_account_just_now_shows_nothing(client, ada, nina):
    address = go_to_spotify(client)
    wait_a_while(client)

    come_back(client, address)

    assert ServiceAccount.objects.get().user == ada
    assert client.get("/account/email/").status_code == 302
