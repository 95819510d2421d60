"""Saying an earlier message in other words, and going on from there.

What was said from that message on is set aside as a branch, which stays to be read. The
agent's memory and the playlist go back to what they were before it; what the listener
likes and dislikes is theirs and stays.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from chat.models import Branch, Conversation, Message
from chat.services import Busy, messages_mark_interrupted, title_of
from playlists.models import Playlist, PlaylistVersion
from playlists.services import playlist_return


class SetAside(Exception):
    """A message that stands no more can't be edited."""


def get_message_for(user: User, uuid: UUID) -> Message:
    """Fetch a listener's own message. Raises Message.DoesNotExist."""
    found = Message.objects.select_related("conversation__playlist", "branch")
    return found.get(uuid=uuid, conversation__owner=user)


def standing_messages(conversation: Conversation) -> QuerySet[Message]:
    """Return the messages that stand, in the order in which they were said."""
    return conversation.messages.filter(branch=None).order_by("pk")


def message_edit(message: Message, *, text: str) -> tuple[Message, list[Message]]:
    """Put a message in the place of an earlier one and of all that came of that.

    Returns the new message, whose reply is still to be written, and those that were set
    aside, in their order. Raises Busy while a reply is being written, SetAside for a
    message that stands no more; then nothing has changed.
    """
    messages_mark_interrupted(message.conversation)
    try:
        return _message_edit(message, text=text)
    except IntegrityError as error:  # somebody said something in this moment
        raise Busy from error


@transaction.atomic
def _message_edit(message: Message, *, text: str) -> tuple[Message, list[Message]]:
    # Locked: of two edits at the same time the second finds its message set aside.
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("playlist")
        .get(pk=message.conversation_id)
    )
    standing = list(standing_messages(conversation))
    aside = [held for held in standing if held.pk >= message.pk]
    if not aside or aside[0].pk != message.pk:
        raise SetAside
    if any(held.status == Message.Status.RUNNING for held in aside):
        raise Busy
    playlist = conversation.playlist
    branch = Branch.objects.create(
        conversation=conversation,
        state=conversation.state,
        version_id=playlist.current_id if playlist else None,
    )
    Message.objects.filter(pk__in=[held.pk for held in aside]).update(branch=branch)
    before = _version_before(aside[0], playlist) if playlist else None
    if playlist and before and before.pk != playlist.current_id:
        playlist_return(playlist, to=before)
    conversation.state = aside[0].state_before
    if len(aside) == len(standing) and conversation.title == title_of(aside[0].text):
        conversation.title = title_of(text)
    conversation.save(update_fields=["state", "title", "updated_at"])
    made = Message.objects.create(
        conversation=conversation,
        text=text,
        state_before=aside[0].state_before,
        version_before=before,
        replaces=branch,
    )
    return made, aside


def _version_before(message: Message, playlist: Playlist) -> PlaylistVersion | None:
    """Return the list as it was when a message was said.

    Of messages from before that was noted, the memory knows the version.
    """
    known = message.version_before_id or message.state_before.get("version")
    versions = playlist.versions.order_by("number")
    return versions.filter(pk=known).first() or versions.first()
