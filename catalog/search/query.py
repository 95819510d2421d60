"""What can be asked of the catalog: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Attribute = Literal[
    "energy",
    "valence",
    "tempo_bpm",
    "danceability",
    "acousticness",
    "instrumentalness",
    "loudness_lufs",
    "popularity",
]

# What of the filters may be let go when too few tracks keep all of them.
Constraint = Literal[
    "tempo",
    "duration",
    "years",
    "languages",
    "explicit",
    "versions",
    "instrumental",
    "genres",
    "artists",
    "tags",
]


# First and last.
Years = tuple[int | None, int | None]


@dataclass(frozen=True)
class Wish:
    """A soft range of an attribute: kept while enough songs keep it.

    `low` and `high` are in the attribute's own unit; None leaves that side open. A song
    whose attribute is unknown is neither in nor out, and ranks behind those within.
    `words` say the wish to a person ("calm", "more upbeat").
    """

    attribute: Attribute
    low: float | None
    high: float | None
    words: str
    weight: float = 1.0


@dataclass(frozen=True)
class TagWords:
    """What a track is known for by a tag that holds one of some words.

    name: what to call it. words: name keys, each found as whole words in a tag's key.
    kinds: values of `Tag.Kind`, empty for all.
    """

    name: str
    words: frozenset[str]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RefusedGenre:
    """A genre that is refused, save for some artists and some genres (name keys)."""

    genre: str
    except_artists: frozenset[int] = frozenset()
    except_genres: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Filters:
    """What a hit keeps. Empty fields ask for nothing; ranges include their ends.

    A track whose value is unknown keeps no filter that asks for one, and breaks no
    refusal. Genres are name keys; one of `genres` must fit, itself or a child of it.
    `without_tracks` keeps out the other versions of their songs too.
    `languages` are ISO 639 codes: "pt" covers "pt-BR". `without_years` are spans of
    years, as first and last, both counted in and None where open. `versions` are
    `Track.Version` values. `is_explicit`: True asks for tracks known to be explicit;
    False refuses those, and lets the unknown pass, since most sources mark nothing but
    the explicit. `must_play`: only what has audio here. `refused_genres` are refusals
    with exceptions, beside the plain ones. Each of `tagged` must be found in a track's
    tags; where too few are known to have them they go before any other filter.

    The refusals are `without_…`, `refused_genres`, `is_explicit=False` and `must_play`: they are never
    let go. All others may be, in the order of `relaxation.ORDER`.
    """

    genres: frozenset[str] = frozenset()
    without_genres: frozenset[str] = frozenset()
    artists: frozenset[int] = frozenset()
    without_artists: frozenset[int] = frozenset()
    without_tracks: frozenset[int] = frozenset()
    year_from: int | None = None
    year_to: int | None = None
    without_years: frozenset[Years] = frozenset()
    duration_from_ms: int | None = None
    duration_to_ms: int | None = None
    tempo_from_bpm: float | None = None
    tempo_to_bpm: float | None = None
    languages: frozenset[str] = frozenset()
    without_languages: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    without_versions: frozenset[str] = frozenset()
    is_instrumental: bool | None = None
    is_explicit: bool | None = None
    must_play: bool = False
    refused_genres: frozenset[RefusedGenre] = frozenset()
    tagged: frozenset[TagWords] = frozenset()
    without_tagged: frozenset[TagWords] = frozenset()


@dataclass(frozen=True)
class Span:
    """Where an attribute lies of what is liked, in its own unit."""

    attribute: Attribute
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Traits:
    """What liked and disliked tracks have in common: weights, below 0 for what isn't liked.

    artists: by primary key. genres: by name key.
    """

    artists: Mapping[int, float] = field(default_factory=dict)
    genres: Mapping[str, float] = field(default_factory=dict)
    ranges: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.artists or self.genres or self.ranges)


@dataclass(frozen=True)
class Taste:
    """What a listener likes and dislikes for good, in track ids with weights above 0.

    interests: the liked in groups that lie apart; none: all in one. traits: what is known
    of them beside. strength: from 0, which changes nothing, to 1. It moves the order of
    what fits; it never brings in what doesn't.
    """

    liked: Mapping[int, float] = field(default_factory=dict)
    disliked: Mapping[int, float] = field(default_factory=dict)
    interests: tuple[frozenset[int], ...] = ()
    strength: float = 0.3
    traits: Traits = Traits()


@dataclass(frozen=True)
class Query:
    """One request to the catalog.

    text: words about anything: sound, mood, names; "" for none. said: messages of a
    talk in full, the one of now last; they order what is found, and those before it
    count for less. sound: words about
    sound alone, heard in the audio space and matched with no name. liked, disliked:
    track ids with weights above 0; a liked track is a seed and no hit. interests: the liked
    in groups that lie apart, each looked near to by itself; none: all in one. diversity: 0
    ranks by fit alone, 1 by being unlike the rest. artist_cap: tracks by one artist
    among each twelve, while others are left; it doesn't count for artists that the latest
    words name or of whom two songs are liked. nameless: of the liked, those that no reason
    may name. popularity: from -1, deep cuts, to 1, hits.

    beside: tracks that the hits will stand beside: none of them comes again.
    heard_lately: held back while other tracks fit about as well. allow_kin: whether
    versions of one song may come together, or beside a seed that is one.

    may_relax: whether filters are let go to find enough; `fixed` names those that
    aren't. relax_below: filters are let go only while fewer than so many tracks are
    found; None means `limit`.
    """

    text: str = ""
    said: tuple[str, ...] = ()
    sound: str = ""
    liked: Mapping[int, float] = field(default_factory=dict)
    disliked: Mapping[int, float] = field(default_factory=dict)
    interests: tuple[frozenset[int], ...] = ()
    nameless: frozenset[int] = frozenset()
    wishes: tuple[Wish, ...] = ()
    filters: Filters = Filters()
    limit: int = 12
    diversity: float = 0.3
    artist_cap: int = 2
    taste: Taste = Taste()
    popularity: float = 0.0
    beside: frozenset[int] = frozenset()
    heard_lately: frozenset[int] = frozenset()
    allow_kin: bool = False
    may_relax: bool = True
    fixed: frozenset[Constraint] = frozenset()
    relax_below: int | None = None

    def __post_init__(self) -> None:
        """Refuse what has no meaning. Raises ValueError."""
        if self.limit < 0:
            raise ValueError(f"limit is {self.limit}; it can't be below 0")
        if self.artist_cap < 1:
            raise ValueError(f"artist_cap is {self.artist_cap}; it must be 1 or more")
        for name, value, low in (
            ("diversity", self.diversity, 0.0),
            ("taste.strength", self.taste.strength, 0.0),
            ("popularity", self.popularity, -1.0),
        ):
            if not low <= value <= 1.0:
                raise ValueError(f"{name} is {value}; it goes from {low:g} to 1")
