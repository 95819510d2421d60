"""Occasions that are said in whole phrases: "for driving home alone", "to cry to".

Each is a phrase behind a word that makes it one, up to where the phrase ends. What it
is called comes from the first word of the vocabulary in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from chat.agent.understanding.descriptors.vocabulary import vocabulary
from chat.agent.understanding.descriptors.words import HEADS, PRONOUNS
from chat.agent.understanding.tokens import Span, Token, words_of

_OPENERS = words_of("for while during whilst")
_SEEKING = words_of(
    "looking searching look search asking hunting hoping hunt lookin seeking thirsty in",
    "except waiting craving suggestions recommendations suggestion recommendation ideas",
    "ask up down advice opinions thoughts request recs",
)
_ARTICLES = words_of("a an the my our some your his her")
# Where a phrase ends, if not at a mark.
_ENDS = words_of(
    "like similar preferably any suggestions please which with but recommendations",
    "something anything playlist playlists songs song music vibe vibes help looking",
    "thanks so im ideas mix tracks albums bands artists that what",
)
# -ing words that no one does while listening.
_NO_DEED = words_of(
    "something anything everything nothing thing king ring spring string evening morning",
    "song singing interesting amazing listening trying wedding looking searching finding",
    "recommending suggesting similar being having using including expanding willing",
    "following starting making",
)
_DEEDS = words_of(
    "sleep study work cry dance drive chill relax vibe cruise jam type party run drown",
    "celebrate help wake fall sing scream cook clean smoke trip meditate walk workout dream",
    "cuddle write read code drink unwind focus concentrate calm cheer motivate pump hype",
    "exercise lift ride skate travel game nap rest mourn grieve vent rage mosh headbang",
    "strip undress kiss fuck bang bone groove dissociate daydream escape heal cope survive",
    "paint draw bake shower hike march fight train move send soothe lull lay lie sit stare",
    "reminisce reflect cruise blast bump twerk grind sway wallow zone drift float",
)
_HELPERS = frozenset({"help"})
_MUSIC_BEFORE = HEADS | words_of("something anything stuff more ones good perfect need")
_COPULAS = frozenset(
    {("you", "are"), ("i", "am"), ("your", ""), ("youre", ""), ("im", ""), ("ur", "")}
)
# "Songs for my sister" says nothing of when; "for a rainy afternoon" does.
_NO_TIME = (
    PRONOUNS
    | HEADS
    | words_of(
        "friend sister brother girlfriend boyfriend mom mum dad wife husband daughter son",
        "someone somebody everyone people person guy girl fans fan example reference while",
        "free now long reason love instance sure real life good years hours noob beginner",
        "first second last band name new some more time all any both man woman him her",
    )
)
# Times and events, beside the words that the vocabulary has.
_TIMES = words_of(
    "day days night nights morning mornings afternoon afternoons evening evenings weekend",
    "weekends hour hours week weeks month months season summer winter autumn fall spring",
    "dawn dusk noon midnight sunrise sunset monday tuesday wednesday thursday friday",
    "saturday sunday january february march april june july august september october",
    "november december christmas xmas easter halloween thanksgiving birthday anniversary",
    "graduation prom reunion ceremony reception festival concert show event gathering",
    "meeting date trip journey ride drive commute flight walk hike swim shift break nap",
    "session class lesson lecture exam test race game match campaign battle fight scene",
    "video film movie trailer montage slideshow presentation podcast stream edit ad intro",
    "commercial play project assignment mood moment phase rainstorm storm rain snow fire",
    "party parties wedding funeral memorial wake breakup depression anxiety stress grief",
    "insomnia heartbreak hangover recovery therapy motivation background office store shop",
    "restaurant bar lounge club pool beach gym spa kitchen garage shower bath car bus train",
    "plane boat campfire bonfire barbecue picnic brunch lunch dinner breakfast",
)
_MAX_WORDS = 16
_MAX_NOUNS = 6


def occasions_in(
    tokens: tuple[Token, ...], first: int, last: int, stops: AbstractSet[int]
) -> Iterator[Span]:
    """Yield the places of such phrases in a segment, in order, none over a stop."""
    at = first
    for i in range(first, last):
        if i < at or i in stops:
            continue
        reach = range(i + 1, min(last, i + 2 * _MAX_WORDS))
        end = next((k for k in reach if k in stops), last)
        for span in _phrases_at(tokens, i, first, end):
            yield span
            at = span.last


def _phrases_at(
    tokens: tuple[Token, ...], i: int, first: int, last: int
) -> Iterator[Span]:
    key = tokens[i].key
    before = tokens[i - 1].key if i > first else ""
    if key in _OPENERS and before not in _SEEKING:
        yield from _deeds(tokens, i + 1, last) or _times(tokens, i + 1, last)
    elif key == "when" and i + 1 < last and before in ("for", "to"):
        start = i + 1
        pair = (tokens[start].key, tokens[start + 1].key if start + 1 < last else "")
        if pair in _COPULAS:
            start += 2
        elif (pair[0], "") in _COPULAS:
            start += 1
        if start < last:
            yield Span(start, min(last, start + _MAX_WORDS))
    elif key == "to" and i + 1 < last and tokens[i + 1].key in _DEEDS:
        if _MUSIC_BEFORE.isdisjoint(t.key for t in tokens[max(first, i - 3) : i]):
            return
        start = i + 1
        if tokens[start].key in _HELPERS and start + 1 < last:
            # "To help with stress", "to help me sleep".
            start += 2 if tokens[start + 1].key in ("with", "me", "us", "you") else 1
        if start < last:
            yield _trimmed(tokens, start, _end(tokens, start, last))


def _deeds(tokens: tuple[Token, ...], start: int, last: int) -> list[Span]:
    """Return "driving" and "biking" of "for driving and biking", or nothing."""
    found: list[Span] = []
    if start < last and tokens[start].key in _ARTICLES:
        start += 1
    while start < last and _is_deed(tokens[start].key):
        end = _end(tokens, start, last)
        joint = next(
            (
                j
                for j in range(start + 1, end - 1)
                if tokens[j].key in ("and", "or", "slash")
                and _is_deed(tokens[j + 1].key)
            ),
            None,
        )
        found.append(_trimmed(tokens, start, end if joint is None else joint))
        if joint is None:
            break
        start = joint + 1
    return found


def _times(tokens: tuple[Token, ...], start: int, last: int) -> list[Span]:
    """Return "rainy afternoon" of "for a rainy afternoon", or nothing."""
    if start < last and tokens[start].key in _ARTICLES:
        start += 1
    end = _end(tokens, start, last) if start < last else start
    if start >= end or end - start > _MAX_NOUNS:
        return []
    if not _NO_TIME.isdisjoint(token.key for token in tokens[start:end]):
        return []
    if end < last and tokens[end].key in HEADS and tokens[end].key != "playlist":
        return []
    if not any(_is_time(token.key) for token in tokens[start:end]):
        return []
    return [_trimmed(tokens, start, end)]


def _is_time(key: str) -> bool:
    """Say whether a word is of a time, an event or a doing: "for a rainy afternoon"."""
    words = vocabulary().get(key, ())
    return key in _TIMES or any(word.kind == "context" for word in words)


def _is_deed(key: str) -> bool:
    return (
        key.endswith("ing") and len(key) > 4 and key not in _NO_DEED
    ) and key not in HEADS


def _end(tokens: tuple[Token, ...], start: int, last: int) -> int:
    end = start + 1
    while end < min(last, start + _MAX_WORDS) and tokens[end].key not in _ENDS:
        end += 1
    return end


def _trimmed(tokens: tuple[Token, ...], start: int, end: int) -> Span:
    while end - start > 1 and tokens[end - 1].key in ("to", "too", "in", "for", "and"):
        end -= 1
    return Span(start, end)
