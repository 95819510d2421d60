"""Which words of a message are part of a name or a topic, and describe no music.

"Songs like Happy by Pharrell" asks for nothing happy, and "songs about rain" is not
for a rainy day. Names that nobody looked up are bounded by the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chat.agent.understanding.descriptors.words import HEADS, PRONOUNS
from chat.agent.understanding.lexicon import mood_words
from chat.agent.understanding.tokens import Token, words_of

_BREAK = re.compile(r"[|\n;!?,]|[.:](?=\s|$)")
_NAME_STOPS = words_of(
    "but without which that thats for preferably any what where who whos looking please",
    "however also something maybe really just can could would need want im ive ill is are",
    "suggestions recommendations with has have to except kind kinda",
)
_LIKERS = words_of(
    "i you we they would id really do dont also people ill will to feel feels else looks",
    "feeling youd usually mostly generally didnt doesnt does not never still always if both",
)
_TOPIC = words_of("about regarding mentioning mention describing")
_TOPICAL = HEADS | words_of(
    "something anything stuff more is are one ones thats all mostly speaks sings talks it"
)
_TOPIC_STOPS = words_of("but preferably like similar with")
_STARTS_TITLE = HEADS | words_of(
    "like to is are was cover of or and similar from recommend suggest for this that with",
    "find me play hear heard love loved in on its unless except hate no not without if",
)
# "Something sad by X" is sad, and no title.
_OPENS = words_of("something anything more less")
_NOT_BY = words_of(
    "inspired influenced followed backed made played caused fronted sung"
)
_MAX_TITLE_WORDS = 9
# Kinds of descriptors, or "small" for words between them, by the place of a word.
Described = Mapping[int, str]


def segments_of(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that no mark breaks, as [first, last)."""
    first = 0
    for i in range(1, len(tokens) + 1):
        is_end = i == len(tokens)
        if is_end or _BREAK.search(text, tokens[i - 1].end, tokens[i].start):
            yield first, i
            first = i


def names_closed(
    tokens: tuple[Token, ...], first: int, last: int, described: Described
) -> set[int]:
    """Return the words of a segment that are names, so far as words around them say.

    described: what the vocabulary makes of each word in it. Words that all describe,
    and a genre among them, are no name: "something like slow jazz".
    """
    closed: set[int] = set()
    for i in range(first, last):
        start = _likeness_end(tokens, i, first, last)
        if start is not None:
            name = _name_from(tokens, start, last)
            closed.update(_unless_kinds(tokens, name, described))
        if tokens[i].key != "by" or i in described:
            continue
        if i > first and tokens[i - 1].key in _NOT_BY:
            continue
        if i + 1 < last and tokens[i + 1].key in PRONOUNS:
            continue
        title = _title_before(tokens, i, first)
        if not _tells_of_fame(tokens, title):
            closed.update(_unless_kinds(tokens, title, described))
        name = _name_from(tokens, i + 1, last)
        closed.update(_unless_kinds(tokens, name, described))
    return closed


def _tells_of_fame(tokens: tuple[Token, ...], said: range) -> bool:
    """Say whether words tell how well known songs are: "deep cuts by" names no title."""
    phrase = " ".join(tokens[i].key for i in said)
    return any(
        leaning.attribute == "popularity" for leaning in mood_words().get(phrase, ())
    )


def _unless_kinds(
    tokens: tuple[Token, ...], name: range, described: Described
) -> range:
    words = [described.get(i, "") for i in name]
    if not words or "" in words:
        return name
    is_compared = tokens[name.start].key in ("more", "less")
    return range(0) if is_compared or "genre" in words else name


def topics_closed(tokens: tuple[Token, ...], first: int, last: int) -> set[int]:
    """Return the words that say what songs are about."""
    closed: set[int] = set()
    is_topic = False
    for i in range(first, last):
        key = tokens[i].key
        if is_topic and key in _TOPIC_STOPS:
            is_topic = False
        if is_topic:
            closed.add(i)
        if key in _TOPIC and (key != "about" or _is_of_music(tokens, i, first)):
            is_topic = True
    return closed


def _is_of_music(tokens: tuple[Token, ...], i: int, first: int) -> bool:
    """Say whether "about" follows what has a topic: not "how about", "forget about"."""
    return i > first and tokens[i - 1].key in _TOPICAL


def likeness_at(tokens: tuple[Token, ...], i: int, first: int) -> int | None:
    """Return how many words at i say that something is near to what follows."""
    key = tokens[i].key
    after = tokens[i + 1].key if i + 1 < len(tokens) else ""
    before = tokens[i - 1].key if i > first else ""
    if key == "like":
        return None if before in _LIKERS else 1
    if key in ("similar", "similiar", "simmilar", "similarly", "comparable", "close"):
        return 2 if after in ("to", "too", "as", "than", "with") else None
    if key in ("resemble", "resembles", "resembling", "ala", "ft", "feat"):
        return 1
    if (key, after) in (
        ("a", "la"), ("such", "as"), ("sounds", "as"), ("reminiscent", "of"),
        ("style", "of"), ("vein", "of"), ("vein", "as"), ("vibe", "of"), ("vibes", "of"),
        ("feel", "of"), ("feeling", "as"), ("vibe", "as"), ("vibes", "as"), ("sound", "as"),
        ("style", "as"), ("feel", "as"), ("spirit", "of"), ("groove", "as"), ("sound", "to"),
        ("lines", "of"), ("fans", "of"), ("good", "as"), ("derivatives", "of"),
    ):  # fmt: skip
        return 2
    return None


def _likeness_end(
    tokens: tuple[Token, ...], i: int, first: int, last: int
) -> int | None:
    length = likeness_at(tokens, i, first)
    if length is None or i + length >= last:
        return None
    if tokens[i + length].key in PRONOUNS:
        return None
    return i + length


def _name_from(tokens: tuple[Token, ...], start: int, last: int) -> range:
    end = start
    while end < last:
        key = tokens[end].key
        if key in _NAME_STOPS and not (
            key == "to" and _is_in_title(tokens, end, start)
        ):
            break
        if end > start and (key == "by" or likeness_at(tokens, end, start)):
            break
        end += 1
    return range(start, end)


def _is_in_title(tokens: tuple[Token, ...], i: int, start: int) -> bool:
    return i + 1 < len(tokens) and any(
        token.key == "by" for token in tokens[i + 1 : i + 5]
    )


def _title_before(tokens: tuple[Token, ...], at: int, first: int) -> range:
    start = at
    while start > max(first, at - _MAX_TITLE_WORDS):
        if tokens[start - 1].key in _STARTS_TITLE:
            break
        if tokens[start - 1].key in _OPENS:
            return range(0)
        start -= 1
    return range(start, at)
