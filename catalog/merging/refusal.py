"""Why rows can't become one."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.models import Artist, Track


class MergeRefused(Exception):
    """Nothing was merged; the message says why, in a sentence."""


def tracks_check(tracks: Sequence[Track]) -> None:
    """Raise MergeRefused where tracks can't be one recording. No query.

    They can't by the rules that keep them apart on import (catalog/ingest/matching.py):
    people gave them two MusicBrainz ids, or they are two versions of a song.
    """
    _check_musicbrainz("recordings", tracks)
    versions = {track.get_version_display() for track in tracks}
    if len(versions) > 1:
        raise MergeRefused(
            f"They are different versions: {_listed(sorted(versions))}. A playlist"
            " never holds two of one song anyway. If a version is wrong, correct it"
            " on the track's page first."
        )


def artists_check(artists: Sequence[Artist]) -> None:
    """Raise MergeRefused where artists have different MusicBrainz ids. No query."""
    _check_musicbrainz("artists", artists)


def _check_musicbrainz(what: str, rows: Sequence[Track] | Sequence[Artist]) -> None:
    known = {row.musicbrainz_id: str(row) for row in rows if row.musicbrainz_id}
    if len(known) > 1:
        named = _listed([f"{name} ({pk})" for pk, name in known.items()])
        raise MergeRefused(
            f"For MusicBrainz these are different {what}: {named}. If they are one,"
            " remove the wrong id on its page first."
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1]
