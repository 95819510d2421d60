"""Answers a turn by rules: read the message, carry out its acts, say what came of it.

Deterministic: the same state, catalog and message give the same reply.
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from dataclasses import replace
from random import Random

from django.conf import settings

from catalog.columns.current import columns_fixed
from catalog.search.levels import attribute_levels
from chat.agent.builtin import (
    adding,
    alternating,
    answering,
    arranging,
    borrowing,
    choosing,
    editing,
    explaining,
    finding,
    lifting,
    likening,
    phrases,
    refreshing,
    refusing,
    remembering,
    replacing,
    replaying,
    resizing,
    saving,
    talking,
    versions,
)
from chat.agent.builtin.arriving import tell_arriving, tell_no_music
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.figures import tell_figures
from chat.agent.builtin.pinning import pinned
from chat.agent.builtin.unknowing import tell_taken
from chat.agent.choices import SetConstraint, SetMood
from chat.agent.events import (
    AgentEvent,
    Remembered,
    Said,
    Shown,
    Stepped,
    Suggested,
)
from chat.agent.mentions import without_own_title
from chat.agent.mood.current import feeling_of
from chat.agent.opinions import Stopped
from chat.agent.state import State
from chat.agent.tools import Tools
from chat.agent.turn import Turn
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.listening import listen, part_read
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Arrange,
    Ask,
    AskHelp,
    CopyList,
    DescribeAs,
    DropRepeats,
    Follow,
    Forget,
    Further,
    GoBackTo,
    KeepOnly,
    Lift,
    LikeLibrary,
    LikeList,
    MayPlay,
    MoreLike,
    MoveTo,
    NeverPlay,
    OtherLanguage,
    PlayAgain,
    PlayThose,
    ReactTo,
    Reading,
    Recall,
    Redo,
    Refresh,
    RenameTo,
    ReplaceWith,
    Resize,
    RestoreVersion,
    SaveTo,
    Shift,
    ShiftYears,
    SmallTalk,
    StartOver,
    SwapPlaces,
    TakeOut,
    TakeTurns,
    Undo,
    WhyNot,
    WhyOrder,
    WhyThis,
)
from chat.agent.understanding.slips import verbs_respelt
from chat.agent.understanding.wish import (
    Wanted,
)
from chat.agent.wishes import SHIFT_WEIGHT
from chat.threads import as_labour, in_thread
from playlists.edits import EditRefused, Stale

# How often an act is carried out on a list that is changed by hand all the while.
TRIES = 3
CHANGED_BY_HAND = (
    "You changed the list while I was at it, so I left it as you have it. Say it again if "
    "you still want that."
)
_GOING_BACK = (Undo, Redo, GoBackTo, RestoreVersion, Forget)
_SEARCHES = (
    Ask,
    MoreLike,
    LikeList,
    LikeLibrary,
    Shift,
    Further,
    ShiftYears,
    AddSome,
    ReplaceWith,
    SetConstraint,
    SetMood,
)


class BuiltinPlanner:
    """The planner that needs nothing but the catalog."""

    name = "builtin"

    async def run(self, turn: Turn) -> AsyncGenerator[AgentEvent, None]:
        """Answer one message."""
        chance = Random(turn.seed)  # noqa: S311 (choice of words)
        tools, reading = await in_thread(heard)(turn)
        yield Stepped("understand", "done", _summary(reading))
        searches = any(isinstance(act, _SEARCHES) for act in reading.acts)
        if searches:
            told = f"searching {tools.catalog_size():,} songs"
            yield Stepped("search", "started", told)
        work = asyncio.ensure_future(as_labour(carry_out)(tools, turn, reading, chance))
        try:
            if searches:
                variants = phrases.opening(reading, _wanted_of(reading))
                async for said in _spoken(Random(turn.seed).choice(variants)):  # noqa: S311
                    yield said
            done = await asyncio.shield(work)
        finally:
            # A thread can't be cancelled. Stopped tools change nothing more, and what
            # was changed already is told when the thread has ended.
            tools.stop()
            await asyncio.wait({work})
            work.exception()  # Retrieved, also where nobody waits for the result.
        if searches:
            yield Stepped("search", "done", f"{done.found_count} found")
        for moved in done.moves:
            yield moved
        for copied in done.copies:
            yield copied
        if done.shown:
            yield Shown(done.shown, done.reasons, done.proofs, done.plays)
        yield Remembered(done.state)
        yield Suggested(done.suggestions)
        async for said in _spoken(done.words):
            yield said


def heard(turn: Turn) -> tuple[Tools, Reading]:
    """Return the turn's tools, and what it asks for. Blocks."""
    tools = Tools(turn)
    return tools, reading_of(tools, turn)


