"""What ./bin/run and ./bin/test say: one line a step, rewritten while it lasts."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO


class Terminal:
    """Prints steps. Where there is no terminal, each finished step is one plain line."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.is_live = self.out.isatty()
        self._has_draft = False

    def say(self, text: str) -> None:
        """Print a line that stays."""
        self._wipe()
        print(text, file=self.out, flush=True)

    def draft(self, text: str) -> None:
        """Show a line that the next one replaces; nothing where nobody looks on."""
        if not self.is_live:
            return
        width = shutil.get_terminal_size().columns - 1
        self._wipe()
        print(text[:width], end="", file=self.out, flush=True)
        self._has_draft = True

    def _wipe(self) -> None:
        if self._has_draft:
            # Back to the line's start, and clear it.
            print("\r\x1b[K", end="", file=self.out)
            self._has_draft = False
