"""Playing songs that are pointed at: one of the list, one only spoken of, or several."""

from __future__ import annotations

from dataclasses import replace

from catalog.search.result import Result
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import ask
from chat.agent.builtin.refusing import tell_never
from chat.agent.songs import Song
from chat.agent.understanding.pointing import Place
from chat.agent.understanding.reading import Ask, PlayAgain, PlayThose
from chat.agent.understanding.wish import Wanted
from playlists.edits import Add, Clear


def play_again(desk: Desk, act: PlayAgain) -> None:
    """Show the song that is pointed at, or was spoken of last, to be played.

    What "the second one" points into stays as it was. A song that the list lacks comes
    in: before the others, or with songs like it where there are none.
    """
    if desk.state.named_artists and _play_artist(desk, act):
        return
    pointed = desk.resolve_named(act.references)[:1]
    songs = desk.tools.songs(pointed)
    if not songs:
        desk.say(
            "There is no song to play yet. What would you like to hear?",
            "No song has come up so far. Name one, a genre or a mood.",
        )
        return
    song = songs[pointed[0]]
    if song.track_id not in desk.tools.tracks():
        _bring_in(desk, song)
        return
    held = desk.state.shown
    _show_and_play(desk, song)
    desk.state = replace(desk.state, shown=held)
    desk.say(f"Here is {song.credit}.", f"{song.credit}, coming up.")


def play_those(desk: Desk, act: PlayThose) -> None:
    """Make the list of the songs that were named, or play the one that is there."""
    if desk.state.named_artists:
        artists = desk.state.named_artists
        ask(desk, Ask(Wanted(artists=artists), is_fresh=True))
        return
    named = list(desk.state.named)
    if never := desk.tools.refused_among(named):
        tell_never(desk, tracks=sorted(never))
        named = [track for track in named if track not in never]
    if not named or set(named) <= set(desk.tools.tracks()):
        play_again(desk, PlayAgain((Place(1),)))
        return
    if len(named) == 1:
        _bring_in(desk, desk.tools.songs(named)[named[0]])
        return
    had_songs = bool(desk.tools.tracks())
    desk.edit([Clear(), Add(tuple(named))], uses=named)
    songs = desk.tools.songs(named)
    desk.point_at(named)
    _show_and_play(desk, *(songs[track] for track in named if track in songs))
    desk.say(
        f"The list is now those {len(named)}, from {songs[named[0]].credit} on."
        + (" “Undo” brings back the one before." if had_songs else "")
    )


def _play_artist(desk: Desk, act: PlayAgain) -> bool:
    """Play one of the artists that were named: "play the second"."""
    artists = desk.state.named_artists
    match act.references:
        case (Place(position=position, count=1, is_of_playlist=False),):
            at = position - 1 if position > 0 else len(artists) + position
            if 0 <= at < len(artists):
                ask(desk, Ask(Wanted(artists=(artists[at],)), is_fresh=True))
                return True
    return False


def _bring_in(desk: Desk, song: Song) -> None:
    if not desk.tools.tracks():
        ask(desk, Ask(Wanted(like_tracks=(song.track_id,)), is_fresh=True))
        desk.plays = song.track_id
        return
    if never := desk.tools.refused_among([song.track_id]):
        tell_never(desk, tracks=sorted(never))
        return
    desk.edit([Add((song.track_id,), 0)], uses=[song.track_id])
    desk.point_at([song.track_id])
    _show_and_play(desk, song)
    desk.say(f"{song.credit} stands at the top of the list now.")


def _show_and_play(desk: Desk, *songs: Song) -> None:
    desk.show(Result((), (), 0), [song.track_id for song in songs])
    desk.plays = songs[0].track_id
    desk.speak_of(songs[0])
