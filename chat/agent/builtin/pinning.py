"""What a message points at, looked up once: "the first one" is a song from then on.

A list that a model has changed already would answer otherwise when the built-in acts
go on with what is left.
"""

from __future__ import annotations

from dataclasses import replace

from chat.agent.builtin.desk import Desk
from chat.agent.builtin.elsewhere import is_at_hand
from chat.agent.understanding.pointing import (
    Reference,
    Titled,
)
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    KeepOnly,
    MoreLike,
    MoveTo,
    ReactTo,
    Reading,
    ReplaceWith,
    SwapPlaces,
    TakeOut,
    WhyThis,
)


def pinned(desk: Desk, reading: Reading) -> Reading:
    """Return the reading with songs in place of what points at them. Blocks."""
    return replace(reading, acts=tuple(_pinned_act(desk, act) for act in reading.acts))


def _pinned_act(desk: Desk, act: Act) -> Act:
    match act:
        case SwapPlaces():
            return replace(
                act, first=_one(desk, act.first), second=_one(desk, act.second)
            )
        case AddSome() | MoveTo():
            spot = act.spot
            if spot is not None and spot.reference is not None:
                spot = replace(spot, reference=_one(desk, spot.reference))
            act = replace(act, references=_all(desk, act.references), spot=spot)
            if isinstance(act, AddSome) and is_at_hand(desk, act.playlist):
                return replace(act, playlist="")
            return act
        case ReplaceWith():
            return replace(
                act,
                references=_all(desk, act.references),
                coming=_all(desk, act.coming),
            )
        case MoreLike() | TakeOut() | KeepOnly() | WhyThis() | ReactTo():
            return replace(act, references=_all(desk, act.references))
    return act


def _all(desk: Desk, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return the songs; what points at none stays, so that it can be asked about."""
    found = desk.resolve(references)
    return tuple(map(Titled, found)) or references


def _one(desk: Desk, reference: Reference) -> Reference:
    found = desk.resolve((reference,))
    return Titled(found[0]) if found else reference


def pointed_at(act: Act) -> tuple[int, ...]:
    """Return the songs that a pinned act points at."""
    references: tuple[Reference, ...] = getattr(act, "references", ())
    if isinstance(act, SwapPlaces):
        references = (act.first, act.second)
    return tuple(r.track_id for r in references if isinstance(r, Titled))
