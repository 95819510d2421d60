"""What a catalog can't answer: facts that it notes of no song, and songs that it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from catalog.genres import genre_name, genre_parents
from catalog.known_artists import artists_known_for
from catalog.names import name_key
from catalog.search.query import Filters
from chat.agent.asking import filters_of, keeps
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.substituting import nearest_above, standing_in
from chat.agent.constraints import TAGGED, Constraint, Kind
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.tag_words import tag_words
from chat.agent.understanding.reading import (
    Taken,
)
from chat.agent.understanding.wish import (
    Wanted,
)

_NOTED: dict[Kind, str] = {
    "language": "languages",
    "tempo": "tempos",
    "duration": "lengths",
    "instrumental": "whether anybody sings",
    "explicit": "explicit words",
}


# Kinds of music by when or for whom it is played, which titles tell as often as tags.
_OF_OCCASIONS = frozenset({"holiday", "childrens"})


def known_here(desk: Desk, given: Given) -> Given:
    """Leave out what no song of the catalog is known to keep, and tell so.

    Clean songs may be asked for anywhere: the unknown pass. An instrument, a place or an
    occasion that no tag tells of is left to the words. A query for each such demand. A
    genre that isn't here gives way to what is nearest (see `standing_in`).
    """
    asked = [
        held
        for held in given.constraints
        if held.kind in _NOTED
        and (not held.is_refused or held.kind == "instrumental")
        and held.is_hard
    ]
    unknown = [held for held in asked if not desk.tools.notes(held.kind)]
    for held in unknown:
        what, by_words = _NOTED[held.kind], held.kind == "language"
        desk.say(
            f"This catalog doesn't note {what}, so I couldn't hold to “{held.words}”"
            f"{' and went by the word alone' if by_words else ''}.",
            topic=held.id,
        )
    untagged = [
        held
        for held in given.constraints
        if (held.kind in TAGGED and not desk.tools.count_keeping(_tagged(held)))
        or (_is_of_occasion(held) and not _is_marked(desk, held.key))
    ]
    for held in untagged:
        desk.say(*phrases.untagged(held), topic=held.id)
    given = given.lacking(held.id for held in (*unknown, *untagged))
    # Titles may speak of a language all the same.
    languages = (held.words for held in unknown if held.kind == "language")
    words = " ".join(name.removeprefix("in ") for name in languages).lower().split()
    given = replace(given, words=tuple(dict.fromkeys((*given.words, *words))))
    return standing_in(desk, given)


def _is_of_occasion(held: Constraint) -> bool:
    kinds = {held.key, *genre_parents(held.key)} if held.kind == "genre" else set()
    return not held.is_refused and not _OF_OCCASIONS.isdisjoint(kinds)


def _tagged(held: Constraint) -> Filters:
    return Filters(tagged=frozenset({tag_words(held)}))


def tell_unknown_names(desk: Desk, names: Sequence[str]) -> None:
    """Tell that names aren't in the catalog, with the one nearest. A query a name."""
    desk.say(*phrases.unknown_names(names))
    near = (desk.tools.nearest_artist(name) for name in names[:MOST_HINTED])
    hints = list(dict.fromkeys(name for name in near if name))
    if hints:
        desk.say(f"Nearest by name: {phrases.listed(map(named, hints))}.")
        desk.offers.append(f"songs by {hints[0]}")


def is_of_nobody(desk: Desk, wanted: Wanted) -> bool:
    """Say whether only names that the catalog lacks are asked for; if so, tell it."""
    if wanted.unknown_names and replace(wanted, words=()).is_empty:
        tell_unknown_names(desk, wanted.unknown_names)
        return True
    return False


def tell_taken(desk: Desk, taken: Sequence[Taken]) -> None:
    """Tell what was misspelt and read as something else. Four queries for some names."""
    if not taken:
        return
    artists = desk.tools.artist_names(t.artist for t in taken if t.artist is not None)
    songs = desk.tools.songs(t.track for t in taken if t.track is not None)
    for name in taken:
        song = songs.get(name.track or 0)
        meant = song.title if song else artists.get(name.artist or 0, name.word)
        if meant:
            desk.say(f"I took {quoted(name.said)} for {quoted(meant)}.")


