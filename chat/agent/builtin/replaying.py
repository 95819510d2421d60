"""Playing a song once more: it is shown and heard again, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

from catalog.search.result import Result
from chat.agent.builtin.desk import Desk
from chat.agent.understanding.reading import PlayAgain


def play_again(desk: Desk, act: PlayAgain) -> None:
    """Show the song that is pointed at, or was spoken of last, to be played.

    What "the second one" points into stays as it was.
    """
    pointed = desk.resolve(act.references)[:1]
    songs = desk.tools.songs(pointed)
    if not songs:
        desk.say(
            "There is no song to play again yet. What would you like to hear?",
            "No song has come up so far. Name one, a genre or a mood.",
        )
        return
    song = songs[pointed[0]]
    held = desk.state.shown
    desk.show(Result((), (), 0), pointed)
    desk.plays = song.track_id
    desk.state = replace(desk.state, shown=held)
    desk.speak_of(song)
    desk.say(f"{song.credit}, once more.", f"Here is {song.credit} again.")
