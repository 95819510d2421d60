"""What is let go, and in which order, when too few tracks keep all that was asked.

Wishes go first, the lightest of them before the others; then filters, one step after
the other, each on top of all before it. A refusal never goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from catalog.genres import genre_name, genre_spellings, genres
from catalog.search.query import Constraint, Filters, Query, Wish


@dataclass(frozen=True)
class Loosening:
    """One way to let a filter go.

    by: a share of the range's ends (0.1: a tenth lower and higher), or of years a
    number of them; "parents" puts genres' parents in their place; "any" drops it.
    """

    constraint: Constraint
    by: float | Literal["parents", "any"]


# First what a listener misses least. A tempo or a length that is nearly right passes
# unnoticed, an era a few years off nearly so; a language or a voice is heard at once,
# and who asked for an artist takes no other for them. Near misses of the years come
# before a foreign genre, and that before a foreign era.
ORDER: tuple[Loosening, ...] = (
    Loosening("tempo", 0.1),
    Loosening("tempo", "any"),
    Loosening("duration", 0.25),
    Loosening("duration", "any"),
    Loosening("years", 5),
    Loosening("years", 15),
    Loosening("genres", "parents"),
    Loosening("years", "any"),
    Loosening("explicit", "any"),
    Loosening("versions", "any"),
    Loosening("languages", "any"),
    Loosening("instrumental", "any"),
    Loosening("genres", "any"),
    Loosening("artists", "any"),
)

ANY = "any"
# What goes until there are as many as were asked for, and breaks nothing.
SOFT: tuple[Literal["wish", "tags"], ...] = ("wish", "tags")


@dataclass(frozen=True)
class Tier:
    """What tracks have to keep at one stage, and what was let go to come to it.

    constraint, was, now: as in the ledger's `Step`; None at the first, which keeps all.
    """

    filters: Filters
    wishes: tuple[Wish, ...]
    constraint: Constraint | Literal["wish"] | None = None
    was: str = ""
    now: str = ""
    wish: Wish | None = None

    @property
    def loosens_filters(self) -> bool:
        """Say whether a filter went, and not only wishes."""
        return self.constraint not in (None, *SOFT)


def tiers(query: Query) -> Iterator[Tier]:
    """Yield the stages of a query, the strictest first.

    Wishes are soft and go even where filters may not; so do tags, since most songs have
    none that tells of an instrument or a place.
    """
    filters, wishes = query.filters, list(query.wishes)
    yield Tier(filters, tuple(wishes))
    while wishes:
        # Of equals the later-named goes first: people say what matters most first.
        lightest = min(reversed(wishes), key=lambda wish: wish.weight)
        wishes.remove(lightest)
        yield Tier(filters, tuple(wishes), "wish", lightest.words, ANY, lightest)
    if filters.tagged and "tags" not in query.fixed:
        was = in_words(filters, "tags")
        filters = replace(filters, tagged=frozenset())
        yield Tier(filters, (), "tags", was, ANY)
    if not query.may_relax:
        return
    for loosening in ORDER:
        if loosening.constraint in query.fixed:
            continue
        # The ends are widened from where they were asked, not from the last step.
        looser = loosened(filters, loosening, asked=query.filters)
        if looser == filters:
            continue
        was = in_words(query.filters, loosening.constraint)
        now = in_words(looser, loosening.constraint)
        filters = looser
        yield Tier(filters, (), loosening.constraint, was, now)


def loosened(filters: Filters, loosening: Loosening, *, asked: Filters) -> Filters:
    """Return the filters with one constraint let go; the same where it asks nothing."""
    match loosening:
        case Loosening("tempo", "any"):
            return replace(filters, tempo_from_bpm=None, tempo_to_bpm=None)
        case Loosening("tempo", float(share)):
            return replace(
                filters,
                tempo_from_bpm=_scaled(asked.tempo_from_bpm, 1 - share),
                tempo_to_bpm=_scaled(asked.tempo_to_bpm, 1 + share),
            )
        case Loosening("duration", "any"):
            return replace(filters, duration_from_ms=None, duration_to_ms=None)
        case Loosening("duration", float(share)):
            low = _scaled(asked.duration_from_ms, 1 - share)
            high = _scaled(asked.duration_to_ms, 1 + share)
            return replace(
                filters,
                duration_from_ms=None if low is None else int(low),
                duration_to_ms=None if high is None else int(high),
            )
        case Loosening("years", "any"):
            return replace(filters, year_from=None, year_to=None)
        case Loosening("years", int(years)):
            low, high = asked.year_from, asked.year_to
            return replace(
                filters,
                year_from=None if low is None else max(0, low - years),
                year_to=None if high is None else high + years,
            )
        case Loosening("genres", "parents"):
            return replace(filters, genres=filters.genres | _parents(filters.genres))
        case Loosening("genres", "any"):
            return replace(filters, genres=frozenset())
        case Loosening("artists", "any"):
            return replace(filters, artists=frozenset())
        case Loosening("languages", "any"):
            return replace(filters, languages=frozenset())
        case Loosening("versions", "any"):
            return replace(filters, versions=frozenset())
        case Loosening("instrumental", "any"):
            return replace(filters, is_instrumental=None)
        case Loosening("explicit", "any") if filters.is_explicit:
            return replace(filters, is_explicit=None)
        case Loosening("explicit", "any"):
            return filters  # Nothing, or a refusal.
    raise AssertionError(f"no way to loosen {loosening}")


def in_words(filters: Filters, constraint: Constraint) -> str:
    """Say what a constraint asks for: "1990–1999", "jazz", "any"."""
    match constraint:
        case "tempo":
            return _span(filters.tempo_from_bpm, filters.tempo_to_bpm, " BPM")
        case "duration":
            low, high = filters.duration_from_ms, filters.duration_to_ms
            return _span(_seconds(low), _seconds(high), " s")
        case "years":
            return _span(filters.year_from, filters.year_to, "")
        case "languages":
            return ", ".join(sorted(filters.languages)) or ANY
        case "versions":
            words = (version or "original" for version in sorted(filters.versions))
            return ", ".join(words) or ANY
        case "genres":
            return ", ".join(sorted(map(genre_name, filters.genres))) or ANY
        case "artists":
            count = len(filters.artists)
            return f"{count} artist{'s' if count > 1 else ''}" if count else ANY
        case "instrumental":
            named = {True: "instrumental", False: "sung", None: ANY}
            return named[filters.is_instrumental]
        case "tags":
            return ", ".join(sorted(tag.name for tag in filters.tagged)) or ANY
        case "explicit":
            return ANY if filters.is_explicit is None else "explicit"


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def _span(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return ANY
    if low is None:
        return f"up to {high:g}{unit}"
    if high is None:
        return f"from {low:g}{unit}"
    return f"{low:g}–{high:g}{unit}" if low != high else f"{low:g}{unit}"


def _parents(keys: frozenset[str]) -> frozenset[str]:
    known, homes = genres(), genre_spellings()
    homes_of = (homes.get(key, key) for key in keys)
    return frozenset(
        p for home in homes_of if home in known for p in known[home].parents
    )
