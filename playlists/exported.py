"""What of playlists goes into a listener's download."""

from django.utils.translation import gettext_lazy as _

from accounts.takeout.contents import Table
from playlists.models import (
    FoundTrack,
    Playlist,
    PlaylistVersion,
    SavedPlaylist,
    ShareLink,
)

TABLES = (
    Table(Playlist, "owner", _("Your playlists")),
    Table(
        PlaylistVersion,
        "playlist__owner",
        _("Every version of them; track_ids are songs of songs.json, in their order"),
    ),
    Table(ShareLink, "playlist__owner", _("Links by which others may see them")),
    Table(
        SavedPlaylist,
        "playlist__owner",
        _("Which are saved at music services, and how"),
    ),
    Table(
        FoundTrack,
        "account__user",
        _("Where songs were found at those services"),
        also=("track__title",),
    ),
)
