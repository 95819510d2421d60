"""Who a key belongs to."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import ApiToken, User

# A busy client would otherwise write one row a request, for a date that people read
# in days.
TOUCH_EVERY = timedelta(minutes=1)


def user_of_token(key: str) -> User | None:
    """Return the active user of a key that holds, and note that it was used.

    Costs one query, and an update at most once a minute.
    """
    token = (
        ApiToken.objects.select_related("user")
        .filter(key_hash=ApiToken.hash_key(key), revoked_at=None, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    now = timezone.now()
    due = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH_EVERY)
    if token.last_used_at is None or token.last_used_at < now - TOUCH_EVERY:
        ApiToken.objects.filter(due, pk=token.pk).update(last_used_at=now)
    user: User = token.user
    return user
