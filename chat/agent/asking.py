"""From what is given to a query of the catalog, and from songs to what they break.

The rule of this file: whoever changes what is given (the built-in acts, an LLM's tool
calls, a chip on the page) asks the catalog through `query_of`, and what comes back is
measured by `violations`. Nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.genres import genre_family
from catalog.models import Track
from catalog.search import query as search
from catalog.search.conditions import INSTRUMENTAL_FROM, LIVE_FROM, VOICELESS
from catalog.search.query import Filters, Query, RefusedGenre, Taste, Wish
from catalog.search.tag_ids import holds_words
from chat.agent.constraints import TAGGED, Constraint, Kind
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.tag_words import tag_words

# A genre, an artist, a language or a voice that was asked for is what the listener
# wants: nothing else comes in its place unasked. Times, tempos and lengths that are
# hard give way only where next to nothing keeps them, and that is told.
_NEVER_GIVES_WAY: dict[Kind, search.Constraint] = {
    "genre": "genres",
    "artist": "artists",
    "language": "languages",
    "version": "versions",
    "instrumental": "instrumental",
    "explicit": "explicit",
}
MS = 1000


@dataclass(frozen=True)
class Leanings:
    """What draws a search to some songs beside what is given, by track id.

    liked, disliked: of this talk. taste: what the listener likes for good.
    heard: tracks of their other lists of the last days. said: the talk's latest messages,
    the newest last. nameless: seeds that nobody is told of, being of another service.
    unknown_count: of how many songs the listener said in this talk that they don't know them.
    """

    liked: Mapping[int, float]
    disliked: Mapping[int, float]
    taste: Taste = Taste()
    refused: frozenset[int] = frozenset()
    heard: frozenset[int] = frozenset()
    said: tuple[str, ...] = ()
    nameless: tuple[int, ...] = ()
    unknown_count: int = 0


NO_LEANINGS = Leanings({}, {})


def query_of(
    given: Given,
    *,
    limit: int,
    beside: Iterable[int] = (),
    leanings: Leanings = NO_LEANINGS,
    enough: int = 0,
    keeps_soft: bool = False,
) -> Query:
    """Return the query for songs that keep what is given.

    enough: hard times, tempos and lengths give way only while fewer songs than that
    are found; soft constraints give way until `limit` is reached. keeps_soft: refusals
    that are soft hold too, which the search can't let go by itself.
    """
    soft = {
        name
        for kind, name in _NEVER_GIVES_WAY.items()
        if given.of(kind) and not any(held.is_hard for held in given.of(kind))
    }
    has_soft = bool(soft) or any(
        not held.is_hard and held.kind in ("years", "tempo", "duration")
        for held in given.constraints
    )
    fixed = frozenset(_NEVER_GIVES_WAY.values()) - soft
    if any(held.is_hard for kind in TAGGED for held in given.of(kind)):
        fixed |= {"tags"}
    if has_soft:
        # What is soft may go until the list is full, and then what is hard mustn't.
        fixed |= _hard_ranges(given)
        enough = limit
    heard = leanings.heard
    return Query(
        text=" ".join((*given.words, *_soft_words(given))),
        said=leanings.said,
        liked={
            **leanings.liked,
            **dict.fromkeys((*leanings.nameless, *given.seeds), SEED_WEIGHT),
        },
        disliked=leanings.disliked,
        nameless=frozenset(leanings.nameless),
        wishes=given.wishes,
        filters=filters_of(given, leanings=leanings, keeps_soft=keeps_soft),
        limit=limit,
        artist_cap=max(limit, 1) if given.artists else 2,
        taste=leanings.taste,
        popularity=_fame_wanted(given, leanings.unknown_count),
        beside=frozenset(beside),
        heard_lately=heard,
        may_relax=enough > 0,
        relax_below=enough,
        fixed=fixed,
    )


# Of songs that fit alike the better known ones are wanted, unless fame was spoken of.
FAME_LEANING = 0.6
# Who says that they don't know a song wants them better known still, by so much a song.
FAME_STEP = 0.1


def is_fame_said(given: Given) -> bool:
    """Say whether it was asked how well known songs are to be."""
    return any(held.key == "popularity" for held in given.of("attribute"))


def _fame_wanted(given: Given, unknown_count: int) -> float:
    if is_fame_said(given):
        return 0.0
    return min(1.0, FAME_LEANING + FAME_STEP * unknown_count)


# A song that was pointed at, in Rocchio's sum.
SEED_WEIGHT = 1.5


def filters_of(
    given: Given, *, leanings: Leanings = NO_LEANINGS, keeps_soft: bool = True
) -> Filters:
    """Return the filters that songs keep which keep what is given."""
    hard_genres = [c for c in given.of("genre") if c.is_hard]
    first, last = given.years
    tempo, length = _range(given, "tempo"), _range(given, "duration")
    refused = [
        c for c in given.constraints if c.is_refused and (c.is_hard or keeps_soft)
    ]
    is_unheard = any(c.kind == "unheard" for c in given.constraints)
    return Filters(
        genres=frozenset(c.key for c in hard_genres or given.of("genre")),
        without_genres=_keys([c for c in refused if not _has_exceptions(c)], "genre"),
        refused_genres=frozenset(
            RefusedGenre(c.key, frozenset(c.except_artists), frozenset(c.except_genres))
            for c in refused
            if c.kind == "genre" and _has_exceptions(c)
        ),
        tagged=frozenset(
            tag_words(c) for kind in sorted(TAGGED) for c in given.of(kind)
        ),
        without_tagged=frozenset(tag_words(c) for c in refused if c.kind in TAGGED),
        artists=frozenset(given.artists),
        without_artists=frozenset(
            c.artist for c in refused if c.kind == "artist" and c.artist is not None
        ),
        without_tracks=leanings.refused
        | (leanings.heard if is_unheard else frozenset()),
        year_from=first,
        year_to=last,
        without_years=frozenset(
            (_int(c.low), _int(c.high)) for c in refused if c.kind == "years"
        ),
        tempo_from_bpm=tempo[0],
        tempo_to_bpm=tempo[1],
        duration_from_ms=_ms(length[0]),
        duration_to_ms=_ms(length[1]),
        languages=_keys(given.of("language"), "language"),
        without_languages=_keys(refused, "language"),
        versions=_keys(given.of("version"), "version"),
        without_versions=_keys(refused, "version"),
        is_instrumental=_switch(given, "instrumental"),
        is_explicit=_switch(given, "explicit"),
    )


def _has_exceptions(held: Constraint) -> bool:
    return bool(held.except_artists or held.except_genres)


def _soft_words(given: Given) -> Iterable[str]:
    """Yield soft genres beside hard ones: the filter can't tell them apart.

    Instruments and places too: few songs are tagged with theirs, and the text search
    knows more.
    """
    genres = given.of("genre")
    if any(held.is_hard for held in genres):
        yield from (held.words for held in genres if not held.is_hard)
    for held in (*given.of("instrument"), *given.of("place")):
        if not set(held.words.split()).issubset(given.words):
            yield held.words


def _hard_ranges(given: Given) -> frozenset[search.Constraint]:
    names: dict[Kind, search.Constraint] = {
        "years": "years",
        "tempo": "tempo",
        "duration": "duration",
    }
    return frozenset(
        names[held.kind]
        for held in given.constraints
        if held.kind in names and held.is_hard and not held.is_refused
    )


def _range(given: Given, kind: Kind) -> tuple[float | None, float | None]:
    for held in given.of(kind):
        return held.low, held.high
    return None, None


def _keys(constraints: Iterable[Constraint], kind: Kind) -> frozenset[str]:
    return frozenset(c.key for c in constraints if c.kind == kind)


def _switch(given: Given, kind: Kind) -> bool | None:
    if given.of(kind):
        return True
    return False if given.of(kind, is_refused=True) else None


def _int(value: float | None) -> int | None:
    return None if value is None else int(value)


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * MS)


@dataclass(frozen=True)
class Violation:
    """A hard constraint, and the songs that aren't known to keep it."""

    constraint: Constraint
    track_ids: tuple[int, ...]


