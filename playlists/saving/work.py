"""Carry out what is asked of one saved playlist, from wherever an earlier try has left it.

The rule of this file: first the row says what is about to happen, then the service is told,
then the row says what has. Every try looks at how things are there, so a crash or a
lost answer at any place costs a look and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from catalog.advisory import Lock, try_session_lock
from playlists.models import Playlist, SavedPlaylist, make_marker
from playlists.saving.asking import SETTLES
from playlists.saving.finding import tracks_find
from playlists.saving.service import Details, MusicService, Trouble, TryLater
from playlists.saving.services import service_of
from playlists.signals import save_moved

logger = logging.getLogger(__name__)

Status, Reason = SavedPlaylist.Status, SavedPlaylist.Reason

# Until the next try where a service names no time. The first leaves a request that was
# thought lost the time to take effect.
WAITS_S = (30, 60, 300, 900, 3600)
MAX_TRIES = 12
LONGEST_WAIT = timedelta(days=2)
# Finding songs is most of the work; the rest is a few calls.
FINDING_SHARE = 0.8


class Ended(Exception):
    """The row is gone: the listener has disconnected, or deleted the playlist."""


def save_work(save_id: int) -> None:
    """Do what is asked, until nothing more is. A second worker returns at once."""
    with try_session_lock(Lock.PLAYLIST_SAVE, save_id) as is_mine:
        if not is_mine:
            return
        try:
            while _is_due(save_id):
                _Try(save_id).run()
        except (Ended, IntegrityError, ObjectDoesNotExist) as error:
            # Rows of a listener who has disconnected meanwhile refuse what comes late.
            logger.info("save %s has ended: %s", save_id, type(error).__name__)


def _is_due(save_id: int) -> bool:
    pending = Q(status__in=(Status.WAITING, Status.WORKING), due_at__lte=timezone.now())
    return SavedPlaylist.objects.filter(pending, pk=save_id).exists()


class _Try:
    """One try."""

    def __init__(self, save_id: int) -> None:
        self.save = _fetched(save_id)
        self.asked = self.save.asked
        self.service: MusicService = service_of(self.save.account)

    def run(self) -> None:
        """Try; a Trouble is noted in the row."""
        self._note(status=Status.WORKING, tries=F("tries") + 1)
        self.save.refresh_from_db(fields=["tries"])
        if self.save.tries > MAX_TRIES:
            # Something in it ends its worker each time.
            self._settle(Status.FAILED, reason=Reason.REFUSED)
            return
        try:
            if self.save.is_wanted:
                self._bring_up_to_date()
            else:
                self._take_away()
        except TryLater as trouble:
            self._try_later(trouble)
        except Trouble as trouble:
            logger.warning("%s: %s", self.save, trouble.reason)
            self._settle(Status.FAILED, reason=trouble.reason)

    def _bring_up_to_date(self) -> None:
        save = self.save
        playlist = Playlist.objects.select_related("current").get(pk=save.playlist_id)
        version = playlist.current
        if version is None:  # only within playlist_create
            raise Ended
        refs = tracks_find(
            self.service, save.account, version.track_ids, on_progress=self._tell
        )
        details = Details(version.title, save.is_public, save.marker)
        self._make_sure_it_is_there(details)
        overview = self.service.look(save.ref, details)
        if overview is None:
            self._forget_it_if_gone()
            return
        if not overview.is_kept:
            self.service.keep(save.ref)
        if not overview.is_right:
            self.service.describe(save.ref, details)
        is_known = bool(save.stamp) and save.stamp == overview.stamp
        now = save.holds if is_known else self.service.songs(save.ref)
        wanted = self._wanted(now, refs)
        stamp = overview.stamp if overview.is_right else ""
        if now != wanted:
            self._note(placed=list(dict.fromkeys([*save.placed, *refs])))
            stamp = self.service.arrange(
                save.ref, now=now, wanted=wanted, before_each=self._let_it_settle
            )
        self._settle(
            Status.DONE,
            placed=refs,
            holds=wanted,
            stamp=stamp,
            version=version.number,
            saved_at=timezone.now(),
            url=self.service.url(save.ref),
        )

    def _let_it_settle(self) -> None:
        """Put off the next try: should this one end here, a change is on its way.

        Who looked at the list before it is there would put the songs in again.
        """
        self._note(due_at=timezone.now() + SETTLES)

    def _make_sure_it_is_there(self, details: Details) -> None:
        """Find the playlist that an earlier try may have made, or make it."""
        save = self.save
        if save.ref or self._find_it():
            return
        # Whoever else is at it, by whatever mishap, has written another time.
        untouched = SavedPlaylist.objects.filter(
            pk=save.pk, ref="", creating_at=save.creating_at
        )
        if not untouched.update(creating_at=timezone.now()):
            raise TryLater("busy")
        self._note(ref=self.service.create(details))

    def _find_it(self) -> bool:
        """Look for what carries our marker; should there be several, keep the oldest.

        Raises TryLater while a request to make it may still be on its way.
        """
        begun_at = self.save.creating_at
        if begun_at is None:
            return False
        left = SETTLES - (timezone.now() - begun_at)
        if left > timedelta(0):
            raise TryLater("down", left.total_seconds())
        first, *others = self.service.find_marked(self.save.marker) or [""]
        for ref in others:
            self.service.remove(ref)
        if first:
            self._note(ref=first)
        return bool(first)

    def _forget_it_if_gone(self) -> None:
        """Begin anew where a playlist is gone there for good.

        One that was just made may be slow to show, and what its marker finds is there.
        """
        save = self.save
        if save.saved_at is None or self.service.find_marked(save.marker):
            raise TryLater("down")
        blank: dict[str, Any] = {
            "stamp": "",
            "holds": [],
            "placed": [],
            "saved_at": None,
        }
        self._note(ref="", creating_at=None, marker=make_marker(), **blank)

    def _wanted(self, now: Sequence[str], refs: list[str]) -> list[str]:
        """Return our songs, and behind them what the listener has added there."""
        ours = {*refs, *self.save.placed}
        theirs = [ref for ref in now if ref not in ours]
        return [*refs, *theirs]

    def _take_away(self) -> None:
        save = self.save
        if save.ref or self._find_it():
            self.service.remove(save.ref)
        mine = SavedPlaylist.objects.filter(pk=save.pk)
        if mine.filter(asked=self.asked).delete()[0]:
            save.status, save.progress, save.ref = Status.DONE, 1.0, ""
            save_moved.send(SavedPlaylist, save=save)

    def _try_later(self, trouble: TryLater) -> None:
        tries = self.save.tries
        logger.info("%s: %s, try %s", self.save, trouble.reason, tries)
        if tries >= MAX_TRIES:
            self._settle(Status.FAILED, reason=trouble.reason)
            return
        usual = WAITS_S[min(tries, len(WAITS_S)) - 1]
        wait = timedelta(seconds=usual if trouble.after_s is None else trouble.after_s)
        self._settle(
            Status.WAITING,
            reason=trouble.reason,
            due_at=timezone.now() + min(wait, LONGEST_WAIT),
        )

    def _tell(self, share: float) -> None:
        # A long list may need many visits of a busy service; one that goes on isn't stuck.
        self._note(progress=share * FINDING_SHARE, tries=1)
        save_moved.send(SavedPlaylist, save=self.save)

    def _settle(
        self, status: SavedPlaylist.Status, *, reason: str = "", **facts: object
    ) -> None:
        """End this try. What was asked meanwhile stays due, and is begun at once."""
        with transaction.atomic():
            # Whoever asks for more at this moment waits for this, or this for them.
            self.save.refresh_from_db(
                fields=["asked"],
                from_queryset=SavedPlaylist.objects.select_for_update(),
            )
            if status is Status.DONE:
                self._note(carried_out=self.asked, due_at=timezone.now(), **facts)
                facts = {"progress": 1.0}
            if self.save.asked == self.asked:
                self._note(status=status, reason=reason, **facts)
        save_moved.send(SavedPlaylist, save=self.save)

    def _note(self, **facts: object) -> None:
        """Write into the row, and here. Raises Ended where it is gone."""
        if not SavedPlaylist.objects.filter(pk=self.save.pk).update(**facts):
            raise Ended
        for name, value in facts.items():
            setattr(self.save, name, value)


def _fetched(save_id: int) -> SavedPlaylist:
    save = SavedPlaylist.objects.select_related("account", "playlist")
    found = save.filter(pk=save_id).first()
    if found is None:
        raise Ended
    return found
