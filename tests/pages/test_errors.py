"""Pages that tell of errors: in the site's look, and in the listener's language."""

import pytest
from django.test import Client

from tests.pages.test_every_page import Page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.pages.failing_urls"),
]

HEADINGS = {
    "en": {
        400: "That could not be understood",
        403: "This page is not open to you",
        404: "There is no such page",
        500: "Something broke here",
    },
    "el": {
        400: "Αυτό δεν έγινε κατανοητό",
        403: "Δεν έχεις πρόσβαση σε αυτή τη σελίδα",
        404: "Αυτή η σελίδα δεν υπάρχει",
        500: "Κάτι χάλασε εδώ",
    },
}
CASES = [(lang, code) for lang, codes in HEADINGS.items() for code in codes]


@pytest.mark.parametrize(("language", "code"), CASES)
def test_each_error_has_a_page_in_the_sites_look(client, language, code):
    client.raise_request_exception = False

    response = client.get(f"/fails/{code}", headers={"accept-language": language})

    assert response.status_code == code
    html = response.content.decode()
    assert f"<h1>{HEADINGS[language][code]}</h1>" in html
    page = Page(html)
    assert page.all("html") == [{"lang": language, "dir": "ltr"}]
    assert len(page.all("main")) == 1
    assert [link for link in page.all("a") if link.get("href") == "/"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_a_form_without_its_token_is_told_what_to_do(ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)

    response = browser.post("/account/language/", {"language": "el"})

    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()
