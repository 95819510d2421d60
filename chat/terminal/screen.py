"""What the terminal shows. Words of songs and replies never steer it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

MARKS = {"like": "♥", "dislike": "✕", "more": "＋", "none": ""}

HELP = (
    ("anything", "is said to the companion"),
    ("/list", "shows the playlist"),
    ("/like 3, /dislike 3, /more 3, /none 3", "reacts to its third song"),
    ("/dislike 3 overplayed", "says why: not_for_me, wrong_mood, unknown as well"),
    ("/never 3", "never brings it again"),
    ("/why 3", "asks why it is there"),
    ("/remove 3 4", "takes songs out"),
    ("/move 5 1", "moves the fifth to the first place"),
    ("/rename A title", "names the playlist"),
    ("/undo", "takes back the last change of the list"),
    ("/new", "begins another conversation"),
    ("/stop or Ctrl-C", "stops a reply that is being written"),
    ("/quit or Ctrl-D", "leaves"),
)


def harmless(text: str) -> str:
    """Return a text without control characters, which could steer a terminal."""
    return "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf")
    )


def clock(duration_ms: int | None) -> str:
    """Return a duration as minutes and seconds."""
    if duration_ms is None:
        return ""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    return f"{minutes}:{seconds:02}"


class Screen:
    """Writes to a console, which may be a file in tests."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._is_in_words = False

    def words(self, text: str) -> None:
        """Go on with what is being said."""
        self._is_in_words = True
        self.console.print(Text(harmless(text)), end="", soft_wrap=True)

    def end_words(self) -> None:
        """End the line of what was said, if it is open."""
        if self._is_in_words:
            self.console.print()
        self._is_in_words = False

    def note(self, text: str, style: str = "dim") -> None:
        """Say something beside the talk."""
        self.end_words()
        self.console.print(Text(harmless(text), style=style))

    def wrong(self, text: str) -> None:
        """Say what was not done."""
        self.note(text, "red")

    def songs(self, title: str, tracks: Sequence[dict[str, Any]]) -> None:
        """Show numbered songs."""
        self.end_words()
        table = Table(title=Text(harmless(title)), title_justify="left", box=None)
        for name in ("", "Song", "Artist", "Year", "Length", ""):
            table.add_column(
                name, justify="right" if name in ("", "Length") else "left"
            )
        for place, track in enumerate(tracks, 1):
            table.add_row(
                str(place),
                Text(harmless(track["title"])),
                Text(harmless(", ".join(track["artists"]))),
                str(track["year"] or ""),
                clock(track["duration_ms"]),
                MARKS[track["reaction"]],
            )
        self.console.print(table)

    def suggestions(self, texts: Sequence[str]) -> None:
        """Show what might be said next."""
        self.end_words()
        self.console.print(Text(harmless("Try: " + " · ".join(texts)), style="dim"))

    def given(self, constraints: Sequence[dict[str, Any]]) -> None:
        """Show in a line what is taken as given."""
        strengths = {"hard": "must", "soft": "rather"}
        told = (f"{strengths[c['strength']]} {c['label']}" for c in constraints)
        self.note("Given: " + " · ".join(told))

    def help(self) -> None:
        """Explain what can be typed."""
        self.end_words()
        table = Table(box=None, show_header=False)
        for typed, does in HELP:
            table.add_row(Text(typed, style="bold"), does)
        self.console.print(table)
