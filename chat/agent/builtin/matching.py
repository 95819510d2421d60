"""Which songs of the list some words name: "the slow ones", "everything by nina"."""

from __future__ import annotations

from catalog.genres import genre_family
from catalog.names import name_key
from chat.agent.asking import keeps, keeps_wish
from chat.agent.builtin.desk import Desk
from chat.agent.songs import Song
from chat.agent.understanding.wanted import kinds_of
from chat.agent.understanding.wish import (
    Wanted,
)
from chat.agent.wishes import mood_wishes


def matching_all(desk: Desk, song: Song, wanted: Wanted) -> bool:
    """Say whether a song is all of what is named, of each kind one."""
    return all(matching(desk, song, one) for one in kinds_of(wanted))


def matching(desk: Desk, song: Song, wanted: Wanted) -> bool:
    """Say whether a song is any of what is named."""
    if set(wanted.artists).intersection(song.artist_ids):
        return True
    kinds = {tag for genre in wanted.genres for tag in genre_family(genre)}
    if kinds.intersection(song.genres) and not _is_excepted(song, wanted):
        return True
    has_era = wanted.year_from is not None or wanted.year_to is not None
    if has_era and song.year is not None:
        first, last = wanted.year_from or 0, wanted.year_to or 9999
        if first <= song.year <= last:
            return True
    if any(keeps(song, held) for held in wanted.constraints):
        return True
    wishes = mood_wishes(wanted.moods, desk.levels)
    # "the slow ones" is about the word's first attribute, not all it brings along.
    return bool(wishes) and keeps_wish(song, wishes[0])


def _is_excepted(song: Song, wanted: Wanted) -> bool:
    artists = {pk for held in wanted.exceptions for pk in held.except_artists}
    tags = {
        tag
        for held in wanted.exceptions
        for key in held.except_genres
        for tag in genre_family(key)
    }
    return bool(artists.intersection(song.artist_ids) or tags & song.genres)


def artists_by_name(wanted: Wanted, songs: dict[int, Song]) -> list[int]:
    """Find artists of the list by part of their name ("everything by nina")."""
    if wanted.artists:
        return []
    said = [set(name_key(name).split()) for name in wanted.unknown_names]
    said.extend({word} for word in wanted.words)
    credits = {
        (artist, name_key(name))
        for song in songs.values()
        for artist, name in zip(song.artist_ids, song.artists, strict=True)
    }
    return [
        artist
        for artist, key in credits
        if any(words and words.issubset(key.split()) for words in said)
    ]
