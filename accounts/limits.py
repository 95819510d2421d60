"""How often somebody may try to sign in or up, and have mail sent.

Counted in Redis, so that several web processes count together. Two limits hold: one of
an address with a user name, against guessing one person's password, and a wider one
of the address alone, against trying one password on many names.
"""

import hashlib
import logging
import time
from functools import cache

from django.conf import settings
from limits import parse
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# The longest user name; what comes behind it is no part of one.
NAME_LENGTH = 150


@cache
def storage(url: str, prefix: str) -> RedisStorage:
    """Return the counters of a Redis; the client connects on first use."""
    return RedisStorage(url, key_prefix=f"{prefix}:limits")


def hash_name(name: str) -> str:
    """Return a short key for a user name, whose length and letters anybody chooses."""
    counted = name[:NAME_LENGTH].casefold()
    return hashlib.sha256(counted.encode("utf-8", "replace")).hexdigest()[:32]


def wait_s(action: str, *, address: str, name: str) -> int:
    """Count one try; return 0, or the seconds until the next one may be made.

    action: a key of settings.RATE_LIMITS. Without Redis nobody is kept out: the site
    says in its log and in its health that something is wrong.
    """
    limiter = _limiter()
    tried = [
        (parse(settings.RATE_LIMITS[action]), (action, address, hash_name(name))),
        (parse(settings.RATE_LIMITS["address"]), ("address", address)),
    ]
    try:
        for limit, identifiers in tried:
            if not limiter.hit(limit, *identifiers):
                reset_at = limiter.get_window_stats(limit, *identifiers).reset_time
                return max(1, round(reset_at - time.time()))
    except RedisError:
        logger.exception("Tries to %s are not being counted", action)
    return 0


def is_one_too_many(action: str, name: str) -> bool:
    """Count what is done for a name, whoever asks; say whether it was enough before.

    Without Redis there is no worker either, so nothing is done.
    """
    limit = parse(settings.RATE_LIMITS[action])
    try:
        return not _limiter().hit(limit, action, hash_name(name))
    except RedisError:
        logger.exception("What is done to %s is not being counted", action)
    return True


def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(
        storage(settings.RQ_QUEUES["default"]["URL"], settings.REDIS_PREFIX)
    )
