"""What of the talk goes into a listener's download, and which songs it all speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.takeout.contents import Made, Row, Table, tables
from catalog.models import Track
from chat.models import (
    Branch,
    Conversation,
    Event,
    LLMCall,
    Message,
    WaitingMessage,
)
from playlists.models import PlaylistVersion

TABLES = (
    Table(
        Conversation,
        "owner",
        _("Your conversations, each with what is remembered of it (state)"),
    ),
    Table(
        Message,
        "conversation__owner",
        _("What you said, what was answered, and what was remembered before it"),
    ),
    Table(Branch, "conversation__owner", _("What was set aside when you edited words")),
    Table(
        WaitingMessage, "conversation__owner", _("What waits for a reply to be over")
    ),
    Table(
        Event,
        "conversation__owner",
        _("What your pages were sent, as the protocol docs/asyncapi.yaml describes it"),
    ),
    Table(
        LLMCall,
        "user",
        _("How often a language model was asked for you, and how much; no words"),
    ),
)


def songs_named(user: User) -> Iterable[Row]:
    """Return the songs that a listener's rows speak of by number."""
    versions = PlaylistVersion.objects.filter(playlist__owner=user)
    ids = {pk for held in versions.values_list("track_ids", flat=True) for pk in held}
    for table in tables():
        for field in table.model._meta.concrete_fields:
            if field.related_model is Track:
                ids |= set(table.of(user).values_list(field.attname, flat=True))
    songs = Track.objects.filter(pk__in=ids - {None}).order_by("pk")
    names = ArrayAgg("credits__artist__name", order_by="credits__position")
    return songs.annotate(by=names).values(
        "id", "uuid", "title", "by", "album__title", "year", "duration_ms", "isrc"
    )


MADE = (Made("songs", _("The songs that the other files speak of"), songs_named),)
