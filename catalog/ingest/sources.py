"""Read the facts of an item, by the kind of its run."""

from __future__ import annotations

from catalog.ingest.demo import demo_facts
from catalog.ingest.facts import TrackFacts
from catalog.ingest.files import file_facts
from catalog.models import IngestItem, IngestRun, Space


def facts_read(item: IngestItem, *, space: Space) -> TrackFacts:
    """Read an item: seconds for a demo track, tenths of one for a file.

    space: the audio space, in which a file's sound may be known already. Raises Refused or DecodeError with a sentence that says why.
    """
    if item.run.kind == IngestRun.Kind.DEMO:
        return demo_facts(item.source_key)
    return file_facts(item.source_key, root=item.run.root, space=space)
