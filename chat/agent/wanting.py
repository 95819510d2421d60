"""From what a message wants to what is given from then on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from catalog.search.levels import Levels
from chat.agent.constraints import (
    Constraint,
    artist,
    genre,
    refused_genre,
    wished,
    years,
)
from chat.agent.state import Given, Part
from chat.agent.understanding.wish import (
    Excepted,
    Portion,
    Wanted,
)
from chat.agent.wishes import mood_wishes


def constraints_of(wanted: Wanted, levels: Levels) -> tuple[Constraint, ...]:
    """Return the constraints that a message's wish makes, moods as soft ones."""
    wishes = mood_wishes(wanted.moods, levels)
    return (*_hard(wanted), *map(wished, wishes))


def _hard(wanted: Wanted) -> Iterator[Constraint]:
    yield from (genre(key) for key in wanted.genres)
    exceptions = {held.genre: held for held in wanted.exceptions}
    for key in wanted.without_genres:
        spared = exceptions.get(key, Excepted(key))
        yield refused_genre(
            key,
            except_artists=spared.except_artists,
            except_genres=spared.except_genres,
        )
    yield from (artist(pk) for pk in wanted.artists)
    yield from (artist(pk, is_refused=True) for pk in wanted.without_artists)
    if wanted.year_from is not None or wanted.year_to is not None:
        yield years(wanted.year_from, wanted.year_to, words=wanted.era_words)
    yield from wanted.constraints


def refused(wanted: Wanted) -> tuple[Constraint, ...]:
    """Return the constraints that keep away what was taken out of the list."""
    exceptions = {held.genre: held for held in wanted.exceptions}
    return tuple(
        replace(_spared(held, exceptions), is_refused=not held.is_refused, is_hard=True)
        for held in _hard(wanted)
    )


def _spared(held: Constraint, exceptions: Mapping[str, Excepted]) -> Constraint:
    """Return a genre that was taken out with what stayed of it."""
    spared = exceptions.get(held.key) if held.kind == "genre" else None
    if spared is None:
        return held
    return replace(
        held,
        except_artists=spared.except_artists,
        except_genres=spared.except_genres,
    )


def given_with(old: Given, wanted: Wanted, *, levels: Levels) -> Given:
    """Return what is given once a message's wish is added to what was.

    What it asks for of a kind takes the place of what was asked of that kind: "jazz"
    after "pop" is jazz. Refusals add up, until what is refused is asked for again.
    """
    new = constraints_of(wanted, levels)
    renewed = {c.kind for c in new if not c.is_refused and c.kind != "attribute"}
    outdated = (
        held.id
        for held in old.constraints
        if held.kind in renewed and not held.is_refused
    )
    wishes = tuple(held.wish for held in new if held.kind == "attribute")
    given = old.lacking(outdated).having(c for c in new if c.kind != "attribute")
    given = given.wishing(wishes)
    return replace(
        given,
        words=wanted.words or old.words,
        seeds=wanted.like_tracks or old.seeds,
        parts=parts_of(wanted.portions, levels) or given.parts,
    )


def parts_of(portions: Iterable[Portion], levels: Levels) -> tuple[Part, ...]:
    """Return the parts of a list that portions make."""
    return tuple(
        Part(
            one.text,
            one.share,
            constraints_of(one.wanted, levels),
            one.wanted.words,
            one.wanted.like_tracks,
        )
        for one in portions
    )
