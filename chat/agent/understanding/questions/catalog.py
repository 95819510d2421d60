"""What is asked of the whole catalog: what is there, how many, the most of something."""

from __future__ import annotations

import re
from typing import cast

from chat.agent.understanding.asked import OfCatalog, OfCatalogWhat
from chat.agent.understanding.pointing import Order
from chat.agent.understanding.questions.lists import filter_in
from chat.agent.understanding.questions.plainly import Plain
from chat.agent.understanding.questions.pointed import pointed_in
from chat.agent.understanding.questions.tables import table
from chat.agent.understanding.superlatives import SUPERLATIVES
from chat.agent.understanding.wish import Wanted

_MORE: tuple[tuple[str, Order, bool], ...] = (
    ("most popular|best.known|most famous|biggest|top|best|number one|no 1|#1|most streamed|most played|most loved|greatest", "popularity", True),
    ("last|new|debut new", "year", True),
    ("first|debut", "year", False),
)  # fmt: skip
_CATALOG = table(
    r"""
genres    <WHICH>(?: music)? <GENRES>(?: <YOU HAVE>| (?:are|is)(?: there| available| in <CATALOG>)*| exist| (?:can|could|should|do|may) i (?:choose from|pick from|ask for|listen to|use|choose|pick|say|have|hear))*
genres    (?:what|which) (?:genres|music|styles|kind of music|kinds of music) (?:is|are) (?:there|available|(?:in|on) <CATALOG>)(?: .+)?
genres    (?:list|name|show me|tell me|what are) (?:all )?(?:the |your )?(?:available )?<GENRES>(?: <YOU HAVE>)?
genres    what(?: else)?(?: music)? (?:do|have) you (?:have|got|know)(?: (?:here|to offer|in store))*
genres    how many (?:different )?<GENRES>(?: (?:are there|are in <CATALOG>|<YOU HAVE>))?
album     (?:<WHICH> (?:is|was|are) )?(?:the )?<WHAT>(?: ?s)? (?P<way><WAY>) (?:album|record|lp|ep)
album     (?:<WHICH> (?:is|was|are) )?(?:the )?(?P<way><WAY>) (?:album|record|lp|ep) (?:(?:that )?<YOU HAVE> )?(?:by|of|from) <WHAT>
utmost    (?:<WHICH> (?:is|was|are|were) )(?:the )?<WHAT>(?: ?s)? (?:(?P<n>\d{1,2}|two|three|four|five|ten) )?(?P<way><WAY>) (?:<SONG>)
utmost    (?:<WHICH>(?: <SONG>)? (?:is|was|are|were) )(?:the )?(?P<way><WAY>)(?: (?P<n>\d{1,2}|two|three|four|five|ten))?(?: <SONG>)? (?:(?:that )?<YOU HAVE> )?(?:by|of|from) <WHAT>(?: <YOU HAVE>)?
utmost    (?:<WHICH>(?: <SONG>)? (?:is|was|are|were) )(?:the )?(?:(?P<n>\d{1,2}|two|three|four|five|ten) )?(?P<way><WAY>)(?: <WHAT>)? <SONG>(?: (?:that |which )?(?:<YOU HAVE>|in (?:<CATALOG>|the world)|ever|of all time))+
utmost    (?:<WHICH> <SONG> <BE> )(?:the )?(?P<way><WAY>) (?:<YOU HAVE>|in <CATALOG>|ever)
utmost    (?:<WHICH> )<WHAT>(?: ?s)? <SONG> <BE> (?:the )?(?P<way><WAY>)
artists   <WHICH> <ARTIST> <YOU HAVE>
artists   (?:list|name|show me) (?:all )?(?:the |your )(?:available )?artists(?: <YOU HAVE>)?
artists   who (?:do|can) (?:you|i) (?:have|know|listen to|hear|play)
artists   <WHICH> <WHAT> (?:artists|bands|singers|musicians|acts) (?:<YOU HAVE>|(?:are|is) (?:there|in <CATALOG>))
alike     (?:who|<WHICH> (?:<ARTIST>)|what) (?:else )?(?:is|are|sounds?|else is|plays?)(?: most| a lot| very| kind of| kinda| a bit)? (?:(?:similar|close|comparable|alike) to|like|reminiscent of) <WHAT>(?: musically)?
alike     who (?:else )?(?:makes|plays|does) (?:music|songs|stuff) (?:like|similar to) <WHAT>
alike     (?:<WHICH> (?:are|is) )(?:some |other |a few )*<ARTIST> (?:that (?:are|sound) )?(?:like|similar to) <WHAT>
alike     (?:any|are there) (?:other )?(?:artists|bands|singers) (?:like|similar to) <WHAT>
count     how (?:big|large|many) (?:is|songs are in) <CATALOG>
count     how many <SONG> (?:<YOU HAVE>|are (?:there )?in (?:total|<CATALOG>))
count     how many (?P<kind>artists?|bands?|singers?|albums?|records?) (?:<YOU HAVE>|are (?:there )?(?:in )?(?:total|<CATALOG>))
count     how many (?P<kind>albums?|records?) (?:by|from|of) <WHAT> <YOU HAVE>
count     how many (?P<kind>albums?|records?) (?:do|does|did|has|have) <WHAT> (?:have|made?|release[d]?|put out)
count     how many <WHAT> (?P<kind>albums|records) <YOU HAVE>
count     how many (?:<SONG> )?(?:by|from|of|with) <WHAT> <YOU HAVE>
count     how many <WHAT>(?: <SONG>)? <YOU HAVE>
count     how many <SONG> (?:do|does|did|has|have) <WHAT> (?:have|made?|sing|sung|release[d]?|put out|record(?:ed)?)(?: here| in total)?
count     how many <SONG> (?:are|is) (?:there )?(?:by|from|of) <WHAT>(?: in <CATALOG>| in total)
count     how many <SONG> (?:of|by|from) <WHAT> are there
albums    <WHICH> (?:albums|records) (?:by|from|of) <WHAT>(?: <YOU HAVE>| are there| (?:are|is) (?:here|in <CATALOG>))?
albums    <WHICH> (?:albums|records) (?:do|does|did|has|have) <WHAT> (?:have|made?|release[d]?|put out|record(?:ed)?)
albums    <WHICH> <WHAT>(?: ?s)? (?:albums|records) (?:<YOU HAVE>|are (?:there|here|in <CATALOG>))
albums    (?:list|name)(?: me)? (?:all )?(?:the )?(?:albums|records) (?:by|from|of) <WHAT>
songs     <WHICH>(?: (?:other|else))? <SONG>(?: (?:are|is)(?: there)?)? (?:by|from|of) <WHAT>(?: <YOU HAVE>| are there| are (?:here|in <CATALOG>))?
songs     <WHICH> <SONG> (?:by|from|of) <WHAT> <YOU HAVE>
songs     <WHICH>(?: other)? <WHAT>(?: ?s)? (?:<SONG>|music|stuff) (?:<YOU HAVE>|(?:are|is) (?:there|(?:in|on) <CATALOG>))
songs     what (?:else )?<YOU HAVE> (?:by|from|of) <WHAT>
songs     what (?:else )?(?:do|can) you (?:have|play|offer) (?:by|from|of) <WHAT>
songs     what (?:else |other songs )?(?:did|does|do|has|have) <WHAT> (?:make|made|sing|sung|sang|do|record(?:ed)?|release[d]?|play)(?: else)?
songs     (?:list|name)(?: me)? (?:all )?(?:the )?(?:songs|tracks) (?:by|from|of) <WHAT>
songs     what <SONG> (?:do|does|has|have) <WHAT> (?:have|got|sing|sung|made)
has       (?:do|have) (?:you|we|u)(?: guys)? (?:also |even )?(?:have|got|know|carry)(?: also)? (?P<song>(?:the |a |any )?(?:song|track|tune|single|album) (?:called |named |titled )?)?<WHAT>(?: (?:here|available|in <CATALOG>|on here|in there))*
has       (?:is|are) (?P<song>the (?:song|track|album) )?<WHAT> (?:(?:in|on|part of) <CATALOG>|available(?: here)?|here)
has       is there (?P<song>an? (?:song|track|tune|album) (?:called|named|titled) )<WHAT>(?: (?:here|in <CATALOG>))?
wish      (?:is|are) there any <WHAT>(?: (?:here|available|in <CATALOG>))*
wish      (?:do|have) (?:you|we) (?:have|got) any <WHAT>(?: (?:here|available|in <CATALOG>))*
trending  (?:<WHICH>(?: (?:songs?|music|tracks?|artists?|hits?))?(?: (?:is|are))? ?(?:currently |really |super )?(?:trending|hot|in the (?:charts?|top \d+)|popular|viral|hip|number one|no 1|#1|the number one(?: (?:song|hit))?|at the top of the charts|everyone (?:listening to|playing)|(?:people|everybody|the kids) listening to|big|in))<NOW>
trending  (?:what are |what is |show me |give me )?(?:the )?(?:current |latest |newest |today s |this week s )?(?:charts|top (?:10|20|40|50|100|ten)(?: (?:songs|hits|charts))?|chart hits|billboard(?: hot 100)?|hot 100|top hits|biggest hits)<NOW>
trending  (?:any |what are the |are there any |anything )?(?:new releases|new music|new songs|new hits|latest releases|latest music|new)(?: out)?(?: (?:this week|this month|today|lately|recently|now|right now))+
trending  what (?:do|are) (?:people|others|other people|most people|everyone|everybody)(?: here)? (?:listen(?:ing)? to|like|play(?:ing)?)(?: most| here)*<NOW>
""",
    way="|".join(
        words for words, _, _ in (*SUPERLATIVES, *_MORE)
    ),
)  # fmt: skip
_THEIR = re.compile(
    r"^(?:his|her|their|theirs|them|they|he|she|him|(?:this|that|the) (?:artist|band|singer|group)(?: ?s)?)$"
)
_OWNED = re.compile(r"['’]s?$| s$")
# These are no name of anything, and what follows is a wish or small talk.
_COPULA = re.compile(r"(?:is|are|was|were|it|this|that)\b")
# "Remove the first one", "play the slowest song": done to the list, and asked of nobody.
_DOES = re.compile(
    r"\bthe$|^(?:remove|delete|drop|kick|lose|ditch|skip|cut|take|keep|move|put|play|add"
    r"|replace|swap|like|love|hate)\b"
)
# Who asks for more, or for new ones, wants to hear them.
_MORE_OF = re.compile(
    r"^(?:any |some )?(?:more|other|another|else|new|some|similar)\b|\belse\b"
)
_VAGUE = re.compile(
    r"^(?:is |are |was |a |an |the |any |some |my |your |more |other |another |anything|something|nothing|it|this|that|these|those|one|time|a minute|ideas?|idea"
    r"|(?:good|better|new|different|random|fun) |suggestions?|recommendations?|songs?$|tracks?$|music$|tunes?$|favou?rites?|questions?|feelings|friends|fun|plans"
    r"|(?:what|who|how|where|why|when|if|that|about|of)\b)"
    r"|\b(?:suggest|recommend|similar|like (?:that|this|it|these)|for me|good for|to (?:listen|play|hear|help|dance|sleep|work))"
)