def carry_out(tools: Tools, turn: Turn, reading: Reading, chance: Random) -> Desk:
    """Carry out all acts of a message in their order. Blocks.

    All of them look at the catalog as it was a moment ago, when the turn began.
    """
    state = state_hearing(turn, reading)
    with columns_fixed(tools.columns):
        desk = Desk(tools=tools, state=state, levels=attribute_levels(), chance=chance)
        carry_out_on(desk, reading)
        desk.suggest(lambda words: read_turn(tools, words))
    return desk


def state_hearing(turn: Turn, reading: Reading) -> State:
    """Return the state with what was said in it, where that tells what is looked for.

    "Thanks" and "more like that one" don't.
    """
    if not reading.acts or any(isinstance(act, Ask | AddSome) for act in reading.acts):
        return turn.state.hearing(_telling_of_songs(turn.text, reading.unsaid))
    return turn.state


def _telling_of_songs(text: str, unsaid: Iterable[str]) -> str:
    for words in unsaid:
        text = text.replace(words, " ")
    return " ".join(text.split())


def carry_out_on(desk: Desk, reading: Reading) -> None:
    """Carry out acts on a desk where other work may lie already. Blocks."""
    if not reading.acts:
        desk.ask_for_more()
    tell_taken(desk, reading.taken)
    carry_out_acts(desk, reading.acts)
    if not any(map(_is_of_no_edit, reading.acts)):
        tell_figures(desk)
    desk.settle()


def carry_out_acts(desk: Desk, acts: Sequence[Act]) -> None:
    """Carry out acts in their order, with the turn's end left to the caller. Blocks.

    Where there is no music at all, those that look for some are left out.
    """
    searches = any(isinstance(act, _SEARCHES) for act in acts)
    has_music = desk.tools.catalog_size() > 0
    if searches and not has_music:
        acts = [act for act in acts if not isinstance(act, _SEARCHES)]
        tell_no_music(desk)
    shift = next((act for act in acts if isinstance(act, Shift)), None)
    is_likeness = any(isinstance(act, MoreLike) for act in acts)
    for act in acts:
        if isinstance(act, Shift) and is_likeness:
            continue  # part of "more like that one, but slower"
        try:
            _carry_out_meeting_hands(desk, act, shift)
        except EditRefused as refused:
            desk.say(str(refused))
        except Stopped:
            break
    if searches and has_music:
        tell_arriving(desk)


def _carry_out_meeting_hands(desk: Desk, act: Act, shift: Shift | None) -> None:
    """Carry out an act, on a list that may be changed by hand at the same time.

    Then it is done again on the list as it is by now, with the songs that it was said
    of; but what goes back to another list is left, since the one that it was said of is
    no more, and so is what was half done already. Raises EditRefused, Stopped.
    """
    for _try in range(TRIES):
        before, moves_before = desk.kept(), len(desk.moves)
        try:
            _carry_out(desk, act, shift)
        except Stale:
            is_half_done = len(desk.moves) > moves_before
            if not is_half_done:
                desk.put_back(before)
            act = pinned(desk, Reading((act,))).acts[0]
            desk.tools.look_again()
            if is_half_done or isinstance(act, _GOING_BACK):
                break
        else:
            return
    desk.say(CHANGED_BY_HAND)


def _is_of_no_edit(act: object) -> bool:
    """Say whether an act brings another list, and doesn't change the one at hand."""
    return isinstance(act, Undo | Redo | GoBackTo | StartOver) or (
        isinstance(act, Ask) and act.is_fresh
    )


