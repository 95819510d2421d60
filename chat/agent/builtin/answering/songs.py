"""Answers about songs: their facts, and honestly what isn't noted of them."""

from __future__ import annotations

from collections import Counter
from typing import cast

from catalog.genres import genre_name
from catalog.search.query import Filters
from chat.agent.builtin import phrases
from chat.agent.builtin.answering.facts import (
    LACKING,
    UNSTORED,
    fact,
    facts_told,
    known_of,
)
from chat.agent.builtin.answering.lists import of_list
from chat.agent.builtin.desk import Desk
from chat.agent.proof import ATTRIBUTE_NAMES, clock, number
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.understanding.asked import Facet, OfList, OfSong
from chat.agent.understanding.pointing import Order, ThatOne, Utmost

# So many songs are told of one by one.
TOLD = 5
_OF_LISTS: dict[Facet, OfList] = {
    "length": OfList("length"),
    "tempo": OfList("average", by="tempo_bpm"),
    "popularity": OfList("average", by="popularity"),
    "genre": OfList("genres"),
    "year": OfList("years"),
    "artist": OfList("artists"),
    "all": OfList("songs"),
}


def of_song(desk: Desk, act: OfSong) -> None:
    """Answer what is asked of songs."""
    if all(facet in UNSTORED for facet in act.about):
        _tell_unstored(desk, act)
        return
    utmost = next((r for r in act.references if isinstance(r, Utmost)), None)
    if utmost is not None:
        _tell_utmost(desk, utmost)
        return
    if _means_list(desk, act):
        for facet in act.about:
            of_list(desk, _list_question(facet, act.attribute))
        return
    found = desk.resolve_named(act.references)
    if act.name:
        found = songs_called(desk, act.name, has_albums=False)[:1]
        if not found and _tell_album(desk, act.name):
            return
    if act.artists and not found and _tell_genres_of(desk, act):
        return
    songs = desk.tools.songs(found)
    told = [songs[track] for track in found if track in songs][:TOLD]
    if not told:
        _tell_none(desk, act)
        return
    if len(told) == 1:
        desk.speak_of(told[0])
    elif not any(fact(desk, song, facet) for song in told for facet in act.about):
        lacked = phrases.listed(LACKING[f] for f in act.about if f in LACKING)
        desk.say(f"This catalog doesn't say {lacked} of any of these.")
        return
    for song in told:
        desk.say(facts_told(desk, song, act.about, attribute=act.attribute))
    if any(facet in UNSTORED for facet in act.about):
        _tell_unstored(desk, act)


def songs_called(desk: Desk, name: str, *, has_albums: bool = True) -> list[int]:
    """Return songs by a title, perhaps with who plays it, the best known first.

    An album's songs where no song is called so, if has_albums; then those of a title that
    is nearly spelt so. Up to seven indexed queries.
    """
    title, by, maker = name.partition(" by ")
    found = desk.tools.catalog.titled(name)
    if not found and by:
        artist = desk.tools.catalog.artist_called(maker)
        near = desk.tools.names_near({maker}).artists if artist is None else {}
        artist = near.get(maker, artist)
        songs = desk.tools.songs(desk.tools.catalog.titled(title))
        found = [t for t in songs if artist in songs[t].artist_ids]
    if has_albums:
        found = found or desk.tools.catalog.on_album(title)
    if not found and not desk.tools.catalog.on_album(title):
        found = list(desk.tools.names_near({title}).titles.values())
    return found


def _tell_album(desk: Desk, name: str) -> bool:
    """Say what is known of an album that is called so; say whether there is one."""
    found = desk.tools.catalog.on_album(name.partition(" by ")[0])
    songs = desk.tools.songs(found)
    told = [songs[track] for track in found if track in songs]
    if not told:
        return False
    desk.name_songs(told)
    best = phrases.listed(song.credit for song in told[:3])
    year = f", noted as from {told[0].year}" if told[0].year else ""
    desk.say(
        f"There is no song called so here, but an album, {quoted(told[0].album)}{year}, "
        f"with {best}."
    )
    return True


