"""What only the player's buttons and keys do, said plainly: which ones they are."""

from __future__ import annotations

from chat.agent.builtin.desk import Desk
from chat.agent.understanding.asked import Steer, SteerWhat

_KEYS: dict[SteerWhat, str] = {
    "next": "The next song is the player's business: its next button, or Shift and → while you "
    "aren't typing. To take a song out of the list, say “remove number 2”.",
    "previous": "The song before is the player's business: its back button, or Shift and ← while "
    "you aren't typing.",
    "pause": "I can't stop the sound from here: the player's pause button does, or the space bar "
    "while you aren't typing.",
    "resume": "The player's play button goes on, or the space bar while you aren't typing.",
    "volume": "The volume is in your hands: the slider in the player, or your device. If you "
    "meant the music itself, say “more energetic” or “calmer”.",
    "mute": "The speaker button in the player mutes it and lets it sound again.",
    "seek": "← and → go five seconds back and on while you aren't typing; the bar in the player "
    "goes anywhere in the song.",
    "repeat": "The player has no repeat: it plays the list to its end. “Play it again” plays "
    "the last song once more.",
    "speed": "The player plays every song at its own speed. For a faster list say “faster”.",
}


def steer(desk: Desk, act: Steer) -> None:
    """Say which button or key does it."""
    if act.what != "playing":
        desk.say(_KEYS[act.what])
        return
    songs = desk.tools.songs(desk.resolve_named(()) or _spoken(desk))
    told = "The player shows what sounds right now; from here I can't hear it."
    for song in songs.values():
        told += f" We spoke last of {song.credit}."
    desk.say(told)


def _spoken(desk: Desk) -> list[int]:
    return [] if desk.state.spoken_of is None else [desk.state.spoken_of]
