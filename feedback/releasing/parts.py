"""Which part of a release a contributor's records go to: train, validation or test.

A contributor stays in one part from release to release: where an earlier release holds
anything of theirs, in its part (`DonatedRecord.part`). Else a keyed digest of the
pseudonym says; nobody without the site's key can tell the part from a pseudonym. Where
few give, that would leave parts in which nobody can share a row: then new ones go where
they are lacking, by the order of their digests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.crypto import salted_hmac

from feedback.models import DonatedRecord
from feedback.releasing.floor import Floored

# A part, and the share of contributors up to its end.
PARTS = (("train", 0.8), ("validation", 0.9), ("test", 1.0))
NAMES = tuple(name for name, _ in PARTS)
# Which part comes first where there aren't enough people for all three.
FILLED = ("train", "test", "validation")


def part_by_digest(pseudonym: str) -> str:
    """Return the part of a contributor of whom no release holds anything."""
    share = _digest(pseudonym)
    return next(name for name, end in PARTS if share < end)


def parts_of(pseudonyms: Iterable[str], *, floor: int = 0) -> dict[str, str]:
    """Return the part of each contributor. One query.

    floor: how many people a part needs, to hold a row; 0: nobody goes where some lack.
    With three times as many each part has them, unless too many are in another one since
    an earlier release.
    """
    names = set(pseudonyms)
    held = DonatedRecord.objects.exclude(part="").order_by()
    kept = dict(held.values_list("pseudonym", "part").distinct())
    part_of = {who: kept.get(who) or part_by_digest(who) for who in names}
    free = sorted(names - kept.keys(), key=_digest)
    for place in range(len(FILLED)):
        part_of |= _moved(place, part_of, free, floor=floor)
    return part_of


def parts_keep(parts: Mapping[str, Floored]) -> None:
    """Have each contributor of whom a release holds something stay in its part.

    For whoever has locked the records. One statement a part.
    """
    for name, part in parts.items():
        of = {one.contributor for one in part.given if one.record in part.released}
        DonatedRecord.objects.filter(pseudonym__in=of).update(part=name)


def _moved(
    place: int, part_of: Mapping[str, str], free: Iterable[str], *, floor: int
) -> dict[str, str]:
    """Return who goes elsewhere, so that a part has enough people, or none in vain.

    free: those who may go, in their order.
    """
    name, counts = FILLED[place], Counter(part_of.values())
    coming: list[str] = []
    for who in free:
        if counts[name] >= floor:
            return dict.fromkeys(coming, name)
        held = part_of[who]
        if FILLED.index(held) > place or (held != name and counts[held] > floor):
            coming.append(who)
            counts.update({held: -1, name: 1})
    if counts[name] >= floor:
        return dict.fromkeys(coming, name)
    return {who: FILLED[0] for who in free if part_of[who] == name}


def _digest(pseudonym: str) -> float:
    """Return a number of 0..1 that only the site can tell."""
    digest = salted_hmac(
        "feedback.releasing.parts", pseudonym, algorithm="sha256"
    ).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