# So many names get a hint; a longer row of unknown ones is no slip of the pen.
MOST_HINTED = 3
# Of so many constraints each pair is tried; nobody sets more.
_MOST_PAIRED = 8


def tell_why_nothing(desk: Desk, given: Given) -> None:
    """Say which constraint, or which two, no song keeps. A count for each and each two."""
    missing = missing_here(desk, given)
    if missing:
        desk.say(
            f"There is {missing} in this catalog, so the list is as before.",
            f"There is {missing} in this catalog, so I left the list as it was.",
        )
        return
    asked = [c for c in given.constraints if c.is_hard and c.kind != "attribute"]
    for pair in combinations(asked[:_MOST_PAIRED], 2):
        if not desk.tools.count_keeping(filters_of(Given(constraints=pair))):
            both = " and ".join(f"“{_called(desk, held)}”" for held in pair)
            desk.say(f"Nothing here is {both} at once, so I left the list as it was.")
            return
    desk.say(
        "I found nothing that fits all of that, so I left the list as it was.",
        "Nothing in the catalog fits that. The list is as before.",
    )


def offer_nearest(desk: Desk, wanted: Wanted) -> None:
    """Offer a request again with the genres that its missing ones belong to.

    As far as there are songs of those: a count for each on the way up the taxonomy.
    """
    near = {
        key: key if desk.tools.has_genre(key) else nearest_above(desk, key)
        for key in wanted.genres
    }
    if not near or None in near.values() or all(key == to for key, to in near.items()):
        return
    keys = tuple(dict.fromkeys(to for to in near.values() if to is not None))
    names = phrases.listed(map(genre_name, keys))
    desk.say(f"Nearest to it here is {names}. Shall I play that?")
    artists = desk.tools.artist_names(wanted.artists).values()
    desk.offers.append(phrases.understood(replace(wanted, genres=keys), artists))


def _is_marked(desk: Desk, key: str) -> bool:
    return desk.tools.count_keeping(Filters(genres=frozenset({key}))) > 0


def missing_here(desk: Desk, given: Given) -> str:
    """Return the genres or artists asked for that no song is of: "no polka"; "" for none.

    A count for each.
    """
    missing = []
    for held in (*given.of("genre"), *given.of("artist")):
        if held.is_hard and not desk.tools.count_keeping(
            filters_of(Given(constraints=(held,)))
        ):
            what = _called(desk, held)
            missing.append(
                f"nothing by {what}" if held.kind == "artist" else f"no {what}"
            )
    return phrases.listed(missing)


def tell_missing(desk: Desk, given: Given, tracks: Sequence[int]) -> None:
    """Tell which of several genres or artists the list has nothing of, there being none."""
    songs = desk.tools.songs(tracks).values()
    absent = tuple(
        held
        for kind in ("genre", "artist")
        for held in given.of(kind)
        if len(given.of(kind)) > 1
        and not any(keeps(song, held) or is_known_for(song, held) for song in songs)
    )
    missing = missing_here(desk, Given(constraints=absent))
    if missing:
        desk.say(f"There is {missing} in this catalog.", topic="missing")


def tell_known_for(desk: Desk, given: Given, tracks: Sequence[int]) -> None:
    """Tell which genres no song is marked with, where artists known for them came in."""
    songs = desk.tools.songs(tracks).values()
    genres = [
        held
        for held in given.of("genre")
        if held.is_hard
        and any(is_known_for(song, held) for song in songs)
        and not any(keeps(song, held) for song in songs)
        and not _is_marked(desk, held.key)
    ]
    if genres:
        names = " or ".join(genre_name(held.key) for held in genres)
        desk.say(
            f"No song here is marked as {names}, so I went by who is known for it.",
            topic="known for",
        )


def is_known_for(song: Song, held: Constraint) -> bool:
    """Say whether a song is by an artist who is known for a genre that is asked for."""
    if held.kind != "genre" or held.is_refused:
        return False
    return not artists_known_for(held.key).isdisjoint(map(name_key, song.artists))


def _called(desk: Desk, held: Constraint) -> str:
    if held.kind == "genre":
        return f"{'no ' if held.is_refused else ''}{genre_name(held.key)}"
    if held.artist is not None:
        name = desk.tools.artist_names([held.artist]).get(held.artist, "them")
        return f"{'not ' if held.is_refused else ''}{name}"
    return held.words
