"""Making, editing and undoing playlists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.advisory import Lock, lock_until_commit
from catalog.models import Track
from catalog.signals import ListMoved, tracks_refused
from playlists.edits import (
    Add,
    Clear,
    Content,
    Describe,
    Edit,
    EditRefused,
    Rename,
    Stale,
    content_edited,
)
from playlists.models import Playlist, PlaylistVersion, ShareLink
from playlists.writing import UnknownTrack, playlist_write, version_write

MAX_TRACKS = 500
# What a listener was given so lately needn't come again at once.
LATELY_DAYS = 3
LATELY_LISTS = 20
# Among how many lists one is looked for by its name.
TITLES_READ = 1000
Author = PlaylistVersion.Author
# What made a version that holds no more what was ruled out; in English, as words are.
NEVER_AGAIN = "never again"


def playlist_create(*, owner: User, title: str, description: str = "") -> Playlist:
    """Make a playlist whose first version is empty. One statement."""
    content = Content(title, (), description)
    return playlist_write(owner_id=owner.pk, content=content, author=Author.AGENT)


def lists_hold(owner_id: int) -> None:
    """Let nothing be ruled out by a listener until the transaction ends.

    Whoever locks a row before an edit within the same transaction calls this first.
    """
    lock_until_commit(Lock.REFUSALS, owner_id, is_shared=True)


def get_playlist_for(user: User, uuid: UUID) -> Playlist:
    """Fetch a listener's own playlist. Raises Playlist.DoesNotExist."""
    return Playlist.objects.select_related("current__parent").get(owner=user, uuid=uuid)


@transaction.atomic
def playlist_edit(
    playlist: Playlist,
    *,
    edits: Sequence[Edit],
    author: Author,
    words: str,
    undo_to: PlaylistVersion | None = None,
    base: int | None = None,
) -> PlaylistVersion:
    """Make the next version. Returns the current one when nothing changes.

    What its owner never wants to hear is in no version that is made, whoever puts it in.

    undo_to: where undo goes from there, if not to the version before; so that several
    edits which one message asked for are taken back together. base: the number of the
    version that the edits are meant for. Raises Stale when that isn't the current one,
    EditRefused for a track that is not in the catalog, a list that grows too long, or
    an edit of a track that is not in the list.
    """
    playlist = _locked_at(playlist, base)
    before = version_content(_current(playlist))
    after = _without_refused(playlist, content_edited(before, edits))
    if after == before:
        return _current(playlist)
    if len(after.tracks) > MAX_TRACKS:
        told = ngettext(
            "A playlist holds at most %(count)s song.",
            "A playlist holds at most %(count)s songs.",
            MAX_TRACKS,
        )
        raise EditRefused(told % {"count": MAX_TRACKS})
    try:
        return version_write(
            playlist,
            content=after,
            parent_id=undo_to.pk if undo_to else playlist.current_id,
            author=author,
            words=words,
            new=set(after.tracks) - set(before.tracks),
        )
    except UnknownTrack as error:
        told = _("One of these songs is not in the catalog.")
        raise EditRefused(told) from error


@transaction.atomic
def playlist_undo(playlist: Playlist, *, base: int | None = None) -> PlaylistVersion:
    """Go back to the version that the current one was made from.

    Raises EditRefused at the first version; Stale, see `playlist_edit`.
    """
    playlist = _locked_at(playlist, base)
    parent = _current(playlist).parent
    if parent is None:
        raise EditRefused(_("There is nothing to undo."))
    return _shown_again(playlist, parent)


@transaction.atomic
def playlist_redo(playlist: Playlist, *, base: int | None = None) -> PlaylistVersion:
    """Go on to the newest version that was made from the current one.

    Raises EditRefused when none was; Stale, see `playlist_edit`.
    """
    playlist = _locked_at(playlist, base)
    following = version_after(_current(playlist))
    if following is None:
        raise EditRefused(_("There is nothing to redo."))
    return _shown_again(playlist, following)


