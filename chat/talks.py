"""A listener's conversations as lists show them: the order, and finding one again."""

from __future__ import annotations

import operator
from functools import reduce
from typing import TypedDict

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from chat.models import Conversation, Message

# More words than anybody remembers of a talk, and few enough to look for at once.
MAX_WORDS = 8
MAX_CHARS = 200
FOUND = 30
EXCERPT_CHARS = 90


class FoundTalk(TypedDict):
    """A conversation that was looked for; `excerpt` says where, "" for its title."""

    id: str
    title: str
    is_pinned: bool
    excerpt: str


def conversations_of(user: User) -> QuerySet[Conversation]:
    """Return a listener's conversations: the pinned ones first, then newest first."""
    mine = Conversation.objects.filter(owner=user).order_by(
        F("pinned_at").desc(nulls_last=True), "-updated_at", "-pk"
    )
    return mine.only("uuid", "title", "updated_at", "pinned_at")


def conversations_with(user: User, looked_for: str) -> QuerySet[Conversation]:
    """Return those whose title or messages hold every one of the words.

    Case doesn't count. What was set aside by an edit isn't looked through.
    """
    found = conversations_of(user)
    for word in words_of(looked_for):
        said = Message.objects.filter(
            holds(word),
            conversation=OuterRef("pk"),
            branch=None,
        )
        found = found.filter(Q(title__icontains=word) | Exists(said))
    return found


def talks_found(user: User, looked_for: str) -> list[FoundTalk]:
    """Return the first conversations that hold the words, and where. Two queries."""
    words = words_of(looked_for)
    if not words:
        return []
    talks = list(conversations_with(user, looked_for)[:FOUND])
    holds_any = reduce(operator.or_, map(holds, words))
    messages = Message.objects.filter(holds_any, conversation__in=talks, branch=None)
    said: dict[int, list[str]] = {}
    for pk, text, reply in messages.order_by("pk").values_list(
        "conversation_id", "text", "reply"
    ):
        said.setdefault(pk, []).extend((text, reply))
    return [
        {
            "id": str(talk.uuid),
            "title": talk.title,
            "is_pinned": talk.pinned_at is not None,
            "excerpt": excerpt(said.get(talk.pk, []), absent_words(talk.title, words)),
        }
        for talk in talks
    ]


def holds(word: str) -> Q:
    """Return the condition that a message, or its reply, holds a word."""
    return Q(text__icontains=word) | Q(reply__icontains=word)


def words_of(looked_for: str) -> list[str]:
    """Split what was typed into the words to look for; NUL is no text to PostgreSQL."""
    return looked_for[:MAX_CHARS].replace("\0", " ").split()[:MAX_WORDS]


def absent_words(title: str, words: list[str]) -> list[str]:
    """Return the words that the title doesn't show already."""
    shown = title.casefold()
    return [word for word in words if word.casefold() not in shown]


def excerpt(texts: list[str], words: list[str]) -> str:
    """Return the surroundings of the first place that holds one of the words."""
    for text in texts:
        line = " ".join(text.split())
        places = [line.casefold().find(word.casefold()) for word in words]
        begin = min((place for place in places if place >= 0), default=None)
        if begin is not None:
            return cut(line, begin)
    return ""


def cut(line: str, place: int) -> str:
    """Cut a line down around a place in it, at words' ends."""
    if len(line) <= EXCERPT_CHARS:
        return line
    begin = max(0, min(place - EXCERPT_CHARS // 3, len(line) - EXCERPT_CHARS))
    part = line[begin : begin + EXCERPT_CHARS]
    if begin:
        part = "…" + part.partition(" ")[2]
    if begin + EXCERPT_CHARS < len(line):
        part = part.rpartition(" ")[0] + "…"
    return part
