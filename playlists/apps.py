"""The playlists' place among the rooms, and what they listen to."""

from django.apps import AppConfig


class PlaylistsConfig(AppConfig):
    name = "playlists"

    def ready(self) -> None:
        """Follow the catalog's tracks when they become one, and say what is held."""
        from catalog.signals import tracks_asked, tracks_merged
        from playlists.merging import found_follow, playlists_holding, versions_follow

        tracks_merged.connect(versions_follow, dispatch_uid="playlists.follow")
        tracks_merged.connect(found_follow, dispatch_uid="playlists.found_follow")
        tracks_asked.connect(playlists_holding, dispatch_uid="playlists.holding")
