"""What the agent proves, and what an edit did, as clients see it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from catalog.models import Track
from chat.agent.changes import ListDiff
from chat.agent.events import Proof
from chat.protocol import events
from playlists.edits import Diff


def proof_views(proofs: Mapping[int, Proof]) -> dict[int, events.Proof]:
    """Render proofs, with the songs that they point to by their UUIDs. One query."""
    near = {f.track_id for p in proofs.values() for f in p.facts if f.track_id}
    named = Track.objects.filter(pk__in=near).values_list("pk", "uuid")
    uuids = dict(named) if near else {}
    return {
        track: events.Proof(
            line=proof.line,
            facts=[
                events.ProofFact(
                    kind=fact.kind,
                    text=fact.text,
                    name=fact.name,
                    value=fact.value,
                    low=fact.low,
                    high=fact.high,
                    track=uuids.get(fact.track_id) if fact.track_id else None,
                    keeps=fact.keeps,
                )
                for fact in proof.facts
            ],
        )
        for track, proof in proofs.items()
    }


def change_view(
    diff: Diff,
    figures: ListDiff,
    *,
    uuids: Mapping[int, UUID],
    author: str,
    words: str,
) -> events.Change:
    """Render what an edit did. uuids: those of the tracks of both sides."""
    return events.Change(
        author=author,
        words=words,
        added=[uuids[i] for i in diff.added if i in uuids],
        removed=[uuids[i] for i in diff.removed if i in uuids],
        moved=[uuids[i] for i in diff.moved if i in uuids],
        diff=diff_view(figures),
    )


def diff_view(figures: ListDiff) -> events.ListDiff:
    """Render an edit's figures."""
    return events.ListDiff(
        text=figures.text,
        figures=figures.figures,
        added=figures.added,
        removed=figures.removed,
        moved=figures.moved,
        count_before=figures.count_before,
        count_after=figures.count_after,
        duration_before_ms=figures.duration_before_ms,
        duration_after_ms=figures.duration_after_ms,
        medians=[
            events.Median(
                attribute=median.attribute, before=median.before, after=median.after
            )
            for median in figures.medians
        ],
        title_before=figures.title_before,
        title_after=figures.title_after,
    )
