"""Conversations, their messages, and the events that clients were sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from playlists.models import Playlist, PlaylistVersion


class Conversation(models.Model):
    """A talk of one listener with the agent, and the playlist it is about.

    `state` is the agent's explicit memory (chat.agent.state.State as JSON);
    `last_seq` numbers the conversation's events without a gap.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversations"
    )
    title = models.CharField(max_length=120, blank=True)
    playlist = models.OneToOneField(
        Playlist, models.SET_NULL, null=True, related_name="conversation"
    )
    state = models.JSONField(default=dict)
    last_seq = models.PositiveBigIntegerField(default=0)
    pinned_at = models.DateTimeField(
        null=True, blank=True, help_text="since when it stands above the others"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ("-updated_at",)

    def __str__(self) -> str:
        # No words of the listener: this goes into logs and the admin.
        return f"conversation {self.uuid}"


class Branch(models.Model):
    """What was said from a message on, set aside when that message was edited.

    Its messages stay to be read, and the talk can go on from their end: `state` and
    `version` are the agent's memory and the playlist as they were there. `after`: the
    message before its first one, in whichever branch that is now; null at the beginning.
    """

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="branches"
    )
    state = models.JSONField(default=dict)
    version = models.ForeignKey(
        PlaylistVersion, models.SET_NULL, null=True, related_name="+"
    )
    after = models.ForeignKey(
        "Message", models.CASCADE, null=True, related_name="followed_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("conversation", "id")
        verbose_name_plural = "branches"

    def __str__(self) -> str:
        return f"branch {self.pk} of {self.conversation_id}"


class Message(models.Model):
    """One turn: what the listener said, and what came of it.

    A message stands in its conversation while it has no `branch`. `version_before` and `state_before` are the playlist and
    the agent's memory when it was said: an edit of the message begins there again.
    """

    class Status(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"
        INTERRUPTED = "interrupted"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="messages"
    )
    text = models.TextField()
    choice = models.JSONField(
        null=True,
        blank=True,
        help_text="what was chosen on the page (chat.agent.choices); the text tells it",
    )
    reply = models.TextField(blank=True)
    status = models.CharField(max_length=11, choices=Status, default=Status.RUNNING)
    state_before = models.JSONField(default=dict)
    version_before = models.ForeignKey(
        PlaylistVersion, models.SET_NULL, null=True, related_name="+"
    )
    branch = models.ForeignKey(
        Branch, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    alive_at = models.DateTimeField(
        db_default=Now(), help_text="last sign of life of the process that replies"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("conversation", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("conversation",),
                condition=models.Q(status="running"),
                name="chat_message_one_running",
            ),
        )

    def __str__(self) -> str:
        return f"message {self.uuid}"


class WaitingMessage(models.Model):
    """What was said while a reply was being written: one in a conversation, at most.

    It becomes a message, of the same UUID, when that reply is over.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.OneToOneField(
        Conversation, models.CASCADE, related_name="waiting"
    )
    text = models.TextField()
    choice = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("conversation",)

    def __str__(self) -> str:
        return f"waiting message {self.uuid}"


class Event(models.Model):
    """One frame of a conversation as it was sent, so that a client can resume."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="events"
    )
    seq = models.PositiveBigIntegerField()
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, related_name="events"
    )
    frame = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("conversation", "seq")
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "seq"), name="chat_event_seq"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.frame.get('type')}"


class LLMCall(models.Model):
    """One request to a language model: how long, how much, how it ended. No words."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered"
        CALLED = "called", "Called tools"
        STOPPED = "stopped", "Stopped by the listener"
        BUSY = "busy", "Too many requests"
        UNREACHABLE = "unreachable"
        STALLED = "stalled"
        REFUSED = "refused"
        FAILING = "failing", "Failed on its side"
        BROKEN = "broken", "Sent what is no JSON"
        CUT = "cut", "Broke off"
        SLOW = "slow", "Took longer than a turn may"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="llm_calls"
    )
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, related_name="llm_calls"
    )
    model = models.CharField(max_length=200)
    round_number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=11, choices=Outcome)
    started_at = models.DateTimeField(db_index=True)
    first_token_ms = models.PositiveIntegerField(
        null=True, blank=True, help_text="until the first words; tool calls have none"
    )
    total_ms = models.PositiveIntegerField()
    tokens_in = models.PositiveIntegerField()
    tokens_out = models.PositiveIntegerField()
    is_estimated = models.BooleanField(
        help_text="the server didn't count; four characters are taken for a token"
    )

    class Meta:
        ordering = ("-started_at", "-id")
        verbose_name = "language model call"
        indexes = (
            # A listener's share of the day is summed up before each turn.
            models.Index(fields=("user", "started_at"), name="chat_llmcall_user_day"),
        )

    def __str__(self) -> str:
        return f"call of {self.model}, {self.outcome}"
