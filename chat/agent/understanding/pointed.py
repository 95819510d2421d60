"""Reads what is said of one song or artist, and of nothing else: never again, and why not."""

from __future__ import annotations

import re

from catalog.names import name_key
from chat.agent.understanding.never import never_said
from chat.agent.understanding.numbers import NUMBER_WORDS, ORDINALS
from chat.agent.understanding.players import blanked
from chat.agent.understanding.pointing import Reference, ThatOne, TheirSongs, Titled
from chat.agent.understanding.reading import MayPlay, NeverPlay, ReactTo
from chat.agent.understanding.reasons import reason_said
from chat.agent.understanding.references import references_in
from chat.agent.understanding.spans import LookUp, name_keys, named_in
from chat.agent.understanding.superlatives import utmost_in
from chat.agent.understanding.tokens import tokenised

# What is spoken of last, where nothing else is said of it.
_BARE = ("it", "this", "that")
_THEM = ("him", "her", "them")
_SONG = re.compile(r"^the (?:song|track) |^song ")
# What may stand around names and places; any other word asks for something else too, or
# says where and when: "never play Nickelback at my wedding".
_BESIDE = (
    r"and|or|by|from|of|the|an?|any|all|both|anything|everything|anymore|again|ever|either"
    r"|songs?|tracks?|tunes?|music|stuff|ones?|numbers?|nos?|artists?|bands?|singers?"
    r"|groups?|list|playlist|(?<=any )more|last|previous|current|next|same|it|this|that|these|those"
    r"|them|him|his|hers?|their|theirs|before|after|above|below|following|half|first"
    rf"|\d+|{'|'.join((*NUMBER_WORDS, *ORDINALS))}"
)
_SAYS_MORE = re.compile(rf"\b(?!(?:{_BESIDE})\b)\w+|[,;:.!?]")
# A comma parts places from one another, and otherwise one request from the next.
_ROW = re.compile(r"(?<=\d),(?= (?:\d+, )*\d+,? (?:and|or) )")


def pointed_read(
    text: str, look_up: LookUp, this_year: int
) -> NeverPlay | MayPlay | ReactTo | None:
    """Read what is never to be heard, may be again, or why a song isn't liked.

    None where the message says no such thing, or of nothing that is known.
    """
    never, why = never_said(text), reason_said(text)
    said = never or why
    if said is None:
        return None
    # Every character stays in its place, as songs are known by where they are named.
    here = blanked(blanked(text, 0, said.start), said.end, len(text))
    tokens = tokenised(here)
    known = look_up(name_keys(tokens))
    named = named_in(here, tokens, known, this_year=this_year)
    titles = tuple(Titled(int(n.key)) for n in named if n.kind == "title")
    artists = tuple(int(n.key) for n in named if n.kind == "artist")
    plain = here[said.start : said.end].lower()
    title, by, maker = _SONG.sub("", plain).partition(" by ")
    key = name_key(title)
    left = here.lower()
    for one in named:
        if one.kind in ("title", "artist"):
            left = blanked(left, one.start, one.end)
    left = left[said.start : said.end]
    if not titles and (by or not artists) and key in known.titles:
        titles = (Titled(known.titles[key]),)
        left = left[len(left) - len(maker) :] if by else ""
    if _says_more(left):
        return None
    bare: tuple[Reference, ...] = (ThatOne(),) if plain in _BARE else ()
    bare = bare or ((TheirSongs(),) if plain in _THEM else ())
    references = titles or bare or references_in(left)
    if why is not None:
        return ReactTo(references, "dislike", why.reason) if references else None
    if not references and not artists:
        return None
    artists = () if titles else artists
    act = MayPlay if never and never.is_lifted else NeverPlay
    return act(() if artists else references, artists)


def _says_more(left: str) -> bool:
    """Say whether a message speaks of more than names and places. left: without names."""
    for start, end, _ in utmost_in(left):
        left = blanked(left, start, end)
    return bool(_SAYS_MORE.search(_ROW.sub(" and", left)))