def version_after(version: PlaylistVersion) -> PlaylistVersion | None:
    """Return the newest version that was made from this one. One query.

    Or from the one that it stands for, or from another that stands for that.
    """
    original = version.original
    made = PlaylistVersion.objects.filter(
        Q(parent=original) | Q(parent__stands_for=original),
        # Theirs are of the same list, and PostgreSQL finds those by an index.
        playlist=version.playlist_id,
        stands_for=None,
    )
    return made.select_related("playlist").order_by("-number").first()


def is_like(version: PlaylistVersion, other: int | None) -> bool:
    """Say whether two versions are one but for what was ruled out. One query at most.

    other: the key of one of them.
    """
    if other is None or other == version.pk:
        return other is not None
    found = PlaylistVersion.objects.filter(pk=other, playlist=version.playlist_id)
    return any(held.original == version.original for held in found)


def playlist_restore(
    playlist: Playlist,
    *,
    number: int,
    author: Author,
    words: str = "",
    undo_to: PlaylistVersion | None = None,
    base: int | None = None,
) -> PlaylistVersion:
    """Make a version like an earlier one, without the songs that are gone since.

    words: what asked for it, if not its number. undo_to: see `playlist_edit`. Raises EditRefused where there is no version of that number; Stale, see
    `playlist_edit`.
    """
    old = playlist.versions.filter(number=number).first()
    if old is None:
        told = _("There is no version %(number)s of this playlist.")
        raise EditRefused(told % {"number": number})
    held = set(Track.objects.filter(pk__in=old.track_ids).values_list("pk", flat=True))
    tracks = tuple(track for track in old.track_ids if track in held)
    return playlist_edit(
        playlist,
        edits=[
            Rename(old.title),
            Describe(old.description),
            Clear(),
            Add(tracks, again=True),
        ],
        author=author,
        words=words or f"back to version {number}",
        undo_to=undo_to,
        base=base,
    )


@transaction.atomic
def playlist_copy(
    version: PlaylistVersion, *, owner: User, title: str = ""
) -> Playlist:
    """Make a playlist of a listener's own like this version, without songs that are gone.

    title: of the copy, "" for that of the version.
    """
    playlist = playlist_create(owner=owner, title=title or version.title)
    words = f"a copy of version {version.number}"
    known = Track.objects.filter(pk__in=version.track_ids)
    held = set(known.values_list("pk", flat=True))
    playlist_edit(
        playlist,
        edits=[
            Describe(version.description),
            Add(tuple(t for t in version.track_ids if t in held), again=True),
        ],
        author=Author.LISTENER,
        words=words,
    )
    playlist.refresh_from_db()
    return playlist


def share_link_open(playlist: Playlist) -> ShareLink:
    """Return the link by which anyone may see a playlist; made where there is none."""
    link, _created = ShareLink.objects.get_or_create(playlist=playlist, revoked_at=None)
    return link


def share_link_revoke(playlist: Playlist) -> bool:
    """Let the link to a playlist lead nowhere. Returns whether there was one."""
    links = ShareLink.objects.filter(playlist=playlist, revoked_at=None)
    return bool(links.update(revoked_at=timezone.now()))


def get_shared_playlist(key: str) -> Playlist:
    """Fetch the playlist that a link leads to. Raises Playlist.DoesNotExist."""
    found = Playlist.objects.select_related("current", "owner")
    return found.get(
        share_links__key=key, share_links__revoked_at=None, current__isnull=False
    )


@transaction.atomic
def playlist_return(
    playlist: Playlist, *, to: PlaylistVersion, base: int | None = None
) -> PlaylistVersion:
    """Show an earlier version again; those made since are kept, and undo skips them.

    Raises ValueError for another playlist's version; Stale, see `playlist_edit`.
    """
    if to.playlist_id != playlist.pk:
        raise ValueError(f"version {to.pk} is not one of playlist {playlist.pk}")
    return _shown_again(_locked_at(playlist, base), to)


@transaction.atomic
def playlist_delete_if_empty(playlist: Playlist) -> bool:
    """Delete a playlist without songs. Returns whether it did.

    Waits for an edit that is being made: a song that it brings keeps the playlist.
    """
    playlist = _locked(playlist)
    if _current(playlist).track_ids:
        return False
    playlist.delete()
    return True


