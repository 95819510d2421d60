"""System checks of the talk: what is in force only where something else fits."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register


def check_mood_head(**_: Any) -> list[CheckMessage]:
    """A mood head of another text model would say what isn't so."""
    # Not with the app: no command but `check` and the web process needs the agent.
    from chat.agent.mood.current import head_failure

    failure = head_failure()
    if not failure:
        return []
    return [
        Warning(
            f"Moods are read from mood words alone. {failure}",
            hint="Run manage.py train_mood DATA with the table of EmoBank; see "
            "docs/understanding.md.",
            id="chat.W001",
        )
    ]


def register_all() -> None:
    """Register the checks with Django."""
    register(check_mood_head)