def _tell_genres_of(desk: Desk, act: OfSong) -> bool:
    """Say of what kinds an artist's songs are, where that is asked."""
    if act.about != ("genre",):
        return False
    songs = desk.tools.songs(desk.tools.tracks_by_artists(act.artists)).values()
    counts = Counter(genre for song in songs for genre in song.genres)
    if not counts:
        return False
    name = phrases.listed(map(named, desk.tools.artist_names(act.artists).values()))
    told = phrases.listed(genre_name(genre) for genre, _ in counts.most_common(TOLD))
    desk.say(f"Songs by {name} here count most as {told}.")
    return True


def _means_list(desk: Desk, act: OfSong) -> bool:
    """Say whether "it" is the list: that was dealt with last, and no song of it."""
    is_whole = all(
        facet in _OF_LISTS or (facet == "mood" and act.attribute)
        for facet in act.about
        if facet not in UNSTORED
    )
    is_vague = {"length", "mood", "tempo", "popularity"}.intersection(act.about)
    return bool(
        act.is_it
        and is_whole
        and is_vague
        and desk.state.is_of_list
        and len(desk.tools.tracks()) > 1
    )


def _list_question(facet: Facet, attribute: str) -> OfList:
    if attribute:
        return OfList("average", by=cast("Order", attribute))
    return _OF_LISTS.get(facet, OfList("songs"))


def _tell_unstored(desk: Desk, act: OfSong) -> None:
    lacked = [UNSTORED[facet] for facet in act.about if facet in UNSTORED]
    what = phrases.listed(dict.fromkeys(lacked))
    desk.say(
        f"I don't have that noted: this catalog doesn't keep {what}.",
        f"Sorry, that isn't noted here: this catalog doesn't keep {what}.",
    )
    if act.artists:
        _tell_artist(desk, act.artists[0])
        return
    found = songs_called(desk, act.name)[:1] if act.name else []
    if not act.name and all(isinstance(r, ThatOne) for r in act.references):
        spoken = desk.state.spoken_of
        is_of_people = {"people", "origin", "concerts"}.intersection(act.about)
        found = [] if spoken is None or is_of_people else [spoken]
    songs = desk.tools.songs(found)
    if found and found[0] in songs:
        song = songs[found[0]]
        desk.speak_of(song)
        known = known_of(desk, song)
        if known:
            desk.say(f"Of {song.credit} I can tell you {known}.")
        return
    desk.say("Album, year, length, tempo, key and genre of a song I can often tell.")


def _tell_artist(desk: Desk, artist: int) -> None:
    name = named(desk.tools.artist_names([artist]).get(artist, "them"))
    tracks = desk.tools.tracks_by_artists([artist], limit=TOLD)
    count = desk.tools.catalog.count(Filters(artists=frozenset([artist])))
    songs = desk.tools.songs(tracks)
    if not songs:
        desk.say(f"This catalog has no songs by {name}.")
        return
    desk.name_songs([songs[track] for track in tracks])
    best = phrases.listed(quoted(songs[track].title) for track in tracks[:3])
    desk.say(
        f"There {'is' if count == 1 else 'are'} {phrases.songs(count)} by {name} here: {best}{' for some' if count > 3 else ''}."
    )


def _tell_utmost(desk: Desk, utmost: Utmost) -> None:
    found = desk.resolve((utmost,))
    songs = desk.tools.songs(found)
    if not songs:
        desk.say(
            "The list is empty, so there is none to name."
            if not desk.tools.tracks()
            else "That isn't noted of any song in the list."
        )
        return
    song = songs[found[0]]
    desk.speak_of(song)
    place = desk.tools.tracks().index(song.track_id) + 1
    desk.say(
        f"That is {song.credit}, number {place} in the list: {measure(song, utmost.by)}."
    )


def measure(song: Song, by: str) -> str:
    """Return what a song has of what songs are compared by."""
    if by == "year":
        return str(song.year)
    if by == "duration":
        return clock(song.duration_ms or 0)
    value = song.facts.get(by)
    if value is None:
        return ""
    return f"{ATTRIBUTE_NAMES.get(by, by)} {number(by, value)}"


def _tell_none(desk: Desk, act: OfSong) -> None:
    if act.artists:
        _tell_artist(desk, act.artists[0])
    elif act.name:
        desk.say(
            f"I find no song called {quoted(act.name)} here, so I can't say.",
            f"This catalog has nothing called {quoted(act.name)}.",
        )
    elif not desk.tools.tracks() and desk.state.spoken_of is None:
        desk.say("Which song do you mean? None has come up so far; a title will do.")
    else:
        desk.say("Which song do you mean? Its title, or its number in the list.")
