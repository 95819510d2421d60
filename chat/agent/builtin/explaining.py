"""Why a song is here, why another isn't, and why one stands before the other.

Every answer is a stored fact: what the search noted when it brought the song, what was
asked for, who edited the list and in which words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.genres import genre_name
from chat.agent.asking import keeps, keeps_wish, violations
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import standing_query
from chat.agent.constraints import Constraint
from chat.agent.proof import proof_of
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.understanding.pointing import (
    ThatOne,
    Titled,
)
from chat.agent.understanding.reading import (
    WhyNot,
    WhyOrder,
    WhyThis,
)
from playlists.models import PlaylistVersion

# How far down the search is followed to say where a song comes.
FOLLOWED = 100
# Songs of an artist that a question about them looks at.
LOOKED_AT = 20


def why_this(desk: Desk, act: WhyThis) -> None:
    """Explain a song by the facts that brought it."""
    pointed = desk.resolve(act.references or (ThatOne(),))
    songs = desk.tools.songs(pointed[:1])
    if not songs:
        desk.say("Which song do you mean? Tell me its number in the list.")
        return
    song = songs[pointed[0]]
    desk.speak_of(song)
    tracks = desk.tools.tracks()
    is_named = any(isinstance(reference, Titled) for reference in act.references)
    if is_named and song.track_id not in tracks:
        _why_not_song(desk, song)
        return
    # Two of an artist's names may have brought it.
    reasons = list(dict.fromkeys(desk.state.reasons.get(song.track_id, ())))
    if song.track_id in desk.tools.opinions().liked and "you like it" not in reasons:
        reasons.append("you like it")
    if not reasons:
        desk.say(f"{song.credit} is in the list because it was put there by hand.")
        return
    facts = "; ".join(reasons)
    desk.say(
        f"{song.credit}: {facts}.",
        f"What speaks for {song.credit}: {facts}.",
    )


def why_not(desk: Desk, act: WhyNot) -> None:
    """Say what keeps a song, an artist or a genre out of the list."""
    titled = [r for r in act.references if isinstance(r, Titled)]
    songs = desk.tools.songs(desk.resolve(titled or act.references)[:1])
    if songs:
        (song,) = songs.values()
        _why_not_song(desk, song)
    elif act.artists:
        _why_not_artist(desk, act.artists[0])
    elif act.genres:
        _why_not_genre(desk, act.genres[0])
    elif act.name:
        desk.say(*phrases.nothing_called(act.name))
    else:
        desk.say("Which song do you mean? Its title will do.")


def _why_not_song(desk: Desk, song: Song) -> None:
    desk.speak_of(song)
    tracks = desk.tools.tracks()
    if song.track_id in tracks:
        desk.say(
            f"{song.credit} is in the list: number {tracks.index(song.track_id) + 1}."
        )
        return
    kin = desk.tools.version_in_list(song.track_id)
    if kin is not None:
        place = tracks.index(kin) + 1
        other = desk.tools.songs([kin])[kin]
        desk.say(
            f"The list holds another version of it: {other.credit}, number {place}."
        )
        return
    if song.track_id in desk.tools.opinions().disliked:
        desk.say(f"You said that {song.credit} isn't for you, so it stays out.")
        return
    desk.offers.append(f"add {quoted(song.title)}")
    if held := desk.tools.opinions().aside.get(song.track_id):
        till = f"until {phrases.day(held.until)}" if held.until else "of this talk"
        desk.say(f"You said why {song.credit} isn't wanted now; it stays out {till}.")
        return
    given = desk.state.given
    broken = [v.constraint for v in violations(given, (song,), heard=_heard(desk))]
    if broken:
        why = phrases.listed(_breaking(desk, song, broken))
        desk.say(f"{song.credit} stays out since {why}.")
        return
    missed = [
        fact.text
        for fact in proof_of(song, given=given).facts
        if fact.kind == "attribute" and fact.keeps is False
    ]
    if missed:
        desk.say(
            f"{song.credit} is further from what you asked than those in the list: "
            f"{phrases.listed(missed)}."
        )
        return
    _tell_rank(desk, song)


def _heard(desk: Desk) -> frozenset[int]:
    asks = any(held.kind == "unheard" for held in desk.state.given.constraints)
    return desk.tools.heard_lately() if asks else frozenset()


def _breaking(desk: Desk, song: Song, broken: Iterable[Constraint]) -> Iterator[str]:
    """Yield what each broken constraint asks, and what is stored of the song."""
    for held in broken:
        asked = _asked(desk, held)
        yield f"you asked for {asked} and {_stored(song, held)}"


def _asked(desk: Desk, held: Constraint) -> str:
    match held.kind:
        case "artist" if held.artist is not None:
            names = desk.tools.artist_names([held.artist])
            what = f"songs by {named(names.get(held.artist, 'somebody else'))}"
        case "genre":
            what = genre_name(held.key)
        case "years":
            low, high = held.low, held.high
            what = phrases.era(
                None if low is None else int(low), None if high is None else int(high)
            )
        case "unheard":
            return "songs that you haven't had lately"
        case "attribute":
            what = f"“{held.words}”"
        case _:
            what = named(held.words or held.key or held.kind)
    return f"nothing of {what}" if held.is_refused else what


def _stored(song: Song, held: Constraint) -> str:
    match held.kind:
        case "genre" if song.genres:
            return (
                f"it is noted as {phrases.listed(sorted(map(genre_name, song.genres)))}"
            )
        case "genre":
            return "no genre is noted of it"
        case "artist":
            return (
                f"it is by {phrases.listed(map(named, song.artists)) or 'nobody known'}"
            )
        case "years":
            return f"it is from {song.year}" if song.year else "its year isn't known"
        case "unheard":
            return "you had it lately"
        case "language":
            return (
                f"it is noted as {song.language}"
                if song.language
                else "its language isn't noted"
            )
        case "tempo":
            bpm = song.facts["tempo_bpm"]
            return "its tempo isn't known" if bpm is None else f"it has {bpm:.0f} BPM"
        case "duration":
            if song.duration_ms is None:
                return "its length isn't known"
            return f"it plays {phrases.minutes(song.duration_ms)}"
        case "instrumental":
            value = song.facts["instrumentalness"]
            if value is None:
                return "whether anybody sings isn't noted"
            return f"its instrumentalness is {value:.2f}"
        case "explicit":
            if song.is_explicit is None:
                return "whether it is explicit isn't noted"
            return "it is explicit" if song.is_explicit else "it isn't explicit"
        case "version":
            return f"it is the {song.version or 'original'} version"
        case "instrument" | "place":
            marked = "is" if held.is_refused else "isn't"
            return f"it {marked} marked with that"
        case "attribute":
            value = song.facts.get(held.key)
            if value is None:
                return f"its {held.key} isn't known"
            return f"its {held.key.removesuffix('_bpm')} is {value:.2f}"


def _tell_rank(desk: Desk, song: Song) -> None:
    """Say where a song comes that breaks nothing: by the search itself."""
    held = desk.tools.songs(desk.tools.tracks()).values()
    for artist, name in zip(song.artist_ids, song.artists, strict=True):
        same = sum(artist in other.artist_ids for other in held)
        if same >= 2 and artist not in desk.state.given.artists:
            desk.say(
                f"{song.credit} would fit, but {same} songs by {named(name)} are in the "
                "list, and of one artist I take two at most unless you ask for more."
            )
            return
    result = desk.tools.find_tracks(standing_query(desk, limit=FOLLOWED))
    found = [hit.track_id for hit in result.hits]
    if song.track_id in found:
        place = found.index(song.track_id) + 1
        before = "nothing" if place == 1 else phrases.songs(place - 1)
        desk.say(
            f"{song.credit} fits what you asked; {before} would come before it if the "
            "list went on."
        )
        return
    desk.say(
        f"{song.credit} breaks nothing that you asked, but at least "
        f"{phrases.songs(len(found))} outside of the list are nearer to it."
        if found
        else f"{song.credit} isn't near enough to what you asked."
    )


def _why_not_artist(desk: Desk, artist: int) -> None:
    name = named(desk.tools.artist_names([artist]).get(artist, "them"))
    listed = desk.tools.songs(desk.tools.tracks()).values()
    here = [song for song in listed if artist in song.artist_ids]
    if here:
        are = "is one song" if len(here) == 1 else f"are {len(here)} songs"
        desk.say(f"There {are} by {name} in the list, {here[0].credit} for one.")
        return
    given = desk.state.given
    if artist in given.without_artists:
        desk.say(f"You asked for nothing by {name}.")
        desk.offers.append(f"add songs by {name}")
        return
    songs = desk.tools.songs(desk.tools.tracks_by_artists([artist], limit=LOOKED_AT))
    if not songs:
        desk.say(f"This catalog has no songs by {name}.")
        return
    for held in given.constraints:
        if held.is_hard and not any(keeps(song, held) for song in songs.values()):
            asked, first = _asked(desk, held), next(iter(songs.values()))
            what = f"{first.credit}, for one: {_stored(first, held)}"
            desk.say(f"You asked for {asked}, which none by {name} here is. {what}.")
            return
    for wish in given.wishes:
        if not any(keeps_wish(song, wish) for song in songs.values()):
            desk.say(f"None of their songs here is known to be “{wish.words}”.")
            return
    _why_not_song(desk, next(iter(songs.values())))


def _why_not_genre(desk: Desk, genre: str) -> None:
    given, name = desk.state.given, genre_name(genre)
    here = [
        song
        for song in desk.tools.songs(desk.tools.tracks()).values()
        if keeps(song, Constraint("genre", key=genre))
    ]
    if here:
        desk.say(
            f"{phrases.songs(len(here)).capitalize()} in the list count as {name}."
        )
    elif genre in given.without_genres:
        desk.say(f"You asked for no {name}.")
    elif given.genres:
        asked = phrases.listed(map(genre_name, given.genres))
        desk.say(f"You asked for {asked}, and nothing else comes in its place unasked.")
    else:
        desk.say(f"Nobody asked for {name} so far.")
    desk.offers.append(f"add some {name}")


def why_order(desk: Desk, act: WhyOrder) -> None:
    """Say why one song stands before another: who put it so, and in which words."""
    tracks = desk.tools.tracks()
    first = next((t for t in desk.resolve((act.first,)) if t in tracks), None)
    second = None
    if act.second is not None:
        second = next((t for t in desk.resolve((act.second,)) if t in tracks), None)
    elif tracks:
        second = tracks[0] if act.is_after else tracks[-1]
    if first is None or second is None or first == second:
        desk.say("Which two songs of the list do you mean? Their numbers will do.")
        return
    if act.is_after:
        first, second = second, first
    songs = desk.tools.songs([first, second])
    above, below = songs[first], songs[second]
    places = tracks.index(first) + 1, tracks.index(second) + 1
    if places[0] > places[1]:
        desk.say(
            f"It is the other way round: {below.credit} is number {places[1]} and "
            f"{above.credit} number {places[0]}."
        )
        return
    since = desk.tools.placed_by(first, second)
    if since is not None and since.author == PlaylistVersion.Author.LISTENER:
        desk.say(f"You put {above.credit} before {below.credit} by hand.")
        return
    words = f" since you said {quoted(since.words)}" if since and since.words else ""
    desk.say(f"They stand so{words}. {_difference(desk, above, below)}")


def _difference(desk: Desk, above: Song, below: Song) -> str:
    """Say what tells two songs apart that the search put in an order."""
    given = desk.state.given
    if given.arc is not None:
        axis = given.arc.axes()[0]
        values = above.facts.get(axis), below.facts.get(axis)
        if values[0] is not None and values[1] is not None:
            name = axis.removesuffix("_bpm")
            return (
                f"The list goes “{given.arc.words}”: the {name} of {quoted(above.title)} "
                f"is {values[0]:.2f}, that of {quoted(below.title)} {values[1]:.2f}."
            )
    reasons = desk.state.reasons
    stayed = "was in the list before"
    was = [stayed in reasons.get(song.track_id, ()) for song in (above, below)]
    if was == [True, False]:
        return f"{quoted(above.title)} {stayed}, and new songs come behind those that stay."
    missed = [
        sum(f.keeps is False for f in proof_of(song, given=given).facts)
        for song in (above, below)
    ]
    if missed[0] < missed[1]:
        return (
            f"{quoted(above.title)} misses less of what you asked: "
            f"{_count_missed(missed[0])}, against {_count_missed(missed[1])}."
        )
    return (
        f"The search found {quoted(above.title)} nearer to what you asked as a whole, "
        "with artists apart from each other."
    )


def _count_missed(count: int) -> str:
    return "nothing" if not count else f"{count} of it"
