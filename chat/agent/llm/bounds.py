"""What a message's reading lets a model do: the model may narrow it and not widen it.

The reading is the built-in planner's, and so is the step from it to what is given: what
was asked for as a condition holds whoever answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.genres import genre_family, genre_spellings
from catalog.names import name_key
from catalog.search.levels import Levels
from chat.agent.builtin import adding, finding
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.unknowing import known_here
from chat.agent.constraints import Constraint, artist, genre, years
from chat.agent.llm.arguments import FindTracks, Level
from chat.agent.state import Given
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.reading import (
    AddSome,
    Ask,
    AskHelp,
    MoreLike,
    PlayAgain,
    PlayThose,
    Reading,
    Shift,
    SmallTalk,
    TakeOut,
    WhyThis,
)
from chat.agent.wanting import refused
from chat.agent.wishes import mood_wishes

MS_A_MINUTE = 60_000

_STEPS = {"very low": -2, "low": -1, "middle": 0, "high": 1, "very high": 2}

# What asks for no change of the list, whatever a model makes of it.
_MERE_TALK = frozenset(
    {
        "greeting",
        "thanks",
        "acknowledged",
        "farewell",
        "identity",
        "saving",
        "off_topic",
    }
)


@dataclass(frozen=True)
class Bounds:
    """What holds in one turn.

    search: what every search keeps. becomes: what is given once the list has changed.
    is_of_list: the whole list is to keep it, and not only what comes in. is_beside:
    what is found comes to what is there. enough: the number that was named, or None.
    minutes: how long the list is to last with what comes in, where that was said.
    may_edit: whether the message can be taken as asking for a change at all. apart:
    artists whose like is asked for, of whom searches of this turn bring nothing.
    asked: what additions are asked to be, where that isn't all that they keep.
    """

    search: Given
    becomes: Given
    is_of_list: bool = False
    is_beside: bool = False
    enough: int | None = None
    minutes: int | None = None
    may_edit: bool = True
    apart: tuple[int, ...] = ()
    asked: Given | None = None

    def apart_from(self, search: Given) -> Given:
        """Return a search without artists whose like is asked for, save those it names."""
        others = [pk for pk in self.apart if pk not in search.artists]
        return search.having(artist(pk, is_refused=True) for pk in others)


def bounds_of(desk: Desk, reading: Reading) -> Bounds:
    """Return what the model's share and what was given before ask of it. Blocks."""
    given = desk.state.given
    search: Given | None = None
    added: Given | None = None
    is_of_list = is_beside = False
    enough = minutes = None
    apart: tuple[int, ...] = ()
    played = round(desk.duration_ms() / MS_A_MINUTE)
    for act in reading.acts:
        match act:
            case Ask(wanted=wanted) if not wanted.contradictions:
                old = finding.refusals_standing(given) if act.is_fresh else given
                given = known_here(desk, finding.given_for(desk, old, wanted))
                is_of_list = True
                enough = wanted.count
                minutes = given.minutes
                apart = wanted.like_artists
            case AddSome(wanted=wanted, playlist=""):
                asked = finding.given_for(desk, Given(), wanted)
                pointed = desk.resolve(act.references) if act.is_likeness else []
                seeds = (*asked.seeds, *pointed) or given.seeds
                beside = replace(adding.given_beside(given, asked), seeds=seeds)
                search = known_here(desk, beside)
                added = asked
                is_beside = True
                enough = wanted.count
                apart = wanted.like_artists
                if wanted.minutes is not None:
                    minutes = played + wanted.minutes
            case MoreLike():
                gone = (
                    held.id
                    for held in given.constraints
                    if held.kind == "attribute"
                    or (held.kind == "artist" and not held.is_refused)
                )
                seeds = tuple(desk.resolve(act.references)) or given.seeds
                given = replace(given.lacking(gone), seeds=seeds, words=())
                is_of_list = True
            case Shift():
                given = finding.shifted(desk, given, act)
            case TakeOut(wanted=wanted):
                given = given.having(refused(wanted))
                is_of_list = is_of_list or bool(refused(wanted))
    return Bounds(
        search=search or given,
        becomes=given,
        is_of_list=is_of_list and not is_beside,
        is_beside=is_beside,
        enough=enough,
        minutes=minutes,
        may_edit=not reading.acts or not all(map(_is_mere_talk, reading.acts)),
        apart=apart,
        asked=added,
    )


def _is_mere_talk(act: object) -> bool:
    if isinstance(act, SmallTalk):
        return act.kind in _MERE_TALK
    if isinstance(act, AddSome):
        return bool(act.playlist)  # The list at hand stays as it is.
    return isinstance(act, Asked | AskHelp | PlayAgain | PlayThose | WhyThis)


@dataclass(frozen=True)
class Narrowed:
    """What a search keeps once the model's arguments are added, and what is kept of it.

    search: every condition of the model's holds for this search. becomes: what the
    conversation takes as given from it; there the model's own conditions are soft,
    since the listener named none of them. notes: what of the arguments was not
    followed, for the model.
    """

    search: Given
    becomes: Given
    notes: tuple[str, ...]


