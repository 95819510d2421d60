"""Pages in other languages: who decides, what is remembered, and what stays English."""

import json

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from tests.factories import make_user
from tests.pages.test_every_page import INSIDE, Page, address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

COOKIE = settings.LANGUAGE_COOKIE_NAME
SIGN_IN = "/account/sign-in/"


def html_of(client, path=SIGN_IN, **headers):
    return Page(client.get(path, headers=headers).content.decode()).all("html")[0]


def choose(client, language, came_from="http://testserver/playlists/"):
    return client.post(
        reverse("accounts:choose-language"),
        {"language": language},
        headers={"referer": came_from, "accept": "text/html"},
    )


def test_the_browsers_wish_decides_until_a_language_is_chosen(client):
    assert html_of(client) == {"lang": "en", "dir": "ltr"}
    wish = {"accept-language": "el-GR,el;q=0.9"}
    assert html_of(client, **wish) == {"lang": "el", "dir": "ltr"}

    choose(client, "ar")

    assert html_of(client, **wish) == {"lang": "ar", "dir": "rtl"}


def test_a_choice_leads_back_to_the_page_and_no_further(client):
    response = choose(client, "el")
    assert response.url == "http://testserver/playlists/"
    assert response.cookies[COOKIE]["httponly"]

    assert choose(client, "ar", "https://elsewhere.example/").url == "/"


# Django knows French, but we have no words of it.
@pytest.mark.parametrize("language", ["xx", "fr", ""])
def test_an_unknown_language_changes_nothing(client, ada, language):
    response = choose(client, language)

    assert response.status_code == 400
    assert COOKIE not in response.cookies
    assert User.objects.get(pk=ada.pk).language == ""


def test_the_account_remembers_the_language_for_other_browsers(client):
    make_user("ada")
    fields = {"username": "ada", "password": "correct horse battery"}
    client.post(SIGN_IN, fields)
    choose(client, "el")
    client.logout()
    client.cookies.clear()
    assert html_of(client)["lang"] == "en"

    client.post(SIGN_IN, fields)

    assert html_of(client, "/playlists/")["lang"] == "el"


def test_a_new_account_takes_the_language_that_was_chosen_before(client):
    choose(client, "ar")

    client.post(
        reverse("accounts:sign-up"),
        {"username": "ada", "password": "warm slow rain", "email": ""},
    )

    assert User.objects.get().language == "ar"


def test_what_forms_and_views_say_is_translated(client, ada):
    choose(client, "el")

    renamed = client.post(reverse("accounts:change-password"), {"current": "wrong"})
    assert "Δεν είναι αυτός ο τρέχων κωδικός σου." in renamed.content.decode()
    # This one is Django's own.
    assert "Αυτό το πεδίο είναι απαραίτητο" in renamed.content.decode()


@pytest.mark.parametrize("name", INSIDE)
def test_every_page_renders_from_right_to_left(client, talk, name):
    choose(client, "ar")

    assert html_of(client, address(name, talk)) == {"lang": "ar", "dir": "rtl"}


def test_numbers_take_their_own_forms(client, talk):
    choose(client, "ar")

    html = client.get(reverse("playlists:list-playlists")).content.decode()

    assert "أغنيتان" in html


def test_scripts_get_their_words_as_a_script_of_this_site(client):
    response = client.get("/words/el.js")

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert (
        json.dumps("Εκτός σύνδεσης. Γίνεται επανασύνδεση…") in response.content.decode()
    )
    again = client.get(
        "/words/el.js", headers={"if-none-match": response.headers["ETag"]}
    )
    assert again.status_code == 304
    page = Page(client.get(SIGN_IN, headers={"accept-language": "el"}).content.decode())
    assert "/words/el.js" in [script.get("src") for script in page.all("script")]


@pytest.mark.parametrize("language", ["en", "xx", "de"])
def test_there_are_no_words_of_other_languages(client, language):
    assert client.get(f"/words/{language}.js").status_code == 404


def test_the_admin_stays_english(admin_client):
    assert html_of(admin_client, "/admin/", **{"accept-language": "ar"}) == {
        "lang": "en",
        "dir": "ltr",
    }
