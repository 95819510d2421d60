"""How a voice or an instrument is described: "raspy female vocals", "clean vocals".

What stands before a voice tells which voice; before an instrument only its make counts
("electronic drums"), and how it feels is a mood ("sad harmonica").
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from chat.agent.understanding.descriptors.matching import Match
from chat.agent.understanding.descriptors.words import INTROS, JOINERS, PLAIN
from chat.agent.understanding.tokens import Span, Token, words_of

_VOICES = words_of(
    "vocal vocals voice voices vocalist vocalists singer singers screams screaming vox",
    "singing growl growls rapping chants",
)
_VOICE_MAKES = words_of(
    "female male women mens womens clean harsh raspy husky breathy whispery deep low high",
    "pitched soft gentle soulful smooth rough gravelly powerful strong soaring operatic",
    "robotic autotuned distorted layered angelic ethereal haunting minimal narrative spoken",
    "baritone bass tenor soprano alto falsetto lead backing background chopped pitch",
    "whispered sung rapped screamed growly emotional nasally twangy sultry sexy creepy",
    "girl girls woman guy guttural harsher softer creepy obscured screamed lead",
    "monotone melodic unique weird child childrens kids old young black white duet group",
    "choir wordless processed reverby echoey passionate aggressive intense beautiful sweet",
)
_MAKES = words_of(
    "electronic electric acoustic live traditional distorted analog analogue modular steel",
    "slide tribal programmed synthesized synthesised string brass woodwind wind percussion",
    "orchestral ethnic folk bowed plucked muted detuned prepared toy honky detuned finger",
    "two three four 2 3 4 double twin upright grand",
)
_PARTS = words_of(
    "instruments instrument instrumentals instrumentation section ensemble"
)


def widened(
    tokens: tuple[Token, ...], match: Match, taken: AbstractSet[int], first: int
) -> Match:
    """Take the words into a voice or instrument that say which one it is."""
    if match.word.kind != "instrument":
        return match
    start, end = match.span.first, match.span.last
    makes = _VOICE_MAKES if tokens[end - 1].key in _VOICES else _MAKES
    while start > first and start - 1 not in taken:
        before = tokens[start - 1].key
        if before not in makes or before in PLAIN or before in INTROS:
            break
        start -= 1
    while end < len(tokens) and tokens[end].key in _PARTS and end not in taken:
        end += 1
    while end - start > 1 and tokens[start].key in JOINERS:
        start += 1
    if len(match.span) == end - start:
        return match
    return replace(match, span=Span(start, end), parts=(match,))


def voices_joined(tokens: tuple[Token, ...], found: list[Match]) -> list[Match]:
    """Make one of what says which voice and the voice: "female" and "clean vocals"."""
    joined: list[Match] = []
    for match in found:
        while joined and _is_voice_of(tokens, joined[-1], match):
            before = joined.pop()
            span = Span(before.span.first, match.span.last)
            match = replace(match, span=span, parts=(before, match))
        joined.append(match)
    return joined


def _is_voice_of(tokens: tuple[Token, ...], one: Match, other: Match) -> bool:
    makes = [token.key for token in tokens[one.span.first : one.span.last]]
    return (
        one.word.kind == other.word.kind == "instrument"
        and one.span.last == other.span.first
        and tokens[other.span.last - 1].key in _VOICES
        and _VOICE_MAKES.issuperset(makes)
    )
