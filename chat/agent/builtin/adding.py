"""Acts that put more songs into the list: "add some", "that one too", "longer"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.search.result import Result
from chat.agent.builtin import elsewhere, phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import given_for
from chat.agent.builtin.gathering import MAX_SIZE, Measure, gather
from chat.agent.builtin.ledger import tell_relaxed, tell_shortage
from chat.agent.builtin.placing import (
    insert,
    settle_size,
    spot_of,
    tell_length,
    tell_number,
)
from chat.agent.builtin.refusing import tell_never
from chat.agent.builtin.retiming import retime
from chat.agent.builtin.unknowing import (
    is_of_nobody,
    known_here,
    tell_known_for,
)
from chat.agent.constraints import STANDING, put
from chat.agent.state import Given
from chat.agent.understanding.pointing import (
    Titled,
)
from chat.agent.understanding.reading import (
    AddSome,
    Resize,
)
from playlists.edits import Add, places_of

ADD_COUNT = 4
# What puts a song in a second time, as it is offered.
AGAIN = "Add it again"
WHICH = (
    "Which song do you mean? No song stands at that place.",
    "I'm not sure which song that is. A number from the list helps me.",
)


def add_some(desk: Desk, act: AddSome) -> None:
    """Put a few more songs into the list, of a kind or by reference.

    Into another list of the listener's where the act names one.
    """
    if act.playlist and not elsewhere.is_at_hand(desk, act.playlist):
        elsewhere.add_to_named(desk, act)
        return
    pointed = desk.resolve_named(act.references)
    act = _without_credits(desk, act, pointed)
    is_plain = act.wanted.is_empty or bool(act.playlist)
    if pointed and is_plain and not act.is_likeness:
        if act.is_repeat:
            _add_again(desk, act, pointed)
            return
        count = act.wanted.count or len(desk.state.named)
        _add_these(desk, pointed, count, at=spot_of(desk, act.spot))
        return
    if act.references and not pointed and act.wanted.is_empty:
        desk.say(*WHICH)
        return
    wanted = act.wanted
    if is_of_nobody(desk, wanted):
        return
    asked = given_for(desk, Given(), wanted)
    base = desk.state.given
    given = replace(
        given_beside(base, asked),
        seeds=(*asked.seeds, *(pointed if act.is_likeness else ())) or base.seeds,
    )
    count = min(wanted.count or ADD_COUNT, MAX_SIZE)
    minutes = None
    if wanted.minutes is not None and not wanted.count:
        # "Add half an hour of jazz" is on top of what is there.
        minutes = round(desk.duration_ms() / 60_000) + wanted.minutes
    measure = Measure(count, minutes)
    append(
        desk, given, measure, phrases.kind_of(wanted),
        at=spot_of(desk, act.spot), asked=asked,
    )  # fmt: skip
    settle_size(desk)
    if base.artists and asked.artists:
        # A list of some artists is one of these too, from now on.
        desk.give(desk.state.given.having(asked.of("artist")))


def _without_credits(desk: Desk, act: AddSome, pointed: Sequence[int]) -> AddSome:
    """Take "X by Y" for one song: its artist is no wish for more of theirs."""
    if not any(isinstance(one, Titled) for one in act.references):
        return act
    songs = desk.tools.songs(pointed).values()
    credited = {pk for song in songs for pk in song.artist_ids}
    others = tuple(pk for pk in act.wanted.artists if pk not in credited)
    wanted = replace(act.wanted, artists=others)
    if replace(wanted, words=()).is_empty:
        wanted = replace(wanted, words=())
    return replace(act, wanted=wanted)


def given_beside(base: Given, asked: Given) -> Given:
    """Return what songs keep that are added: refusals stand, moods count less."""
    kept = [
        held
        for held in base.constraints
        if held.is_refused or held.kind in STANDING or held.kind == "attribute"
    ]
    soft = (
        replace(held, weight=held.weight / 4) if held.kind == "attribute" else held
        for held in kept
    )
    named = (held for held in asked.constraints if held.kind != "attribute")
    given = replace(asked, constraints=put(soft, named), library=base.library)
    return given.wishing(asked.wishes)


def _add_these(
    desk: Desk, pointed: Sequence[int], count: int | None, *, at: int | None
) -> None:
    held = desk.tools.tracks()
    pointed = _allowed(desk, pointed)
    if not pointed:
        return
    new = [t for t in pointed if t not in held][: count or ADD_COUNT]
    if not new and len(pointed) == 1:
        desk.speak_of(desk.tools.songs(pointed)[pointed[0]])
        place = held.index(pointed[0]) + 1
        desk.say(
            f"That is in the list already, at number {place}. Say “{AGAIN}” to have it "
            "there twice."
        )
        desk.offers.append(AGAIN)
        return
    if not new:
        desk.say("All of those are in the list already.")
        return
    insert(desk, new, at=at)
    settle_size(desk)
    desk.point_at(new)
    songs = desk.tools.songs(new)
    if len(new) == 1:
        desk.speak_of(songs[new[0]])
    desk.show(Result((), (), 0), new)
    desk.say(f"Added {phrases.listed(songs[t].credit for t in new)}.")


def _add_again(desk: Desk, act: AddSome, pointed: Sequence[int]) -> None:
    """Put songs in although they are there: once more, or until they stand so often.

    What has no place of its own goes to the end: beside itself is where an order would
    put a song.
    """
    held = desk.tools.tracks()
    pointed = _allowed(desk, pointed)
    if not pointed:
        return
    new = elsewhere.coming(act, pointed[: act.wanted.count or len(pointed)], held)
    if not new:
        desk.say("It stands there that often already.")
        return
    at = spot_of(desk, act.spot)
    desk.edit([Add(tuple(new), at, again=True)], uses=new)
    settle_size(desk)
    came = list(dict.fromkeys(new))
    desk.point_at(came)
    desk.show(Result((), (), 0), came)
    songs = desk.tools.songs(came)
    names = phrases.listed(songs[t].credit for t in came)
    if len(came) > 1:
        desk.say(f"Added {names}.")
        return
    desk.speak_of(songs[came[0]])
    places = places_of(desk.tools.tracks(), came[0])
    numbers = phrases.listed(f"number {place + 1}" for place in places)
    desk.say(f"Added {names}: it stands at {numbers} now.")


def _allowed(desk: Desk, pointed: Sequence[int]) -> list[int]:
    """Return the songs without those that are never to be heard, which is told."""
    if never := desk.tools.refused_among(pointed):
        tell_never(desk, tracks=sorted(never))
        return [track for track in pointed if track not in never]
    return list(pointed)


def lengthen(desk: Desk, act: Resize) -> None:
    """Make the list longer with songs of the same kind."""
    size = len(desk.tools.tracks())
    given = desk.state.given
    if act.minutes is not None:
        played = round(desk.duration_ms() / 60_000)
        minutes = act.minutes if act.direction == 0 else played + act.minutes
        desk.give(replace(given, minutes=minutes, is_counted=False))
        append(desk, desk.state.given, Measure(0, minutes, enough=MAX_SIZE), "")
        retime(desk, minutes)
        tell_length(desk, minutes)
        tell_number(desk, act.count, act.minutes)
        return
    if act.times:
        act = replace(act, count=round(size * (act.times - 1)) or None)
    count = act.count or ADD_COUNT
    if act.direction == 0:
        count = max(0, count - size)
    enough = count if act.count or act.times else 0
    desk.give(replace(given, minutes=None))
    append(desk, desk.state.given, Measure(min(count, MAX_SIZE), enough=enough), "")
    settle_size(desk)


def append(
    desk: Desk,
    given: Given,
    measure: Measure,
    kind: str,
    *,
    at: int | None = None,
    asked: Given | None = None,
) -> bool:
    """Put songs that are given by `given` into the list, at a place or where they fit.

    asked: what was asked for just now, where what stood before only leans the search.
    Returns whether any were found.
    """
    held = desk.tools.tracks()
    known = known_here(desk, given)
    # Of a genre that another stands in for nothing was added.
    kind = kind if known.genres == given.genres else ""
    given = known
    result = gather(desk, given, measure, beside=held)
    found = [hit.track_id for hit in result.hits]
    if not found and (never := desk.tools.never().artists & set(given.artists)):
        tell_never(desk, artists=sorted(never))
        return False
    if not found:
        desk.say(
            f"I found no more {kind or 'songs'} to add.",
            f"There is no more {kind or 'music like this'} in the catalog.",
        )
        return False
    insert(desk, found, at=at)
    desk.point_at(found)
    desk.show(result, found, given=given)
    desk.found_count += len(found)
    if len(found) == 1:
        desk.speak_of(desk.tools.songs(found)[found[0]])
    desk.say(*phrases.added(len(found), kind))
    tell_relaxed(desk, result, given, asked=asked)
    tell_known_for(desk, given, found)
    if measure.minutes is None:
        tell_shortage(desk, measure.count, len(found), kind)
    return True
