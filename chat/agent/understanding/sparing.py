"""Reads "all but": "keep everything but the last two", "lose all except the first three"."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.editing import is_together
from chat.agent.understanding.moving import pointed_in
from chat.agent.understanding.reading import KeepOnly, TakeOut
from chat.agent.understanding.wanted import kinds_of, positive, wanted_in
from chat.agent.understanding.wish import Wanted

_LEAD = r"^(?:please |ok |okay |and |so |now |just |then |let's |i(?:'ll| will| want to|'d)? |can you |could you )*"
_SONGS = r"(?:songs|tracks|tunes|ones)"
_ALL = (
    rf"(?:everything|(?:all|every(?: single)? (?:one|song|track))(?: of)?(?: the| these| those)?"
    rf"(?: {_SONGS}| them| it| these| those)?|them all|the (?:whole|entire) (?:play)?list)"
)
_BUT = (
    r"(?:but(?: for| not)?|except(?:ing)?(?: for)?|apart from|aside from|other than|besides|bar|minus|without"
    r"|save for|with the exception of)"
)
_OUT = (
    r"(?:remove|delete|drop|lose|ditch|scrap|erase|cut|trash|chuck|toss|bin|dump|clear|skip|get rid of"
    r"|(?:take|throw|kick|clear|cut) out)"
)
_END = r"(?: please)?[.!]*$"
_STAYS = r"(?:can|should|may|must|could|is to|are to) (?:all )?(?:stay|remain|be kept)"
_GOES = (
    r"(?:can|could|should|must|may|has to|have to|needs to|need to|gotta|got to)"
    r" (?:all )?(?:go|leave|be (?:removed|deleted|dropped|cut))"
)
_SPARED = (
    re.compile(rf"{_LEAD}{_OUT} {_ALL}(?: out| away)? {_BUT} (?P<what>.+?){_END}"),
    re.compile(rf"{_LEAD}{_ALL} {_BUT} (?P<what>.+?) {_GOES}{_END}"),
)
_GONE = (
    re.compile(
        rf"{_LEAD}(?:keep|leave|save|retain|hold on to)(?: in)? {_ALL} {_BUT} (?P<what>.+?){_END}"
    ),
    re.compile(rf"{_LEAD}{_ALL} {_BUT} (?P<what>.+?) {_STAYS}{_END}"),
)


def is_all_but(plain: str) -> bool:
    """Say whether words tell which songs alone stay, or alone go."""
    return any(pattern.match(plain) for pattern in (*_SPARED, *_GONE))


def all_but_read(
    clause: Clause, plain: str, text: str, this_year: int
) -> KeepOnly | TakeOut | None:
    """Read which songs alone stay, or alone go; None where that isn't said.

    plain: the clause as its patterns see it, as long as the clause.
    """
    for pattern in (*_SPARED, *_GONE):
        match = pattern.match(plain)
        if match is None:
            continue
        pointed = pointed_in(clause, match.start("what"), match["what"])
        behind = _named_plainly(clause.cut_at(match.start("what"))[1])
        kind = positive(wanted_in(behind, text, this_year=this_year))
        if not kinds_of(kind):
            kind = Wanted()
        if not pointed and kind.is_empty:
            continue
        one_act = KeepOnly if pattern in _SPARED else TakeOut
        return one_act(kind, pointed, is_together(behind, kind))
    return None


def _named_plainly(clause: Clause) -> Clause:
    """Take "but" for no refusal: what stands behind it is named, and not more."""
    return replace(
        clause, named=tuple(replace(n, is_negated=False) for n in clause.named)
    )
