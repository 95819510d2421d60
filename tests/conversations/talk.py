"""A conversation with a planner, and what must hold after every turn of any script."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import count

from accounts.models import User
from catalog.models import Track
from chat import services
from chat.agent.builtin.planner import read_turn
from chat.agent.events import (
    PlaylistMoved,
    Remembered,
    Said,
    Shown,
    Stepped,
    Suggested,
)
from chat.agent.offering import taking_offer
from chat.agent.state import State
from chat.agent.tools import Tools
from chat.agent.turn import Planner, Turn
from chat.agent.understanding.reading import Reading
from chat.models import Conversation
from chat.threads import in_thread
from feedback.services import opinions_of
from playlists.services import version_content
from tests.conversations.promises import PROMISES
from tests.conversations.script import OF_WORDS, Moment, Script
from tests.conversations.world import World, plain
from tests.factories import make_user

_numbers = count(1)
_readings: dict[tuple[int, str], Reading] = {}
_QUOTED = re.compile(r"“([^”]*)”")
_NAMES_NOTHING = re.compile(r"\b(None|nan|null)\b|[{}]|\[\]|\(\)")


@dataclass
class Talk:
    """One listener's conversation. heard: all words that they have said so far."""

    world: World
    planner: Planner
    user: User
    conversation: Conversation
    state: State = State()
    lists: list[tuple[Track, ...]] = field(default_factory=lambda: [()])
    heard: set[str] = field(default_factory=set)

    @classmethod
    async def begin(cls, world: World, planner: Planner) -> Talk:
        """Start a conversation of a new listener."""
        user = await in_thread(make_user)(f"listener-{next(_numbers)}")
        conversation = await in_thread(services.conversation_start)(
            owner=user, text="A talk"
        )
        return cls(world, planner, user, conversation)

    async def say(self, text: str) -> Moment:
        """Say something and let the planner answer."""
        text = self.world.spoken(text)
        turn = taking_offer(
            Turn(
                user=self.user,
                conversation=self.conversation,
                text=text,
                state=self.state,
                seed=len(self.lists),
            )
        )
        reading = await in_thread(self._read)(turn)
        events = [event async for event in self.planner.run(turn)]
        remembered = [e.state for e in events if isinstance(e, Remembered)]
        assert remembered, "a turn leaves its state behind"
        # Where one planner takes over from another, the last word counts.
        self.state = State.from_json(json.loads(json.dumps(remembered[-1].to_json())))
        assert self.state == remembered[-1], "a state is read as it was saved"
        after = await in_thread(self._songs)()
        shown = [pk for e in events if isinstance(e, Shown) for pk in e.track_ids]
        moment = Moment(
            world=self.world,
            text=turn.text,
            reading=reading,
            before=self.lists[-1],
            after=after,
            earlier=tuple(self.lists),
            said="".join(e.text for e in events if isinstance(e, Said)),
            shown=await in_thread(_tracks)(shown),
            state=self.state,
            suggested=tuple(
                t for e in events if isinstance(e, Suggested) for t in e.texts
            ),
            disliked=await in_thread(self._disliked)(),
        )
        await in_thread(self._hold_what_always_holds)(moment, events)
        self.lists.append(after)
        return moment

    def _read(self, turn: Turn) -> Reading:
        """Read a message; what it means depends on the catalog's names alone."""
        key = (id(self.world), turn.text)
        if key not in _readings:
            _readings[key] = read_turn(Tools(turn), turn.text)
        return _readings[key]

    def _disliked(self):
        return frozenset(opinions_of(self.user).disliked)

    def _songs(self):
        conversation = Conversation.objects.select_related("playlist__current").get(
            pk=self.conversation.pk
        )
        return _tracks(version_content(conversation.playlist.current).tracks)

    def _hold_what_always_holds(self, moment, events):
        assert moment.said.strip(), "a reply says something"
        assert not _NAMES_NOTHING.search(moment.said), moment.said
        ids = [track.pk for track in moment.after]
        assert len(ids) == len(set(ids)), "no song is in the list twice"
        moved = [e for e in events if isinstance(e, PlaylistMoved)]
        assert moved or moment.after == moment.before, "what changes the list is told"
        assert moment.suggested, "a reply offers what may come next"
        for promise in PROMISES:
            _hold(promise, moment)
        self._hold_to_the_songs(moment)
        started = [e.name for e in events if isinstance(e, Stepped)]
        assert started, "a turn tells what it does"

    def _hold_to_the_songs(self, moment):
        """What stands in quotes is a song here, the listener's words, or a list's name."""
        known = {t.title for t in (*moment.before, *moment.after, *moment.shown)}
        known = {plain(title) for title in known} | self.world.plain_titles
        self.heard |= set(plain(moment.text).split())
        if moment.after == moment.before and not moment.shown:
            # Help says in quotes what one can say.
            return
        for quoted in _QUOTED.findall(moment.said):
            is_theirs = set(plain(quoted).split()) <= self.heard
            assert is_theirs or plain(quoted) in known, f"who said “{quoted}”?"


def _hold(promise, moment):
    try:
        promise(moment)
    except AssertionError as failure:
        raise AssertionError(_told("a promise", 0, moment, promise)) from failure


def _tracks(ids) -> tuple[Track, ...]:
    found = Track.objects.prefetch_related("credits__artist", "tags").in_bulk(list(ids))
    return tuple(found[pk] for pk in ids)


async def run_script(
    script: Script, world: World, planner: Planner, *, are_effects_checked: bool = True
) -> Talk:
    """Play a script through, checking after each step.

    are_effects_checked: else only what no planner may break is.
    """
    talk = await Talk.begin(world, planner)
    for number, step in enumerate(script.steps, 1):
        moment = await talk.say(step.text)
        for check in step.checks if are_effects_checked else ():
            if check in OF_WORDS and planner.name != "builtin":
                continue
            try:
                check(moment)
            except AssertionError as failure:
                told = _told(script.name, number, moment, check)
                raise AssertionError(told) from failure
    return talk


def _told(name, number, moment, check) -> str:
    def lines(tracks):
        return [
            f"    {t} ({t.year}, {', '.join(tag.key for tag in t.tags.all())}, "
            f"e{t.energy:.2f} v{t.valence:.2f} {t.tempo_bpm:.0f})"
            for t in tracks
        ]

    broken = getattr(check, "__qualname__", str(check)).removesuffix(".<locals>.check")
    return "\n".join(
        [
            f"{name}, step {number}: {moment.text!r}",
            f"fails {broken}: {getattr(check, '__doc__', '') or ''}",
            f"reply: {moment.said}",
            f"given: {moment.state.given}",
            f"before ({len(moment.before)}):",
            *lines(moment.before),
            f"after ({len(moment.after)}):",
            *lines(moment.after),
        ]
    )
