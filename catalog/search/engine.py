"""The search: one query in, ranked hits with their reasons out."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import QuerySet

from catalog.models import Track
from catalog.search.candidates import Evidence, evidence_of
from catalog.search.conditions import findable_tracks, matching_tracks
from catalog.search.heard import heard_as
from catalog.search.query import Query
from catalog.search.ranking import ListName
from catalog.search.reasons import Found, track_reasons
from catalog.search.relaxation import Tier, tiers
from catalog.search.result import Hit, Result, Shortage, Step
from catalog.search.selection import Selection
from catalog.search.supply import Supply

# Not below what a list brings (`candidates.LIST_LIMIT`).
EF_SEARCH = 200


def search_tracks(query: Query) -> Result:
    """Find tracks: those that keep everything, then, if too few, those that nearly do.

    A hit keeps every filter, or says by its `step` what was let go for it; a refusal is
    never broken. No track comes twice, and as many come as were asked for while the
    catalog holds them. About twenty queries, and as many again for each step that had
    to be taken; 10-30 ms on a thousand tracks, one text encoding included.
    """
    with transaction.atomic():
        _tune_index()
        evidence = evidence_of(query)
        held = frozenset(query.liked) | query.beside
        songs = frozenset() if query.allow_kin else _songs_of(held)
        selection = Selection(
            limit=query.limit,
            diversity=query.diversity,
            artist_cap=query.artist_cap,
            songs_taken=songs,
        )
        ledger: list[Step] = []
        found: list[Found] = []
        target = query.limit if query.relax_below is None else query.relax_below
        is_held_fast = not query.may_relax or bool(query.fixed)
        heard: dict[frozenset[str], frozenset[int]] = {}
        for tier in tiers(query):
            if len(selection.chosen) >= query.limit:
                break
            if tier.loosens_filters and len(selection.chosen) >= target:
                is_held_fast = True
                break
            size = target if tier.loosens_filters else query.limit
            genres = tier.filters.genres
            if genres not in heard and genres and evidence.audio:
                heard[genres] = heard_as(genres, evidence.audio)
            tracks = matching_tracks(
                tier.filters, tier.wishes, heard.get(genres, frozenset())
            )
            brought = _fill(tier, tracks, evidence, selection, held, up_to=size)
            if tier.constraint is not None:
                gave = len(brought)
                ledger.append(
                    Step(tier.constraint, tier.was, tier.now, gave, tier.wish)
                )
            step = len(ledger) - 1 if tier.constraint is not None else None
            found.extend(Found(track, score, step, by) for track, score, by in brought)
        reasons = track_reasons(found, evidence, ledger)
        searched = findable_tracks().count()
    hits = tuple(Hit(f.track_id, f.score, reasons[f.track_id], f.step) for f in found)
    shortage = None
    if len(hits) < query.limit:
        shortage = _shortage(len(hits), searched, is_held_fast=is_held_fast)
    return Result(hits, tuple(ledger), searched, shortage)


def _fill(
    tier: Tier,
    tracks: QuerySet[Track],
    evidence: Evidence,
    selection: Selection,
    held: Collection[int],
    *,
    up_to: int,
) -> list[tuple[int, float, dict[ListName, int]]]:
    """Fill the selection from one stage; return tracks with scores and ranks in lists."""
    before = len(selection.chosen)
    taken = {*held, *(candidate.track_id for candidate in selection.chosen)}
    if tier.constraint is not None and not tracks.exclude(pk__in=taken).exists():
        return []
    supply = Supply(evidence, tracks, taken=taken, songs_taken=selection.songs)
    selection.fill_from(supply, up_to=up_to)
    came = selection.chosen[before:]
    ranks = supply.ranks_of([candidate.track_id for candidate in came])
    return [(c.track_id, c.score, ranks[c.track_id]) for c in came]


def _songs_of(track_ids: Collection[int]) -> frozenset[str]:
    if not track_ids:
        return frozenset()
    rows = Track.objects.filter(pk__in=track_ids).exclude(song_key="")
    return frozenset(rows.values_list("song_key", flat=True))


def _shortage(found: int, searched: int, *, is_held_fast: bool) -> Shortage:
    if not searched:
        return Shortage("empty", "the catalog holds no songs yet")
    if is_held_fast:
        what = "no song keeps" if not found else f"only {found} keep"
        return Shortage("held_fast", f"{what} all that was asked")
    what = "nothing is left" if not found else f"only {found} are left"
    return Shortage("used_up", f"{what} once what was refused is taken away")


def _tune_index() -> None:
    with connection.cursor() as cursor:
        # Keep walking the index while a filter refuses its rows, so that a list is
        # never starved (pgvector 0.8, "Iterative Index Scans").
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute(f"SET LOCAL hnsw.ef_search = {EF_SEARCH}")
