"""A question in plain words: "wats" is "what is", and every word knows where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.respelling import english_words
from chat.agent.understanding.spans import NAMES, Named
from chat.agent.understanding.tokens import words_of

_WORD = re.compile(r"_+|[\w'#%]+|\s+")
_SHORT = {
    "u": "you", "r": "are", "ur": "your", "wat": "what", "wot": "what", "wich": "which",
    "wen": "when", "hw": "how", "pls": "please", "plz": "please", "thru": "through",
    "tho": "though", "info": "information", "vol": "volume", "thx": "thanks", "da": "the",
    "doesnt": "does not", "doesn't": "does not", "isnt": "is not", "isn't": "is not",
    "dont": "do not", "don't": "do not", "didnt": "did not", "didn't": "did not",
    "ya": "you", "rn": "right now", "y'all": "you", "yall": "you", "im": "i am", "i'm": "i am", "wanna": "want to",
    "len": "length", "ft": "feat", "bpms": "bpm", "prev": "previous", "nxt": "next",
}  # fmt: skip
_WITH_IS = re.compile(
    r"^(who|what|wat|where|when|how|that|it|there|here|which|this|why)'?(?:s|z)$"
)
# Misspelt, these are still meant: a letter more, less, other or out of its turn.
_MEANT = tuple(
    words_of(
        "album albums artist artists singer genre genres playlist playlists popular song songs",
        "length tempo energy average released release track tracks catalog library fastest",
        "slowest oldest newest saddest happiest shortest longest trending similar volume",
        "explicit language change changed before louder quieter called decade producer",
        "produced lyrics written wrote recorded playing pause resume previous minutes",
        "total music explain version original remix which where",
    )
)
# Artists go by these words too, and who asks doesn't mean them.
_NO_NAMES = words_of(
    "who what when where why how which is are was were it this that these those them they he",
    "she him her you your i me my we the a an in on of by from to and or do does did have has",
    "song songs track tracks album albums list playlist next previous skip pause stop play",
    "louder quiet quieter mute volume repeat resume first second third last one ones all any",
    "some more there here now artist artists band bands singer music year long many much like",
    "redo undo again back up down off out go new old best top hot hits genre tempo key length",
    "s other others another life most fast slow sad happy oldest newest words text name title",
    "trending trend chart charts hit viral famous newer older mix number live same popular time times love shuffle rewind forward",
)
_LEAD = re.compile(
    r"^(?:(?:please|so|and|an|nd|n|or|ok|okay|hey|hi|hello|um+|uh+|hm+|well|oh|ah|also|btw|by the way|now|but"
    r"|wait|sorry|cool|nice|great|thanks|thank you|then|yes|yeah|no|lol|haha|just|quick question"
    r"|actually|out of curiosity|man|dude|mate|alright|right|good|perfect|wow|love it|question"
    r"|(?:i was |i am )?(?:just )?wondering|i wonder|i am curious|curious|any idea|any clue|remind me"
    r"|let me know|say|may i ask|can i ask(?: you)?|could i ask|quickly"
    r"|(?:can|could|would|will) you (?:please )?(?:just |quickly |maybe )?(?:tell|remind|show) (?:me|us)(?: please)?"
    r"|(?:do|would) you (?:happen to |maybe |even )?know|you know|tell (?:me|us)(?: please)?"
    r"|i (?:would |really |also |just )*(?:like|love|want|wanted|need|wish) to know"
    r"|what i (?:would like|want|wanted) to know is|i forgot|i do not know|not sure"
    r"|(?:what|how) about (?=its |the (?:genre|album|year|tempo|key|length|language|label|lyrics|writer|producer)\b)"
    r"|if|whether) )+(?=\S)"
)
_TRAIL = re.compile(
    r"(?: (?:please|thanks|thank you|then|btw|by the way|exactly|actually|though|anyway|anyways"
    r"|by any chance|again|man|dude|mate|lol|do you know|can you tell me|for me|if you know|haha"
    r"|i wonder|precisely|roughly|approximately|do you think|so far|right now"
    r"|at the moment|you know|would you))+$"
)
# What may be cut off only where no pattern fits the whole.
_AND = re.compile(
    r"(?:,| and| or| &| plus)+ (?=(?:who|what|when|where|how|which|is|are|was|does|do|did|has)\b)"
)


@dataclass(frozen=True)
class Plain:
    """A question's words with their places in the clause; `places` has one more, the end."""

    text: str
    places: tuple[int, ...]
    clause: Clause
    message: str

    def part(self, start: int, end: int) -> Plain:
        """Return some of it, without white space around."""
        said = self.text[start:end]
        start += len(said) - len(said.lstrip())
        end = max(start, end - (len(said) - len(said.rstrip())))
        return Plain(
            self.text[start:end],
            self.places[start : end + 1],
            self.clause,
            self.message,
        )

    def group(self, match: re.Match[str], name: str) -> Plain | None:
        """Return a group of a match as a part; None where it isn't in it."""
        if not match.groupdict().get(name):
            return None
        part = self.part(*match.span(name))
        return part if part.text else None

    @property
    def raw(self) -> str:
        """Return it as it was written."""
        start = self.clause.start + self.places[0]
        end = self.clause.start + self.places[-1]
        return self.message[start:end].strip(" \"'“”‘’.!?,")

    @property
    def named(self) -> tuple[Named, ...]:
        """Return the names in it."""
        start = self.clause.start + self.places[0]
        end = self.clause.start + self.places[-1]
        return tuple(
            n for n in names_of(self.clause) if n.start < end and start < n.end
        )

    @property
    def as_clause(self) -> Clause:
        """Return it as a clause of the message."""
        cut, _ = self.clause.cut_at(self.places[-1])
        _, cut = cut.cut_at(self.places[0])
        return cut


