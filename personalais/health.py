"""Is the process up, and may people come in?

`/health/live` says the first; `/health/ready` checks what a conversation needs and
names each check with "ok" or what is amiss, without any secret.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_rq import get_queue
from redis.exceptions import RedisError
from rq import Worker

from catalog.encoders.text import text_encoder
from catalog.models import IngestRun

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
    # A worker's key expires some minutes after its last sign of life.
    count = Worker.count(connection=get_queue("default").connection)
    return OK if count else "none"


def check_text_encoder() -> str:
    return OK if text_encoder().is_loaded else "loading"


def check_demo() -> str:
    begun = IngestRun.objects.filter(kind=IngestRun.Kind.DEMO).exists()
    return OK if begun else "not begun"


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
    return JsonResponse(
        {"status": OK if is_ready else "not ready", "checks": results},
        status=200 if is_ready else 503,
    )
