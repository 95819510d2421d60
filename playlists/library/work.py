"""Bring in one kind of a listener's library, page by page.

The rule of this file: a page's songs and the place where the next page begins are stored
together, or not at all. Whoever comes after a crash reads at most one page twice. Before
anything is stored, the row says whether it is still agreed to.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from catalog.advisory import Lock, try_session_lock
from playlists.library.matching import songs_match
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.library.queueing import PENDING
from playlists.library.service import HeldSong, ListPage, SongPage
from playlists.library.services import library_of
from playlists.saving.service import Trouble, TryLater

logger = logging.getLogger(__name__)

Kind, Status, Reason = LibraryPart.Kind, LibraryPart.Status, LibraryPart.Reason

# Until the next try where a service names no time.
WAITS_S = (30, 60, 300, 900, 3600)
# Without a page in between.
MAX_TRIES = 12
LONGEST_WAIT = timedelta(days=2)


class Ended(Exception):
    """It isn't agreed to any more, or was asked for anew."""


class Unasked(Trouble):
    """The listener hasn't agreed to it at the service."""

    reason = "unasked"


def library_work(part_id: int) -> None:
    """Bring a part in, until all of it is. A second worker returns at once."""
    with try_session_lock(Lock.LIBRARY, part_id) as is_mine:
        if not is_mine:
            return
        while part := _due(part_id):
            try:
                _Try(part).run()
            except (Ended, ObjectDoesNotExist):
                # Asked anew, it is due again; else there is nothing more to do.
                logger.info("%s: this try has ended", part)


def _due(part_id: int) -> LibraryPart | None:
    pending = Q(status__in=PENDING, due_at__lte=timezone.now())
    parts = LibraryPart.objects.select_related("account")
    return parts.filter(pending, pk=part_id).first()


class _Try:
    """One try."""

    def __init__(self, part: LibraryPart) -> None:
        self.part = part
        self.library = library_of(part.account)

    def run(self) -> None:
        """Read on from where the last try came to; a Trouble is noted in the row."""
        self._note(status=Status.WORKING, tries=F("tries") + 1)
        if self.part.tries > MAX_TRIES:
            # Something in it ends its worker each time.
            self._note(status=Status.FAILED, reason=Reason.REFUSED)
            return
        try:
            self._bring_in()
        except TryLater as trouble:
            self._try_later(trouble)
        except Trouble as trouble:
            logger.warning("%s: %s", self.part, trouble.reason)
            self._note(status=Status.FAILED, reason=trouble.reason)

    def _bring_in(self) -> None:
        part, kind = self.part, Kind(self.part.kind)
        if self.library.scope(kind) not in part.account.scopes:
            raise Unasked
        while not part.is_listed:
            self._store_lists(self.library.lists(part.offset))
        while (held := self._unread().first()) is not None:
            self._store_songs(held, self.library.songs(kind, held.ref, part.offset))
        self._finish()

    def _unread(self) -> Any:
        return self.part.lists.filter(asked=self.part.asked, is_read=False)

    @transaction.atomic
    def _store_lists(self, page: ListPage) -> None:
        part = self._locked()
        rows = [
            LibraryList(
                part=part, title=one.title, place=part.offset + n, **self._seen(one.ref)
            )
            for n, one in enumerate(page.lists)
        ]
        LibraryList.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=("part", "ref"),
            update_fields=("title", "place", "asked", "expires_at", "is_read"),
        )
        self._note(offset=page.next or 0, is_listed=page.next is None, tries=0)

    @transaction.atomic
    def _store_songs(self, held: LibraryList, page: SongPage) -> None:
        part = self._locked()
        self._store_tracks(held, page.songs, start=part.offset)
        if page.next is None:
            LibraryList.objects.filter(pk=held.pk).update(is_read=True)
        self._note(
            offset=page.next or 0, tries=0, progress=self._progress(page, part.offset)
        )

    def _store_tracks(
        self, held: LibraryList, songs: Sequence[HeldSong], *, start: int
    ) -> None:
        once = list({song.ref: song for song in songs}.values())
        rows = [
            LibraryTrack(
                holder=held,
                title=song.title,
                artists=list(song.artists),
                duration_ms=song.duration_ms,
                isrc=song.isrc,
                url=song.url,
                track_id=track,
                place=start + n,
                **self._seen(song.ref),
            )
            for n, (song, track) in enumerate(zip(once, songs_match(once), strict=True))
        ]
        LibraryTrack.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=("holder", "ref"),
            update_fields=(
                *("title", "artists", "duration_ms", "isrc", "url", "track"),
                *("place", "asked", "expires_at"),
            ),
        )

    def _seen(self, ref: str) -> dict[str, Any]:
        """Return what every row of this asking bears: its source and its end among it."""
        return {
            "ref": ref,
            "source": self.part.account.service,
            "asked": self.part.asked,
            "expires_at": self.part.expires_at,
        }

    def _progress(self, page: SongPage, offset: int) -> float:
        if self.part.kind != Kind.LISTS:
            return min(1.0, (offset + len(page.songs)) / max(1, page.total))
        lists = self.part.lists.filter(asked=self.part.asked)
        return lists.filter(is_read=True).count() / max(1, lists.count())

    @transaction.atomic
    def _finish(self) -> None:
        """Let go of what isn't there any more."""
        part = self._locked()
        gone = {"asked__lt": part.asked}
        LibraryTrack.objects.filter(holder__part=part, **gone).delete()
        part.lists.filter(**gone).delete()
        self._note(
            status=Status.DONE,
            reason=Reason.NONE,
            progress=1,
            brought_at=timezone.now(),
        )

    def _try_later(self, trouble: TryLater) -> None:
        tries = self.part.tries
        logger.info("%s: %s, try %s", self.part, trouble.reason, tries)
        if tries >= MAX_TRIES:
            self._note(status=Status.FAILED, reason=trouble.reason)
            return
        usual = WAITS_S[min(tries, len(WAITS_S)) - 1]
        wait = timedelta(seconds=usual if trouble.after_s is None else trouble.after_s)
        self._note(
            status=Status.WAITING,
            reason=trouble.reason,
            due_at=timezone.now() + min(wait, LONGEST_WAIT),
        )

    def _locked(self) -> LibraryPart:
        """Return the row as it is, held until the transaction ends. Raises Ended."""
        rows = LibraryPart.objects.select_for_update().filter(pk=self.part.pk)
        held = rows.filter(asked=self.part.asked).first()
        if held is None:
            raise Ended
        return held

    def _note(self, **facts: Any) -> None:
        """Write into the row, and here. Raises Ended."""
        mine = LibraryPart.objects.filter(pk=self.part.pk, asked=self.part.asked)
        if not mine.update(**facts):
            raise Ended
        self.part.refresh_from_db(fields=[*facts])
