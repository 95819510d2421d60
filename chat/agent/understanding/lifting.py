"""Reads what a wish that stands is let go with: "the year doesn't matter any more".

A kind of wish is named by what it is about ("the tempo"), or by what was asked for ("the
90s thing"); what was refused is let in again ("live versions are fine now").
"""

from __future__ import annotations

import re
from dataclasses import replace

from catalog.genres import genre_spellings
from catalog.names import name_key
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.lexicon import mood_words
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.pointing import Reference, TheirSongs
from chat.agent.understanding.reading import Lift, Lifted
from chat.agent.understanding.wanted import positive, wanted_in
from chat.agent.understanding.wish import Wanted

_LEAD = (
    r"^(?:(?:ok|okay|actually|and|but|so|well|no|hm+|please|now|fine|yes|oh|you know what|in fact"
    r"|let's|lets|just|you can|we can|can you|can we),? )*"
)
_NOUNS: tuple[tuple[str, tuple[Lifted, ...]], ...] = (
    (r"tempos?|speeds?|bpm|pace|beats per minute|how (?:fast|slow) (?:it is|they are)", ("tempo",)),
    (
        r"years?|eras?|decades?|ages?|dates?|time ?(?:period|frame|span)s?|release (?:dates?|years?)"
        r"|how old (?:it is|they are|the songs are)|when (?:it|they) (?:was|were|is|are|came) (?:from|out|made|released)",
        ("years",),
    ),
    (r"(?:song |track )?(?:lengths?|durations?)|how long (?:the songs are|they are|each is)|songs? of any length", ("duration",)),
    (r"languages?|what language it's in", ("language",)),
    (r"genres?|styles?|kinds? of music|types? of music", ("genre",)),
    (r"artists?|bands?|singers?|who (?:sings|plays|made)(?: it| them)?", ("artist",)),
    (r"moods?|vibes?|feelings?|feels?", ("mood",)),
    (r"energy|intensity|loudness|volume|energy levels?", ("energy",)),
    (r"popularity|fame|how (?:popular|famous|well known) (?:it is|they are)", ("popularity",)),
    (r"order|sequence|sorting|running order", ("order",)),
)  # fmt: skip
_NOUN = "|".join(f"(?:{words})" for words, _ in _NOUNS)
_THE = r"(?:the |its |their |my |any |all |all the |what |which |about )*"
_MORE = r"(?: (?:any ?more|now|to me|at all|really|either|for me|here|after all|again|too|so much|with me|by me|please))*"
_THING = r"(?:thing|part|bit|limit|restriction|filter|rule|wish|requirement|condition|constraint|idea|stuff|theme|criteria|criterion)s?"
_FINE = r"(?:fine|ok|okay|good|great|alright|all right|cool|welcome|allowed|possible|no problem|acceptable)"
_NO_MATTER = (
    r"(?:(?:doesn't|does not|don't|do not|doesnt|dont|no longer) (?:really )?matters?"
    r"|(?:isn't|is not|aren't|are not|isnt) (?:so |that |very )?(?:important|relevant)|(?:is|are) (?:irrelevant|up to you|open|free|unimportant)"
    r"|(?:can|may|could) be anything|(?:is|are) no longer (?:important|relevant))"
)
_FORGET = (
    r"(?:never ?mind|forget|ignore|disregard|don't (?:care|worry|bother)|do not care|dont care|i don't (?:care|mind)|i dont care"
    r"|i do not care|doesn't matter|does not matter|no matter|regardless of|cancel|no longer care)(?: about)?"
)
_LET = r"(?:drop|lose|scrap|lift|remove|skip|delete|take (?:off|away)|get rid of|ditch|undo|leave out|clear)"
_OF_KIND = re.compile(
    rf"{_LEAD}(?:"
    rf"{_THE}(?P<a>{_NOUN}) {_NO_MATTER}{_MORE}"
    rf"|{_FORGET} {_THE}(?P<b>{_NOUN})(?: {_THING})?{_MORE}"
    rf"|{_LET} (?:the |my |that )?(?P<c>{_NOUN}) {_THING}{_MORE}"
    rf"|(?:any|all|whatever|every)(?: the)? (?P<d>{_NOUN})(?: (?:is|are|will|would|be|'s))?(?: (?:be|do|also|just))?(?: {_FINE}| do| does| works?| goes)?{_MORE}"
    rf"|(?:it|they|songs) (?:can|may) be (?:of |from |in )?any (?P<e>{_NOUN}){_MORE}"
    rf"|(?:no|without(?: the| a)?) (?P<f>{_NOUN}) (?:limit|restriction|filter|constraint|requirement)s?{_MORE}"
    r")\s*[.!]*$"
)
# What is named: "____" where a genre or an artist stood, or words for a mood or a time.
_OF_VALUE = re.compile(
    rf"{_LEAD}(?:"
    r"(?:never ?mind|forget(?: about)?|ignore|disregard|cancel) (?:the |my |that |being |it being )*(?P<a>.+?)"
    rf"(?: {_THING})?{_MORE}"
    rf"|(?:{_LET}|no more|enough (?:of|with)) (?:the |my |that |this )*(?P<b>.+?) (?:-)?{_THING}{_MORE}"
    r"|(?:(?:it|they|that|the (?:songs|list|music)|this) )?(?:doesn't|does not|don't|do not|doesnt|dont|no longer|needn't)"
    r"(?: really)?(?: (?:have|has|need|needs) to)? be (?:only |just |all |so |from |in |about )*(?P<c>.+?)"
    r"(?: songs?| music| ones?| only)?(?: (?:any ?more|anymore|now|after all|again|necessarily|either|though))*"
    r"|no need (?:for (?:it|them|the songs) )?to be (?:only |just |from |in )*(?P<d>.+?)(?: any ?more| now)?"
    r"|(?:it's |it is )?not (?:only|just) (?P<e>.+?) any ?more"
    r")\s*[.!]*$"
)
_ALLOWED = re.compile(
    rf"{_LEAD}(?:"
    rf"(?:i (?:don't|do not|dont) mind |i'm (?:ok|okay|fine|good|cool) with )(?P<a>.+?)(?P<more>{_MORE})"
    rf"|(?P<b>.+?) (?:is|are)(?: also| totally| perfectly)? {_FINE}(?P<mored>{_MORE})"
    r"|(?:you (?:can|may)|we can|feel free to|it's (?:ok|okay|fine) to|it is (?:ok|okay|fine) to)(?: now)?(?: also)?"
    r" (?:play|add|include|use|put(?: in)?|bring(?: back| in)?|have|pick|show) (?P<c>.+?)"
    r"(?: back| in)* (?:again|now|after all|too|any ?more|if you (?:like|want))"
    r"|(?:allow|unblock|unban|permit) (?P<d>.+?)(?: again| now)?"
    r")\s*[.!]*$"
)
_AGAIN = re.compile(r"\b(?:again|now|after all|any ?more)\b")
_SPOKEN: tuple[tuple[str, Lifted], ...] = (
    (r"swear(?:ing|words)?|swear words|curs(?:e|ing)(?: words)?|explicit(?: (?:songs?|lyrics|ones|versions?|language))?|bad words|dirty words|clean", "explicit"),
    (r"vocals?|singing|singers?|lyrics|words|instrumentals?", "instrumental"),
    (r"(?:live|remix(?:es)?|covers?|remasters?|acoustic|studio|demos?|karaoke)(?: (?:versions?|recordings?|songs?|ones|tracks))?", "version"),
    (r"(?:songs?|ones|what|stuff|things) (?:that )?i(?:'ve| have)? (?:already |know|knew|heard)(?: \w+){0,2}|new to me|unheard|known (?:songs|ones)", "unheard"),
    (r"long (?:songs?|ones|tracks)|short (?:songs?|ones|tracks)", "duration"),
)  # fmt: skip
_PRONOUN = re.compile(
    r"^(?:him|her|them|he|she|they|that (?:artist|band|singer|group))$"
)
_LITTLE = frozenset(
    {"the", "a", "an", "from", "in", "by", "of", "and", "only", "just", "all", "any", "so",
     "music", "songs", "song", "stuff", "ones", "tracks", "being", "more", "too", "it", "be"}
)  # fmt: skip


