"""What a clause asks for: genres, moods, artists, times, counts, and words to search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.comparatives import is_inflected
from chat.agent.understanding.eras import Era, era_said
from chat.agent.understanding.lexicon import (
    Leaning,
    command_words,
    comparative_words,
    mood_words,
)
from chat.agent.understanding.negation import is_refused_at
from chat.agent.understanding.numbers import NUMBER_WORDS, count_said, minutes_said
from chat.agent.understanding.reading import Mood, Wanted
from chat.agent.understanding.spans import Named
from chat.agent.understanding.tokens import Span, is_gibberish
from chat.agent.understanding.unknown import Unknown, unknown_in

LIKENESS = re.compile(
    r"\b(?:like|similar to|along the lines of|in the (?:style|vein|spirit) of|resembling"
    r"|reminds? me of|close to|such as|inspired by|influenced by)\b"
)
LIKE_ME = re.compile(
    r"\b(?:i|we)(?:'d| would|'ll)? (?:really |do |quite |also |absolutely |still |actually )*"
    r"(?:like|love|enjoy|liked|loved|adore|enjoyed)\b|\bwould you like\b|\bfeel(?:ing)? like\b"
)
_BPM = re.compile(r"\b(?P<bpm>\d{2,3}) ?(?:bpm|beats per minute)\b")
_REFUSED_ERA = re.compile(
    r"\b(?:not|no|nothing|none|without|except|excluding|avoid|hate|don't|anything but"
    r"|but not)(?: (?:any|anything|something|songs?|music|tracks?|stuff|from|of|in|the|want"
    r"|like|play|add|hear|to|that's|that is|made|released))*\s*$"
)
_BPM_RANGE = range(40, 251)


def wanted_in(clause: Clause, text: str, *, this_year: int) -> Wanted:
    """Return what a clause wants. A refused decade is not in it: see `era_refused`."""
    era = era_said(clause.text, this_year=this_year)
    named = _outside(clause, era)
    is_likeness = _is_likeness(clause)
    artists = _ids(n for n in named if n.kind == "artist" and not n.is_negated)
    moods = (_mood(n) for n in named if n.kind == "mood")
    tempo = _BPM.search(clause.text)
    unknown = unknown_in(clause, text)
    has_era = era is not None and not _is_era_refused(clause, era)
    return Wanted(
        words=_content_words(clause, text, era, unknown),
        moods=tuple(dict.fromkeys(mood for mood in moods if mood is not None)),
        genres=_keys(n for n in named if n.kind == "genre" and not n.is_negated),
        without_genres=_keys(n for n in named if n.kind == "genre" and n.is_negated),
        artists=() if is_likeness else artists,
        like_artists=artists if is_likeness else (),
        without_artists=_ids(n for n in named if n.kind == "artist" and n.is_negated),
        like_tracks=_ids(n for n in named if n.kind == "title"),
        unknown_names=tuple(dict.fromkeys(name.name for name in unknown)),
        year_from=era.year_from if era and has_era else None,
        year_to=era.year_to if era and has_era else None,
        era_words=era.words if era and has_era else "",
        tempo_bpm=int(tempo["bpm"])
        if tempo and int(tempo["bpm"]) in _BPM_RANGE
        else None,
        count=count_said(clause.masked),
        minutes=minutes_said(clause.masked),
    )


def era_refused(clause: Clause, *, this_year: int) -> Wanted | None:
    """Return the decade that a clause refuses: "nothing from the 80s"."""
    era = era_said(clause.text, this_year=this_year)
    if era is None or not _is_era_refused(clause, era):
        return None
    return Wanted(year_from=era.year_from, year_to=era.year_to, era_words=era.words)


def without_era(clause: Clause, *, this_year: int) -> str:
    """Return the clause's masked text with its era blanked: "the last ten years"."""
    era = era_said(clause.text, this_year=this_year)
    if era is None:
        return clause.masked
    blank = " " * (era.end - era.start)
    return clause.masked[: era.start] + blank + clause.masked[era.end :]