def recently_listed(user: User, *, apart_from: Playlist) -> frozenset[int]:
    """Return the tracks of a listener's other lists of the last days. One query."""
    since = timezone.now() - timedelta(days=LATELY_DAYS)
    others = Playlist.objects.filter(owner=user, updated_at__gte=since)
    newest = others.exclude(pk=apart_from.pk).order_by("-updated_at")
    lists = newest.values_list("current__track_ids", flat=True)[:LATELY_LISTS]
    return frozenset(track for ids in lists for track in ids or ())


def playlists_titled(user: User) -> list[tuple[int, str]]:
    """Return id and title of a listener's lists, the latest changed first. One query."""
    own = Playlist.objects.filter(owner=user, current__isnull=False)
    newest = own.order_by("-updated_at", "-pk")[:TITLES_READ]
    return list(newest.values_list("pk", "current__title"))


def version_content(version: PlaylistVersion) -> Content:
    """Return what a version holds, as a value."""
    return Content(version.title, tuple(version.track_ids), version.description)


def _locked(playlist: Playlist) -> Playlist:
    lists_hold(playlist.owner_id)
    rows = Playlist.objects.select_for_update(of=("self",)).select_related("current")
    held = rows.get(pk=playlist.pk)
    if held.current is None and held.current_id is not None:
        # It was changed while this waited, by what the statement can't see yet.
        held.current = PlaylistVersion.objects.get(pk=held.current_id)
    return held


def _locked_at(playlist: Playlist, base: int | None) -> Playlist:
    """Lock a playlist for a change that was meant for a version. Raises Stale."""
    playlist = _locked(playlist)
    number = _current(playlist).number
    if base is not None and base != number:
        raise Stale(
            f"The playlist is at version {number} by now, and not at {base}. "
            "Look at it again."
        )
    return playlist


def _current(playlist: Playlist) -> PlaylistVersion:
    if playlist.current is None:  # only within playlist_create
        raise PlaylistVersion.DoesNotExist
    return playlist.current


def _without_refused(playlist: Playlist, content: Content) -> Content:
    """Return a content without what the owner never wants to hear."""
    refused = tracks_refused(playlist.owner_id, content.tracks)
    if not refused:
        return content
    kept = tuple(track for track in content.tracks if track not in refused)
    return replace(content, tracks=kept)


def _shown_again(playlist: Playlist, version: PlaylistVersion) -> PlaylistVersion:
    """Show a version again; one that stands for it where songs of it are ruled out.

    Undo and redo go on from that one as they would from the other.
    """
    content = version_content(version)
    kept = _without_refused(playlist, content)
    if kept == content:
        return _made_current(playlist, version)
    tracks = list(kept.tracks)
    like = playlist.versions.filter(stands_for=version.original, track_ids=tracks)
    standing = like.first()
    if standing is not None:
        return _made_current(playlist, standing)
    return version_write(
        playlist,
        content=kept,
        parent_id=version.parent_id,
        stands_for_id=version.original,
        author=Author.LISTENER,
        words=NEVER_AGAIN,
    )


def refused_leave(sender: object, *, user_id: int, **_facts: object) -> list[ListMoved]:
    """Take what a listener never wants to hear out of their lists.

    A query for the lists and two for each; a version for each that held any. Called by
    whoever holds Lock.REFUSALS alone, so that no list is being written meanwhile.
    """
    own = Playlist.objects.filter(owner=user_id, current__isnull=False)
    moved = []
    for playlist in own.select_related("current").order_by("pk"):
        before = _current(playlist)
        if tracks_refused(user_id, before.track_ids):
            after = _shown_again(_locked(playlist), before)
            moved.append(ListMoved(playlist.pk, before.pk, after.pk, after.words))
    return moved


def _made_current(playlist: Playlist, version: PlaylistVersion) -> PlaylistVersion:
    playlist.current = version
    playlist.save(update_fields=["current", "updated_at"])
    return version
