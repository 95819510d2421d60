"""Acts on what is never to be heard again: said, lifted, and kept to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.understanding.pointing import Reference, SongsOf, TheirSongs
from chat.agent.understanding.reading import MayPlay, NeverPlay


def never_play(desk: Desk, act: NeverPlay) -> None:
    """Never bring songs or artists again, and take them out of the listener's lists."""
    tracks, artists = _meant(desk, act.references, act.artists)
    if not tracks and not artists:
        desk.say("Which song or artist do you mean? A name or a number will do.")
        return
    names = _names(desk, tracks, artists)
    songs = desk.tools.songs(desk.tools.tracks())
    gone = {
        *tracks,
        *(t for t, song in songs.items() if set(artists) & set(song.artist_ids)),
    }
    for song in [songs[track] for track in tracks if track in songs][:1]:
        desk.speak_of(song)
    if artists:
        desk.state = replace(desk.state, artist=artists[0])
    went = desk.tools.never_again(tracks, artists)
    desk.tools.look_again()
    _forget(desk, gone, artists)
    out = ", and out of your lists" if went else ""
    it = "it" if len(tracks) + len(artists) == 1 and tracks else "them"
    desk.say(
        f"Never again: {names}{out}. Say “you may play {it} again” if that changes."
    )


def may_play(desk: Desk, act: MayPlay) -> None:
    """Let songs or artists be brought again."""
    tracks, artists = _meant(desk, act.references, act.artists)
    artists = _turned_away(desk, act.references, artists)
    if not tracks and not artists:
        desk.say("Which song or artist may I play again? A name will do.")
        return
    names = _names(desk, tracks, artists)
    is_lifted = desk.tools.may_play(tracks, artists)
    refused = desk.state.given.of("artist", is_refused=True)
    if ids := [held.id for held in refused if held.artist in artists]:
        # What was turned away in this talk alone.
        desk.give(desk.state.given.lacking(ids))
        is_lifted = True
    if still := desk.tools.refused_among(tracks):
        tell_never(desk, tracks=sorted(still))
    elif is_lifted:
        desk.say(f"{names} may come again.", f"Good, I may play {names} again.")
    else:
        desk.say(f"{names} may come any time: you had ruled out nothing of that.")


def _turned_away(
    desk: Desk, references: Sequence[Reference], artists: list[int]
) -> list[int]:
    """Return who is meant by "you can play him again": who was turned away last.

    artists: whom the words point at otherwise.
    """
    away = desk.state.given.without_artists
    ruled_out = {*away, *desk.tools.never().artists}
    is_said = any(isinstance(r, TheirSongs) for r in references)
    if not is_said or not away or ruled_out.intersection(artists):
        return artists
    return list(away[-1:])


def tell_never(
    desk: Desk, *, tracks: Collection[int] = (), artists: Collection[int] = ()
) -> None:
    """Say that something was asked for that is never to be heard.

    A song that is refused through its artists is told of by their names.
    """
    ruled = desk.tools.never().artists
    makers = {
        track: ruled & {*song.artist_ids, *song.guest_ids}
        for track, song in desk.tools.songs(tracks).items()
    }
    alone = [track for track in tracks if not makers.get(track)]
    names = _names(desk, alone, sorted(frozenset(artists).union(*makers.values())))
    desk.say(
        f"You asked me never to play {names} again, and I keep to that. Say “you may "
        f"play {names} again” if it has changed.",
        topic="never",
    )


def _meant(
    desk: Desk, references: Sequence[Reference], artists: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return the tracks and the artists that are spoken of."""
    theirs = [r for r in references if isinstance(r, TheirSongs | SongsOf)]
    others = [r for r in references if r not in theirs]
    return desk.resolve(others), [*artists, *desk.artists_of(theirs)]


def _names(desk: Desk, tracks: Sequence[int], artists: Sequence[int]) -> str:
    songs = desk.tools.songs(tracks)
    known = desk.tools.artist_names(artists)
    return phrases.listed(
        (
            *(songs[track].credit for track in tracks if track in songs),
            *(known[artist] for artist in artists if artist in known),
        )
    )


def _forget(desk: Desk, tracks: Collection[int], artists: Collection[int]) -> None:
    """Ask for nothing any more that is never to be heard."""
    given = desk.state.given
    asked = (held.id for held in given.of("artist") if held.artist in artists)
    seeds = tuple(seed for seed in given.seeds if seed not in tracks)
    desk.give(replace(given.lacking(asked), seeds=seeds))
