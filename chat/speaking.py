"""How a message comes in, said or chosen on the page: stored, announced, answered.

A second one waits for the end of the reply that is being written; a third is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from chat import services, turns
from chat.agent.choices import Choice
from chat.agent.planners import planner_for
from chat.codes import ErrorCode, Refused
from chat.flood import may_send_message
from chat.models import Conversation, Message
from chat.rendering import FrameJson
from chat.threads import in_thread

BUSY = (
    "A reply is still being written, and a message waits already. "
    "Wait for them, or stop them."
)

CROWDED = "Many people are asking at once. Try again in a moment."


@dataclass(frozen=True)
class Heard:
    """What is said or chosen, and where; in a new conversation where there is none."""

    conversation: Conversation | None
    text: str
    choice: Choice | None = None


@dataclass(frozen=True)
class Speaker:
    """A listener, at one of their sockets."""

    user: User
    channel: str

    async def refuse_if_too_often(self) -> None:
        """Count a message. Raises Refused above the limit, or where too many speak."""
        await in_thread(self._count)()

    async def say(
        self, hear: Callable[[], Heard], *, asked_as: str | int | None
    ) -> None:
        """Store a message and begin its reply, or let it wait. Raises Refused.

        hear: tells what is said, and may raise Refused; called on the thread that
        stores it, once the message is counted.
        """
        heard, message, frames = await in_thread(self._taken_in)(hear)
        if message is None:
            await self._let_wait(heard, asked_as=asked_as)
            return
        await turns.publish(
            self.user, *frames, asked_by=self.channel, asked_as=asked_as
        )
        await self.begin(message)

    def _count(self) -> None:
        if turns.is_crowded():
            raise Refused(ErrorCode.CROWDED, CROWDED)
        if not may_send_message(self.user.pk):
            raise Refused(
                ErrorCode.TOO_FAST, "That was a lot at once. Try again in a minute."
            )

    def _taken_in(
        self, hear: Callable[[], Heard]
    ) -> tuple[Heard, Message | None, Sequence[FrameJson]]:
        """Store what is said. No message where a reply is being written already."""
        self._count()
        heard = hear()
        try:
            message, frames = services.message_say(
                owner=self.user,
                conversation=heard.conversation,
                text=heard.text,
                choice=heard.choice,
                tell=turns.announcement,
            )
        except services.Busy:
            return heard, None, ()
        return heard, message, frames

    async def _let_wait(self, heard: Heard, *, asked_as: str | int | None) -> None:
        """Keep a message until the reply that is being written is over."""
        conversation = heard.conversation
        if conversation is None:
            raise Refused(ErrorCode.BUSY, BUSY)  # not to be: a new one has no reply
        try:
            waiting = await in_thread(services.message_wait)(
                conversation, text=heard.text, choice=heard.choice
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

    async def begin(self, message: Message) -> None:
        """Start the reply to a message."""
        turns.turn_begin(
            await planner_for(self.user),
            user=self.user,
            conversation=message.conversation,
            message=message,
        )