def catalog_question(plain: Plain, text: str, this_year: int) -> OfCatalog | None:
    """Read a question about the catalog; None for others. text: the message."""
    for kind, pattern in _CATALOG:
        match = pattern.fullmatch(plain.text)
        if match is None:
            continue
        asked = _asked(kind, plain, match, text, this_year)
        if asked is not None:
            return asked
    return None


def _asked(
    kind: str, plain: Plain, match: re.Match[str], text: str, this_year: int
) -> OfCatalog | None:
    groups = match.groupdict()
    part = plain.group(match, "of")
    by, is_descending = _way(groups.get("way"))
    count = _NUMBERS.get(groups.get("n") or "", 1)
    if part is not None and part.text in ("the", "a", "an"):
        return None
    if part is None:
        if kind == "count" and groups.get("kind"):
            kind = "artists" if groups["kind"][0] in "abs" else kind
            if groups["kind"].startswith(("album", "record")):
                kind = "albums"
        return _of(kind, Wanted(), "", by=by, is_descending=is_descending, count=count)
    if _THEIR.match(part.text):
        if kind in ("has", "wish"):
            return None
        what = "albums" if groups.get("kind") else kind
        return _of(
            what, Wanted(), "", is_theirs=True, by=by, is_descending=is_descending, count=count
        )  # fmt: skip
    named = bool(part.named)
    if kind in ("utmost", "album", "albums"):
        if _COPULA.match(part.text) or _DOES.search(part.text):
            return None
    elif _MORE_OF.search(part.text) or (not named and _VAGUE.search(part.text)):
        return None
    wanted = filter_in(part, text, this_year)
    name = _OWNED.sub("", part.raw)
    if groups.get("kind"):
        kind = "albums"
    any_by = _ANY_BY.match(part.text)
    if kind == "has" and any_by:
        name = _ANY_BY.sub("", part.raw.lower()) if not named else part.named[0].text
        return _of("has", wanted, name, is_wish=True) if _is_filter(wanted) else None
    if kind == "wish":
        known = wanted.genres or wanted.artists
        return _of("has", wanted, name, is_wish=True) if known else None
    if kind == "has" and not groups.get("song") and _is_mere_kind(wanted):
        return _of("has", wanted, name, is_wish=True)
    if kind in ("utmost", "album") and not (named or _is_filter(wanted)):
        pointed = pointed_in(part)
        if pointed.is_it or pointed.references:
            return None
    return _of(kind, wanted, name, by=by, is_descending=is_descending, count=count)


