"""Demands that a catalog can't answer, because it notes no such fact of any song."""

from __future__ import annotations

from chat.agent.builtin.desk import Desk
from chat.agent.constraints import Kind
from chat.agent.state import Given

_NOTED: dict[Kind, str] = {
    "language": "languages",
    "tempo": "tempos",
    "duration": "lengths",
    "instrumental": "whether anybody sings",
    "explicit": "explicit words",
}


def known_here(desk: Desk, given: Given) -> Given:
    """Leave out what no song of the catalog is known to keep, and tell so.

    Clean songs may be asked for anywhere: the unknown pass. A query for each such
    demand.
    """
    asked = [
        held
        for held in given.constraints
        if held.kind in _NOTED
        and (not held.is_refused or held.kind == "instrumental")
        and held.is_hard
    ]
    unknown = [held for held in asked if not desk.tools.notes(held.kind)]
    for held in unknown:
        what = _NOTED[held.kind]
        desk.say(
            f"This catalog doesn't note {what}, so I couldn't hold to “{held.words}”.",
            topic=held.id,
        )
    return given.lacking(held.id for held in unknown)
