"""The admin: every list opens, cheaply, and none shows what listeners write."""

import pytest
from django.urls import reverse

from feedback.services import Value, reaction_set

pytestmark = pytest.mark.django_db

LISTS = [
    "accounts_user",
    "accounts_apitoken",
    "chat_conversation",
    "chat_message",
    "chat_llmcall",
    "playlists_playlist",
    "feedback_reaction",
    "feedback_release",
    "feedback_donatedrecord",
    "feedback_curationentry",
]


@pytest.fixture
def full(talk, ada):
    reaction_set(user=ada, track=talk.songs[0], value=Value.LIKE, words="my own words")
    talk.message.text = "my own words"
    talk.message.save()
    return talk


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_and_can_be_searched(admin_client, full, name):
    url = reverse(f"admin:{name}_changelist")

    assert admin_client.get(url).status_code == 200
    assert admin_client.get(url, {"q": "ada"}).status_code == 200


@pytest.mark.parametrize(
    ("name", "pick"),
    [
        ("chat_conversation", lambda full: full.conversation.pk),
        ("chat_message", lambda full: full.message.pk),
        ("playlists_playlist", lambda full: full.playlist.pk),
        ("feedback_reaction", lambda full: full.songs[0].reactions.get().pk),
    ],
)
def test_no_list_or_page_shows_private_words(admin_client, full, name, pick):
    pages = [
        admin_client.get(reverse(f"admin:{name}_changelist")),
        admin_client.get(reverse(f"admin:{name}_change", args=[pick(full)])),
    ]

    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        assert "my own words" not in html
        assert "something slow" not in html
        assert "Here are two songs" not in html
