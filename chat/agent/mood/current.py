"""The head in use: the site's own, else the packaged one, if it fits the text model."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from catalog.encoders.text import SentenceEncoder, text_encoder
from chat.agent.mood.head import NAME, Affect, MoodHead, UnusableHead, head_read
from chat.agent.understanding.feelings import Feeling, Side

logger = logging.getLogger(__name__)

PACKAGED = Path(__file__).parent.parent / "data"


def current_head() -> MoodHead | None:
    """Return the head that speaks for the site's text model; None where none does.

    Reads files at the first call (5 ms), and loads no text model. Why there is none is
    logged, once.
    """
    return _head(text_encoder(), Path(settings.MOOD_FOLDER))


def affect_of(text: str) -> Affect | None:
    """Say how a text feels; None where no head speaks for the text model. 3 ms."""
    head = current_head()
    return head.affect_of(text, text_encoder()) if head is not None else None


def feeling_of(text: str) -> Feeling:
    """Say on which side a text lies, where the head is sure of it. 3 ms."""
    try:
        affect = affect_of(text)
    except UnusableHead as error:
        logger.warning("Moods are read from mood words alone: %s", error)
        affect = None
    head = current_head()
    if affect is None or head is None:
        return Feeling(0, 0)
    sure = head.provenance.confident
    return Feeling(
        _side(affect.valence, sure.valence),
        _side(affect.arousal, sure.arousal),
        is_strong=abs(affect.valence) >= 2 * sure.valence,
    )


def _side(figure: float, sure: float) -> Side:
    if abs(figure) < sure:
        return 0
    return 1 if figure > 0 else -1


def head_failure() -> str:
    """Say why no head serves, in a sentence; "" where one does. Loads no model."""
    return _choose(text_encoder(), Path(settings.MOOD_FOLDER))[1]


@lru_cache(maxsize=4)
def _head(encoder: SentenceEncoder, folder: Path) -> MoodHead | None:
    head, failure = _choose(encoder, folder)
    if failure:
        logger.warning("Moods are read from mood words alone: %s", failure)
    return head


def _choose(encoder: SentenceEncoder, own: Path) -> tuple[MoodHead | None, str]:
    failures = []
    for folder in (own, PACKAGED):
        if not (folder / f"{NAME}.json").is_file():
            continue
        try:
            head = head_read(folder)
        except UnusableHead as error:
            failures.append(str(error))
            continue
        if head.speaks_for(encoder):
            return head, ""
        failures.append(
            f"The mood head in {folder} was trained on {head.provenance.text_model}, "
            f"and the text model is {encoder.model_id}."
        )
    return None, " ".join(failures) or "No mood head was trained."


def forget_head() -> None:
    """Let the next call look for a head anew: one was trained."""
    _head.cache_clear()
