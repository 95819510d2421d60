"""What of playlists goes into a listener's download."""

from django.utils.translation import gettext_lazy as _

from accounts.takeout.contents import Table
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.models import (
    FoundTrack,
    LivingPlaylist,
    Playlist,
    PlaylistImport,
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
    Table(
        LivingPlaylist,
        "playlist__owner",
        _("Which are refreshed by themselves, how, and how that went"),
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
    Table(PlaylistImport, "owner", _("Lists that you brought as files")),
    Table(
        LibraryPart,
        "account__user",
        _("What you let come in from music services, and until when it is kept"),
    ),
    Table(
        LibraryList,
        "part__account__user",
        _("Your playlists there, as they came in"),
    ),
    Table(
        LibraryTrack,
        "holder__part__account__user",
        _("Your songs there, as they came in"),
    ),
)
