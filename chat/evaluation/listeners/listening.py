"""One made-up listener at the site: they ask, hear a list, and say what they think.

The rule of this file: nothing is ranked here. Each list is asked for in words, in a talk
of its own, and made by the agent's own reading, tools and search; what a person says of
its songs are reactions as any, and the next list is whatever the site makes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from uuid import uuid4

from accounts.models import User
from catalog.models import Track
from catalog.search.query import Query, Traits
from catalog.search.result import Result
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.planner import carry_out, read_turn
from chat.agent.state import State
from chat.agent.tools import Tools
from chat.agent.turn import Turn
from chat.evaluation.listeners.world import Person
from chat.services import conversation_start
from feedback.models import Reaction
from feedback.services import reaction_set

ASKS = "surprise me with 10 songs that I haven't heard"
MEASURED_AFTER = (0, 5, 20)
TOP = 10
# Who dislikes nearly all that they hear ends sooner than this.
MOST_LISTS = 12


@dataclass(frozen=True)
class Arm:
    """One way in which the site learns: what becomes of a query, and whether people react."""

    name: str
    changed: Callable[[Query], Query]
    reacts: bool = True


ARMS = (
    Arm("no feedback", lambda query: query, reacts=False),
    Arm(
        "one centre",
        lambda query: replace(
            query, taste=replace(query.taste, interests=(), traits=Traits())
        ),
    ),
    Arm(
        "several interests",
        lambda query: replace(query, taste=replace(query.taste, traits=Traits())),
    ),
    Arm("and what is known of them", lambda query: query),
)


@dataclass(frozen=True)
class Heard:
    """What became of a listener: precision@10 by how many reactions there were.

    came_back: disliked songs that stood in a later list, which none may.
    """

    precision: dict[int, float]
    came_back: int


class _Changing(Tools):
    """The turn's tools, which search by a changed query."""

    def __init__(self, turn: Turn, changed: Callable[[Query], Query]) -> None:
        super().__init__(turn)
        self._changed = changed

    def find_tracks(self, query: Query) -> Result:
        return super().find_tracks(self._changed(query))


def live(person: Person, arm: Arm, ids: Sequence[int]) -> Heard:
    """Have a person ask and react until they have said enough. A fifth of a second a list.

    ids: tracks by the world's songs.
    """
    places = {track: song for song, track in enumerate(ids)}
    user = User.objects.create(username=f"listener-{uuid4().hex}")
    precision: dict[int, float] = {}
    disliked: set[int] = set()
    said = came_back = 0
    due = list(MEASURED_AFTER)
    for number in range(MOST_LISTS):
        tracks = _asked(user, arm, seed=number)
        came_back += len(disliked.intersection(tracks))
        while due and (said >= due[0] or not arm.reacts):
            precision[due.pop(0)] = _precision(person, [places[t] for t in tracks])
        if not due:
            break
        for track in tracks:
            likes = person.says(places[track])
            if likes is None or said >= due[0]:
                continue
            _react(user, track, likes=likes)
            said += 1
            if not likes:
                disliked.add(track)
    return Heard(precision, came_back)


def _asked(user: User, arm: Arm, *, seed: int) -> tuple[int, ...]:
    """Return the list that a talk of its own brings."""
    turn = turn_begun(user, ASKS, seed=seed)
    tools = _Changing(turn, arm.changed)
    answered(tools, turn)
    return tools.tracks()


def turn_begun(user: User, text: str, *, seed: int) -> Turn:
    """Begin a talk of its own by a request."""
    return Turn(
        user, conversation_start(owner=user, text=text), text, State(), seed=seed
    )


def answered(tools: Tools, turn: Turn) -> Desk:
    """Have the agent answer a turn with tools."""
    reading = read_turn(tools, turn.text)
    return carry_out(tools, turn, reading, Random(turn.seed))  # noqa: S311


def _react(user: User, track: int, *, likes: bool) -> None:
    reaction_set(
        user=user,
        track=Track.objects.get(pk=track),
        value=Reaction.Value.LIKE if likes else Reaction.Value.DISLIKE,
        words=ASKS,
    )


def _precision(person: Person, songs: Sequence[int]) -> float:
    return sum(bool(person.loves[song]) for song in songs[:TOP]) / TOP
