"""The value that reading a message's descriptors gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.tokens import Span

Kind = Literal["genre", "mood", "instrument", "context", "era", "place"]
# Wanted, refused, or named to be near to: "jazz", "no jazz", "with a bit of jazz".
Polarity = Literal["+", "-", "~"]


@dataclass(frozen=True)
class DescriptorSpan:
    """Words of a message that say what the music is like, or what it is for.

    span is in tokens of the message, start and end in characters, text what stands there. key: the
    taxonomy's genre ("" for one that it lacks), or what the vocabulary of that kind
    calls it: "piano" for "pianist", "brazil" for "brazilian", "drive" for "road trip";
    of a mood its own name key. leanings: what a mood, an instrument or an occasion asks
    of a song, said positively. year_from and year_to: of an era, both counted in.

    is_told: words of the lexicon that lean on a song's attributes where nothing says
    that they describe music: "I'm alone tonight". They count as soft wishes alone.
    parts: of an occasion that is a whole phrase, what in it leans on something.
    """

    kind: Kind
    span: Span
    start: int
    end: int
    text: str
    polarity: Polarity
    key: str
    leanings: tuple[Leaning, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    is_told: bool = False
    parts: tuple[DescriptorSpan, ...] = ()
