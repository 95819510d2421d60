"""Names that people are given and inherit, of some ninety countries, from Faker (MIT).

Faker's lists are data of its providers; nothing is made up here. They take 0.5 s and
40 MB, once, where the first message is scrubbed: in a worker.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from faker.providers import lorem, person

from catalog.genres import genre_spellings
from catalog.names import name_key

EVERYDAY = Path(__file__).with_name("everyday.txt")


@lru_cache(maxsize=1)
def given_names() -> Counter[str]:
    """Return name keys of given names, with how many lists hold each."""
    return _listed("first_name")


@lru_cache(maxsize=1)
def surnames() -> Counter[str]:
    """Return name keys of surnames, with how many lists hold each."""
    return _listed("last_name")


@lru_cache(maxsize=1)
def everyday_names() -> frozenset[str]:
    """Return names that are more often a word: "will", "rose", "may"."""
    return frozenset(word for row in _rows() for word in row.split()) - {"+"}


@lru_cache(maxsize=1)
def mere_words() -> frozenset[str]:
    """Return those of them that a capital letter makes no name of: "April", "Jazz"."""
    rows = (row for row in _rows() if row.startswith("+"))
    return frozenset(word for row in rows for word in row.split())


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Return common words of many languages, and none that is only a name."""
    words = {word for said in _word_lists() for word in said}
    keys = {name_key(word) for word in words} | set(genre_spellings())
    return frozenset(keys - set(given_names())) | everyday_names()


def _rows() -> list[str]:
    lines = EVERYDAY.read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _listed(start: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name in _locales(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{name}").Provider
        attributes = (a for a in dir(provider) if a.startswith(start))
        said = {n for a in attributes for n in _names(getattr(provider, a))}
        counted.update({name_key(one) for one in said if len(one) > 1})
    return counted


def _names(value: object) -> Iterator[str]:
    """Yield names of a list as Faker keeps them: with weights, or with readings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict | set | frozenset):
        for one in value:
            yield from _names(one)


def _word_lists() -> Iterator[list[str]]:
    for name in _locales(lorem.__path__):
        if name != "la":  # Cicero's, which nobody writes.
            module = importlib.import_module(f"{lorem.__name__}.{name}")
            yield list(module.Provider.word_list)


def _locales(path: list[str]) -> Iterator[str]:
    for module in pkgutil.iter_modules(path):
        yield module.name
