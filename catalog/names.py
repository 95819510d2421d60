"""Normalised keys of names, so that spellings of one name meet by index."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Return the key under which spellings of one name meet.

    NFKD without marks, case folded, "&" as "and", other punctuation as one space,
    a leading "the" dropped ("The Beatles", "BEATLES"). A name of nothing but
    punctuation ("!!!") keeps its characters, so that it doesn't vanish.
    """
    plain = name.casefold()
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        parted = "".join(c for c in decomposed if not unicodedata.combining(c))
        plain = parted.casefold()
    # An apostrophe joins ("don't", "dont"), every other mark parts.
    joined = plain.replace("'", "").replace("\u2019", "").replace("&", " and ")
    key = _NOT_WORD.sub(" ", joined).replace("_", " ").strip()
    key = key.removeprefix("the ") if key != "the" else key
    return key or plain.strip()
