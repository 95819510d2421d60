"""Answers about the whole catalog: what it has, how much, and the most of something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.genres import genre_name
from catalog.search.query import Filters, Query
from chat.agent.builtin import phrases
from chat.agent.builtin.answering.facts import fact
from chat.agent.builtin.answering.filtering import filters_for, is_known_filter
from chat.agent.builtin.answering.lists import titles
from chat.agent.builtin.answering.songs import measure, songs_called
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import ask
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.understanding.asked import OfCatalog
from chat.agent.understanding.reading import Ask
from chat.agent.understanding.wish import Wanted

# So many songs an answer holds ready, for "add them"; fewer are named.
HELD, NAMED, GENRES = 12, 5, 15
# How far a search is followed to find who sounds alike.
FOLLOWED = 40
_COLUMNS = {"duration": "duration_ms"}


def of_catalog(desk: Desk, act: OfCatalog) -> None:
    """Answer what is asked of the catalog."""
    act = _of_someone(desk, act)
    match act.what:
        case "has":
            _tell_whether(desk, act)
        case "count":
            _tell_count(desk, act)
        case "songs":
            _tell_songs(desk, act)
        case "albums" | "album":
            _tell_albums(desk, act)
        case "genres":
            _tell_genres(desk)
        case "artists":
            _tell_artists(desk, act)
        case "alike":
            _tell_alike(desk, act)
        case "trending":
            _tell_trending(desk)
        case "utmost":
            _tell_utmost(desk, act)


def artist_spoken_of(desk: Desk) -> int | None:
    """Return whom "they" means: of the song spoken of, or of the list."""
    given = desk.state.given.artists
    if desk.state.is_of_list and len(given) == 1:
        return given[0]
    if desk.state.artist is not None:
        return desk.state.artist
    return given[0] if given else None


def _of_someone(desk: Desk, act: OfCatalog) -> OfCatalog:
    """Put an artist in place of "their", or of a name that is looked up."""
    if act.is_theirs:
        artist = artist_spoken_of(desk)
        if artist is not None:
            return replace(act, wanted=Wanted(artists=(artist,)))
        return replace(act, name="them")
    if act.wanted.artists or not act.name or act.wanted.genres or act.wanted.era_words:
        return act
    artist = desk.tools.catalog.artist_called(act.name)
    if artist is None and act.what != "has":
        artist = desk.tools.names_near({act.name}).artists.get(act.name)
    if artist is None:
        return act
    return replace(act, wanted=Wanted(artists=(artist,)))


def _called(desk: Desk, act: OfCatalog) -> str:
    """Return what was asked about, as the catalog writes it."""
    if act.wanted.artists and not (act.wanted.genres or act.wanted.era_words):
        names = desk.tools.artist_names(act.wanted.artists)
        return phrases.listed(map(named, names.values()))
    return named(act.name)


def _best(desk: Desk, filters: Filters, count: int) -> list[Song]:
    """Return the best known songs that keep filters, one version of each."""
    found = desk.tools.catalog.utmost(
        filters, "popularity", is_descending=True, count=3 * count
    ) or desk.tools.catalog.utmost(filters, "year", is_descending=True, count=3 * count)
    return _one_each(desk, found)[:count]


def _one_each(desk: Desk, tracks: Sequence[int]) -> list[Song]:
    songs, keys = desk.tools.songs(tracks), desk.tools.song_keys(tracks)
    seen: set[str] = set()
    kept = []
    for track in tracks:
        key = keys.get(track) or str(track)
        if track in songs and key not in seen:
            seen.add(key)
            kept.append(songs[track])
    return kept


def _offer(desk: Desk, songs: Sequence[Song]) -> None:
    if songs:
        desk.offers.append("add them" if len(songs) > 1 else "add it")
        desk.offers.append("play them" if len(songs) > 1 else "play it")


def _tell_whether(desk: Desk, act: OfCatalog) -> None:
    is_kind = bool(act.wanted.genres or act.wanted.era_words) and not act.wanted.artists
    if act.is_wish and not desk.tools.tracks():
        # With nothing in the list yet, hearing some is the answer.
        ask(desk, Ask(act.wanted, is_fresh=True))
        return
    title = act.name.partition(" by ")[0]
    found = [] if is_kind else songs_called(desk, act.name)
    if act.wanted.like_tracks:
        found = list(act.wanted.like_tracks)
    songs = _one_each(desk, found)
    if songs and not (act.wanted.artists and not act.wanted.like_tracks and title == act.name):  # fmt: skip
        desk.name_songs(songs[:HELD])
        known = fact(desk, songs[0], "all")
        others = f" There is also {titles(songs[1:], 3)}." if songs[1:] else ""
        desk.say(f"Yes: {songs[0].credit}, which {known}.{others}" if known else f"Yes: {songs[0].credit}.{others}")  # fmt: skip
        _offer(desk, songs[:1])
        return
    if is_known_filter(act.wanted):
        _tell_songs(desk, act)
        return
    near = desk.tools.nearest_artist(act.name)
    like = f" The nearest name here is {named(near)}." if near else ""
    desk.say(
        f"No, nothing here goes by {quoted(act.name)}.{like}",
        f"This catalog has no {quoted(act.name)}.{like}",
    )


def _tell_count(desk: Desk, act: OfCatalog) -> None:
    if not act.name and not act.is_theirs:
        total = desk.tools.catalog_size()
        desk.say(f"The catalog has {total:,} songs.", f"{total:,} songs in all.")
        return
    if not is_known_filter(act.wanted):
        desk.say(f"None: nothing here goes by {quoted(act.name)}.")
        return
    _tell_songs(desk, act)


def _tell_songs(desk: Desk, act: OfCatalog) -> None:
    """Say how many there are, and which are best known."""
    if not is_known_filter(act.wanted):
        _tell_unknown(desk, act)
        return
    filters = filters_for(desk, act.wanted)
    count = desk.tools.catalog.count(filters)
    what = _called(desk, act)
    by = f"by {what}" if act.wanted.artists and not act.wanted.genres else f"({what})"
    if not count:
        desk.say(f"None: this catalog has no songs {by}.")
        return
    songs = _best(desk, filters, HELD)
    desk.name_songs(songs)
    told = phrases.listed(
        quoted(s.title) if act.wanted.artists else s.credit for s in songs[:NAMED]
    )
    lead = "The best known: " if count > NAMED else ""
    desk.say(f"The catalog has {count:,} {'song' if count == 1 else 'songs'} {by}. {lead}{told}.")  # fmt: skip
    _offer(desk, songs)


def _tell_unknown(desk: Desk, act: OfCatalog) -> None:
    if act.is_theirs:
        desk.say("Whom do you mean? No artist has come up so far.")
        return
    desk.say(*phrases.nothing_called(act.name))


def _tell_albums(desk: Desk, act: OfCatalog) -> None:
    if not act.wanted.artists:
        if act.name or act.is_theirs:
            _tell_unknown(desk, act)
        else:
            desk.say("Of which artist? Albums I know by their songs here.")
        return
    artist = act.wanted.artists[0]
    name = _called(desk, act)
    albums = desk.tools.catalog.albums_by(artist)
    tracks = desk.tools.tracks_by_artists([artist], limit=1)
    if tracks:
        desk.speak_of(desk.tools.songs(tracks)[tracks[0]])
    if not albums:
        desk.say(f"No album by {name} is noted here.")
        return
    if act.what == "album":
        _tell_album(desk, act, name)
        return
    rows = [f"{quoted(a.title)}{f' ({a.year})' if a.year else ''}" for a in albums]
    rest = len(rows) - HELD
    told = phrases.listed([*rows[:HELD], *([f"{rest} more"] if rest > 0 else [])])
    desk.say(
        f"Songs by {name} here are from {len(rows)} album{'s' if len(rows) > 1 else ''}: {told}. "
        "There may be others that this catalog lacks."
    )


def _tell_album(desk: Desk, act: OfCatalog, name: str) -> None:
    albums = desk.tools.catalog.albums_by(act.wanted.artists[0])
    if act.by == "year":
        dated = [a for a in albums if a.year]
        pick = (max if act.is_descending else min)(dated, key=lambda a: a.year or 0) if dated else None  # fmt: skip
    else:
        pick = max(albums, key=lambda a: a.popularity or 0)
    if pick is None:
        desk.say(f"When the albums by {name} are from isn't noted here.")
        return
    how = "newest" if act.is_descending else "oldest"
    way = f"{how} here" if act.by == "year" else "with the best known song"
    songs = desk.tools.songs(desk.tools.catalog.on_album(pick.title))
    theirs = [s for s in songs.values() if act.wanted.artists[0] in s.artist_ids]
    desk.name_songs(theirs[:HELD])
    desk.say(
        f"Of the albums by {name} that I know, the {way} is {quoted(pick.title)}"
        f"{f' ({pick.year})' if pick.year else ''}, with {phrases.songs(pick.songs)} here. "
        "What has come out beyond this catalog I can't say."
    )


def _tell_genres(desk: Desk) -> None:
    genres = desk.tools.catalog.genres()
    if not genres:
        desk.say("No genre is noted of the songs here; a mood or an artist will do.")
        return
    told = phrases.listed(genre_name(key) for key, _ in genres[:GENRES])
    more = len(genres) - GENRES
    desk.say(
        f"{len(genres)} genres are noted here, most of all {told}{f', and {more} more' if more > 0 else ''}."
    )


def _tell_artists(desk: Desk, act: OfCatalog) -> None:
    filters = filters_for(desk, act.wanted)
    best = desk.tools.catalog.utmost(
        filters, "popularity", is_descending=True, count=FOLLOWED
    )
    songs = desk.tools.songs(best)
    first = {
        songs[t].artist_ids[0]: songs[t].artists[0]
        for t in best
        if t in songs and songs[t].artist_ids
    }
    if not first:
        desk.say("No artist is noted for that here.")
        return
    artists = dict(list(first.items())[:GENRES])
    told = phrases.listed(map(named, artists.values()))
    of = f" for {named(act.name)}" if act.name else ""
    many = "" if act.name else f"{desk.tools.catalog.count_artists():,} artists are here. "  # fmt: skip
    desk.say(f"{many}The best known{of}: {told}.")
    desk.state = replace(desk.state, named=(), named_artists=tuple(artists))


def _tell_alike(desk: Desk, act: OfCatalog) -> None:
    if not act.wanted.artists:
        _tell_unknown(desk, act)
        return
    artist = act.wanted.artists[0]
    name = _called(desk, act)
    seeds = desk.tools.tracks_by_artists([artist], limit=NAMED)
    if not seeds:
        desk.say(f"This catalog has no songs by {name} to go by.")
        return
    result = desk.tools.find_tracks(
        Query(
            liked=dict.fromkeys(seeds, 1.0),
            filters=Filters(without_artists=frozenset([artist])),
            limit=FOLLOWED,
            artist_cap=1,
        )
    )
    songs = desk.tools.songs(hit.track_id for hit in result.hits)
    alike: dict[int, str] = {}
    for hit in result.hits:
        song = songs[hit.track_id]
        if song.artist_ids:
            alike.setdefault(song.artist_ids[0], song.artists[0])
    artists = dict(list(alike.items())[:NAMED])
    if not artists:
        desk.say(f"I find nobody here whose songs are near those by {name}.")
        return
    told = phrases.listed(map(named, artists.values()))
    desk.say(
        f"Nearest to the songs by {name} are songs by {told}.",
        f"By what is known of their songs, {told} come nearest to {name}.",
    )
    desk.offers.append(f"something like {name}")
    desk.state = replace(
        desk.state,
        artist=artist,
        named=(),
        named_artists=tuple(artists),
        is_of_list=False,
    )


def _tell_trending(desk: Desk) -> None:
    songs = _best(desk, Filters(), HELD)
    if not songs:
        desk.say("There are no charts here.")
        return
    desk.name_songs(songs)
    desk.say(
        "There are no charts here, and what is new this week I can't know. The most popular "
        f"of this catalog: {phrases.listed(s.credit for s in songs[:NAMED])}."
    )
    _offer(desk, songs)


def _tell_utmost(desk: Desk, act: OfCatalog) -> None:
    if act.name and not is_known_filter(act.wanted):
        _tell_unknown(desk, act)
        return
    if act.is_theirs and not act.wanted.artists:
        _tell_unknown(desk, act)
        return
    column = _COLUMNS.get(act.by, act.by)
    found = desk.tools.catalog.utmost(
        filters_for(desk, act.wanted),
        column,
        is_descending=act.is_descending,
        count=max(act.count, 1) + 4,
    )
    songs = _one_each(desk, found)[: act.count]
    if not songs:
        what = f" ({_called(desk, act)})" if act.name or act.is_theirs else ""
        desk.say(f"That isn't noted of any such song here{what}.")
        return
    desk.name_songs(songs)
    told = (f"{song.credit} ({measure(song, act.by)})" for song in songs)
    are = "That is" if len(songs) == 1 else "Those are"
    desk.say(f"{are} {phrases.listed(told)}, of what this catalog has.")
    _offer(desk, songs)
