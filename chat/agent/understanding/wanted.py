"""What a clause asks for: genres, moods, artists, times, counts, and words to search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chat.agent.constraints import Constraint, Kind
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.commands import TAKE_OUT
from chat.agent.understanding.comparatives import is_inflected
from chat.agent.understanding.demands import demands_in, without_demands
from chat.agent.understanding.exceptions import exceptions_in
from chat.agent.understanding.lexicon import (
    Leaning,
    command_words,
    comparative_words,
    mood_words,
)
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.negation import is_refused_at
from chat.agent.understanding.numbers import NUMBER_WORDS, count_said, minutes_said
from chat.agent.understanding.spans import Named
from chat.agent.understanding.times import Times, both, times_in
from chat.agent.understanding.tokens import Span, is_gibberish
from chat.agent.understanding.unknown import Unknown, unknown_in
from chat.agent.understanding.wish import (
    Wanted,
)

LIKENESS = re.compile(
    r"\b(?:like|similar to|along the lines of|in the (?:style|vein|spirit) of|resembling"
    r"|reminds? me of|close to|such as|inspired by|influenced by)\b"
)
LIKE_ME = re.compile(
    r"\b(?:i|we)(?:'d| would|'ll)? (?:really |do |quite |also |absolutely |still |actually )*"
    r"(?:like|love|enjoy|liked|loved|adore|enjoyed)\b|\bwould you like\b|\bfeel(?:ing)? like\b"
)


def wanted_in(clause: Clause, text: str, *, this_year: int) -> Wanted:
    """Return what a clause wants: of times what it asks for, and what it refuses."""
    demands = demands_in(clause, text)
    clause = without_demands(clause, demands)
    times = times_in(clause, this_year=this_year)
    named = [n for n in clause.named if not times.covers(n.start - clause.start)]
    takes_out = TAKE_OUT.search(clause.masked) is not None
    exceptions = exceptions_in(clause.text, clause.start, named, takes_out=takes_out)
    named = [n for n in named if n not in exceptions.named]
    is_likeness = _is_likeness(clause)
    artists = _ids(n for n in named if n.kind == "artist" and not n.is_negated)
    moods = (_mood(n) for n in named if n.kind == "mood")
    spared = {at for place in exceptions.places for at in place}
    unknown = tuple(
        name for name in unknown_in(clause, text) if name.start not in spared
    )
    return Wanted(
        words=_content_words(clause, text, times, unknown, exceptions.places),
        moods=tuple(dict.fromkeys(mood for mood in moods if mood is not None)),
        genres=_keys(n for n in named if n.kind == "genre" and not n.is_negated),
        without_genres=_keys(n for n in named if n.kind == "genre" and n.is_negated),
        artists=() if is_likeness else artists,
        like_artists=artists if is_likeness else (),
        without_artists=_ids(n for n in named if n.kind == "artist" and n.is_negated),
        like_tracks=_ids(n for n in named if n.kind == "title" and not n.is_negated),
        unknown_names=tuple(dict.fromkeys(name.name for name in unknown)),
        year_from=times.year_from,
        year_to=times.year_to,
        era_words=times.words,
        constraints=(
            *(demand.constraint for demand in demands),
            *times.refused,
            *_tagged(named),
        ),
        exceptions=exceptions.of_genres,
        contradictions=times.contradictions,
        count=count_said(" ".join(clause.masked.split())),
        minutes=minutes_said(" ".join(clause.masked.split())),
    )


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
        exceptions=wanted.exceptions,
        constraints=tuple(
            replace(held, is_refused=False) if held.kind in _NAMED_AS_GONE else held
            for held in wanted.constraints
        ),
    )


def kinds_of(wanted: Wanted) -> tuple[Wanted, ...]:
    """Return what is wanted apart by kind: artists, genres, a time, moods, demands."""
    era = Wanted(
        year_from=wanted.year_from, year_to=wanted.year_to, era_words=wanted.era_words
    )
    apart = (
        Wanted(artists=wanted.artists, unknown_names=wanted.unknown_names),
        Wanted(genres=wanted.genres, exceptions=wanted.exceptions),
        era,
        Wanted(moods=wanted.moods),
        *(Wanted(constraints=(held,)) for held in wanted.constraints),
    )
    return tuple(one for one in apart if not one.is_empty or one.unknown_names)


# "Remove anything live, no remixes": what goes is named, however it was negated.
_NAMED_AS_GONE = frozenset({"years", "language", "version", "instrument", "place"})


def only_refuses(wanted: Wanted) -> bool:
    """Say whether something is refused and nothing asked for."""
    refused = (
        *wanted.without_genres,
        *wanted.without_artists,
        *(held for held in wanted.constraints if held.is_refused),
    )
    asked = tuple(held for held in wanted.constraints if not held.is_refused)
    rest = replace(wanted, without_genres=(), without_artists=(), constraints=asked)
    return bool(refused) and rest.is_empty


def joined(first: Wanted, second: Wanted) -> Wanted:
    """Return both wishes as one; of two counts the first holds.

    Of two times both hold, or either where both can't: "60s soul, 80s pop".
    """
    rows = {
        name: tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))
        for name in (
            "words", "moods", "genres", "without_genres", "artists", "without_artists",
            "like_artists", "like_tracks", "unknown_names", "constraints",
            "contradictions", "exceptions",
        )
    }  # fmt: skip
    low, high = both(
        (first.year_from, first.year_to), (second.year_from, second.year_to)
    )
    return Wanted(
        **rows,
        year_from=low,
        year_to=high,
        era_words=" ".join(filter(None, (first.era_words, second.era_words))),
        arc=first.arc or second.arc,
        count=first.count or second.count,
        minutes=first.minutes or second.minutes,
    )


def _is_likeness(clause: Clause) -> bool:
    said = LIKE_ME.sub(" ", clause.masked)
    return LIKENESS.search(said) is not None


def _mood(named: Named) -> Mood | None:
    if is_inflected(named) and named.key not in mood_words():
        return Mood(named.text.lower(), comparative_words()[named.key])
    leanings = mood_words().get(
        named.key, comparative_words().get(named.key, named.leanings)
    )
    if not named.is_negated:
        return Mood(named.text.lower(), leanings)
    # "not too slow" is not "fast": the other half, and nothing stronger.
    turned = tuple(
        Leaning(x.attribute, -1 if x.step > 0 else 1) for x in leanings if x.step
    )
    return Mood(f"not {named.text.lower()}", turned) if turned else None


# What a voice or a group is like, and no instrument that a song is tagged with.
_NO_INSTRUMENTS = frozenset(
    {"vocals", "lyrics", "instrumental", "chords", "acoustic", "ensemble"}
)


def _tagged(named: Iterable[Named]) -> Iterator[Constraint]:
    """Yield the instruments and places: soft where they are asked for, refused for good."""
    for n in named:
        kind: Kind
        if n.kind == "instrument" and n.key not in _NO_INSTRUMENTS:
            kind = "instrument"
        elif n.kind == "place":
            kind = "place"
        else:
            continue
        words = n.text.lower()
        yield Constraint(
            kind, words, is_hard=n.is_negated, is_refused=n.is_negated, key=n.key
        )


def _keys(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.key for n in named))


def _ids(named: Iterable[Named]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n.key) for n in named))


def _content_words(
    clause: Clause,
    text: str,
    times: Times,
    unknown: tuple[Unknown, ...],
    spared: tuple[range, ...],
) -> tuple[str, ...]:
    """Return the words that may tell of the music: no commands, artists or refusals."""
    hidden = [
        (n.start, n.end)
        for n in clause.named
        if n.kind in ("artist", "title") or n.is_negated
    ]
    hidden.extend((name.start, name.end) for name in unknown)
    hidden.extend((place.start, place.stop) for place in spared)
    hidden.extend(
        (clause.start + place.start, clause.start + place.stop)
        for place in times.places
    )
    covered = {place for start, end in hidden for place in range(start, end)}
    themes = {
        place
        for n in clause.named
        if n.kind == "mood" and (mood := _mood(n)) is not None and not mood.leanings
        for place in range(n.start, n.end)
    }
    return tuple(
        dict.fromkeys(
            token.key
            for i, token in enumerate(clause.tokens)
            # "Love songs" are sought by a word that else says how one speaks.
            if (_tells_of_music(token.key) or token.start in themes)
            and token.start not in covered
            and not is_refused_at(text, clause.tokens, Span(i, i + 1))
        )
    )


def _tells_of_music(key: str) -> bool:
    return (
        len(key) > 1
        and key not in command_words()
        and key not in NUMBER_WORDS
        and key not in _LIMITS
        and not any(char.isdigit() for char in key)
        and not is_gibberish(key)
    )


# "Under 30 minutes", "over an hour".
_LIMITS = frozenset({"under", "below", "over", "above", "max", "maximum", "within"})
