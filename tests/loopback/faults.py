"""How a stand-in fails: at which call, in which way, before or after its effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "401", "403", "404", "429", "quota", "500", "502", "503", "silence", "not json"
]
When = Literal["before", "after"]


@dataclass(frozen=True)
class Fault:
    """One failure. `silence` answers nothing until the client gives up."""

    kind: Kind
    when: When = "before"
    retry_after_s: int = 7


@dataclass
class Faults:
    """Which calls fail; they are counted from 1, tokens' calls along with the API's.

    look: told of each call's number, before and after its effect; a test kills a
    worker in it. Before it, its saying True lets the call have none.
    """

    at: dict[int, Fault] = field(default_factory=dict)
    always: Fault | None = None
    look: Callable[[int, When], bool] | None = None
    calls: list[str] = field(default_factory=list)

    def begin(self, call: str) -> tuple[int, Fault | None]:
        """Count a call; return its number and how it fails."""
        self.calls.append(call)
        number = len(self.calls)
        return number, self.at.get(number, self.always)

    def notice(self, number: int, when: When) -> bool:
        """Tell whoever looks; say whether the call is to have no effect."""
        return self.look is not None and self.look(number, when)

    def forget(self) -> None:
        """Begin to count anew, and fail no more."""
        self.at, self.always, self.look = {}, None, None
        self.calls.clear()