_ANY_BY = re.compile(
    r"^(?:anything|something|any (?:songs?|music|tracks?)|songs?|music|tracks?) (?:by|from|of) "
)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, **{str(n): n for n in range(1, 21)}
}  # fmt: skip


def _of(
    kind: str,
    wanted: Wanted,
    name: str,
    *,
    is_theirs: bool = False,
    by: Order = "popularity",
    is_descending: bool = True,
    count: int = 1,
    is_wish: bool = False,
) -> OfCatalog:
    what = cast("OfCatalogWhat", kind)
    return OfCatalog(what, wanted, name, is_theirs, by, is_descending, count, is_wish)


def _way(said: str | None) -> tuple[Order, bool]:
    for words, order, is_descending in (*_MORE, *SUPERLATIVES):
        if said and re.fullmatch(words, said):
            return order, is_descending
    return "popularity", True


def _is_filter(wanted: Wanted) -> bool:
    return bool(
        wanted.genres
        or wanted.artists
        or wanted.era_words
        or wanted.moods
        or wanted.constraints
    )


def _is_mere_kind(wanted: Wanted) -> bool:
    """Say whether a kind of music or a time is named, and nobody: "do you have jazz?"."""
    return bool(wanted.genres or wanted.era_words or wanted.moods) and not (
        wanted.artists or wanted.like_tracks or wanted.unknown_names
    )