def lift_read(clause: Clause, plain: str, text: str, this_year: int) -> Lift | None:
    """Read a clause that lets go of a wish; None for any other. plain: names blanked."""
    plain = plain.rstrip()
    match = _OF_KIND.match(plain)
    if match:
        noun = next(word for word in match.groupdict().values() if word)
        kinds = next(k for words, k in _NOUNS if re.fullmatch(words, noun))
        return Lift(kinds, name=noun)
    match = _OF_VALUE.match(plain)
    if match and (lifted := _named(clause, match, text, this_year, is_allowed=False)):
        return lifted
    match = _ALLOWED.match(plain)
    if match is None:
        return None
    is_of_refused = match["c"] or match["d"] or _AGAIN.search(plain)
    lifted = _named(clause, match, text, this_year, is_allowed=True)
    if lifted is None or (lifted.wanted != Wanted() and not is_of_refused):
        return None  # "Jazz is fine" asks for jazz.
    return lifted


def _named(
    clause: Clause, match: re.Match[str], text: str, this_year: int, *, is_allowed: bool
) -> Lift | None:
    group = next(g for g in "abcde" if match.groupdict().get(g))
    start, end = match.span(group)
    said = match[group].strip()
    for words, kind in _SPOKEN:
        if re.fullmatch(rf"(?:the |some |more |a |an )?(?:{words})", said):
            return Lift((kind,), name=said, is_allowed=is_allowed)
    if is_allowed and _PRONOUN.match(said):
        theirs: tuple[Reference, ...] = (TheirSongs(),)
        return Lift(name=said, is_allowed=True, references=theirs)
    _, rest = clause.cut_at(start)
    rest, _ = rest.cut_at(end - start)
    wanted = positive(wanted_in(rest, text, this_year=this_year))
    if replace(wanted, words=()).is_empty and (known := _known_as(said)) is not None:
        # "Needn't be jazz" names jazz as no wish at all.
        return Lift(wanted=known, name=said, is_allowed=is_allowed)
    if replace(wanted, words=()).is_empty or _says_more(rest, wanted):
        return None
    return Lift(wanted=wanted, name=rest.text.strip(" .!?"), is_allowed=is_allowed)


def _known_as(said: str) -> Wanted | None:
    key = name_key(said)
    if genre := genre_spellings().get(key):
        return Wanted(genres=(genre,), words=(key,))
    leanings = mood_words().get(key)
    return Wanted(moods=(Mood(said, leanings),)) if leanings else None


def _says_more(rest: Clause, wanted: Wanted) -> bool:
    """Say whether other words are said than those of a wish."""
    inside = {
        token.key
        for token in rest.tokens
        for named in rest.named
        if named.start <= token.start < named.end
    }
    known = {word for mood in wanted.moods for word in mood.phrase.split()}
    known.update(wanted.era_words.lower().split())
    known.update(w for held in wanted.constraints for w in held.words.lower().split())
    left = {token.key for token in rest.tokens} - inside - known - _LITTLE
    return bool(left)
