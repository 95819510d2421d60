"""How much one connection and one listener may send."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from limits import parse
from limits.strategies import MovingWindowRateLimiter

from accounts.limits import storage

# A person types a few messages a minute; a program that tests may send more.
MESSAGES_PER_LISTENER = "60/minute"


@dataclass
class Bucket:
    """A token bucket of one connection: cheap, and gone with it."""

    rate_per_s: float
    burst: float
    clock: Callable[[], float] = time.monotonic
    tokens: float = field(init=False)
    refused: int = field(init=False, default=0)
    filled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.burst
        self.filled_at = self.clock()

    def take(self) -> bool:
        """Take one token; return False when there is none."""
        now = self.clock()
        gained = (now - self.filled_at) * self.rate_per_s
        self.tokens, self.filled_at = min(self.burst, self.tokens + gained), now
        if self.tokens < 1:
            self.refused += 1
            return False
        self.tokens -= 1
        if self.is_calm():
            self.refused = 0
        return True

    def is_calm(self) -> bool:
        """Say whether the sender has paused: half of a burst is there again."""
        return self.tokens >= self.burst / 2

    def is_abused(self) -> bool:
        """Say whether the sender goes on in spite of having been told."""
        return self.refused > 10 * self.burst


def may_send_message(user_id: int) -> bool:
    """Count a message of a listener; return False above the limit. Blocks."""
    limiter = MovingWindowRateLimiter(
        storage(settings.ENV.redis_url, settings.ENV.redis_prefix)
    )
    return limiter.hit(parse(MESSAGES_PER_LISTENER), "message", str(user_id))
