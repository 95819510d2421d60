"""Words of other languages with their meanings in English, as data, and a gloss by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chat.agent.understanding.lexicon import DATA

# Languages that are written without spaces, or with endings on every word.
UNSPACED = ("ja", "zh", "ko")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*'?", re.UNICODE)
_MAX_WORDS = 4
_DECADE = re.compile(
    r"\b(?:(?:los|las|les|gli|dos|das|die|de|dei|degli) )?(?:años|anos|anni|ann[ée]es|anii"
    r"|jaren|lata?|los|dei|dos|δεκαετία του) (?:19|20)?['’]?(?P<a>\d0)\b"
    r"|\b(?:19|20)?(?P<b>\d0)(?:er(?: jahren?)?\b|s?-?(?:tal\w*|an\b|luvun|luvulta|luku)\b|'?l[ae]r\w*|-?[xх]\b|年代|년대)"
    r"|\b(?:19|20)?(?P<c>\d0)[. -]?(?:let|lat|er jahren?)\b"
)


@dataclass(frozen=True)
class Vocabulary:
    """Words of one language: small ones, and those with a meaning in English."""

    small: frozenset[str]
    meanings: dict[str, str]


@lru_cache(maxsize=1)
def vocabularies() -> dict[str, Vocabulary]:
    """Read the words of each language."""
    small: dict[str, set[str]] = {}
    meanings: dict[str, dict[str, str]] = {}
    for line in (DATA / "languages.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        code, words, meaning = line.split("\t")
        for word in words.split("|"):
            if meaning == "-":
                small.setdefault(code, set()).add(word)
            else:
                meanings.setdefault(code, {})[word] = meaning
    return {
        code: Vocabulary(frozenset(small.get(code, ())), known)
        for code, known in meanings.items()
    }


def phrases_in(words: list[str], code: str) -> Iterator[tuple[list[str], str | None]]:
    """Yield the longest known phrases in order, each with its meaning.

    The meaning is "" for small words, and None for a word that isn't known.
    """
    known = vocabularies()[code]
    at = 0
    while at < len(words):
        for size in range(min(_MAX_WORDS, len(words) - at), 0, -1):
            said = words[at : at + size]
            meaning = known.meanings.get(" ".join(said))
            if meaning is None and size == 1 and said[0] in known.small:
                meaning = ""
            if meaning is not None or size == 1:
                yield said, meaning
                at += size
                break


def glossed(plain: str, code: str) -> str:
    """Put known words into English, drop small ones, and leave the rest as it is."""
    plain = _DECADE.sub(lambda m: f" the {m['a'] or m['b'] or m['c']}s ", plain)
    if code not in vocabularies():
        return plain
    if code in UNSPACED:
        for word, meaning in sorted(
            vocabularies()[code].meanings.items(), key=lambda row: -len(row[0])
        ):
            plain = plain.replace(word, f" {meaning} ")
        return " ".join(plain.split())
    parts: list[str] = []
    for piece in re.findall(r"[^\W\d_][^,.!?;:\d]*|[\d]+\w*|[,.!?;:]", plain):
        words = [match.group() for match in WORD.finditer(piece)]
        if not words or piece[0].isdigit():
            parts.append(piece)
            continue
        parts.extend(
            " ".join(said) if meaning is None else meaning
            for said, meaning in phrases_in(words, code)
        )
    return " ".join(part for part in parts if part)
