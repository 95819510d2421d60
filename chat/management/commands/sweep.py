"""`manage.py sweep`: queue work again whose workers were lost, and tidy up."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

import redis.exceptions
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from accounts.services import sign_ins_prune
from accounts.sessions import sessions_prune
from accounts.takeout.work import exports_expire, exports_sweep
from catalog.bridge_queueing import bridges_sweep
from catalog.columns.keeping import bases_sweep
from catalog.embedding.queueing import embeds_sweep
from catalog.hearsay_queueing import hearsay_sweep
from catalog.ingest.queueing import runs_sweep
from catalog.maps.queueing import maps_sweep
from chat.agent.llm.spending import llm_calls_prune
from chat.refresh_queueing import refreshes_sweep
from feedback.donation.queueing import donations_sweep
from feedback.releasing.work import releases_sweep
from feedback.sharing.queueing import reactions_sweep
from playlists.library.asking import library_expire
from playlists.library.queueing import libraries_sweep
from playlists.saving.finding import found_expire
from playlists.saving.queueing import saves_sweep

logger = logging.getLogger(__name__)

# These count each space's vectors and all tracks, which takes a while in a large catalog.
COUNTS_EVERY_S = 120.0
PRUNES_EVERY_S = 3600.0


class Command(BaseCommand):
    """Look for runs and spaces with work left and too few jobs, again and again."""

    help = (
        "Queue imports, embedding, saved playlists, reactions for services, what listeners give and libraries again "
        "whose workers were lost or that a service had put off, releases, lists that are to be refreshed, and bridges, "
        "saved columns and a map that the catalog has outgrown, and a new version of the known "
        "artists to be written into documents. Delete old rows of the log of "
        "language model calls, what music services were asked long ago, and what came in from "
        "a listener's library there. Runs until it is stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add how often, and whether once is enough."""
        parser.add_argument(
            "--every", type=float, default=5.0, help="seconds between two looks"
        )
        parser.add_argument("--once", action="store_true", help="look once and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep until SIGTERM or Ctrl-C, or once."""
        if options["once"]:
            count = runs_sweep() + embeds_sweep() + bridges_sweep() + bases_sweep()
            count += hearsay_sweep() + maps_sweep() + saves_sweep() + exports_sweep()
            count += reactions_sweep() + libraries_sweep() + refreshes_sweep()
            count += donations_sweep()
            count += releases_sweep()
            pruned = llm_calls_prune()
            found_expire()
            library_expire()
            sign_ins_prune()
            sessions_prune()
            exports_expire()
            self.stdout.write(f"Queued {count} jobs again.")
            if pruned:
                self.stdout.write(f"Deleted {pruned} old calls of language models.")
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        counts_at = prunes_at = 0.0
        while not stopping.is_set():
            try:
                runs_sweep()
                embeds_sweep()
                saves_sweep()
                exports_sweep()
                reactions_sweep()
                donations_sweep()
                libraries_sweep()
                refreshes_sweep()
                releases_sweep()
                if time.monotonic() >= counts_at:
                    counts_at = time.monotonic() + COUNTS_EVERY_S
                    bridges_sweep()
                    bases_sweep()
                    hearsay_sweep()
                    maps_sweep()
                if time.monotonic() >= prunes_at:
                    prunes_at = time.monotonic() + PRUNES_EVERY_S
                    llm_calls_prune()
                    found_expire()
                    library_expire()
                    sign_ins_prune()
                    sessions_prune()
                    exports_expire()
            except (DatabaseError, redis.exceptions.RedisError) as error:
                # They come back, and then there may be all the more to sweep.
                logger.warning("can't sweep now: %s", error)
                connection.close()
            finally:
                close_old_connections()
            stopping.wait(options["every"])