def _carry_out(desk: Desk, act: Act, shift: Shift | None) -> None:
    match act:
        case Ask():
            finding.ask(desk, act)
        case MoreLike():
            finding.more_like(desk, act, shift)
        case LikeList():
            likening.like_list(desk, act)
        case LikeLibrary():
            borrowing.like_library(desk, act)
        case Shift():
            finding.shift_list(desk, act)
        case Further():
            _shift_further(desk)
        case ShiftYears():
            finding.shift_years(desk, act)
        case AddSome():
            adding.add_some(desk, act)
        case Resize():
            _resize(desk, act)
        case TakeOut():
            editing.take_out(desk, act)
        case MoveTo():
            arranging.move_to(desk, act)
        case SwapPlaces():
            arranging.swap_places(desk, act)
        case Arrange():
            arranging.arrange(desk, act)
        case TakeTurns():
            alternating.take_turns(desk, act)
        case Lift():
            lifting.lift(desk, act)
        case Follow():
            arranging.follow(desk, act)
        case DropRepeats():
            arranging.drop_repeats(desk, act)
        case GoBackTo():
            arranging.go_back_to(desk, act)
        case ReplaceWith():
            replacing.replace_with(desk, act)
        case KeepOnly():
            editing.keep_only(desk, act)
        case RenameTo():
            editing.rename(desk, act)
        case SaveTo():
            saving.save_to(desk, act)
        case DescribeAs():
            versions.describe(desk, act)
        case CopyList():
            versions.copy_list(desk, act)
        case RestoreVersion():
            versions.restore_version(desk, act)
        case Refresh():
            refreshing.refresh(desk, act)
        case Undo():
            editing.undo(desk, act)
        case Redo():
            editing.redo(desk, act)
        case StartOver():
            editing.start_over(desk, act)
        case PlayAgain():
            replaying.play_again(desk, act)
        case PlayThose():
            replaying.play_those(desk, act)
        case Asked():
            answering.answer(desk, act)
        case WhyThis():
            explaining.why_this(desk, act)
        case WhyNot():
            explaining.why_not(desk, act)
        case WhyOrder():
            explaining.why_order(desk, act)
        case Forget():
            remembering.forget(desk, act)
        case Recall():
            remembering.recall(desk, act)
        case ReactTo():
            talking.react_to(desk, act)
        case NeverPlay():
            refusing.never_play(desk, act)
        case MayPlay():
            refusing.may_play(desk, act)
        case AskHelp():
            talking.help_out(desk, act)
        case SmallTalk():
            talking.talk(desk, act)
        case OtherLanguage():
            talking.answer_language(desk, act)
        case SetConstraint():
            choosing.set_constraint(desk, act)
        case SetMood():
            choosing.set_mood(desk, act)


def _shift_further(desk: Desk) -> None:
    """Move the list as it was moved last; where it wasn't, more of it is asked for."""
    phrases_held = [
        held.words
        for held in reversed(desk.state.given.of("attribute"))
        if held.weight >= SHIFT_WEIGHT
    ]
    for phrase in phrases_held:
        for act in read_turn(desk.tools, phrase).acts:
            if isinstance(act, Shift):
                finding.shift_list(desk, act)
                return
    adding.lengthen(desk, Resize(None, None, 1))


def _resize(desk: Desk, act: Resize) -> None:
    """Make the list longer or shorter; of a number and a time keep both if that can be."""
    if not act.direction and resizing.resize_to_both(desk, act):
        return
    if _is_longer(desk, act):
        adding.lengthen(desk, act)
    else:
        editing.shorten(desk, act)


def _is_longer(desk: Desk, act: Resize) -> bool:
    if act.direction:
        return act.direction > 0
    if act.minutes is not None:
        return desk.duration_ms() < act.minutes * 60_000
    return act.count is not None and act.count > len(desk.tools.tracks())


def reading_of(tools: Tools, turn: Turn) -> Reading:
    """Return what a turn asks for: what was chosen on the page, or what was said."""
    if turn.choice is not None:
        return Reading((turn.choice,))
    return read_turn(tools, turn.text)


def read_turn(tools: Tools, text: str) -> Reading:
    """Read a message, with the names that the catalog knows."""
    this_year = datetime.datetime.now(tz=datetime.UTC).year
    text = without_own_title(part_read(text), lambda: tools.content().title)
    text = verbs_respelt(text)
    mentioned = tools.songs_mentioned(text)
    return listen(
        text,
        lambda keys: replace(tools.names_known(keys), mentioned=mentioned),
        near=tools.names_near,
        this_year=this_year,
        feel=feeling_of,
    )


def _wanted_of(reading: Reading) -> Wanted | None:
    for act in reading.acts:
        if isinstance(act, Ask | AddSome | LikeList | LikeLibrary):
            return act.wanted
    return None


def _summary(reading: Reading) -> str:
    """Say in a few words what was understood."""
    wanted = _wanted_of(reading)
    kind = phrases.kind_of(wanted) if wanted else ""
    shifts = [act.phrase for act in reading.acts if isinstance(act, Shift)]
    return ", ".join(part for part in (kind, *shifts) if part) or "understood"


async def _spoken(text: str) -> AsyncIterator[Said]:
    """Say a text word by word, at the pace at which one reads along; else in one go."""
    if not settings.SECONDS_PER_WORD:
        yield Said(text)
        return
    words = text.split(" ")
    for i, word in enumerate(words):
        yield Said(word if i == len(words) - 1 else f"{word} ")
        if i < len(words) - 1:
            await asyncio.sleep(settings.SECONDS_PER_WORD)