def plainly(clause: Clause, message: str) -> Plain:
    """Put a clause into plain words: lower case, names blanked, no signs, one space."""
    masked = _masked(clause)
    said: list[str] = []
    places: list[int] = []
    for match in _WORD.finditer(masked):
        word = " " if match.group().isspace() else _plain_word(match.group())
        if word == " " and (not said or said[-1].endswith(" ")):
            continue
        said.append(word)
        places.extend([match.start()] * len(word))
        if match.group()[0] == "_" or word == match.group():
            places[len(places) - len(word) :] = range(match.start(), match.end())
    places.append(len(masked.rstrip(" .!?")))
    return Plain("".join(said), tuple(places), clause, message).part(0, len(places) - 1)


def questions_of(plain: Plain) -> Iterator[Plain]:
    """Yield single questions: "who sings it and when did it come out"."""
    start = 0
    for match in (*_AND.finditer(plain.text), None):
        end = match.start() if match else len(plain.text)
        part = plain.part(start, end)
        if part.text:
            yield part
        start = match.end() if match else end


def bared(plain: Plain) -> Iterator[Plain]:
    """Yield a question, then without courtesies before it, and without those after it."""
    yield plain
    lead = _LEAD.match(plain.text)
    if lead:
        plain = plain.part(lead.end(), len(plain.text))
        yield plain
    trail = _TRAIL.search(plain.text)
    if trail:
        yield plain.part(0, trail.start())


def is_mere_lead(plain: Plain) -> bool:
    """Say whether words only lead up to a question: "hey, quick question"."""
    return _LEAD.match(f"{plain.text} who") is not None and not _LEAD.sub(
        "", f"{plain.text} who"
    ).removeprefix("who")


def names_of(clause: Clause) -> tuple[Named, ...]:
    """Return the names that a question may mean: not "Who" and "Next"."""
    return tuple(n for n in clause.named if not _is_no_name(n))


def _is_no_name(named: Named) -> bool:
    words = re.findall(r"\w+", named.text.lower())
    return named.kind in NAMES and all(word in _NO_NAMES for word in words)


def _masked(clause: Clause) -> str:
    """Return the clause with names blanked, kinds of music not."""
    text = clause.text
    for named in names_of(clause):
        if named.kind in NAMES:
            start = named.start - clause.start
            end = named.end - clause.start
            is_owner = text[start:end].endswith(("'s", "s'"))
            blank = "_" * (end - start - 2 * is_owner) + ("'s" if is_owner else "")
            text = text[:start] + blank + text[end:]
    return text


def _plain_word(word: str) -> str:
    if word[0] == "_":
        return word
    word = word.strip("'") or word
    if word in _SHORT:
        return _SHORT[word]
    is_said = _WITH_IS.match(word)
    if is_said:
        base = is_said[1]
        return f"{_SHORT.get(base, base)} is"
    return _meant(word)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """Return the word of a question that a misspelt one is nearest to."""
    if len(word) < 5 or word in english_words() or word in _MEANT:
        return word
    near = [w for w in _MEANT if abs(len(w) - len(word)) < 2]
    return next((w for w in near if OSA.distance(w, word, score_cutoff=1) < 2), word)
