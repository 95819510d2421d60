"""What songs a message asks for and refuses, as one typed value."""

from __future__ import annotations

from dataclasses import dataclass

from chat.agent.arcs import Arc
from chat.agent.constraints import Constraint
from chat.agent.understanding.moods import Mood, MoodTarget, target_of


@dataclass(frozen=True)
class Excepted:
    """What a refused genre lets through: artists (primary keys) and genres (keys)."""

    genre: str
    except_artists: tuple[int, ...] = ()
    except_genres: tuple[str, ...] = ()


@dataclass(frozen=True)
class Portion:
    """One of several kinds that share a list: as it was said, and its share (0..1)."""

    text: str
    share: float
    wanted: Wanted


@dataclass(frozen=True)
class Wanted:
    """What songs are asked for, as far as one message says.

    words: the content words, for search by meaning. Genres are keys of the taxonomy,
    artists primary keys. like_artists: "something like X" and not X itself.
    unknown_names: names that stood where an artist stands and the catalog lacks.
    constraints: what else songs must be or mustn't be: language, voice, version, tempo,
    length, refused times, instruments, places. exceptions: what genres that are refused
    let through, one for each such genre. arc: in which order.
    ends: the artists that the list begins like, and those that it ends like. contradictions: what was asked for and
    can't be at once, in the words of the message; where there are any, years aren't. portions: kinds that share the list; what
    else is wanted holds for each.
    """

    words: tuple[str, ...] = ()
    moods: tuple[Mood, ...] = ()
    genres: tuple[str, ...] = ()
    without_genres: tuple[str, ...] = ()
    artists: tuple[int, ...] = ()
    without_artists: tuple[int, ...] = ()
    like_artists: tuple[int, ...] = ()
    like_tracks: tuple[int, ...] = ()
    unknown_names: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    era_words: str = ""
    constraints: tuple[Constraint, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    arc: Arc | None = None
    ends: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    contradictions: tuple[str, ...] = ()
    portions: tuple[Portion, ...] = ()
    count: int | None = None
    minutes: int | None = None

    @property
    def mood_target(self) -> MoodTarget:
        """Where in the plane of moods the songs are wanted."""
        return target_of(self.moods)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to search by (a length alone is nothing)."""
        return not (
            self.words
            or self.moods
            or self.genres
            or self.without_genres
            or self.artists
            or self.without_artists
            or self.like_artists
            or self.like_tracks
            or self.year_from
            or self.year_to
            or self.constraints
            or self.arc
            or self.contradictions
            or self.portions
        )
