"""Lets go of wishes that stand, and of refusals; the list stays as it is."""

from __future__ import annotations

from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.choosing import note_unlisted
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.remembering import asked_for, meant
from chat.agent.constraints import Constraint
from chat.agent.quoting import quoted
from chat.agent.state import Given
from chat.agent.understanding.reading import Lift, Lifted

# Kinds of wishes that are ranges of attributes, by the attributes' keys.
_ATTRIBUTES: dict[Lifted, frozenset[str]] = {
    "tempo": frozenset({"tempo_bpm"}),
    "energy": frozenset({"energy", "loudness_db"}),
    "mood": frozenset({"energy", "valence", "danceability", "acousticness"}),
    "popularity": frozenset({"popularity"}),
}
# Of these a wish for one thing and a refusal of another are one rule.
_EITHER_WAY: tuple[Lifted, ...] = (
    *("tempo", "years", "duration", "language"),
    *("version", "explicit", "instrumental", "unheard"),
)


def lift(desk: Desk, act: Lift) -> None:
    """Let go of what was asked for, or refused; songs stay, and more may come."""
    before = desk.state.given
    gone = _gone(desk, act, before)
    given = _without(before, gone, act)
    again = _artists(desk, act, gone)
    is_allowed = desk.tools.may_play((), again) if again else False
    if given == before and not is_allowed:
        desk.say(f"Nothing was asked of that ({quoted(act.name)}), so all may come.")
        return
    desk.give(given)
    rest = asked_for(desk, given)
    still = f" Still asked for: {rest}." if rest else ""
    if act.is_allowed:
        what = phrases.listed(desk.tools.artist_names(again).values()) or act.name
        desk.say(f"{quoted(what)} may come again.{still}")
    else:
        desk.say(f"{quoted(act.name)} doesn't count any more.{still}")
    note_unlisted(desk, before)


def _gone(desk: Desk, act: Lift, given: Given) -> list[Constraint]:
    """Return the constraints that are let go of."""
    found = [held for held in given.constraints if _is_of_kinds(held, act)]
    # What leans on two attributes was said in one word.
    said = {held.words for held in found if held.kind == "attribute" and held.words}
    found.extend(
        held
        for held in given.of("attribute")
        if held.words in said and held not in found
    )
    named = meant(desk, act.wanted, given)
    # A refusal is named by what it refuses.
    ids = {held.id for held in named}
    found.extend(
        held
        for held in given.constraints
        if held not in found
        and held.id in ids
        and (held.is_refused or not act.is_allowed)
    )
    if act.references:
        refused = given.of("artist", is_refused=True)
        theirs = [h for h in refused if h.artist == desk.state.artist]
        found.extend(theirs or refused[-1:])
    return found


def _is_of_kinds(held: Constraint, act: Lift) -> bool:
    for kind in act.kinds:
        if held.kind == "attribute" and held.key in _ATTRIBUTES.get(kind, ()):
            return True
        if held.kind == kind:
            return kind in _EITHER_WAY or held.is_refused == act.is_allowed
    return False


def _without(given: Given, gone: list[Constraint], act: Lift) -> Given:
    """Return what is given without them, and without the words that they were said in."""
    said = {word for held in gone for word in (*held.words.split(), *held.key.split())}
    said.update(act.wanted.words)
    is_order = "order" in act.kinds
    words = tuple(word for word in given.words if word not in said)
    after = replace(
        given.lacking(held.id for held in gone),
        words=() if "genre" in act.kinds else words,
        arc=None if is_order else given.arc,
        is_mixed=given.is_mixed and not is_order,
    )
    if "genre" in act.kinds and not act.is_allowed:
        return replace(after, parts=())
    named = {(held.kind, held.id) for held in gone}
    return after.without_parts(
        part
        for part in given.parts
        if any((held.kind, held.id) in named for held in part.constraints)
    )


def _artists(desk: Desk, act: Lift, gone: list[Constraint]) -> tuple[int, ...]:
    """Return the artists that may be heard again."""
    if not act.is_allowed:
        return ()
    named = (held.artist for held in gone if held.artist is not None)
    theirs = desk.artists_of(act.references)
    return tuple(dict.fromkeys((*act.wanted.artists, *named, *theirs)))