def violations(
    given: Given, songs: Iterable[Song], *, heard: frozenset[int] = frozenset()
) -> tuple[Violation, ...]:
    """Say which hard constraints a list breaks, and with which songs.

    A song whose value is unknown breaks what asks for one, and no refusal. One of the
    asked-for genres, artists, languages or versions is enough.
    """
    songs = tuple(songs)
    found = []
    told: set[str] = set()
    for held in given.constraints:
        if not held.is_hard:
            continue
        is_row = held.kind in ("genre", "artist", "language", "version")
        row = given.of(held.kind) if is_row and not held.is_refused else (held,)
        name = f"{held.kind}{held.is_refused}" if len(row) > 1 else held.id
        if name in told:
            continue
        told.add(name)
        broken = tuple(
            song.track_id
            for song in songs
            if not any(keeps(song, one, heard=heard) for one in row)
        )
        if broken:
            found.append(Violation(held, broken))
    return tuple(found)


def keeps(
    song: Song, constraint: Constraint, *, heard: frozenset[int] = frozenset()
) -> bool:
    """Say whether a song is known to keep a constraint, as the search decides it."""
    is_it = _is_of(song, constraint, heard)
    return is_it is not True if constraint.is_refused else is_it is True


def _is_of(song: Song, held: Constraint, heard: frozenset[int]) -> bool | None:
    """Say whether a song is what a constraint names; None where that isn't known."""
    match held.kind:
        case "genre":
            return _is_of_genre(song, held)
        case "artist":
            # Who wants none of an artist wants no song with them as a guest either.
            is_guest = held.is_refused and held.artist in song.guest_ids
            return is_guest or held.artist in song.artist_ids
        case "years":
            return _within(song.year, held)
        case "tempo":
            return _within(song.facts["tempo_bpm"], held)
        case "duration":
            ms = song.duration_ms
            return _within(None if ms is None else ms / MS, held)
        case "language":
            code = song.language.lower()
            asked = held.key.lower()
            return (code == asked or code.startswith(f"{asked}-")) if code else None
        case "version":
            is_live = (song.liveness or 0) > LIVE_FROM
            return song.version == held.key or (
                held.key == Track.Version.LIVE and is_live
            )
        case "instrumental":
            return _is_voiceless(song, held)
        case "explicit":
            return song.is_explicit
        case "unheard":
            return song.track_id not in heard
        case "instrument" | "place":
            wanted = tag_words(held)
            return (
                any(holds_words(wanted, kind=kind, key=key) for kind, key in song.tags)
                or None
            )
        case "attribute":
            return _within(song.facts.get(held.key), held)


