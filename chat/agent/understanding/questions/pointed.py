"""What a question is about: songs of the list, a name, "it", or an artist."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chat.agent.understanding.pointing import Reference, ThatOne, Titled
from chat.agent.understanding.questions.plainly import Plain
from chat.agent.understanding.references import references_in

LIST = r"(?:(?:the|this|my|that|our|your) (?:(?:whole|entire|current|full|new|existing) )*(?:play ?list|list|mix|mixtape|selection|set ?list|queue|thing|compilation))"
THESE = r"(?:(?:(?:all )?(?:of )?)?(?:these|those|them|they|the (?:songs|tracks|tunes))(?: (?:songs|tracks|ones|tunes))?)"
_IT = re.compile(
    r"(?:it|this|that|he|she|that thing|(?:(?:this|that|the|the same|the current) )?(?:one|song|track|tune|music|record|recording)"
    r"|(?:the )?(?:one|song|track) (?:that is )?(?:playing|on)(?: now)?|(?:what is|currently) playing|the current one)(?: (?:here|now|playing))?"
)
_CALLED = re.compile(
    r"^(?:the )?(?:song|track|tune|single|hit|record|one)s? (?:called |named |titled |entitled )?(?=\S)|^(?:called|named|titled) "
)
_ARTIST_ONLY = re.compile(
    r"(?:the )?(?:artist |band |singer |group )?_+(?: ?s)?(?: (?:and|&) _+)*"
)
_THEIRS = re.compile(
    r"(?:they|them|he|she|him|her|theirs|his|hers|their|the (?:artist|band|singer|group)|(?:this|that) (?:artist|band|singer|group|guy|woman|man|girl|dude))"
)


@dataclass(frozen=True)
class Pointed:
    """What is pointed at. is_it: nothing but "it". is_theirs: the artist spoken of."""

    references: tuple[Reference, ...] = ()
    name: str = ""
    artists: tuple[int, ...] = ()
    is_it: bool = False
    is_theirs: bool = False


def pointed_in(part: Plain | None) -> Pointed:
    """Read what a question is about; nothing said is "it"."""
    if part is None or _IT.fullmatch(part.text):
        return Pointed((ThatOne(),), is_it=True)
    if _THEIRS.fullmatch(part.text):
        return Pointed(is_theirs=True)
    named = part.named
    titles = tuple(Titled(int(n.key)) for n in named if n.kind == "title")
    if titles:
        return Pointed(titles)
    artists = tuple(int(n.key) for n in named if n.kind == "artist")
    if artists and _ARTIST_ONLY.fullmatch(part.text):
        return Pointed(artists=artists, name=part.raw)
    if not named:
        # Padded, since a reference looks at the words around it.
        references = references_in(f"why {part.text}")
        if references:
            return Pointed(references)
    called = _CALLED.match(part.text)
    if called and called.end() < len(part.text):
        part = part.part(called.end(), len(part.text))
    return Pointed(name=part.raw, artists=artists)
