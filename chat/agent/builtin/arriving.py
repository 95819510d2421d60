"""What is told while music is still coming in, or where there is none at all."""

from __future__ import annotations

from catalog.ingest.progress import music_arriving
from chat.agent.builtin.desk import Desk

# Among more songs than these, what a running import still brings seldom makes a list.
FEW_SONGS = 1_000


def words_of_arriving(desk: Desk) -> str:
    """Say that music is still coming in, where that may be why little was found.

    Empty where none is, or where there is plenty. Three small queries at most.
    """
    size = desk.tools.catalog_size()
    if size >= FEW_SONGS and (desk.found_count or desk.moves):
        return ""
    arriving = music_arriving()
    if arriving is None:
        return "" if size else "There is no music in this catalog yet."
    so_far = (
        f"{arriving.done:,} of {arriving.total:,} songs are ready"
        if arriving.total
        else f"{size:,} songs are here so far"
    )
    return f"Music is still coming in here: {so_far}. Ask again in a minute or two."


def tell_arriving(desk: Desk) -> None:
    """Tell of it, behind what was found or wasn't."""
    if words := words_of_arriving(desk):
        desk.say(words, topic="arriving")


def tell_no_music(desk: Desk) -> None:
    """Tell that nothing can be found, whatever is asked for, and why."""
    words = words_of_arriving(desk)
    desk.say(f"I have nothing to play yet. {words}".rstrip(), topic="arriving")
