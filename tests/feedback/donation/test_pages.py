"""The pages of what a listener gives."""

import uuid

import pytest
from django.urls import reverse

from feedback.donation.records import records_of
from feedback.donation.texts import FOLDER, current_version, wordings
from feedback.models import Consent
from feedback.templatetags.giving import REACTIONS_BEFORE
from tests.factories import make_track, make_user
from tests.feedback.donation.giving import SCRUBBED, agree, react, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

PAGE, RECORDS = "/account/giving/", "/account/giving/records/"
CHOOSE = "/account/giving/choose/"
# Whoever changes a wording that people agreed to must write the next version instead.
WORDINGS = {
    1: "8bbf7099f7b20e0c65d2108b2cdc72842c33a54410e446c3426363f618770e71",
    2: "a5625363350c045926020459238df574cef37601c7d99b50962a2b17b2a38f55",
}


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def shown(client, page):
    return " ".join(client.get(page).content.decode().split())


def test_it_is_off_and_one_click_turns_it_on_and_off_and_says_what_it_means(
    client, ada
):
    page = shown(client, PAGE)
    assert page.count('value="give"') == len(Consent.Purpose)
    assert "Nothing so far." in page
    assert wordings(1)[0].points[0] in page

    client.post(CHOOSE, {"wanted": "give", "purpose": "site"})
    page = shown(client, PAGE)
    assert page.count('value="give"') == page.count('value="stop"') == 1
    react(ada, make_track("Rain"), turn=uuid.uuid4())
    work(ada)
    assert "1 message, with its songs." in shown(client, PAGE)
    answer = client.post(CHOOSE, {"wanted": "stop", "purpose": "site"}, follow=True)

    assert "what you gave is deleted" in answer.content.decode()
    assert not records_of(ada.pk).exists()
    assert client.post(CHOOSE, {"wanted": "give", "purpose": "ads"}).status_code == 400
    assert client.post(CHOOSE, {"wanted": "all"}).status_code == 400
    assert client.get(CHOOSE).status_code == 405


def test_all_records_are_shown_in_full_and_by_pages_to_their_giver_alone(
    client, ada, django_assert_num_queries
):
    bob = make_user("bob")
    for user in (ada, bob):
        agree(user)
        react(user, make_track(f"Of {user.username}", artist="Nina"), turn=uuid.uuid4())
        work(user)
    (his,) = records_of(bob.pk)

    page = shown(client, RECORDS)

    assert SCRUBBED.replace("'", "&#x27;") in page
    for said in ("Of ada", "Nina", "Liked", "slow", "for [name]", "place 3", "0.25"):
        assert said in page, said
    assert "Of bob" not in page
    assert client.post(f"{RECORDS}{his.uuid}/delete/").status_code == 404
    for _ in range(10):
        react(ada, make_track(), turn=uuid.uuid4())
    assert "10 messages are still on their way." in shown(client, RECORDS)
    work(ada)
    assert shown(client, RECORDS).count("given__record") == 10
    with django_assert_num_queries(6):
        page = shown(client, f"{RECORDS}?page=2")
    assert "Of ada" in page
    (mine,) = records_of(ada.pk).order_by("id")[:1]
    client.post(f"{RECORDS}{mine.uuid}/delete/")
    assert records_of(ada.pk).count() == 10


def test_an_invitation_comes_late_and_once(client, ada):
    lists, title = reverse("playlists:list-playlists"), "Would you give"
    for _ in range(REACTIONS_BEFORE - 1):
        react(ada, make_track(), turn=uuid.uuid4())
    assert title not in shown(client, lists)
    react(ada, make_track(), turn=uuid.uuid4())
    assert title in shown(client, lists)

    answer = client.post(CHOOSE, {"wanted": "put away", "next": lists})

    assert answer.url == lists
    assert title not in shown(client, lists)
    assert not Consent.objects.filter(is_given=True).exists()
    away = {"wanted": "put away", "next": "https://elsewhere.example/"}
    assert client.post(CHOOSE, away).url == PAGE
    # Another wording asks anew, and whoever gives isn't asked.
    Consent.objects.update(text_version=0, is_given=True)
    assert title in shown(client, lists)
    assert "has changed since you agreed" in shown(client, PAGE)
    agree(ada)
    assert title not in shown(client, lists)


def test_putting_the_invitation_away_takes_nobodys_word_back(client, ada):
    agree(ada)

    client.post(CHOOSE, {"wanted": "put away"})

    assert Consent.objects.get().is_given


def test_wordings_stay_as_they_were_agreed_to_and_are_there_in_every_language(settings):
    import hashlib
    import tomllib

    found = {
        int(path.stem): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FOLDER.glob("*.toml")
    }

    assert found == WORDINGS
    said = tomllib.loads((FOLDER / f"{current_version()}.toml").read_text("utf-8"))
    assert set(said) == {code for code, _ in settings.LANGUAGES}
    for language in said.values():
        assert set(language) == set(Consent.Purpose.values)
        for purpose, text in language.items():
            assert text["title"], purpose
            assert len(text["points"]) == len(said["en"][purpose]["points"])
