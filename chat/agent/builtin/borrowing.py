"""Songs like those that the listener has at a music service.

Theirs are only gone by: they come into no list, no reason names one, and what is remembered
is which of them were asked for. What is there is looked up anew for each search.
"""

from __future__ import annotations

from dataclasses import replace

from accounts.models import ServiceAccount
from chat.agent.builtin import adding, elsewhere
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import given_for, make_list
from chat.agent.builtin.gathering import MAX_SIZE, Measure, evenly
from chat.agent.builtin.placing import settle_size, tell_number
from chat.agent.builtin.unknowing import is_of_nobody
from chat.agent.constraints import STANDING
from chat.agent.labels import library_words
from chat.agent.state import Given
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.reading import LikeLibrary
from playlists.library.seeds import Borrowed

# The one service that has libraries, and what it is called.
SOURCE = ServiceAccount.Service.SPOTIFY
PAGE = f"the page “Your music at {SOURCE.label}”, under connected services,"
TITLES = {
    "liked": "Like my liked songs",
    "top": "Like my top songs",
    "recent": "Like what I played last",
    "lists": "Like a playlist of mine",
    "": "Like my music",
}


def like_library(desk: Desk, act: LikeLibrary) -> None:
    """Find songs like those of a library, and without them.

    They are put behind the list at hand where the act says so; else they take its place.
    Who likes songs here and has none there means these, unless the service is named.
    """
    if is_of_nobody(desk, act.wanted):
        return
    liked = desk.tools.opinions().liked
    standing = desk.tools.library_standing(SOURCE, act.kind)
    if standing and act.kind == "liked" and not act.is_there and liked:
        near = Given(seeds=evenly(liked))
        told = "the songs that you like here"
    else:
        borrowed = _borrowed(desk, act)
        if borrowed is None:
            return
        near = Given(library=borrowed)
        told = f"{library_words(borrowed)}; they themselves stay out"
    asked = _asked(desk, act)
    is_done = (
        _add(desk, act, near, asked) if act.is_beside else _make(desk, act, near, asked)
    )
    if is_done:
        desk.say(f"I went by {told}.")
        tell_number(desk, act.wanted.count, act.wanted.minutes)


def _borrowed(desk: Desk, act: LikeLibrary) -> Borrowed | None:
    """Return what is meant; None where there is nothing to go by, which is told."""
    match desk.tools.library_standing(SOURCE, act.kind):
        case "off":
            desk.say(f"This site isn't connected with {SOURCE.label}.")
            return None
        case "unconnected":
            desk.say(
                f"{SOURCE.label} isn't connected to your account yet. The page "
                "“Connected services”, in your menu, leads there."
            )
            return None
        case "unasked":
            desk.say(
                f"You haven't let me read that at {SOURCE.label}. If you want to, {PAGE} "
                "is where you agree to it."
            )
            return None
        case standing:
            is_coming = standing == "coming"
    borrowed: Borrowed | None = Borrowed(SOURCE.value, act.kind)
    if act.name:
        borrowed = _list_named(desk, act.name)
    if borrowed is not None and desk.tools.library_tracks(borrowed):
        return borrowed
    if is_coming:
        desk.say(
            f"That is still being brought in from {SOURCE.label}. Say it again in a while."
        )
    elif borrowed is None:
        # Neither is told what they are called: replies go to language models, too.
        desk.say(f"I find no playlist of yours with that name at {SOURCE.label}.")
    else:
        desk.say(
            "None of those songs is in the catalog here, so I have nothing to go by."
        )
    return None


def _list_named(desk: Desk, name: str) -> Borrowed | None:
    found = elsewhere.list_named(name, desk.tools.library_lists(SOURCE))
    return None if found is None else Borrowed(SOURCE.value, "lists", found.pk)


def _asked(desk: Desk, act: LikeLibrary) -> Given:
    """Return what else the songs are to be.

    "Calmer" is calmer than most: a figure of the listener's own songs is told to nobody.
    """
    wanted = act.wanted
    if act.shift is not None:
        mood = Mood(act.shift.phrase, act.shift.leanings)
        wanted = replace(wanted, moods=(*wanted.moods, mood))
    return given_for(desk, Given(), wanted)


def _make(desk: Desk, act: LikeLibrary, near: Given, asked: Given) -> bool:
    kept = (
        held
        for held in desk.state.given.constraints
        if held.is_refused or held.kind in STANDING
    )
    given = replace(
        asked.having(kept).having(asked.constraints),
        seeds=(*near.seeds, *asked.seeds),
        library=near.library,
    )
    said = desk.state.said
    # What was asked for before leads elsewhere.
    desk.state = replace(desk.state, said=())
    has_number = act.wanted.count is not None or act.wanted.minutes is not None
    is_made = make_list(desk, given, (), title=TITLES[act.kind], has_number=has_number)
    if not is_made:
        desk.state = replace(desk.state, said=said)
    return is_made


def _add(desk: Desk, act: LikeLibrary, near: Given, asked: Given) -> bool:
    """Put songs behind the list, which is of those too from now on."""
    base = desk.state.given
    given = replace(
        adding.given_beside(base, asked),
        seeds=(*near.seeds, *asked.seeds),
        library=near.library,
    )
    count, minutes = act.wanted.count or adding.ADD_COUNT, None
    if act.wanted.minutes is not None and not act.wanted.count:
        minutes = round(desk.duration_ms() / 60_000) + act.wanted.minutes
    measure = Measure(min(count, MAX_SIZE), minutes)
    said = desk.state.said
    # What was asked for before leads elsewhere.
    desk.state = replace(desk.state, said=())
    is_done = adding.append(desk, given, measure, "", asked=asked)
    desk.state = replace(desk.state, said=said)
    if not is_done:
        return False
    seeds = (*base.seeds, *near.seeds)
    desk.give(replace(base, seeds=seeds, library=near.library or base.library))
    settle_size(desk)
    return True
