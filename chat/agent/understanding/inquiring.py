"""Questions about the list and about what is remembered, and requests to forget.

"Why isn't X in it", "why is X before Y", "what do you know about me", "forget that I
said I like jazz". Read before anything else, clause by clause: their words ("not",
"like", "forget") mean other things elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.pointing import (
    Reference,
    Titled,
)
from chat.agent.understanding.reading import (
    Forget,
    Recall,
    WhyNot,
    WhyOrder,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.spans import Named
from chat.agent.understanding.wanted import positive, wanted_in

Inquiry = WhyNot | WhyOrder | Forget | Recall

_PLEASE = r"^(?:please |and |but |so |now |ok |okay |then |can you |could you |just )*"
_DROP = r"(?:forget|ignore|disregard|scratch|strike|erase|unlearn)(?: about)?"
_TALK = r"(?:talk|conversation|chat|session|list|playlist)"

_LAST = re.compile(
    rf"{_PLEASE}(?:{_DROP}|cancel|take back) (?:(?:my|the|that) (?:very )?"
    r"(?:last|previous|latest) (?:message|request|wish|sentence|words|thing|one|line)"
    r"(?: i (?:said|sent|wrote|asked))?|(?:that|this) (?:message|request)"
    r"|what i(?:'ve| have)? just (?:said|asked|wrote|told you)(?: for)?)$"
)
_SAID = re.compile(
    rf"{_PLEASE}(?:{_DROP}|drop|clear|delete) (?:(?:everything|anything|all|whatever|what|all of what)"
    r"(?: that)? (?:i|i've|i have|we)(?: have)? (?:told|said|asked|wanted|wished|mentioned|talked)"
    r"(?: (?:you|to you|for|so far|before|earlier|about|until now))*"
    r"|(?:all )?(?:my|the|these|all) (?:wishes|requests|constraints|filters|conditions"
    rf"|criteria)(?: (?:for|of|in) (?:this|the) {_TALK})?)$"
)
_LIKES = re.compile(
    rf"{_PLEASE}(?:{_DROP}|reset|clear|delete|drop|wipe) (?:all )?(?:of )?"
    r"(?:my (?:(?:dis)?likes(?: and (?:dis)?likes)?|(?:music(?:al)? )?taste|reactions|ratings)"
    r"|(?:what|everything|all)(?: that)? (?:i like|you know about me|you know of me"
    r"|you (?:have )?(?:learned|remember) about me)|about me)(?P<sure> for good)?$"
)
_NAMED = re.compile(
    rf"{_PLEASE}{_DROP} (?:that |what |the (?:part|bit) (?:where|that) |the fact that )?"
    r"(?:i|i've|i have|i'd)(?: have| had)?(?: ever| once| just| also)? "
    r"(?:(?:said|told you|mentioned|claimed|wrote)(?: that)?(?: i)?|asked(?: you)? for|wanted|want"
    r"|like|love|enjoy|adore|hate|dislike|don't like|liked|loved|hated)(?P<what> .+)$"
)
_NAMED_SHORT = re.compile(
    rf"{_PLEASE}{_DROP} (?:the |my )?(?P<what>_+)(?: bit| part| thing)?$"
)

_QUALITY = re.compile(
    rf"{_PLEASE}(?:forget(?: about)?|never mind|ignore) (?:being |the |it being )?(?P<what>[\w' ]+)$"
)
_LITTLE = frozenset({"the", "being", "part", "bit", "thing", "mood", "so", "and"})

_TASTE = re.compile(
    rf"{_PLEASE}(?:what(?:'s| is| are)|describe|show(?: me)?|tell me(?: about)?|summarise|summarize)"
    r" my (?:(?:music(?:al)? )?tastes?|likes(?: and dislikes)?|favou?rites?)(?: like| in music)?$"
    rf"|{_PLEASE}(?:what|which)(?: (?:kind|sort|type)s? of)?(?: (?:music|songs?|tracks|genres?|artists?|bands?|things))?"
    r" (?:do|did|have) i (?:like|liked|love|loved|dislike|disliked|hate|enjoy)(?: most| best| so far)?$"
    r"|^my (?:music(?:al)? )?taste$"
)
_ALL = re.compile(
    rf"{_PLEASE}(?:what|tell me what) (?:do|did|have) you(?: all)?"
    r" (?:know|remember|remembered|learn|learned|noted|stored|saved|have)"
    r"(?: (?:about|of|on) (?:me|my taste|us))?(?: so far)?$"
    rf"|{_PLEASE}do you (?:remember|know)(?: anything| something)?(?: about)? me$"
)
_SESSION = re.compile(
    rf"{_PLEASE}(?:what (?:did|have) i (?:ask|asked|say|said|tell you|told you|want|wanted)"
    r"(?: you)?(?: for)?(?: so far| before| earlier)?"
    r"|what (?:are|were) (?:my|the) (?:wishes|requests|constraints|filters|conditions|criteria)(?: now)?"
    r"|what(?: do)? (?:holds|you hold to|you go by|counts)(?: (?:right )?now)?"
    rf"|what do you (?:know|remember) (?:of|from|about) this {_TALK})$"
)

_STANDS = (
    rf"{_PLEASE}(?:why|how come) (?:is|are|does|do|did you put|was)\b(?P<first>.+)"
    r"\b(?:(?:comes?|stands?|placed|put|so)\s+)?"
)
# Between two songs, or at an end of the list.
_ORDERS = (
    re.compile(
        _STANDS
        + r"(?P<way>before|above|ahead of|after|below|behind|beneath|in front of)"
        r"\b(?P<second>.+)$"
    ),
    re.compile(
        _STANDS
        + r"(?P<way>first|last|at the (?:top|start|beginning|end|bottom)|on top)"
        r"(?P<second>)$"
    ),
)
_ABSENT = re.compile(
    rf"{_PLEASE}(?:why|how come)(?:"
    r" (?:isn't|aren't|wasn't|weren't)(?: there)?(?: any(?:thing)?)?(?: by| of| from)?(?P<a> .+)"
    r"|(?: is| are| was| were| there's| there is| there are)(?: there)? (?:no|nothing|not)(?: (?:by|of|from|any(?:thing)?))*(?P<b> .+)"
    r"|(?: is| are| was| were)(?P<c> .+?) (?:not|missing|left out|skipped|excluded|removed|gone)\b.*"
    r"|(?: (?:did|do|have|would)(?:n't| not)? you(?: not)? | you )(?:never )?(?:play|pick|include|add|choose|take|show"
    r"|list|suggest|put|use|leave out|skip|drop|exclude|remove|left out|skipped|dropped)(?: in)?(?P<d> .+)"
    r"|(?: not)(?P<e> .+)|(?: no(?:thing)?(?: (?:by|of|from|any(?:thing)?))*)(?P<f> .+))$"
)
_NEGATED = re.compile(
    r"n't\b|\bnot\b|\bno\b|\bnothing\b|\bnever\b|\bmissing\b|\bgone\b"
    r"|\b(?:left|leave) out\b|\b(?:skip|drop|exclud|remov)\w*\b"
)
_TAIL = re.compile(
    r"(?: (?:in|on|part of|among|from) (?:it|here|there|(?:the|my|this) (?:play)?(?:list|mix))"
    r"| (?:in|on|there|here|too|either|as well|instead|included|listed|out))+$"
)
_NAME_LIKE = re.compile(r"[“”\"]|\b[A-Z]\w")
# "Why not add some jazz?" proposes something and asks for no reason.
_PROPOSES = re.compile(
    r"^ (?:add|play|make|put|try|have|give|remove|use|do|go|take|some|more|a|an)\b"
)


def inquiry_in(clause: Clause, text: str, *, this_year: int) -> Inquiry | None:
    """Read a clause as a question or a request of this kind; None for any other."""
    plain = _plain(clause.masked)
    forgets = _forget(clause, text, plain, this_year)
    if forgets is not None:
        return forgets
    if _TASTE.search(plain):
        return Recall("taste")
    if _SESSION.search(plain):
        return Recall("session")
    if _ALL.search(plain):
        return Recall("all")
    return _why_order(clause, plain) or _why_not(clause, text, plain)


def _plain(masked: str) -> str:
    return masked.rstrip(" .!?").replace("\u201c", " ").replace("\u201d", " ")


def _forget(clause: Clause, text: str, plain: str, this_year: int) -> Forget | None:
    if _LAST.search(plain):
        return Forget("last")
    if _SAID.search(plain):
        return Forget("said")
    likes = _LIKES.search(plain)
    if likes:
        return Forget("likes", is_sure=likes["sure"] is not None)
    match = _NAMED.search(plain) or _NAMED_SHORT.search(plain)
    if match is None:
        return _forget_quality(clause, text, plain, this_year)
    _, rest = clause.cut_at(match.start("what"))
    wanted = positive(wanted_in(rest, text, this_year=this_year))
    titles = tuple(int(n.key) for n in rest.named if n.kind == "title")
    return Forget("named", replace(wanted, like_tracks=titles), rest.text.strip(" .!?"))


def _forget_quality(
    clause: Clause, text: str, plain: str, this_year: int
) -> Forget | None:
    """Read "forget about calm", "forget the 80s": all that is said is a wish."""
    match = _QUALITY.search(plain)
    if match is None:
        return None
    _, rest = clause.cut_at(match.start("what"))
    wanted = wanted_in(rest, text, this_year=this_year)
    said = {token.key for token in rest.tokens}
    moods = {word for mood in wanted.moods for word in mood.phrase.split()}
    era = set(wanted.era_words.split())
    genres = {
        token.key
        for token in rest.tokens
        for named in rest.named
        if named.kind == "genre" and named.start <= token.start < named.end
    }
    if replace(wanted, words=()).is_empty or said - moods - era - genres - _LITTLE:
        return None
    return Forget("named", positive(wanted), rest.text.strip(" .!?"))


def _why_order(clause: Clause, plain: str) -> WhyOrder | None:
    match = next(filter(None, (order.search(plain) for order in _ORDERS)), None)
    if match is None or _NEGATED.search(plain):
        return None
    first = _pointed(clause, match.span("first"))
    second = _pointed(clause, match.span("second"))
    if not first:
        return None
    way = match["way"]
    is_after = way in ("after", "below", "behind", "beneath", "last") or (
        way.startswith("at the") and way.endswith(("end", "bottom"))
    )
    return WhyOrder(first[0], second[0] if second else None, is_after=is_after)


def _why_not(clause: Clause, text: str, plain: str) -> WhyNot | None:
    match = _ABSENT.search(plain)
    if match is None or not _NEGATED.search(plain):
        return None
    group = next(name for name in "abcdef" if match[name])
    start, end = match.span(group)
    if group == "e" and _PROPOSES.search(match[group]):
        return None
    end = start + len(_TAIL.sub("", plain[start:end]))
    references = _pointed(clause, (start, end))
    names = _within(clause, (start, end))
    said = text[clause.start + start : clause.start + end].strip(" \"'“”.!?")
    if not names and not references and _is_vague(plain[start:end]):
        return None
    rest = "".join(
        sign
        for place, sign in enumerate(text[clause.start + start : clause.start + end])
        if plain[start + place] != "_"
    )
    is_name = _NAME_LIKE.search(rest) is not None
    return WhyNot(
        references,
        artists=tuple(int(n.key) for n in names if n.kind == "artist"),
        # "Zorblax Waltz" is a name that the catalog lacks, and no waltz.
        genres=() if is_name else tuple(n.key for n in names if n.kind == "genre"),
        name=said,
    )


def _is_vague(words: str) -> bool:
    """Say whether words name nothing: "why not", "why isn't it good"."""
    return not re.search(r"\w{2}", words) or bool(
        re.match(
            r"^\s*(?:it|this|that|they|these|those|you|working|good|right)\b", words
        )
    )


def _pointed(clause: Clause, span: tuple[int, int]) -> tuple[Reference, ...]:
    start, end = span
    titles = (Titled(int(n.key)) for n in _within(clause, span) if n.kind == "title")
    # Padded, since a reference looks at the words around it ("is it", "why this").
    return (*titles, *references_in(f"why {clause.masked[start:end].strip()}"))


def _within(clause: Clause, span: tuple[int, int]) -> Iterable[Named]:
    start, end = clause.start + span[0], clause.start + span[1]
    return [n for n in clause.named if start <= n.start < end]
