"""`manage.py embed`: fill a space with the tracks that lack in it."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from catalog.embedding.pipeline import Filled, space_fill
from catalog.embedding.spaces import encoder_space_ensure, space_encoder
from catalog.embedding.wanted import embed_again, failures_forget, tracks_lacking
from catalog.embedding.work import space_finish
from catalog.encoders import FAMILIES, audio_encoder, audio_encoder_of
from catalog.encoders.protocol import AudioEncoder
from catalog.encoders.weights import ModelUnusable
from catalog.management.stopping import until_stopped
from catalog.models import EmbeddingFailure, Space
from catalog.spaces import SpaceMismatch

WAIT_FOR_OTHERS_S = 0.5
# How often what is left is counted anew, for other workers take their share.
COUNT_EVERY_S = 10.0
FAILURES_SHOWN = 20


class Command(BaseCommand):
    """Embed what lacks in a space, in this process, beside any other worker."""

    help = (
        "Embed all tracks with audio that lack a vector in a space. It goes on where "
        "it was left, and may run several times at once. Ctrl-C is safe at any time."
    )
    # They would load every page first: a second and more.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which space or encoder, and what to do again."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--space", help="slug of a space that is here already")
        which.add_argument(
            "--encoder", choices=FAMILIES, help="instead of AUDIO_ENCODER"
        )
        parser.add_argument(
            "--model", default="", help="with --encoder: instead of its default"
        )
        parser.add_argument(
            "--retry-failed",
            action="store_true",
            help="try the tracks again that couldn't be embedded",
        )
        parser.add_argument(
            "--again", action="store_true", help="embed all tracks anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill the space, and report."""
        try:
            space, encoder = self._chosen(options)
            encoder.load()
        except (ModelUnusable, SpaceMismatch) as error:
            raise CommandError(str(error)) from error
        if options["again"]:
            embed_again(space)
        elif options["retry_failed"]:
            failures_forget(space)
        failed = 0
        with until_stopped() as stop:
            failed = self._fill(space, encoder, stop)
        if stop.is_set():
            left = tracks_lacking(space).count()
            self.stdout.write(
                f"\nStopped with {left} tracks left. The same command goes on from here."
            )
            return
        self._report(space, failed)

    def _chosen(self, options: dict[str, Any]) -> tuple[Space, AudioEncoder]:
        if slug := options["space"]:
            audio = Space.objects.defer("fitted").filter(kind=Space.Kind.AUDIO)
            space = audio.filter(slug=slug).first()
            if space is None:
                known = ", ".join(audio.values_list("slug", flat=True)) or "none yet"
                raise CommandError(
                    f"There is no audio space {slug!r}. There are: {known}."
                )
            return space, space_encoder(space)
        family, model = options["encoder"], options["model"]
        if model and not family:
            raise CommandError("--model needs --encoder.")
        if family == settings.AUDIO_ENCODER and not model:
            family = None
        encoder = audio_encoder_of(family, model) if family else audio_encoder()
        return encoder_space_ensure(encoder), encoder

    def _fill(self, space: Space, encoder: AudioEncoder, stop: threading.Event) -> int:
        """Work until nothing lacks, whoever does it. Returns how many failed here."""
        failed = 0
        with tqdm(
            total=tracks_lacking(space).count(), unit="track", mininterval=0.5
        ) as bar:
            while True:
                before, counted_at = int(bar.n), time.monotonic()

                def show(filled: Filled, before: int = before) -> None:
                    nonlocal counted_at
                    bar.update(before + filled.done + filled.failed - bar.n)
                    if time.monotonic() - counted_at > COUNT_EVERY_S:
                        counted_at = time.monotonic()
                        bar.total = bar.n + tracks_lacking(space).count()

                filled = space_fill(
                    space, encoder, is_stopping=stop.is_set, on_progress=show
                )
                failed += filled.failed
                if space_finish(space, filled) or filled.is_complete:
                    return failed
                # Others are at the last ones; if they die, those are done here.
                if stop.wait(WAIT_FOR_OTHERS_S):
                    return failed

    def _report(self, space: Space, failed: int) -> None:
        count = space.embeddings.count()
        self.stdout.write(f"{space} holds {count} tracks; {failed} failed.")
        failures = EmbeddingFailure.objects.filter(space=space).order_by("-failed_at")
        for failure in failures.select_related("track")[:FAILURES_SHOWN]:
            title = "".join(c if c.isprintable() else "?" for c in failure.track.title)
            self.stdout.write(f"  {title} ({failure.track_id}): {failure.reason}")
        if failures.exists():
            self.stdout.write("--retry-failed tries these again.")
        if not Space.objects.filter(pk=space.pk, is_current=True).exists():
            self.stdout.write(
                f"Search goes on using another space: `manage.py switch_space {space}`"
                " makes it use this one."
            )
