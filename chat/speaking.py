"""How a message comes in, said or chosen on the page: stored, announced, answered.

A second one waits for the end of the reply that is being written; a third is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from chat import services, turns
from chat.agent.choices import Choice
from chat.agent.planners import planner_for
from chat.codes import ErrorCode, Refused
from chat.flood import may_send_message
from chat.models import Conversation, Message
from chat.threads import in_thread

BUSY = (
    "A reply is still being written, and a message waits already. "
    "Wait for them, or stop them."
)


@dataclass(frozen=True)
class Speaker:
    """A listener, at one of their sockets."""

    user: User
    channel: str

    async def refuse_if_too_often(self) -> None:
        """Count a message. Raises Refused above the limit."""
        if not await in_thread(may_send_message)(self.user.pk):
            raise Refused(
                ErrorCode.TOO_FAST, "That was a lot at once. Try again in a minute."
            )

    async def say(
        self,
        conversation: Conversation | None,
        text: str,
        *,
        asked_as: str | int | None,
        choice: Choice | None = None,
    ) -> None:
        """Store a message and begin its reply, or let it wait. Raises Refused."""
        try:
            message = await in_thread(services.message_say)(
                owner=self.user, conversation=conversation, text=text, choice=choice
            )
        except services.Busy:
            await self._let_wait(conversation, text, asked_as=asked_as, choice=choice)
            return
        await self.announce(message, asked_as=asked_as)
        await self.begin(message)

    async def _let_wait(
        self,
        conversation: Conversation | None,
        text: str,
        *,
        asked_as: str | int | None,
        choice: Choice | None,
    ) -> None:
        """Keep a message until the reply that is being written is over."""
        if conversation is None:
            raise Refused(ErrorCode.BUSY, BUSY)  # not to be: a new one has no reply
        try:
            waiting = await in_thread(services.message_wait)(
                conversation, text=text, choice=choice
            )
            await turns.Posting(self.user, conversation, None).post(
                {
                    "type": "message.queued",
                    "id": None,
                    "message": str(waiting.uuid),
                    "text": waiting.text,
                },
                asked_by=self.channel,
                asked_as=asked_as,
            )
        except services.Busy as error:
            raise Refused(ErrorCode.BUSY, BUSY) from error
        finally:
            # That reply may have ended just now, or with its process.
            await self.begin_waiting(conversation)

    async def begin_waiting(self, conversation: Conversation) -> None:
        """Begin the reply to what waits, if its time has come."""
        planner = await planner_for(self.user)
        await turns.waiting_begin(planner, user=self.user, conversation=conversation)

    async def announce(
        self,
        message: Message,
        *,
        asked_as: str | int | None,
        replaces: UUID | None = None,
        set_aside: Sequence[UUID] = (),
    ) -> None:
        """Tell all tabs of a message, and this one that it is its own."""
        await turns.message_announce(
            turns.Posting(self.user, message.conversation, message),
            asked_by=self.channel,
            asked_as=asked_as,
            replaces=replaces,
            set_aside=set_aside,
        )

    async def begin(self, message: Message) -> None:
        """Start the reply to a message."""
        turns.turn_begin(
            await planner_for(self.user),
            user=self.user,
            conversation=message.conversation,
            message=message,
        )