def positive(wanted: Wanted) -> Wanted:
    """Read names after "remove" as what to remove, however they were negated."""
    has_more = wanted.moods or wanted.genres or wanted.without_genres
    return Wanted(
        words=() if has_more else wanted.words,
        moods=wanted.moods,
        genres=(*wanted.genres, *wanted.without_genres),
        artists=(*wanted.artists, *wanted.without_artists, *wanted.like_artists),
        unknown_names=wanted.unknown_names,
        year_from=wanted.year_from,
        year_to=wanted.year_to,
        era_words=wanted.era_words,
    )


def only_refuses(wanted: Wanted) -> bool:
    """Say whether something is refused and nothing asked for."""
    refused = wanted.without_genres or wanted.without_artists
    rest = replace(wanted, without_genres=(), without_artists=())
    return bool(refused) and rest.is_empty


def joined(first: Wanted, second: Wanted) -> Wanted:
    """Return both wishes as one; of two times or counts the first holds."""
    rows = {
        name: tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))
        for name in (
            "words", "moods", "genres", "without_genres", "artists", "without_artists",
            "like_artists", "like_tracks", "unknown_names",
        )
    }  # fmt: skip
    era = first if first.era_words else second
    return Wanted(
        **rows,
        year_from=era.year_from,
        year_to=era.year_to,
        era_words=era.era_words,
        tempo_bpm=first.tempo_bpm or second.tempo_bpm,
        count=first.count or second.count,
        minutes=first.minutes or second.minutes,
    )


def _outside(clause: Clause, era: Era | None) -> list[Named]:
    if era is None:
        return list(clause.named)
    place = range(clause.start + era.start, clause.start + era.end)
    return [n for n in clause.named if n.start not in place]


def _is_era_refused(clause: Clause, era: Era) -> bool:
    return _REFUSED_ERA.search(clause.text[: era.start]) is not None


def _is_likeness(clause: Clause) -> bool:
    said = LIKE_ME.sub(" ", clause.masked)
    return LIKENESS.search(said) is not None


def _mood(named: Named) -> Mood | None:
    if is_inflected(named) and named.key not in mood_words():
        return Mood(named.text.lower(), comparative_words()[named.key])
    leanings = mood_words().get(named.key, comparative_words().get(named.key, ()))
    if not named.is_negated:
        return Mood(named.text.lower(), leanings)
    # "not too slow" is not "fast": the other half, and nothing stronger.
    turned = tuple(
        Leaning(x.attribute, -1 if x.step > 0 else 1) for x in leanings if x.step
    )
    return Mood(f"not {named.text.lower()}", turned) if turned else None


def _keys(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.key for n in named))


def _ids(named: Iterable[Named]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n.key) for n in named))


def _content_words(
    clause: Clause, text: str, era: Era | None, unknown: tuple[Unknown, ...]
) -> tuple[str, ...]:
    """Return the words that may tell of the music: no commands, artists or refusals."""
    hidden = [
        (n.start, n.end)
        for n in clause.named
        if n.kind in ("artist", "title") or n.is_negated
    ]
    hidden.extend((name.start, name.end) for name in unknown)
    if era is not None:
        hidden.append((clause.start + era.start, clause.start + era.end))
    return tuple(
        dict.fromkeys(
            token.key
            for i, token in enumerate(clause.tokens)
            if _tells_of_music(token.key)
            and not any(start <= token.start < end for start, end in hidden)
            and not is_refused_at(text, clause.tokens, Span(i, i + 1))
        )
    )


def _tells_of_music(key: str) -> bool:
    return (
        len(key) > 1
        and key not in command_words()
        and key not in NUMBER_WORDS
        and not any(char.isdigit() for char in key)
        and not is_gibberish(key)
    )