def _is_of_genre(song: Song, held: Constraint) -> bool:
    if genre_family(held.key).isdisjoint(song.genres):
        return False
    is_excepted = not set(held.except_artists).isdisjoint(song.artist_ids) or any(
        not genre_family(key).isdisjoint(song.genres) for key in held.except_genres
    )
    return not is_excepted


def _is_voiceless(song: Song, held: Constraint) -> bool | None:
    """Say whether nobody sings. Who asks for a voice wants one that is known."""
    if song.version in VOICELESS:
        return True
    measured = song.facts["instrumentalness"]
    if measured is None:
        return held.is_refused or None
    return measured > INSTRUMENTAL_FROM


def _within(value: float | None, held: Constraint) -> bool | None:
    if value is None:
        return None
    return (held.low is None or value >= held.low) and (
        held.high is None or value <= held.high
    )


def keeps_wish(song: Song, wish: Wish) -> bool:
    """Say whether a song is known to keep a wish."""
    value = song.facts.get(wish.attribute)
    if value is None:
        return False
    return (wish.low is None or value >= wish.low) and (
        wish.high is None or value <= wish.high
    )


def fits(song: Song, given: Given) -> bool:
    """Say whether a song keeps every hard constraint, and those of a part if any."""
    if violations(given, (song,)):
        return False
    parts = given.parts
    return not parts or any(fits(song, given.for_part(part)) for part in parts)
