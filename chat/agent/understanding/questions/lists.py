"""What is asked of the list: how many, how long, which are so, what is the most of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from chat.agent.understanding.asked import OfList, OfListWhat, OfSong
from chat.agent.understanding.pointing import Order, Titled, Utmost
from chat.agent.understanding.questions.plainly import Plain
from chat.agent.understanding.questions.pointed import pointed_in
from chat.agent.understanding.questions.songs import ADJECTIVES, NOUNS
from chat.agent.understanding.questions.tables import table
from chat.agent.understanding.superlatives import SUPERLATIVES
from chat.agent.understanding.wanted import wanted_in
from chat.agent.understanding.wish import Wanted

_BY_NOUN: dict[str, Order] = {
    **NOUNS,
    "tempo": "tempo_bpm", "bpm": "tempo_bpm", "speed": "tempo_bpm", "beats per minute": "tempo_bpm",
    "popularity": "popularity", "year": "year", "release year": "year", "age": "year",
    "length": "duration", "duration": "duration", "song length": "duration", "track length": "duration",
}  # fmt: skip
_BY_ADJECTIVE: dict[str, Order] = {
    **ADJECTIVES,
    "popular": "popularity", "well known": "popularity", "famous": "popularity",
    "fast": "tempo_bpm", "slow": "tempo_bpm", "old": "year", "new": "year", "recent": "year",
}  # fmt: skip
_HIGHEST: dict[str, bool] = {
    "highest": True, "most": True, "biggest": True, "fastest": True, "lowest": False,
    "least": False, "slowest": False, "smallest": False,
}  # fmt: skip
_LIST = table(
    r"""
