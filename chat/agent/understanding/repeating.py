"""Reads that a song is to stand in the list once more: "add it again", "put it in twice"."""

from __future__ import annotations

import re

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.moving import SPOT, pointed_in, spot_read
from chat.agent.understanding.numbers import NUMBER_WORDS, number_of
from chat.agent.understanding.pointing import Reference, ThatOne
from chat.agent.understanding.reading import AddSome
from chat.agent.understanding.wish import Wanted

# More places than anybody means.
MAX_TIMES = 10
_N = r"\d{1,2}|" + "|".join(w for w, n in NUMBER_WORDS.items() if 2 <= n <= MAX_TIMES)
_MORE = re.compile(
    r"\b(?:once (?:again|more)|one more time|(?:yet )?again|another time|anyway|regardless"
    r"|(?:for )?(?:a|the) (?:second|third|fourth|2nd|3rd|4th) time"
    r"|(?:another|a second|one more) copy of"
    rf"|(?P<twice>twice)|(?P<n>{_N})(?: times|x)|duplicate(?= ))\b"
)
_LEAD = r"\s*(?:(?:please|yes|ok|okay|now|and|then|just|can you|could you|would you|let's),? )*"
_IN = r"(?:\s+(?:back )?(?:in|on|to|into)(?:\s+(?:there|it|(?:the|my|this) (?:play)?list))?)"
_PUTS = re.compile(
    rf"{_LEAD}(?!(?:i|i'd|have|get)\b)(?:(?:add|include|insert|append|put|throw|toss|stick|squeeze)\b)?"
    rf"\s*(?P<what>.*?){_IN}?[\s.!]*(?:please|then|too)?[\s.!]*$"
    rf"|{_LEAD}(?:i (?:want|need|would like)|i'd like|have|get)(?: to have)? (?P<had>.+?){_IN}"
    r"[\s.!]*(?:please|then|too)?[\s.!]*$"
)
# What is to be looked for, and no song that is pointed at.
_SEARCHES = re.compile(
    r"\b(?:some\w*|any\w*|more|like|similar|another|music|new|than|few|different"
    r"|by (?:him|her|them))\b"
)
_ADDS = re.compile(
    r"\b(?:add|include|insert|append|put|throw|toss|stick|squeeze|duplicate|in)\b"
)


def repeat_read(clause: Clause, plain: str) -> AddSome | None:
    """Read that songs are to come in although they are there; None for anything else.

    plain: the clause with names blanked, each character in its place.
    """
    more = _MORE.search(plain)
    if more is None:
        return None
    left = plain[: more.start()] + " " * len(more.group()) + plain[more.end() :]
    at = SPOT.search(left)
    spot = spot_read(clause, at) if at is not None else None
    body = left[: at.start("spot")] if at is not None and spot is not None else left
    times = number_of(more["n"]) if more["n"] else 2 if more["twice"] else 1
    references: tuple[Reference, ...] = (ThatOne(),)
    if body.strip() or spot is None:
        put = _PUTS.match(body)
        if put is None or not _ADDS.search(plain):
            return None
        group = "what" if put["what"] is not None else "had"
        references = pointed_in(clause, put.start(group), put[group])
        if _SEARCHES.search(put[group]) or not references:
            return None
    times = min(times, MAX_TIMES)
    return AddSome(Wanted(), references, spot=spot, times=times, is_again=times == 1)
