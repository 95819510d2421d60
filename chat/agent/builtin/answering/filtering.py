"""From what songs a question is about to the filters of the catalog."""

from __future__ import annotations

from dataclasses import replace

from catalog.search.query import Filters
from chat.agent.asking import filters_of
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import given_for
from chat.agent.state import Given
from chat.agent.understanding.wish import Wanted


def is_known_filter(wanted: Wanted) -> bool:
    """Say whether it tells which songs are meant, by more than loose words."""
    return not replace(wanted, words=(), unknown_names=(), count=None, minutes=None).is_empty  # fmt: skip


def filters_for(desk: Desk, wanted: Wanted) -> Filters:
    """Return the filters that the songs keep which are asked about."""
    return filters_of(given_for(desk, Given(), wanted))
