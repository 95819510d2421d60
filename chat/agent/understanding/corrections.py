"""Changes of mind within a message: "some rock, no wait, blues"."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
)
from chat.agent.understanding.wish import (
    Wanted,
)

_CORRECTS = re.compile(
    r"^(?:and |but |oh |um |uh |or )*(?:no wait|wait no|wait|no sorry|sorry no|sorry"
    r"|scratch that|strike that|correction|or rather|i mean|i meant|actually no"
    r"|no actually|make that|on second thoughts?)\b[\s,:]*"
)


def correction_read(clause: Clause) -> Clause | None:
    """Return what a clause says behind words that take back the last wish.

    None where there are no such words; an empty clause where the wish comes next.
    """
    match = _CORRECTS.match(clause.masked)
    return clause.cut_at(match.end())[1] if match else None


def corrected(before: Act, after: Act) -> Act | None:
    """Return the first wish as the second one changes it, None where they don't meet.

    What the second one says of a kind takes the place of what the first one said:
    "2 rock songs, no wait, blues" are two blues songs.
    """
    match before, after:
        case Ask() | AddSome(), Ask() | AddSome():
            return replace(before, wanted=_in_place(before.wanted, after.wanted))
        case _:
            return None


# What is sought may be named in any of these ways, and one takes another's place.
_SOUGHT = ("genres", "artists", "like_artists", "like_tracks", "unknown_names")


def _in_place(old: Wanted, new: Wanted) -> Wanted:
    if any(getattr(new, name) for name in _SOUGHT):
        old = replace(
            old,
            genres=(),
            artists=(),
            like_artists=(),
            like_tracks=(),
            unknown_names=(),
        )
    said = {
        field.name: getattr(new, field.name)
        for field in fields(Wanted)
        if getattr(new, field.name)
    }
    # The words of what was taken back tell of no music that is wanted.
    return replace(replace(old, words=()), **said)
