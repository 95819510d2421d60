"""Songs like those of a whole list: the one at hand, or another of the listener's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chat.agent.builtin import adding, elsewhere, phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import given_for, make_list, shifted
from chat.agent.builtin.gathering import MAX_SIZE, Measure, evenly
from chat.agent.builtin.placing import settle_size, tell_number
from chat.agent.builtin.unknowing import is_of_nobody
from chat.agent.constraints import STANDING
from chat.agent.quoting import quoted
from chat.agent.state import Given
from chat.agent.understanding.reading import LikeList


def like_list(desk: Desk, act: LikeList) -> None:
    """Find songs like those of a list, and without them.

    They are put behind the list at hand where that is the one, or where the act says
    so; else they take its place.
    """
    if is_of_nobody(desk, act.wanted):
        return
    if elsewhere.is_at_hand(desk, act.name):
        held = desk.tools.tracks()
        if not held:
            desk.say(
                "There is nothing in this list yet. What would you like to hear?",
                "This list is empty so far: name an artist, a genre or a mood.",
            )
            return
        _add_like(desk, act, held, "this list")
        return
    other = elsewhere.named_list(desk, act.name, undone="looked for nothing")
    if other is None:
        return
    tracks = desk.tools.tracks_of_list(other.pk)
    title = quoted(other.title)
    if not tracks:
        desk.say(f"There is nothing in {title} yet, so there is nothing to go by.")
    elif act.is_beside:
        _add_like(desk, act, tracks, title)
    else:
        _make_like(desk, act, tracks, title)


def _add_like(desk: Desk, act: LikeList, tracks: Sequence[int], title: str) -> None:
    """Put songs like some behind the list, which is of those too from now on."""
    base, asked = desk.state.given, given_for(desk, Given(), act.wanted)
    is_own = elsewhere.is_at_hand(desk, act.name)
    seeds = (*evenly(tracks), *asked.seeds)
    given = replace(
        base if is_own and not asked.constraints else adding.given_beside(base, asked),
        seeds=seeds,
    )
    given = _moved(desk, given, act, tracks)
    count, minutes = act.wanted.count or adding.ADD_COUNT, None
    if act.wanted.minutes is not None and not act.wanted.count:
        minutes = round(desk.duration_ms() / 60_000) + act.wanted.minutes
    measure = Measure(min(count, MAX_SIZE), minutes, without=frozenset(tracks))
    if not adding.append(desk, given, measure, "", asked=asked):
        return
    desk.give(replace(base, seeds=seeds if is_own else (*base.seeds, *seeds)))
    settle_size(desk)
    desk.say(f"I went by the songs of {title}.", f"They go by the songs of {title}.")


def _make_like(desk: Desk, act: LikeList, tracks: Sequence[int], title: str) -> None:
    kept = (
        held
        for held in desk.state.given.constraints
        if held.is_refused or held.kind in STANDING
    )
    asked = given_for(desk, Given(), act.wanted)
    given = replace(
        asked.having(kept).having(asked.constraints),
        seeds=(*evenly(tracks), *asked.seeds),
    )
    wanted, said = act.wanted, desk.state.said
    # What was asked for before leads elsewhere.
    desk.state = replace(desk.state, said=())
    is_made = make_list(
        desk,
        _moved(desk, given, act, tracks),
        (),
        title=f"Like {title[1:-1]}",
        has_number=wanted.count is not None or wanted.minutes is not None,
        without=tracks,
    )
    if not is_made:
        desk.state = replace(desk.state, said=said)
        return
    desk.say(f"I went by {phrases.songs(len(tracks))} of your list {title}.")
    tell_number(desk, wanted.count, wanted.minutes)


def _moved(desk: Desk, given: Given, act: LikeList, tracks: Sequence[int]) -> Given:
    """Return what is given moved from where the list's songs are."""
    if act.shift is None:
        return given
    return shifted(desk, given, act.shift, among=tracks)
