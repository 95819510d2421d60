"""The playlists' place among the rooms, and what they listen to."""

from django.apps import AppConfig


class PlaylistsConfig(AppConfig):
    name = "playlists"

    def ready(self) -> None:
        """Follow the catalog's tracks when they become one, and say what is held.

        And go on, or let go, where a service was connected or is to be forgotten.
        """
        from django.db.models.signals import pre_delete

        from accounts.models import ServiceAccount
        from accounts.signals import service_connected
        from catalog.signals import refusals_grown, tracks_asked, tracks_merged
        from playlists.library.asking import library_go_on, library_leave
        from playlists.merging import (
            found_follow,
            library_follow,
            playlists_holding,
            versions_follow,
        )
        from playlists.services import refused_leave

        tracks_merged.connect(versions_follow, dispatch_uid="playlists.follow")
        tracks_merged.connect(found_follow, dispatch_uid="playlists.found_follow")
        tracks_merged.connect(library_follow, dispatch_uid="playlists.library_follow")
        service_connected.connect(library_go_on, dispatch_uid="playlists.library_go_on")
        pre_delete.connect(
            library_leave, sender=ServiceAccount, dispatch_uid="playlists.library_leave"
        )
        refusals_grown.connect(refused_leave, dispatch_uid="playlists.refused_leave")
        tracks_asked.connect(playlists_holding, dispatch_uid="playlists.holding")
