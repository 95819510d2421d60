"""Which part of a release a contributor's records go to: train, validation or test.

A contributor stays in one part from release to release: where an earlier release holds
anything of theirs, in its part, and else where a keyed digest of the pseudonym says.
Nobody without the site's key can tell the part from a pseudonym.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from feedback.models import ReleasedRecord

# A part, and the share of contributors up to its end.
PARTS = (("train", 0.8), ("validation", 0.9), ("test", 1.0))
NAMES = tuple(name for name, _ in PARTS)


def part_by_digest(pseudonym: str) -> str:
    """Return the part of a contributor of whom no release holds anything."""
    digest = salted_hmac(
        "feedback.releasing.parts", pseudonym, algorithm="sha256"
    ).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    return next(name for name, end in PARTS if share < end)


def parts_of(pseudonyms: Iterable[str]) -> dict[str, str]:
    """Return the part of each contributor. One query."""
    kept = dict(
        ReleasedRecord.objects.order_by("-pk").values_list("record__pseudonym", "part")
    )
    return {name: kept.get(name) or part_by_digest(name) for name in pseudonyms}
