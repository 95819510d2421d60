"""`manage.py train_mood DATA`: learn valence and arousal from EmoBank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.encoders.text import text_encoder
from chat.agent.mood.current import forget_head
from chat.agent.mood.emobank import UnusableSentences
from chat.agent.mood.training import train

SEED = 4


class Command(BaseCommand):
    """Train the mood head on the site's text model, and store it."""

    help = (
        "Train the head that hears moods in sentences on the site's TEXT_MODEL. Takes "
        "three minutes on one core; the web process takes it up when it starts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the table, and where the head goes."""
        parser.add_argument("data", type=Path, help="emobank.csv")
        parser.add_argument(
            "--out",
            type=Path,
            default=None,
            help="folder for mood_head.npz and mood_head.json (default: the site's own)",
        )
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, and report what was reached on the dev part."""
        folder = options["out"] or Path(settings.MOOD_FOLDER)
        try:
            head = train(
                options["data"],
                text_encoder(),
                seed=options["seed"],
                command=f"manage.py train_mood {options['data'].name} "
                f"--seed {options['seed']}",
                say=lambda line: self.stderr.write(line, self.style.NOTICE),
            )
            head.save(folder)
            forget_head()
        except UnusableSentences as failure:
            raise CommandError(str(failure)) from failure
        except OSError as failure:
            raise CommandError(f"{folder} can't be written to: {failure}.") from failure
        figures, sure = head.provenance.figures, head.provenance.confident
        self.stdout.write(
            f"On dev: valence r {figures['valence_r']}, arousal r "
            f"{figures['arousal_r']}; sure from {sure.valence} and {sure.arousal} "
            f"spreads. Written to {folder}."
        )
