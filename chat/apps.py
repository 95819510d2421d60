"""The chat's place among the rooms, and what it listens to."""

from typing import Any

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        """Recheck open sockets when a way in has ended."""
        from accounts.signals import access_ended

        access_ended.connect(recheck_sockets, dispatch_uid="chat.recheck_sockets")


def recheck_sockets(sender: object, **facts: Any) -> None:
    """Let the sockets of a listener check whether they may stay open."""
    from chat.access import sockets_recheck

    sockets_recheck(facts["user"])
