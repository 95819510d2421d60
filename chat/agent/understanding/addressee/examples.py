"""What the head learns from: our own requests, made from templates, and public sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from chat.agent.understanding.tagging.sets import DATA as TAGGING_DATA
from chat.agent.understanding.tagging.sets import Example, own_examples

DATA = Path(__file__).parent / "data"
# How many sentences a template with slots makes.
FILLINGS = 4
# Our own talk of music lies closest to other assistants' trade, and is rare beside
# thousands of commands to players.
OWN_WEIGHT = 3.0

_HEADING = re.compile(r"#? ?\[([^\]]+)\]$")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Request:
    """One message. domain: whose trade it is, "" for music; weight: in training."""

    text: str
    domain: str = ""
    weight: float = 1.0

    @property
    def is_for_others(self) -> bool:
        """Say whether another assistant is meant."""
        return bool(self.domain)


def own_requests(*, seed: int, fillings: int = FILLINGS) -> list[Request]:
    """Return our own requests: to others, by domain, and to this companion."""
    chance = Random(seed)  # noqa: S311 (draws fillings)
    others = [
        *_filled(DATA / "other_templates.txt", chance, fillings),
        *written_requests(),
    ]
    music = _filled(DATA / "music_templates.txt", chance, fillings)
    talk = (e.text for e in own_examples() if e.intent != "other")
    return [
        *others,
        *(Request(request.text, weight=OWN_WEIGHT) for request in music),
        *(Request(text, weight=OWN_WEIGHT) for text in talk),
    ]


def written_requests() -> list[Request]:
    """Return the requests to others that were written one by one."""
    return list(_filled(TAGGING_DATA / "other_requests.txt", Random(0), 1))  # noqa: S311


def public_requests(examples: Sequence[Example]) -> list[Request]:
    """Return sentences of public sets as requests; those to others are left out."""
    return [Request(e.text) for e in examples if e.intent != "other"]


def _filled(path: Path, chance: Random, fillings: int) -> Iterator[Request]:
    """Yield what a file's templates make, each sentence of a template once."""
    domain = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = _HEADING.match(line)
        if heading:
            domain = heading[1]
        elif line and not line.startswith("#"):
            times = fillings if "{" in line else 1
            made = dict.fromkeys(_fill(line, chance) for _ in range(times))
            yield from (Request(text, domain) for text in made)


def _fill(text: str, chance: Random) -> str:
    """Fill slots from the first on; fillings may hold slots themselves."""
    slots = _slots()
    while match := _SLOT.search(text):
        filling = chance.choice(slots[match[1]])
        text = text[: match.start()] + filling + text[match.end() :]
    return text


@cache
def _slots() -> dict[str, list[str]]:
    lines = (DATA / "slots.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(": ") for line in lines if line and line[0] != "#")
    return {name: fillings.split("|") for name, _, fillings in rows}
