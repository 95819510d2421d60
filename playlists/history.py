"""A playlist's versions, and what each of them changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from playlists.edits import Diff, content_diff
from playlists.models import Playlist, PlaylistVersion
from playlists.services import version_content


@dataclass(frozen=True)
class Entry:
    """One version beside the one that it was made from; `diff` is None for the first."""

    version: PlaylistVersion
    diff: Diff | None
    old_title: str
    is_current: bool
    is_described: bool = False

    @property
    def summary(self) -> str:
        """Say in a few words what changed."""
        if self.diff is None:
            return _("The beginning")
        parts = [
            f"{sign}{len(tracks)}"
            for sign, tracks in (("+", self.diff.added), ("−", self.diff.removed))
            if tracks
        ]
        if self.diff.moved:
            count = len(self.diff.moved)
            told = ngettext("%(count)s moved", "%(count)s moved", count)
            parts.append(told % {"count": count})
        if self.old_title:
            told = _("renamed from “%(title)s”")
            parts.append(told % {"title": self.old_title})
        if self.is_described:
            parts.append(_("described otherwise"))
        return _(", ").join(parts) or _("Nothing changed")


def history_entries(
    playlist: Playlist, versions: Sequence[PlaylistVersion]
) -> list[Entry]:
    """Set versions beside their parents. One query, for parents that aren't given."""
    known = {version.pk: version for version in versions}
    wanted = {_beside(version) for version in versions} - known.keys() - {0}
    known |= PlaylistVersion.objects.in_bulk(wanted)
    return [
        _entry(version, known.get(_beside(version)), playlist) for version in versions
    ]


def _beside(version: PlaylistVersion) -> int:
    """Return the key of the version that one was made from; 0 for the first."""
    return version.stands_for_id or version.parent_id or 0


def _entry(
    version: PlaylistVersion, parent: PlaylistVersion | None, playlist: Playlist
) -> Entry:
    diff = None
    if parent is not None:
        diff = content_diff(version_content(parent), version_content(version))
    return Entry(
        version=version,
        diff=diff,
        old_title=parent.title if parent and parent.title != version.title else "",
        is_current=version.pk == playlist.current_id,
        is_described=parent is not None and parent.description != version.description,
    )
