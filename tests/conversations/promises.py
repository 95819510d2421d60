"""What no planner may break, whatever a script says and whoever answers.

Judged from stored facts alone, by code of the tests' own.
"""

from __future__ import annotations

from catalog.models import Track
from chat.agent.constraints import Constraint
from tests.conversations.script import Moment, is_of_genre


def refusals_hold(moment: Moment) -> None:
    """No song that came in is of what the listener refused for good."""
    for held in moment.state.given.constraints:
        if held.is_refused and held.is_hard:
            broken = [str(t) for t in moment.added if _is_of(t, held)]
            assert not broken, (held, broken)


def _is_of(track: Track, held: Constraint) -> bool:
    match held.kind:
        case "genre":
            return is_of_genre(track, held.key)
        case "artist":
            return any(
                credit.artist_id == held.artist for credit in track.credits.all()
            )
        case "language":
            return track.language == held.key
        case "explicit":
            return track.is_explicit is True
        case "version":
            return track.version == held.key
        case "years":
            low, high = held.low or 0, held.high or 9999
            return track.year is not None and low <= track.year <= high
        case _:
            return False
