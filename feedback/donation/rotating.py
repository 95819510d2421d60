"""Put what was given under the newest key, so that an older one may go."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count

from feedback.donation.keys import donation_keys
from feedback.donation.locking import listener_lock, records_lock
from feedback.donation.records import records_of
from feedback.models import Consent, DonatedRecord, Reaction


def donations_rekey() -> int:
    """Rename records of all who ever agreed, listener by listener. Returns how many."""
    ids = Consent.objects.order_by("user").values_list("user", flat=True).distinct()
    return sum(_rekey(pk) for pk in ids)


def donations_lost() -> dict[str, int]:
    """Return the ids of keys that are gone, with how many records are under each.

    Nobody can withdraw those any more, until the key is back in the ring.
    """
    known = [key.id for key in donation_keys()]
    left = DonatedRecord.objects.exclude(key_id__in=known).order_by()
    return dict(left.values_list("key_id").annotate(n=Count("pk")))


@transaction.atomic
def _rekey(user_id: int) -> int:
    if not listener_lock(user_id):
        return 0
    newest, *older = donation_keys()
    old = records_lock(records_of(user_id).exclude(key_id=newest.id))
    if not old:
        return 0
    said = Reaction.objects.filter(user=user_id, turn__isnull=False)
    turns = said.order_by().values_list("turn", flat=True).distinct()
    names = {
        key.turn_key(user_id, turn): newest.turn_key(user_id, turn)
        for turn in turns
        if turn is not None
        for key in older
    }
    for record in old:
        record.pseudonym = newest.pseudonym(user_id)
        record.turn_key = names.get(record.turn_key) or newest.renamed(record.turn_key)
        record.key_id = newest.id
    DonatedRecord.objects.bulk_update(old, ["pseudonym", "turn_key", "key_id"])
    return len(old)
