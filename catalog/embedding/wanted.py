"""Which tracks lack a vector in a space, and who is at them.

The rule of this file: what lacks is asked of the database, so nothing is lost with a
worker. A worker claims a track by an advisory lock of its connection, which PostgreSQL
frees when the worker dies; no transaction is open while a track is decoded or encoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.advisory import Lock
from catalog.embedding.attempts import was_begun
from catalog.models import (
    Embedding,
    EmbeddingAttempt,
    EmbeddingFailure,
    EmbeddingWanted,
    Space,
    Track,
)

PAGE = 500


def tracks_with_audio() -> QuerySet[Track]:
    """Return the tracks that can be listened to."""
    return Track.objects.filter(vanished_at=None).exclude(audio_path="")


def tracks_lacking(space: Space) -> QuerySet[Track]:
    """Return the tracks with audio that have no vector in a space, or an old one.

    Those that an encoder couldn't take are left out.
    """
    here = {"space": space.pk, "track": OuterRef("pk")}
    return tracks_with_audio().filter(
        ~Exists(Embedding.objects.filter(**here))
        | Exists(EmbeddingWanted.objects.filter(**here)),
        ~Exists(EmbeddingFailure.objects.filter(**here)),
    )


def embed_again(space: Space, *, track_ids: Sequence[int] | None = None) -> int:
    """Note that tracks are to be embedded anew, or all; forget their failures.

    Their vectors stay until the new ones are there. Returns how many tracks.
    """
    tracks = tracks_with_audio()
    if track_ids is not None:
        tracks = tracks.filter(pk__in=track_ids)
    with transaction.atomic():
        failures_forget(space, track_ids=track_ids)
        ids = list(tracks.order_by("pk").values_list("pk", flat=True))
        EmbeddingWanted.objects.bulk_create(
            (EmbeddingWanted(space=space, track_id=pk) for pk in ids),
            batch_size=5000,
            ignore_conflicts=True,
        )
    return len(ids)


def failures_forget(space: Space, *, track_ids: Sequence[int] | None = None) -> int:
    """Forget that tracks couldn't be embedded, so that they are tried again."""
    failures = EmbeddingFailure.objects.filter(space=space)
    if track_ids is not None:
        failures = failures.filter(track__in=track_ids)
    return failures.delete()[0]


def track_changed(track_id: int, *, heard_in: Space) -> None:
    """Note that a track's sound is another now. Call in a transaction; three queries.

    heard_in: the space that has its new vector already.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO catalog_embeddingwanted (space_id, track_id)
            SELECT e.space_id, e.track_id
            FROM catalog_embedding e JOIN catalog_space s ON s.id = e.space_id
            WHERE e.track_id = %s AND s.kind = 'audio' AND s.id <> %s
            ON CONFLICT DO NOTHING
            """,
            [track_id, heard_in.pk],
        )
    EmbeddingFailure.objects.filter(track=track_id).delete()
    EmbeddingAttempt.objects.filter(track=track_id).delete()


@dataclass
class Claims:
    """A worker's claims on tracks of a space. Walks the catalog once, then starts anew.

    Claims belong to the connection: a pooler in transaction mode may not stand between.
    """

    space: Space
    _page: list[tuple[int, str]] = field(default_factory=list)
    _after: int = 0
    _held: set[int] = field(default_factory=set)

    def take(self, count: int) -> list[tuple[int, str]]:
        """Claim up to `count` tracks that lack and that nobody has begun yet.

        Returns their ids and audio paths. None are left, or others are at all of them,
        where it returns nothing.
        """
        taken: list[tuple[int, str]] = []
        while len(taken) < count:
            if not self._page and not self._turn_page():
                break
            some = self._page[: count - len(taken)]
            del self._page[: len(some)]
            taken += self._locked(some)
        return taken

    def take_suspect(self) -> tuple[int, str] | None:
        """Claim one track that was begun and whose worker is gone, if there is one."""
        begun = tracks_lacking(self.space).filter(was_begun(self.space)).order_by("pk")
        for row in begun.values_list("pk", "audio_path")[:PAGE]:
            if row[0] not in self._held and self._locked([row]):
                return row
        return None

    @property
    def held(self) -> frozenset[int]:
        """Return the tracks that are claimed now."""
        return frozenset(self._held)

    def release(self, track_ids: Iterable[int]) -> None:
        """Give up claims: the tracks are done, or somebody else may do them."""
        ids = [pk for pk in track_ids if pk in self._held]
        if not ids or connection.connection is None or connection.connection.closed:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_unlock(%s, key) FROM unnest(%s::int[]) AS t (key)",
                [int(Lock.EMBED_TRACK), [self._key(pk) for pk in ids]],
            )
        self._held.difference_update(ids)

    def release_all(self) -> None:
        """Give up all claims."""
        self.release(list(self._held))

    def _turn_page(self) -> bool:
        lacking = tracks_lacking(self.space).filter(~was_begun(self.space))
        lacking = lacking.order_by("pk")
        page = lacking.filter(pk__gt=self._after).values_list("pk", "audio_path")
        self._page = [row for row in page[:PAGE] if row[0] not in self._held]
        # At the end the walk begins anew with the next call, for what came since.
        self._after = self._page[-1][0] if self._page else 0
        return bool(self._page)

    def _locked(self, rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Lock rows that nobody else has, and keep those that lack even now."""
        ids = [pk for pk, _ in rows]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM unnest(%s::bigint[], %s::int[]) AS t (id, key)"
                " WHERE pg_try_advisory_lock(%s, key)",
                [ids, [self._key(pk) for pk in ids], int(Lock.EMBED_TRACK)],
            )
            locked = {row[0] for row in cursor.fetchall()}
        self._held |= locked
        # Another worker may have stored one between the page and the lock.
        still = set(
            tracks_lacking(self.space)
            .filter(Q(pk__in=locked))
            .values_list("pk", flat=True)
        )
        self.release(locked - still)
        return [row for row in rows if row[0] in still]

    def _key(self, track_id: int) -> int:
        # A chance meeting of two keys only makes one track wait for the other.
        return (self.space.pk * 1_000_003 + track_id) % 2**31
