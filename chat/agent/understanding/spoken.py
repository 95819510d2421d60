"""Which language a message is in, where it isn't English, and what its words mean.

The rule of this file: a message is English until its own words say otherwise. Titles and
names are full of other languages ("play despacito", "la vie en rose"), so one word that
asks for something in a language must be there, few English ones beside it, and no English
opening. Where two languages share all the words that were said, both are named.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from catalog.genres import genre_spellings
from chat.agent.understanding.lexicon import command_words, mood_words
from chat.agent.understanding.tokens import words_of
from chat.agent.understanding.vocabularies import (
    UNSPACED,
    WORD,
    glossed,
    phrases_in,
    vocabularies,
)

NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
    "af": "Afrikaans", "bg": "Bulgarian", "ca": "Catalan", "et": "Estonian",
    "fa": "Persian", "hr": "Croatian", "is": "Icelandic", "lt": "Lithuanian",
    "lv": "Latvian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sw": "Swahili", "th": "Thai", "tl": "Tagalog", "bn": "Bengali",
    "ta": "Tamil", "te": "Telugu", "ka": "Georgian", "hy": "Armenian",
}  # fmt: skip

_READ_CHARS = 600
# Of the words that were recognised at all, so many are the other language's.
_SHARE = 0.67
# Of all words, so many are recognised: what is left are names.
_RECOGNISED = 0.34
# The n-gram model decides alone on languages that have no words here, for longer
# messages without one English word; between two that are close, on any.
# A long message of many small words needs none that asks: titles are shorter.
_LONG, _LONG_OWN = 7, 5
# What titles hold as often as requests.
_GREETINGS = ("hello", "thanks", "bye")
_WEAK = ("no", "more", "less", "like", "old", "new", "something")
_MODEL_WORDS, _MODEL_SURE, _TIE_SURE = 5, 0.99, 0.9
_ENGLISH = words_of(
    "the and of to in is it you that was for on are with as his they at be this from",
    "have or had not but what all were when we there can an your which their said if",
    "do will each about how up out them then she many some so these would other into",
    "has more her two like him see time could no make than first been its who now",
    "my me i a by very after over also back our just him know take people get good",
    "songs song play music add album playlist tune track artist put list i'm don't",
    "something anything want need please give hear listen find",
)
_OPENS_ENGLISH = re.compile(
    r"^(?:please |hey |can you |could you |would you |i want to |i'd like to |let's |ok |okay )*"
    r"(?:play|add|put|include|give|show|find|search|listen|hear|i (?:want|need|like|love)"
    r"|can i|could i|some|more|songs|music|something|anything|remove|delete|use|rate|book"
    r"|save|what|who|how|the|this|my|i'm|need|want|start|turn|open|get|let|do you|make)\b"
)
_SCRIPTS = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"),
    ("CYRILLIC", "ru"), ("GREEK", "el"), ("ARABIC", "ar"), ("HEBREW", "he"),
    ("DEVANAGARI", "hi"), ("THAI", "th"), ("BENGALI", "bn"), ("TAMIL", "ta"),
    ("TELUGU", "te"), ("GEORGIAN", "ka"), ("ARMENIAN", "hy"),
)  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """In which language a message seems to be; several where they can't be told apart.

    gloss: the message word by word in English, as far as its words are known.
    """

    names: tuple[str, ...]
    gloss: str


@dataclass(frozen=True)
class _Score:
    """How many words are a language's: alone or also English, and with a meaning.

    refusals: such as mean "no"; they ask for something beside a genre alone.
    """

    own: int = 0
    shared: int = 0
    anchors: int = 0
    refusals: int = 0

    @property
    def words(self) -> int:
        return self.own + self.shared


def spoken_in(text: str, *, names: frozenset[str] = frozenset()) -> Spoken | None:
    """Say which other language a message is in; None for English, or for names.

    names: words (lower case) that are part of names, and speak for no language. Takes
    about a millisecond; where the n-gram model is asked, which takes half a second to
    load, one more.
    """
    plain = unicodedata.normalize("NFC", text[:_READ_CHARS]).lower().replace("’", "'")
    plain = " ".join(plain.split())
    script = _script_of(plain)
    if script is not None:
        return _of_script(plain, script)
    every = [match.group() for match in WORD.finditer(plain)]
    words = [word for word in every if word not in _genre_words()]
    if not words or _OPENS_ENGLISH.match(plain):
        return None
    has_genre = len(words) < len(every)
    english = [word for word in words if _is_english(word)]
    scores = {
        code: _score(words, code, names, plain)
        for code, known in vocabularies().items()
        if known.small
    }
    best = max(scores, key=lambda code: (scores[code].words, scores[code].anchors))
    if _is_spoken(scores[best], words, english, has_genre=has_genre):
        top = scores[best]
        tied = [
            code
            for code, score in scores.items()
            if (score.words, score.anchors) == (top.words, top.anchors)
        ]
        tied = _tie_broken(tied, plain)
        return Spoken(tuple(NAMES[code] for code in tied), glossed(plain, tied[0]))
    if english or len(words) < _MODEL_WORDS or not names.isdisjoint(words):
        return None
    code, sure = _model().classify(plain)
    if sure < _MODEL_SURE or code in vocabularies() or code not in NAMES:
        return None
    return Spoken((NAMES[code],), glossed(plain, ""))


def _is_spoken(
    score: _Score, words: list[str], english: list[str], *, has_genre: bool
) -> bool:
    """Say whether so many words of a language are that language."""
    only_english = max(0, len(english) - score.shared)
    is_long = len(words) >= _LONG and score.own >= _LONG_OWN and not only_english
    asks = score.anchors or (score.refusals and has_genre) or is_long
    if not asks or score.own == 0:
        return False
    if score.words / len(words) < _RECOGNISED:
        return False
    if score.own / (score.own + only_english) < _SHARE:
        return False
    if score.own >= 2 or (score.shared and not only_english):
        return True
    return len(words) == 1 and len(words[0]) > 3


def _score(words: list[str], code: str, names: frozenset[str], plain: str) -> _Score:
    own = shared = anchors = refusals = 0
    for said, meaning in phrases_in(words, code):
        if meaning is None or not names.isdisjoint(said):
            continue
        for word in said:
            if _is_english(word):
                shared += 1
            else:
                own += 1
        if meaning and not all(map(_is_english, said)):
            refusals += meaning == "no"
            anchors += _asks(" ".join(said), meaning, plain)
    return _Score(own, shared, anchors, refusals)


def _asks(said: str, meaning: str, plain: str) -> bool:
    """Say whether a word asks or greets, which titles seldom do."""
    if meaning in _GREETINGS:
        # "gracias, adiós", and not "gracias a la vida".
        return re.search(rf"\b{re.escape(said)}\s*(?:[,.!?¡]|$)", plain) is not None
    return meaning not in _WEAK


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    own = command_words() | {word for word in mood_words() if " " not in word}
    return (_ENGLISH | own) - _genre_words()


@lru_cache(maxsize=1)
def _genre_words() -> frozenset[str]:
    """Return the words of genres, which belong to every language: rock, bossa, nova."""
    return frozenset(word for key in genre_spellings() for word in key.split())


def _is_english(word: str) -> bool:
    return word in _english_words()


def _script_of(plain: str) -> str | None:
    """Return the language of the script that most letters are of; None for Latin."""
    letters = [char for char in plain if char.isalpha()]
    if not letters:
        return None
    counts: dict[str, int] = {}
    for char in letters:
        name = unicodedata.name(char, "")
        code = next((code for script, code in _SCRIPTS if name.startswith(script)), "")
        if code:
            counts[code] = counts.get(code, 0) + 1
    if sum(counts.values()) * 2 <= len(letters):
        return None
    if "ja" in counts:
        return "ja"
    code = max(counts, key=counts.__getitem__)
    if code == "ru" and re.search("[іїєґ]", plain):
        return "uk"
    if code == "ru" and re.search("[ђјљњћџ]", plain):
        return "sr"
    return "fa" if code == "ar" and re.search("[پچژگ]", plain) else code


def _of_script(plain: str, code: str) -> Spoken | None:
    """Return what is said in another script; None where it may be a name."""
    if code in UNSPACED:
        known = vocabularies()[code]
        has_meaning = any(word in plain for word in known.meanings)
    else:
        words = [match.group() for match in WORD.finditer(plain)]
        has_meaning = code in vocabularies() and any(
            meaning for _, meaning in phrases_in(words, code)
        )
        has_meaning = has_meaning or len(words) > 3
    return Spoken((NAMES[code],), glossed(plain, code)) if has_meaning else None


def _tie_broken(codes: list[str], plain: str) -> list[str]:
    """Return the likeliest of languages that share all the words, if one stands out."""
    if len(codes) == 1:
        return codes
    ranks = dict(_model().rank(plain))
    likely = sorted(codes, key=lambda code: -ranks.get(code, 0.0))
    total = sum(ranks.get(code, 0.0) for code in codes)
    if total and ranks.get(likely[0], 0.0) / total >= _TIE_SURE:
        return likely[:1]
    return likely[:2]


@lru_cache(maxsize=1)
def _model() -> Any:
    """Return the n-gram model of py3langid. Half a second, once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
