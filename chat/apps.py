"""The chat's place among the rooms, and what it listens to."""

from typing import Any

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        """Recheck open sockets when a way in has ended, and follow the catalog."""
        from accounts.signals import access_ended
        from catalog.signals import (
            artists_asked,
            artists_merged,
            tracks_asked,
            tracks_merged,
        )
        from chat import checks
        from chat.merging import (
            artists_follow,
            conversations_of_artists,
            conversations_of_tracks,
            tracks_follow,
        )
        from feedback.signals import refusals_moved
        from playlists.signals import playlist_moved, refreshing_moved, save_moved

        checks.register_all()
        access_ended.connect(recheck_sockets, dispatch_uid="chat.recheck_sockets")
        tracks_merged.connect(tracks_follow, dispatch_uid="chat.tracks_follow")
        artists_merged.connect(artists_follow, dispatch_uid="chat.artists_follow")
        tracks_asked.connect(conversations_of_tracks, dispatch_uid="chat.of_tracks")
        playlist_moved.connect(tell_tabs_of_list, dispatch_uid="chat.tell_of_list")
        save_moved.connect(tell_tabs_of_save, dispatch_uid="chat.tell_of_save")
        refreshing_moved.connect(
            tell_tabs_of_refreshing, dispatch_uid="chat.tell_of_refreshing"
        )
        refusals_moved.connect(
            tell_tabs_of_refusal, dispatch_uid="chat.tell_of_refusal"
        )
        artists_asked.connect(conversations_of_artists, dispatch_uid="chat.of_artists")


def recheck_sockets(sender: object, **facts: Any) -> None:
    """Let the sockets of a listener check whether they may stay open."""
    from chat.access import sockets_recheck

    sockets_recheck(facts["user"])


def tell_tabs_of_list(sender: object, **facts: Any) -> None:
    """Show a playlist that a page has changed in the listener's open tabs."""
    from chat.deeds import restored_tell
    from chat.turns import playlist_tell

    playlist, after = facts["playlist"], facts["after"]
    playlist_tell(playlist, before=facts["before"], after=after, words=facts["words"])
    restored_tell(playlist, version=after, like=facts["like"])


def tell_tabs_of_refreshing(sender: object, **facts: Any) -> None:
    """Show in the listener's open tabs how a list is refreshed from now on."""
    from chat.refreshing import state_tell

    state_tell(sender, **facts)


def tell_tabs_of_refusal(sender: object, **facts: Any) -> None:
    """Tell a listener's open tabs what is never to be heard again, or may be."""
    from chat.ruling import ruled_tell

    ruled_tell(facts["user"], facts["ruled"], facts["asked"])


def tell_tabs_of_save(sender: object, **facts: Any) -> None:
    """Show in the listener's open tabs how far a playlist is on its way to a service."""
    from chat.saving import save_tell

    save_tell(sender, **facts)
