"""Who plays what in the demo library: every name is invented."""

from catalog.demo.roster.act import Act
from catalog.demo.roster.early import ACTS as EARLY
from catalog.demo.roster.late import ACTS as LATE
from catalog.demo.roster.middle import ACTS as MIDDLE

ACTS: tuple[Act, ...] = EARLY + MIDDLE + LATE

__all__ = ["ACTS", "Act"]
