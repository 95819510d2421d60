"""Saying an earlier message in other words, and going on from what was set aside.

What was said from an edited message on is set aside as a branch, which stays to be read
and can be taken up again. The agent's memory and the playlist go along to where the talk
goes on; what the listener likes and dislikes is theirs and stays.

The rule of this file: a talk is a tree whose lines grow in the order of their messages'
keys. One line stands; each branch is the rest of another, after the message `after`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from chat.models import Branch, Conversation, Message
from chat.services import Busy, messages_mark_interrupted, title_of
from playlists.models import Playlist, PlaylistVersion
from playlists.services import lists_hold, playlist_return


class SetAside(Exception):
    """A message that stands no more can't be edited."""


class Stands(Exception):
    """A message that stands is in no branch that could be taken up."""


@dataclass(frozen=True)
class TakenUp:
    """A branch that stands again.

    standing: the messages that do now, in their order; set_aside: those that don't any
    more. before, after: the playlist's version then and now; None where there is none.
    """

    conversation: Conversation
    standing: tuple[Message, ...]
    set_aside: tuple[Message, ...]
    before: int | None
    after: int | None


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
    lists_hold(message.conversation.owner_id)
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
    _set_aside(conversation, standing, aside)
    before = _version_before(aside[0], playlist) if playlist else None
    if playlist and before and before.pk != playlist.current_id:
        before = playlist_return(playlist, to=before)
    conversation.state = aside[0].state_before
    if len(aside) == len(standing) and conversation.title == title_of(aside[0].text):
        conversation.title = title_of(text)
    conversation.save(update_fields=["state", "title", "updated_at"])
    made = Message.objects.create(
        conversation=conversation,
        text=text,
        # The same again is the same choice; in other words it is what they say.
        choice=aside[0].choice if text == aside[0].text else None,
        state_before=aside[0].state_before,
        version_before=before,
    )
    return made, aside


def _set_aside(
    conversation: Conversation, standing: list[Message], aside: list[Message]
) -> None:
    """Make a branch of the end of what stands, with memory and list as they are."""
    kept = len(standing) - len(aside)
    playlist = conversation.playlist
    branch = Branch.objects.create(
        conversation=conversation,
        state=conversation.state,
        version_id=playlist.current_id if playlist else None,
        after=standing[kept - 1] if kept else None,
    )
    Message.objects.filter(pk__in=[held.pk for held in aside]).update(branch=branch)


def branch_take_up(message: Message) -> TakenUp:
    """Let a message that was set aside stand again, with its whole branch.

    What stood in its place is set aside; memory and playlist are those of the branch's
    end. Raises Busy while a reply is being written, Stands for a message that does.
    """
    messages_mark_interrupted(message.conversation)
    return _branch_take_up(message)


@transaction.atomic
def _branch_take_up(message: Message) -> TakenUp:
    lists_hold(message.conversation.owner_id)
    # Locked, as above.
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("playlist")
        .get(pk=message.conversation_id)
    )
    held = list(conversation.messages.order_by("pk"))
    standing = [one for one in held if one.branch_id is None]
    branch = Branch.objects.filter(messages=message).first()
    if branch is None:
        raise Stands
    if any(one.status == Message.Status.RUNNING for one in standing):
        raise Busy
    line = _line_of(branch, held)
    shared = sum(1 for a, b in zip(standing, line, strict=False) if a.pk == b.pk)
    aside = standing[shared:]
    if aside:
        _set_aside(conversation, standing, aside)
    _let_stand(line[shared:])
    playlist = conversation.playlist
    before = playlist.current_id if playlist else None
    after = before
    if playlist and branch.version and branch.version_id != before:
        after = playlist_return(playlist, to=branch.version).pk
    conversation.state = branch.state
    conversation.save(update_fields=["state", "updated_at"])
    return TakenUp(conversation, tuple(line), tuple(aside), before, after)


def _line_of(branch: Branch, held: list[Message]) -> list[Message]:
    """Return all messages from the talk's beginning to a branch's end. Few queries.

    held: all messages of the talk.
    """
    branches = {one.pk: one for one in branch.conversation.branches.all()}
    line = [one for one in held if one.branch_id == branch.pk]
    after = branch.after_id
    while after is not None:
        last = next(one for one in held if one.pk == after)
        # Up to it, of whichever branch (or of what stands) it is.
        row = [m for m in held if m.branch_id == last.branch_id and m.pk <= last.pk]
        line = [*row, *line]
        after = branches[last.branch_id].after_id if last.branch_id else None
    return line


def _let_stand(messages: list[Message]) -> None:
    """Take messages out of their branches; what is left of one comes after them."""
    last_of = {one.branch_id: one for one in messages if one.branch_id is not None}
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(branch=None)
    for pk, last in last_of.items():
        left = Branch.objects.filter(pk=pk)
        if left.filter(messages__isnull=False).exists():
            left.update(after=last)
        else:
            left.delete()


def places_of_branches(
    conversation: Conversation, standing: Iterable[Message]
) -> dict[int | None, Message]:
    """Return, by what came before, the standing messages that another stood in place of.

    By the key of the message before, None for the first. One query.
    """
    afters = set(conversation.branches.values_list("after_id", flat=True))
    found: dict[int | None, Message] = {}
    before: int | None = None
    for message in standing:
        if before in afters:
            found[before] = message
        before = message.pk
    return found


def _version_before(message: Message, playlist: Playlist) -> PlaylistVersion | None:
    """Return the list as it was when a message was said.

    Of messages from before that was noted, the memory knows the version.
    """
    known = message.version_before_id or message.state_before.get("version")
    versions = playlist.versions.order_by("number")
    return versions.filter(pk=known).first() or versions.first()