def narrowed(
    bounds: Bounds,
    asked: FindTracks,
    *,
    like: Iterable[int],
    artists: dict[str, int],
    levels: Levels,
) -> Narrowed:
    """Add a model's arguments to what holds. artists: known ones, by name key."""
    notes: list[str] = []
    new: list[Constraint] = []
    given, words = bounds.search, asked.words
    genres, lost = _genres(asked.genres)
    words = " ".join((words, *lost)).strip()
    if kept := _within_bounds(genres, given, notes):
        new.extend(genre(key) for key in kept)
    refused_genres, unknown = _genres(asked.without_genres)
    notes.extend(f"no genre is called {name}" for name in unknown)
    new.extend(genre(key, is_refused=True) for key in refused_genres)
    new.extend(_artists(asked, given, artists, notes))
    if span := _years(asked, given, notes):
        new.append(span)
    held = {wish.attribute for wish in given.wishes}
    wishes = mood_wishes(
        (_mood(level) for level in asked.levels if level.attribute not in held), levels
    )
    outdated = [c.id for c in given.constraints if _is_replaced(c, new)]
    seeds = tuple(like)
    base = given.lacking(outdated)
    if wishes:
        base = base.wishing((*given.wishes, *wishes))
    said = tuple(words.split())
    search = replace(
        base.having(new), words=said or given.words, seeds=seeds or given.seeds
    )
    soft = (replace(c, is_hard=False) for c in new if not _is_held(c, given))
    becomes = replace(
        bounds.becomes.having(c for c in soft if not _is_replaced_by(bounds, c)),
        words=bounds.becomes.words or said,
        seeds=seeds or bounds.becomes.seeds,
    )
    if wishes:
        becomes = becomes.wishing((*bounds.becomes.wishes, *wishes))
    return Narrowed(search, becomes, tuple(notes))


def _genres(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the keys of genres that the taxonomy knows, and the other names."""
    spellings = genre_spellings()
    known = [spellings[name_key(n)] for n in names if name_key(n) in spellings]
    return list(dict.fromkeys(known)), [
        n for n in names if name_key(n) not in spellings
    ]


def _within_bounds(genres: list[str], given: Given, notes: list[str]) -> list[str]:
    wanted = {tag for key in given.genres for tag in genre_family(key)}
    refused_tags = {tag for key in given.without_genres for tag in genre_family(key)}
    kept = []
    for key in genres:
        if key in refused_tags:
            notes.append(f"the listener refused {key}")
        elif wanted and key not in wanted:
            notes.append(f"the listener asked for {', '.join(given.genres)}, not {key}")
        else:
            kept.append(key)
    return kept


def _artists(
    asked: FindTracks, given: Given, artists: dict[str, int], notes: list[str]
) -> list[Constraint]:
    new = []
    notes.extend(
        f"no artist in the catalog is called {name}"
        for name in (*asked.artists, *asked.without_artists)
        if name_key(name) not in artists
    )
    for name in asked.artists:
        pk = artists.get(name_key(name))
        if pk is None:
            continue
        if pk in given.without_artists:
            notes.append(f"the listener refused {name}")
        elif given.artists and pk not in given.artists:
            notes.append(f"the listener asked for other artists than {name}")
        else:
            new.append(artist(pk, words=name))
    for name in asked.without_artists:
        pk = artists.get(name_key(name))
        if pk is not None and pk not in given.artists:
            new.append(artist(pk, is_refused=True, words=name))
    return new


def _years(asked: FindTracks, given: Given, notes: list[str]) -> Constraint | None:
    if asked.year_from is None and asked.year_to is None:
        return None
    first, last = given.years
    low = max((y for y in (first, asked.year_from) if y is not None), default=None)
    high = min((y for y in (last, asked.year_to) if y is not None), default=None)
    if low is not None and high is not None and low > high:
        notes.append(f"the listener asked for {first or '…'} to {last or '…'}")
        return None
    return years(low, high)


def _mood(level: Level) -> Mood:
    words = f"{level.level} {level.attribute.removesuffix('_bpm')}"
    return Mood(words, (Leaning(level.attribute, _STEPS[level.level]),))


def _is_replaced(held: Constraint, new: Iterable[Constraint]) -> bool:
    """Say whether a narrower condition of the same kind takes a held one's place."""
    if held.is_refused or held.kind not in ("genre", "artist", "years"):
        return False
    return any(c.kind == held.kind and not c.is_refused for c in new)


def _is_held(constraint: Constraint, given: Given) -> bool:
    return any(constraint.id == held.id for held in given.constraints)


def _is_replaced_by(bounds: Bounds, constraint: Constraint) -> bool:
    """Say whether what the listener asked for of a kind says more than the model does."""
    if constraint.is_refused:
        return False
    return bool(bounds.becomes.of(constraint.kind))
