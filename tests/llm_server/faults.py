"""Faults that come over a model's answers by chance, the same for the same seed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from random import Random
from typing import Any

from tests.llm_server.replies import Called, Refused, Reply

Fault = Callable[[Reply, Random], Reply | Refused]


def stalls(reply: Reply, chance: Random) -> Reply:
    """Send a part, and then nothing more."""
    return dataclasses.replace(reply, ends="stall", after=chance.randrange(3))


def disconnects(reply: Reply, chance: Random) -> Reply:
    """Break the connection."""
    return dataclasses.replace(reply, ends="disconnect", after=chance.randrange(4))


def breaks_json(reply: Reply, chance: Random) -> Reply:
    """Send arguments that are no JSON; words are cut by a chunk that is none."""
    if not reply.calls:
        return dataclasses.replace(reply, ends="garbage", after=1)
    broken = tuple(Called(call.name, call.json[:-2]) for call in reply.calls)
    return dataclasses.replace(reply, calls=broken)


def errs_midway(reply: Reply, chance: Random) -> Reply:
    """Send an error object in the middle of the stream."""
    return dataclasses.replace(reply, ends="error", after=chance.randrange(3))


def calls_unknown_tool(reply: Reply, chance: Random) -> Reply:
    """Call a tool that there isn't."""
    return dataclasses.replace(reply, text="", calls=(Called("delete_everything", {}),))


def invents_ids(reply: Reply, chance: Random) -> Reply:
    """Put songs into the list that no tool returned, and speak of one."""
    made_up = [f"t{chance.randrange(500, 999)}" for _ in range(3)]
    edits = [{"op": "set", "ids": made_up}]
    return dataclasses.replace(
        reply,
        text="I put in “Imaginary Sunrise” by Nobody Ever for you.",
        calls=(Called("edit_playlist", {"edits": edits}),),
    )


def only_claims(reply: Reply, chance: Random) -> Reply:
    """Say that all is done, and call nothing."""
    text = "I made you a list of 25 songs, opening with “Imaginary Sunrise”. Enjoy!"
    return dataclasses.replace(reply, text=text, calls=())


def says_nothing(reply: Reply, chance: Random) -> Reply:
    """Answer with nothing at all."""
    return dataclasses.replace(reply, text="", calls=())


def is_busy(reply: Reply, chance: Random) -> Refused:
    """Refuse with 429: come back at once, or in a minute."""
    return Refused(429, {"retry-after": chance.choice(("0", "60"))})


def fails(reply: Reply, chance: Random) -> Refused:
    """Refuse with 500."""
    return Refused(500)


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        stalls,
        disconnects,
        breaks_json,
        errs_midway,
        calls_unknown_tool,
        invents_ids,
        only_claims,
        says_nothing,
        is_busy,
        fails,
    )
}


class Faulty:
    """Lets faults come over the answers of a model.

    rate: how many of the answers, from 0 to 1. met: the faults that came, by name.
    """

    def __init__(
        self,
        answers: Callable[[dict[str, Any]], Reply],
        *,
        seed: int,
        rate: float = 0.5,
        names: tuple[str, ...] = tuple(FAULTS),
    ) -> None:
        self._answers = answers
        self._chance = Random(seed)  # noqa: S311 (a test's dice)
        self._rate = rate
        self._names = names
        self.met: list[str] = []

    def __call__(self, request: dict[str, Any]) -> Reply | Refused:
        reply = self._answers(request)
        if self._chance.random() >= self._rate:
            return reply
        name = self._chance.choice(self._names)
        self.met.append(name)
        return FAULTS[name](reply, self._chance)
