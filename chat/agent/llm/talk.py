"""One turn's talk with a model: rounds of tools, then words; and what if it fails.

What is exact the rules do themselves (`sharing`). For the rest their reading bounds what
the model may do (`bounds`, `holding`), its prose is checked before it is shown
(`grounding`), and what it leaves undone the rules do (`owed`). What was done stays done,
once, whoever goes on.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import aclosing
from random import Random
from typing import Any

from django.conf import settings

from catalog.search.levels import attribute_levels
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.planner import (
    carry_out_acts,
    read_turn,
    reading_of,
    state_hearing,
)
from chat.agent.builtin.unknowing import tell_taken
from chat.agent.events import (
    AgentEvent,
    Remembered,
    Said,
    Shown,
    Stepped,
    Suggested,
)
from chat.agent.llm import calls, spending
from chat.agent.llm.accumulating import Answer, Call
from chat.agent.llm.arguments import tool_schemas
from chat.agent.llm.client import LLMClient, ModelFailed, Wire
from chat.agent.llm.closing import close_up, show_mentioned, tell_changes, tell_lacking
from chat.agent.llm.grounding import Prose
from chat.agent.llm.limits import Limits
from chat.agent.llm.looking import first_look
from chat.agent.llm.prompt import LOOK_TOOL, opening_messages, repair_message
from chat.agent.llm.sharing import shared
from chat.agent.llm.toolbox import Toolbox
from chat.agent.tools import Tools
from chat.agent.turn import Turn
from chat.agent.understanding.library import unnamed
from chat.agent.understanding.reading import Shift
from chat.models import Message
from chat.threads import as_labour, in_thread

logger = logging.getLogger(__name__)

# A failure before any word was shown is tried again once, if that can be soon.
RETRY_WITHIN_S = 4.0
_RETRIED = frozenset({"busy", "failing", "unreachable", "cut", "broken"})
# Turns before this one that the model is told.
EARLIER_TURNS = 4


class Talk:
    """Answers one message. `tell` takes the events in their order."""

    def __init__(
        self, turn: Turn, tell: Callable[[AgentEvent], None], limits: Limits
    ) -> None:
        self._turn = turn
        self._tell = tell
        self._limits = limits
        self._deadline = asyncio.get_running_loop().time() + limits.turn_timeout_s
        self._tools: Tools | None = None
        self._box: Toolbox
        self._prose: Prose
        self._messages: list[Wire] = []
        self._tokens = 0
        self._may_repair = True
        # What the rules said before the model's words.
        self._lead = ""
        self._moves_told = 0
        self._shown_told: set[int] = set()

    def stop(self) -> None:
        """Let nothing change any more."""
        if self._tools is not None:
            self._tools.stop()

    # --- the turn ---------------------------------------------------------------------

    async def answer(self, connect: Callable[[], LLMClient]) -> None:
        """Answer the message, with the model for as long as it works."""
        self._tools = await in_thread(Tools)(self._turn)
        needs_model = await _to_its_end(self._begin, self._tools)
        self._tell(Stepped("understand", "done", "understood"))
        if not needs_model:
            self._tell_end(await _to_its_end(self._wind_up))
            return
        self._say_first()
        if await in_thread(spending.is_used_up)(self._turn.user):
            await self._go_on_alone(
                "Today's share of the language model is used up, so I answer without it."
            )
            return
        self._tell(Stepped("think", "started", f"asking {settings.LLM_MODEL}"))
        try:
            async with connect() as client:
                await self._converse(client)
        except ModelFailed as failed:
            self._tell(Stepped("think", "failed", failed.told))
            await self._go_on_alone(f"{failed.told}, so I go on without it.")
            return
        self._tell(Stepped("think", "done", f"{self._tokens:,} tokens"))
        left = await in_thread(self._box.left)()
        if left.acts:
            await self._go_on_alone(
                "The language model left that undone, so I do it without it."
            )
            return
        await self._finish()

    def _begin(self, tools: Tools) -> bool:
        """Carry out what comes before the model; say whether it is needed. Blocks."""
        turn = self._turn
        reading = reading_of(tools, turn)
        chance = Random(turn.seed)  # noqa: S311 (choice of words)
        state = state_hearing(turn, reading)
        desk = Desk(tools=tools, state=state, levels=attribute_levels(), chance=chance)
        shares = shared(desk, reading)
        tell_taken(desk, reading.taken)
        carry_out_acts(desk, shares.before)
        self._box = Toolbox(
            desk, shares.asked, said=unnamed(turn.text), after=shares.after
        )
        self._box.known.has_changed = bool(desk.moves)
        self._prose = Prose(self._box.known)
        return shares.needs_model

    def _say_first(self) -> None:
        """Tell what was done before the model is asked."""
        desk = self._box.desk
        self._lead = desk.words
        desk.says.clear()
        self._tell_moves()
        if self._lead:
            self._show()
            self._tell(Said(self._lead))

    async def _converse(self, client: LLMClient) -> None:
        """Ask round by round until the model has ended. Raises ModelFailed."""
        earlier = await in_thread(_earlier)(self._turn)
        looked = await in_thread(first_look)(self._box, earlier, done=self._lead)
        self._messages = opening_messages(unnamed(self._turn.text), looked)
        for number in range(1, self._limits.rounds + 1):
            answer = await self._ask(client, number)
            if answer.calls:
                await self._carry_out(answer)
            elif not await self._is_asked_again(answer):
                return
            if self._tokens >= self._limits.turn_tokens:
                logger.info("A turn of user %s is out of tokens", self._turn.user.pk)
                return

    async def _is_asked_again(self, answer: Answer) -> bool:
        """Tell the model once of what it left undone; say whether it is."""
        left = await in_thread(self._box.left)()
        is_silent = not answer.text.strip() and not self._prose.said
        if not self._may_repair or not (left.acts or is_silent):
            return False
        self._may_repair = False
        undone = ", ".join(type(act).__name__ for act in left.acts)
        why = (
            f"Nothing was done yet about: {undone}." if undone else "You said nothing."
        )
        words = answer.text or "(nothing)"
        self._messages.append({"role": "assistant", "content": words})
        self._messages.append(repair_message(why))
        return True

    # --- one round --------------------------------------------------------------------

    async def _ask(self, client: LLMClient, number: int) -> Answer:
        """Ask once, and once more where a failure may pass. Raises ModelFailed."""
        said_before = self._prose.said
        try:
            return await self._ask_once(client, number)
        except ModelFailed as failed:
            wait_s = failed.retry_after_s or 0.0
            is_late = self._prose.said != said_before or wait_s > RETRY_WITHIN_S
            if failed.kind not in _RETRIED or is_late or not self._may_repair:
                raise
            self._may_repair = False
        await asyncio.sleep(wait_s)
        return await self._ask_once(client, number)

    async def _ask_once(self, client: LLMClient, number: int) -> Answer:
        """Ask once; what may be shown of the words is. Raises ModelFailed."""
        # What a model says before it has done what was asked may not be so.
        is_held = bool((await in_thread(self._box.left)()).acts)
        is_last = number == self._limits.rounds
        tools = [] if is_last else [LOOK_TOOL, *tool_schemas()]
        log = calls.Timed(self._turn, number, self._messages, tools)
        answer: Answer | None = None
        outcome = "stopped"
        self._prose.begin()
        try:
            async with (
                asyncio.timeout_at(self._deadline),
                aclosing(client.ask(self._messages, tools)) as pieces,
            ):
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        answer = piece
                        continue
                    log.note_words(piece)
                    if not is_held:
                        self._say(self._prose.take(piece))
            if answer is None:
                raise ModelFailed("cut")
        except TimeoutError as error:
            outcome = "slow"
            raise ModelFailed("slow") from error
        except ModelFailed as failed:
            outcome = failed.kind
            raise
        finally:
            logged = log.done(answer) if answer else log.failed(outcome)
            self._tokens += logged.tokens_in + logged.tokens_out
            await _to_its_end(calls.llm_call_log, logged)
        if not is_held:
            self._say(self._prose.rest())
        return answer

    def _say(self, words: str) -> None:
        if words:
            self._show()
            # The model's first words, behind what the rules said.
            is_first = self._lead and self._prose.said == words
            self._tell(Said(f" {words}" if is_first else words))

    # --- tools ------------------------------------------------------------------------

    async def _carry_out(self, answer: Answer) -> None:
        """Carry out all calls of an answer, and keep each result for the model."""
        wired = [_wire(call) for call in answer.calls]
        self._messages.append(
            {"role": "assistant", "content": answer.text, "tool_calls": wired}
        )
        for call in answer.calls:
            name = call.name if call.name in self._box.names else "unknown tool"
            self._tell(Stepped(name, "started", ""))
            result, detail = await _to_its_end(self._box.call, call)
            self._messages.append(
                {"role": "tool", "tool_call_id": call.call_id, "content": result}
            )
            is_done = not detail.startswith("refused")
            self._tell(Stepped(name, "done" if is_done else "failed", detail))
            self._tell_moves()

    def _tell_moves(self) -> None:
        desk = self._box.desk
        new = desk.moves[self._moves_told :]
        self._moves_told = len(desk.moves)
        for moved in new:
            self._tell(moved)
        if new:
            self._tell(Remembered(desk.state))

    def _show(self) -> None:
        """Show the songs that came in and weren't shown yet."""
        desk = self._box.desk
        new = tuple(t for t in desk.shown if t not in self._shown_told)
        if new:
            self._shown_told.update(new)
            self._tell(
                Shown(
                    new,
                    {t: desk.reasons.get(t, ()) for t in new},
                    desk.proofs,
                    desk.plays,
                )
            )

    # --- the end ----------------------------------------------------------------------

    async def _finish(self) -> None:
        """Close the turn that the model has answered."""
        words = await _to_its_end(self._settle)
        self._tell_end(words)

    def _settle(self) -> str:
        """Bring everything in line; return what is to be said yet. Blocks."""
        box = self._box
        close_up(box)
        if not self._prose.said and not box.effects:
            self._do_all()
            return self._wind_up()
        if not self._prose.said:
            tell_changes(box)
        tell_lacking(box, self._prose.said)
        return self._wind_up()

    async def _go_on_alone(self, why: str) -> None:
        """Do what is left without the model, and say so in one sentence."""
        words = await _to_its_end(self._do_what_is_left)
        if self._prose.said or self._lead:
            why = f"\n\n{why}"
        self._tell_end(f"{why} {words}".rstrip())

    def _do_what_is_left(self) -> str:
        """Carry out what the model didn't; return what is to be said. Blocks."""
        box = self._box
        has_done = bool(box.effects - {"found nothing"})
        left = box.left()
        if left.acts and has_done:
            if left.acts == box.reading.acts and box.reads(Shift):
                box.take_back()
            carry_out_acts(box.desk, left.acts)
        elif not has_done and not self._prose.said:
            self._do_all()
        else:
            close_up(box)
            if not self._prose.said:
                tell_changes(box)
            tell_lacking(box, self._prose.said)
        return self._wind_up()

    def _do_all(self) -> None:
        """Carry out the model's whole share. Blocks."""
        box = self._box
        if not box.reading.acts and not self._lead:
            box.desk.ask_for_more()
        carry_out_acts(box.desk, box.reading.acts)

    def _wind_up(self) -> str:
        """Do what comes after the model; return what is to be said. Blocks."""
        box = self._box
        desk = box.desk
        carry_out_acts(desk, box.after)
        desk.settle()
        show_mentioned(box, self._prose.mentioned)
        desk.suggest(lambda words: read_turn(desk.tools, words))
        return desk.words

    def _tell_end(self, words: str) -> None:
        self._tell_moves()
        for copied in self._box.desk.copies:
            self._tell(copied)
        self._show()
        self._tell(Remembered(self._box.desk.state))
        self._tell(Suggested(self._box.desk.suggestions))
        said = self._prose.said or self._lead
        if words:
            gap = "" if not said or said[-1:].isspace() or words[:1].isspace() else " "
            self._tell(Said(f"{gap}{words}"))


async def _to_its_end(function: Callable[..., Any], *args: Any) -> Any:
    """Run blocking work on a thread; when cancelled, wait for its end first."""
    work = asyncio.ensure_future(as_labour(function)(*args))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait({work})
        work.exception()  # Retrieved: nobody waits for the result any more.
        raise


def _earlier(turn: Turn) -> list[tuple[str, str]]:
    """Return the last turns that stand, as a model may read them. One query."""
    done = Message.objects.filter(
        conversation_id=turn.conversation.pk, branch=None, finished_at__isnull=False
    )
    newest = done.order_by("-id").values_list("text", "reply")[:EARLIER_TURNS]
    return [(unnamed(said), reply) for said, reply in reversed(newest)]


def _wire(call: Call) -> Wire:
    """Return a call as the next request carries it.

    Some servers parse the arguments of earlier calls and refuse the request when they
    are broken; the model is told of it in the result.
    """
    return {
        "id": call.call_id,
        "type": "function",
        "function": {
            "name": call.name or "unknown",
            "arguments": _json(call.arguments),
        },
    }


def _json(arguments: str) -> str:
    try:
        is_object = isinstance(json.loads(arguments), dict)
    except (ValueError, RecursionError):
        is_object = False
    return arguments if is_object else "{}"
