"""How large a list may be at most, said as all of a message: "ten songs max", "an hour tops"."""

from __future__ import annotations

import re

from chat.agent.understanding.numbers import NUMBER, capped, minutes_said, number_of
from chat.agent.understanding.reading import Resize

_LEAD = (
    r"(?:(?:please|ok|okay|and|but|so|just|make it|keep it(?: to| at)?|cut it(?: to)?|limit it to|i (?:only )?want|let's (?:say|have)"
    r"|only|it should be|should be|that's too (?:long|many|much)|too (?:long|many)),? )*"
)
_MOST = (
    r"(?:at (?:the )?(?:very )?most|max(?:imum)?(?: of)?|no(?:t)? more than|up to|under|less than"
    r"|fewer than|no longer than|not longer than|(?:a )?max(?:imum)? of)"
)
_TIME = (
    r"(?:half an|an|one|a|\d+(?:\.\d+)?|[a-z]+(?:-[a-z]+)?)(?: and a half)? ?"
    r"(?:hours?|hrs?|h|minutes?|mins?)(?: and a half)?"
)
_SONGS = r"(?:songs?|tracks?|tunes?|of them)"
_AT_MOST = re.compile(
    rf"^{_LEAD}(?:{_MOST} (?:(?P<a>{NUMBER}) {_SONGS}|(?P<b>{_TIME}))(?: long| in total| in all| please)*"
    rf"|(?:(?P<c>{NUMBER}) {_SONGS}|(?P<d>{_TIME}))(?: long)?,? (?:max(?:imum)?|tops|at (?:the )?(?:very )?most|or (?:less|fewer)|(?:and )?no more|only please|not more))"
    r"(?: please| ok)?\s*[.!]*$"
)


def most_said(text: str) -> Resize | None:
    """Read how large the list may be at most; None for any other message."""
    match = _AT_MOST.match(" ".join(text.lower().split()))
    if match is None:
        return None
    number, time = match["a"] or match["c"], match["b"] or match["d"]
    if time:
        minutes = minutes_said(time)
        return Resize(None, minutes, -1) if minutes else None
    return Resize(capped(number_of(number)), None, -1)
