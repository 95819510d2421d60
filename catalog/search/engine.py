"""The search: one query in, ranked hits with their reasons out."""

from __future__ import annotations

from catalog.columns.postings import Rows
from catalog.search.candidates import Evidence, evidence_of
from catalog.search.conditions import matching_tracks
from catalog.search.heard import taken_for
from catalog.search.masks import matching_rows
from catalog.search.query import Query
from catalog.search.ranking import ListName
from catalog.search.reasons import Found, track_reasons
from catalog.search.relaxation import Tier, tiers
from catalog.search.result import Hit, Result, Shortage, Step
from catalog.search.seeds import Seeds
from catalog.search.selection import Selection
from catalog.search.supply import Supply


def search_tracks(query: Query) -> Result:
    """Find tracks: those that keep everything, then, if too few, those that nearly do.

    A hit keeps every filter, or says by its `step` what was let go for it; a refusal is
    never broken. No track comes twice, and as many come as were asked for while the
    catalog holds them. About eight small queries, and one for each step that had to
    be taken.
    """
    evidence = evidence_of(query)
    gone: frozenset[int] = frozenset()
    while True:
        search = _Search(evidence, gone)
        search.run()
        broken = search.broken()
        if not broken:
            return search.result()
        # The columns are behind the database, or a track was taken out just now.
        gone |= broken


class _Search:
    """One run over the catalog's columns. gone: tracks that they still have wrongly."""

    def __init__(self, evidence: Evidence, gone: frozenset[int]) -> None:
        query = evidence.query
        self.query, self.evidence = query, evidence
        self.held = frozenset(query.liked) | query.beside
        self.gone = gone
        songs = (
            frozenset() if query.allow_kin else Seeds(evidence.view, self.held).songs()
        )
        self.selection = Selection(
            limit=query.limit,
            diversity=query.diversity,
            artist_cap=query.artist_cap,
            songs_taken=songs,
            uncapped=evidence.wanted_artists,
        )
        self.ledger: list[Step] = []
        self.found: list[Found] = []
        self.stages: list[tuple[Tier, frozenset[int], Rows | None]] = []
        self.is_held_fast = not query.may_relax or bool(query.fixed)
        self._heard: dict[frozenset[str], Rows] = {}

    def run(self) -> None:
        """Fill the selection stage by stage."""
        query, chosen = self.query, self.selection.chosen
        target = query.limit if query.relax_below is None else query.relax_below
        for tier in tiers(query):
            if len(chosen) >= query.limit:
                break
            if tier.loosens_filters and len(chosen) >= target:
                self.is_held_fast = True
                break
            size = target if tier.loosens_filters else query.limit
            heard = self._heard_as(tier.filters.genres)
            before = len(self.found)
            self._fill(tier, heard, up_to=size)
            came = frozenset(hit.track_id for hit in self.found[before:])
            self.stages.append((tier, came, heard))

    def _heard_as(self, genres: frozenset[str]) -> Rows | None:
        if not genres:
            return None
        if genres not in self._heard:
            found = taken_for(genres, self.evidence.audio, self.evidence.view)
            self._heard[genres] = found
        return self._heard[genres]

    def _fill(self, tier: Tier, heard: Rows | None, *, up_to: int) -> None:
        """Fill the selection from one stage, and note what it let in."""
        view, chosen = self.evidence.view, self.selection.chosen
        before = len(chosen)
        mask = matching_rows(view, tier.filters, tier.wishes, heard)
        mask[view.rows_of({*self.held, *self.gone, *(c.track_id for c in chosen)})] = (
            False
        )
        ranks: dict[int, dict[ListName, int]] = {}
        if tier.constraint is None or mask.any():
            supply = Supply(self.evidence, mask, songs_taken=self.selection.songs)
            self.selection.fill_from(supply, up_to=up_to)
            ranks = supply.ranks_of([c.track_id for c in chosen[before:]])
        step = None
        if tier.constraint is not None:
            step = len(self.ledger)
            gave = len(chosen) - before
            self.ledger.append(
                Step(tier.constraint, tier.was, tier.now, gave, tier.wish)
            )
        self.found += [
            Found(c.track_id, c.score, step, ranks[c.track_id]) for c in chosen[before:]
        ]

    def broken(self) -> frozenset[int]:
        """Return hits that don't keep what they should by the database itself.

        Asked only where the columns are known to be behind it. A query a stage.
        """
        if not self.evidence.columns.is_behind:
            return frozenset()
        broken: set[int] = set()
        for tier, came, heard in self.stages:
            ids = () if heard is None else self.evidence.view.ids[heard].tolist()
            right = matching_tracks(tier.filters, tier.wishes, frozenset(ids))
            broken |= came - set(right.filter(pk__in=came).values_list("pk", flat=True))
        return frozenset(broken)

    def result(self) -> Result:
        """Return the hits with their reasons, and what the search can say of itself."""
        found, ledger, limit = self.found, self.ledger, self.query.limit
        reasons = track_reasons(found, self.evidence, ledger)
        hits = tuple(
            Hit(f.track_id, f.score, reasons[f.track_id], f.step)
            for f in found
            if f.track_id in reasons
        )
        searched = self.evidence.view.count
        shortage = None
        if len(hits) < limit:
            shortage = _shortage(len(hits), searched, is_held_fast=self.is_held_fast)
        return Result(hits, tuple(ledger), searched, shortage)


def _shortage(found: int, searched: int, *, is_held_fast: bool) -> Shortage:
    if not searched:
        return Shortage("empty", "the catalog holds no songs yet")
    if is_held_fast:
        what = "no song keeps" if not found else f"only {found} keep"
        return Shortage("held_fast", f"{what} all that was asked")
    what = "nothing is left" if not found else f"only {found} are left"
    return Shortage("used_up", f"{what} once what was refused is taken away")