count    how many <SONG>(?: (?:are|is|do i have|have i got|have we got|do we have))?(?: (?:there|that|those|we at|we up to))?(?: (?:in total|altogether|overall|in all|now))*(?: <HERE>)?(?: now| in total| altogether)?
count    how many <SONG> (?:do|does) (?:<LIST>|it) (?:have|hold|contain)
count    how many(?: (?:is|are)(?: (?:it|they|there|that|these|those|we at))?(?: <HERE>| now| in total)*| (?:do|have) (?:i|we) (?:have|got)(?: <HERE>| now)*)?
count    (?:how (?:big|large) is|what is the size of) <LIST>
count    what is the (?:total )?(?:number|count) of <SONG>(?: <HERE>)?
count    count (?:the |them|these|my )?(?:songs|tracks)?
length   how (?:long|much time) (?:is|are|does|do|will|would) <ALL>(?: (?:last|take|run|play|go on|be|in total|altogether|all together|take to play))*
length   how many (?:minutes|hours|mins) (?:is|are|does|do|of music (?:is|are)(?: (?:there|in))?|in|long is)(?: in)? <ALL>(?: (?:last|take|have|run|long))*
length   what is the (?:total|whole|overall|full|complete|entire) (?:length|duration|time|running time|runtime|play ?time)(?: of <ALL>)?
length   what is the (?:length|duration|time|running time|runtime|play ?time) of <ALL>
length   (?:the )?total (?:time|length|duration|runtime)
length   how much music (?:is|do i have|do we have)(?: (?:this|there|in))*(?: <HERE>)?
average  (?:what is |what would be )?(?:the |its |their )?(?:average|mean|avg|typical|median|overall|usual) (?P<noun><NOUN>)(?: level)?(?: (?:of|in|for|across|on) <IT>)?
average  what (?:is|are) (?:the )?(?P<noun><NOUN>)(?: level)?s? (?:of|in|for|across) <IT>
average  how (?P<adj><ADJECTIVE>) (?:is|are) <ALL>(?: (?:on average|overall|in general|all in all))?
average  how (?P<adj><ADJECTIVE>) (?:is|are) (?:it|they) (?:on average|overall|in general)
average  on average(?:,)? how (?P<adj><ADJECTIVE>) (?:is|are) <IT>
artists  (?:who|whose (?:songs?|music)|<WHICH> (?:artists?|bands?|singers?|musicians?|groups?)) (?:else )?(?:is|are|do i have|do we have|have i got|have we got|did you (?:pick|choose|put|use|add|include)|appears?|features?)(?: there| all)?(?: (?:featured|included|represented|playing|singing))?(?: <HERE>)?
artists  (?:who|<WHICH> (?:artists?|bands?|singers?)) (?:is|are|made|sings?|plays?|did|sang) <THESE>(?: by| from)?
artists  (?:list|name|show me|tell me)(?: all)?(?: of)? the (?:artists|bands|singers)(?: <HERE>)?
artists  how many (?:different )?(?:artists?|bands?|singers?) (?:are|do i have|do we have|is)(?: there)?(?: <HERE>)
genres   <WHICH> <GENRES> (?:is|are|do i have|do we have|have i got|does|did you (?:pick|choose|put|use|add|include))(?: there)? ?(?:<HERE>|<LIST>|<THESE>)(?: (?:have|cover|include|contain|from))?
genres   (?:what|which) (?:kind|sort|type) of (?:music|songs?|list|playlist|mix) (?:is|are|do i have)(?: there)?(?: (?:this|it|<HERE>|<THESE>))
genres   what are the genres(?: (?:of|in|on) <IT>)?
genres   list the genres
years    <WHICH> (?:years?|decades?|eras?) (?:is|are|do|does) <ALL>(?: (?:from|cover|span|of))?
years    (?:from )?(?:when|what time) (?:is|are) <ALL>(?: from)?
years    how (?:old|new|recent) (?:is|are) (?:<LIST>|<THESE>)
songs    <WHICH> <SONG> (?:are|is|do i have|have i got|do we have|have we got|did you (?:pick|choose|put|find)|are there)(?: there)?(?: <HERE>)?(?: now| so far)?
songs    (?:(?:can you |could you )?(?:read|list|show|tell|give|name|print|display|recite))(?: me| us)?(?: all)?(?: of)? (?:the|my|this|all the|these) ?(?:(?:whole|entire|full|current) )?(?:songs|tracks|titles|song titles|list|playlist|track ?list|tunes)(?: (?:names|titles))?(?: <HERE>| out| again| out loud| aloud| so far)*
songs    what (?:is|are|do i have|do we have|have we got|have i got)(?: (?:all|now|currently))* <HERE>(?: (?:now|so far|right now|at the moment))?
songs    what (?:do|have) (?:i|we) (?:have|got)(?: so far)?
songs    what (?:does|is) (?:it|<LIST>)(?: look like| contain| have| made of| hold| consist of)+(?: now| so far)?
title    what (?:is|did you call|did you name|have you called) (?:<LIST>|it)(?: called| named| titled)*
title    what is the (?:name|title) of (?:<LIST>|it)
title    (?:list|playlist) (?:name|title)
which    (?P<many>how many)(?: of)? <THESE> (?P<of>(?:are|is|were|have|contain|feature|was) .+?)
which    (?P<many>how many)(?: songs?| tracks?| ones?| of them)? (?P<of>(?:are|is|were|have) .+?)(?: (?:are |is )?(?:there )?<HERE>)?
which    (?P<many>how many) (?P<of>.+?)(?: (?:songs?|tracks?|ones|tunes?))?(?: (?:are|is))?(?: there)? <HERE>
which    (?P<many>how many) (?P<of>(?:(?:songs?|tracks?|ones) )?(?:by|from|of|with) .+?)(?: (?:are|is|do i have|do we have|have i got)(?: there)?)?(?: <HERE>)?
which    (?P<many>how many) (?P<of>.+?)(?: (?:songs?|tracks?|ones|tunes?)) (?:are|is|do i have|do we have|have i got)(?: there)?(?: <HERE>)?
which    which(?: (?:ones?|songs?|tracks?|tunes?))?(?: of)?(?: <THESE>)?(?: <HERE>)? (?P<of>(?:are|were|have|contain|feature) .+?)(?: <HERE>)?
which    what (?:ones|songs|tracks|tunes)(?: of <THESE>)?(?: <HERE>)? (?P<of>(?:are|were) .+?)(?: <HERE>)?
which    <WHICH> (?:ones?|songs?|tracks?) (?P<of>is (?:by|from|in|of|an?) .+?)(?: <HERE>)?
which    <WHICH> (?P<of>.+?) (?:songs?|tracks?|ones?) (?:are|is|do i have|do we have)(?: there)? <HERE>
which    are (?:any|some|all|most)(?: of)? <THESE> (?P<of>.+?)
has      (?:is|are) there (?:any |some |a |an |anything |something |a song |songs |a track |any songs |any music )*(?:by |from |of )?<OF> <HERE>(?: already)?
has      (?:is|are|was) <OF> (?:already )?(?:in|on|part of|included in|among) (?:<LIST>|here|there|it|this|these|them|the songs)(?: (?:already|too|yet|or not))?
has      (?:does|do) (?:<LIST>|it) (?:have|contain|include)(?: any| some| songs| anything| something)*(?: by| from| of)? <OF>(?: in it| on it)?
has      (?:do|have) (?:i|we) (?:have|got)(?: any| some| songs| anything| something| already)*(?: by| from| of)? <OF>(?: <HERE>| already)*
has      (?:did|have) you (?:already )?(?:add|added|include|included|put in|put|got|pick|use)(?: any| some| songs| anything| something)*(?: by| from| of)? <OF>(?: in| <HERE>| already| yet)*
""",
    noun="|".join(sorted(_BY_NOUN, key=len, reverse=True)),
    adjective="|".join(_BY_ADJECTIVE),
)
_MOST = "|".join(words for words, _, _ in SUPERLATIVES)
_UTMOST = table(
    r"""
