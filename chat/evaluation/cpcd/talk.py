"""The dialogues as talks with the agent: its own reading, memory, taste and search.

The rule of this file: nothing is ranked here. A turn is read and carried out as on the
site, in a real conversation with its playlist; what the listener liked and disliked
then are reactions, and the songs that they kept are the playlist. The ranking is what
the turn's own search brings when it is let go on to more songs than the page shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from accounts.models import User
from catalog.models import Track
from catalog.search.query import Query
from catalog.search.result import Result
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import standing_query
from chat.agent.builtin.planner import carry_out, read_turn
from chat.agent.dislikes import disliked_among
from chat.agent.state import State
from chat.agent.tools import Tools
from chat.agent.turn import Turn
from chat.evaluation.cpcd.dialogues import Asked
from chat.services import conversation_start
from feedback.models import Reaction
from feedback.services import reaction_set
from playlists.edits import Add, Clear
from playlists.models import Playlist, PlaylistVersion
from playlists.services import playlist_edit

# Seeds may come again in the ranking of a search that doesn't know them as such.
LIMIT = 100


@dataclass(frozen=True)
class Said:
    """One turn of a talk: what was asked, its ranking, and dislikes that came back.

    came_back: tracks of the ranking that are a disliked song, in whichever version.
    query: what the ranking was searched for with.
    """

    asked: Asked
    ranking: tuple[int, ...]
    came_back: int
    query: Query


class _Listening(Tools):
    """The turn's tools, which remember what was searched for."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn)
        self.queries: list[Query] = []

    def find_tracks(self, query: Query) -> Result:
        self.queries.append(query)
        return super().find_tracks(query)


def talks(turns: Sequence[Asked], ids: Mapping[str, int]) -> Iterator[Said]:
    """Have one dialogue's turns said to the agent, in the current database.

    turns: of one dialogue, in order, those without gold among them. ids: tracks by
    cluster. About 0.2 s a turn.
    """
    user = User.objects.create(username=f"listener-{User.objects.count()}")
    conversation = conversation_start(owner=user, text=turns[0].text)
    state = State()
    seeds: tuple[int, ...] = ()
    refused: frozenset[int] = frozenset()
    for number, asked in enumerate(turns):
        before = seeds
        seeds = _tracks(asked.liked, ids)
        refused = frozenset(_tracks(asked.disliked, ids)) - frozenset(seeds)
        _react(user, seeds, refused)
        if number:
            playlist = Playlist.objects.get(conversation=conversation)
            state = _kept(playlist, state, seeds, new=set(seeds) - set(before))
        turn = Turn(user, conversation, asked.text, state, seed=number)
        query, ranking, state = _answered(turn)
        came_back = len(disliked_among(ranking, refused))
        yield Said(asked, ranking, came_back=came_back, query=query)


def _tracks(clusters: Sequence[str], ids: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids[cluster] for cluster in clusters))


def _react(user: User, liked: Sequence[int], disliked: Collection[int]) -> None:
    """Note what the listener holds of the songs so far, oldest first."""
    known = Track.objects.in_bulk([*liked, *disliked])
    for track in liked:
        reaction_set(user=user, track=known[track], value=Reaction.Value.LIKE)
    for track in disliked:
        reaction_set(user=user, track=known[track], value=Reaction.Value.DISLIKE)


def _kept(
    playlist: Playlist, state: State, kept: Sequence[int], *, new: Collection[int]
) -> State:
    """Leave in the playlist what the listener kept, as they do by hand.

    Returns the state that speaks of this list.
    """
    version = playlist_edit(
        playlist,
        edits=[Clear(), Add(tuple(kept))],
        author=PlaylistVersion.Author.LISTENER,
        words="",
    )
    shown = tuple(track for track in kept if track in new) or tuple(kept)
    return replace(state, shown=shown, version=version.pk)


def _answered(turn: Turn) -> tuple[Query, tuple[int, ...], State]:
    """Let the agent answer; return what it searched for, the ranking, and its state.

    A turn that searches for nothing ("perfect, thanks") is ranked by what stands.
    """
    tools = _Listening(turn)
    held = tools.tracks()
    reading = read_turn(tools, turn.text)
    desk: Desk = carry_out(tools, turn, reading, Random(turn.seed))  # noqa: S311
    query = tools.queries[-1] if tools.queries else standing_query(desk, limit=LIMIT)
    query = _let_go_on(query, held=held)
    hits = tools.find_tracks(query).hits
    return query, tuple(hit.track_id for hit in hits), desk.state


def _let_go_on(query: Query, *, held: Collection[int]) -> Query:
    """Return a query for more songs: what nothing more fits is followed by what's near.

    held: the songs that the list held before; those found for it come again.
    """
    return replace(
        query,
        limit=LIMIT,
        beside=frozenset(held),
        artist_cap=LIMIT if query.filters.artists else query.artist_cap,
        may_relax=True,
        fixed=frozenset(),
        relax_below=None,
    )
