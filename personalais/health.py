"""Is the process up, and may people come in?

`/health/live` says the first; `/health/ready` checks what a conversation needs and
names each check with "ok" or what is amiss, without any secret.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_rq import get_queue
from redis.exceptions import RedisError
from rq.command import PUBSUB_CHANNEL_TEMPLATE

from catalog.encoders.text import text_encoder
from catalog.models import IngestItem, IngestRun

logger = logging.getLogger(__name__)
OK = "ok"


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def check_migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} to apply" if pending else OK


def check_redis() -> str:
    get_queue("default").connection.ping()
    return OK


def check_workers() -> str:
    # Each worker listens on a channel of its own, from a live connection; its keys stay
    # for minutes after a kill.
    connection = get_queue("default").connection
    return OK if connection.pubsub_channels(PUBSUB_CHANNEL_TEMPLATE % "*") else "none"


def check_text_encoder() -> str:
    return OK if text_encoder().is_loaded else "loading"


def check_demo() -> str:
    return OK if demo_items().exists() else "not begun"


def demo_items() -> QuerySet[IngestItem]:
    return IngestItem.objects.filter(run__kind=IngestRun.Kind.DEMO)


def demo_progress() -> dict[str, int]:
    """Return how many songs of the demo library are in, and how many there will be."""
    pending = Count("pk", filter=Q(status=IngestItem.Status.PENDING))
    counts = demo_items().aggregate(total=Count("pk"), pending=pending)
    return {"ready": counts["total"] - counts["pending"], "total": counts["total"]}


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "migrations": check_migrations,
    "redis": check_redis,
    "workers": check_workers,
    "text_encoder": check_text_encoder,
    "demo_library": check_demo,
}


def run_checks() -> dict[str, str]:
    """Return what each check says: "ok", or what is amiss in a word or two."""
    results = {}
    for name, check in CHECKS.items():
        try:
            results[name] = check()
        except (DatabaseError, RedisError) as error:
            logger.warning("Health: %s: %s", name, error)
            results[name] = "no answer" if name in ("database", "redis") else "unknown"
    return results


@require_safe
@never_cache
async def show_live(request: HttpRequest) -> JsonResponse:
    """Answer, so that it is known that the process can."""
    return JsonResponse({"status": OK})


@require_safe
@never_cache
def show_ready(request: HttpRequest) -> JsonResponse:
    """Say whether the site is ready for people: 200, or 503."""
    results = run_checks()
    is_ready = all(result == OK for result in results.values())
    answer: dict[str, object] = {
        "status": OK if is_ready else "not ready",
        "checks": results,
    }
    if is_ready:
        answer["demo_library"] = demo_progress()
    return JsonResponse(answer, status=200 if is_ready else 503)