one   (?:(?:<WHICH>|who)(?: (?:one|song|track|tune)s?)?(?: of <THESE>)?(?: <HERE>)? (?:is|was|are|has|would be) )(?:the )?(?:(?P<n>\d{1,2}|two|three|four|five) )?(?P<most><MOST>)(?: (?:one|song|track|tune)s?)?(?: (?:of )?<HERE>| of <THESE>| of all| on there| in the bunch)*
one   (?:the )?(?P<most><MOST>)(?: (?:one|song|track|tune))?(?: (?:of )?<HERE>| of <THESE>| of all| on there| in the bunch)+
bare  (?:and )?(?:the )?(?P<most><MOST>)(?: (?:one|song|track|tune))?
one   (?:name|tell me|give me|show me) (?:the )?(?P<most><MOST>)(?: (?:one|song|track|tune))?(?: <HERE>)?
much  (?:<WHICH>)(?: (?:one|song|track|tune))?(?: <HERE>| of <THESE>)? (?:has|is|with|have)(?: got)? (?:the )?(?P<high><HIGH>) ?(?P<noun><NOUN>)?(?: <HERE>)?
""",
    most=_MOST,
    high="|".join(_HIGHEST),
    noun="|".join(sorted(_BY_NOUN, key=len, reverse=True)),
)
_AUXILIARY = re.compile(r"^(?:are|is|were|was|have|contain|feature)(?: in)? ")
_NO_FILTER = re.compile(
    r"\b(?:playing|missing|next|left|good|best|better|new|wom[ae]n|m[ae]n|(?:fe)?males?|girls?|boys?|lad(?:y|ies))\b"
)


def list_question(plain: Plain, text: str, this_year: int) -> OfList | OfSong | None:
    """Read a question about the list; None for others. text: the message."""
    utmost = _utmost(plain, is_asked=text.rstrip().endswith("?"))
    if utmost is not None:
        return OfSong((utmost,), ("all",), attribute=utmost.by)
    for kind, pattern in _LIST:
        match = pattern.fullmatch(plain.text)
        if match is None:
            continue
        groups = match.groupdict()
        if kind == "average":
            noun, adjective = groups.get("noun"), groups.get("adj")
            by = _BY_NOUN[noun] if noun else _BY_ADJECTIVE[adjective or ""]
            return OfList("average", by=by)
        if kind not in ("which", "has"):
            return OfList(cast("OfListWhat", kind))
        said = _which(kind, plain, match, text, this_year)
        if said is not None:
            return said
    return None


def _which(
    kind: str, plain: Plain, match: re.Match[str], text: str, this_year: int
) -> OfList | None:
    part = plain.group(match, "of")
    if part is None or _NO_FILTER.search(part.text):
        return None
    start = _AUXILIARY.match(part.text)
    part = part.part(start.end(), len(part.text)) if start else part
    wanted = filter_in(part, text, this_year)
    pointed = pointed_in(part)
    titles = tuple(r for r in pointed.references if isinstance(r, Titled))
    if kind == "has":
        is_this = bool(pointed.references) and not titles
        return None if is_this else OfList("has", wanted, titles, part.raw)
    if without_words(wanted).is_empty:
        return None
    is_count = bool(match.groupdict().get("many"))
    is_either = is_count and not re.search(
        r"\b(?:list|playlist|mix|here|these|those|them|they)\b", plain.text
    )
    return OfList(
        "count" if is_count else "which",
        wanted,
        titles,
        part.raw,
        is_either=is_either,
    )


def filter_in(part: Plain, text: str, this_year: int) -> Wanted:
    """Return what songs are asked about: "from the 90s", "by Queen", "instrumental"."""
    return wanted_in(part.as_clause, text, this_year=this_year)


def without_words(wanted: Wanted) -> Wanted:
    """Return a wish without the words that only lean a search."""
    return replace(wanted, words=(), unknown_names=())


def _utmost(plain: Plain, *, is_asked: bool) -> Utmost | None:
    """Read which song is the most of something; is_asked: with a question mark."""
    for kind, pattern in _UTMOST:
        match = pattern.fullmatch(plain.text)
        if match is None or (kind == "bare" and not is_asked):
            continue
        if kind == "much":
            noun = match["noun"] or {"fastest": "tempo", "slowest": "tempo"}.get(
                match["high"]
            )
            if noun is None:
                continue
            return Utmost(_BY_NOUN[noun], _HIGHEST[match["high"]])
        for words, order, is_descending in SUPERLATIVES:
            if re.fullmatch(words, match["most"]):
                return Utmost(order, is_descending)
    return None
