"""What is known of a track when several sources speak of it.

The rule of this file, for the plain facts (title, artists, album, date, ids, words):

- the only source of a track says all of it, and what it no longer says is gone;
- the earliest source that is still there may correct what it said, and takes nothing away;
- any other one fills in what is still open. Tags unite (`source_tags.py`).

And for audio attributes, whoever gives them: the better source wins (`attribute_rank`),
of equals the one that may correct. Nothing that a table gave is lost to listening.
"""

from __future__ import annotations

from enum import Enum

from catalog.ingest.facts import TrackFacts
from catalog.models import Track

# Facts that come alone. A date, its precision and its year come together.
PLAIN = (
    "title",
    "is_explicit",
    "popularity",
    "language",
    "licence",
    "cover_path",
    "isrc",
    "musicbrainz_id",
)
MEASURED, GENERATOR, TAGS, CURATOR = "measured", "generator", "tags", "curator"
# A curator has corrected what the others say. Who made a sound knows it best. What a person or a service gave for the recording is
# next: tables of audio features rest on more than we listen for.
CURATOR_RANK, GENERATOR_RANK, MEASURED_BEST_RANK = 5, 4, 3
GIVEN_RANK, MEASURED_RANK = 2, 1
# Except loudness: we measure this very file as BS.1770 says; tables give means of
# another scale and another master.
MEASURED_BEST = frozenset({"loudness_lufs"})


class Voice(Enum):
    """How much a source may say, among those of its track."""

    ALONE = "alone"
    FIRST = "first"
    LATER = "later"


def attribute_rank(name: str, source: str) -> int:
    """Return how good a source is for an attribute; more is better.

    source: as in `Track.attribute_sources`: "curator", "generator", "measured", "tags",
    or the name of a table.
    """
    if source == CURATOR:
        return CURATOR_RANK
    if source == GENERATOR:
        return GENERATOR_RANK
    if source == MEASURED:
        return MEASURED_BEST_RANK if name in MEASURED_BEST else MEASURED_RANK
    return GIVEN_RANK


def facts_merge(track: Track, facts: TrackFacts, *, voice: Voice) -> None:
    """Write facts into a track, as far as their voice goes. Saves nothing."""
    _plain_merge(track, facts, voice)
    _date_merge(track, facts, voice)
    _audio_merge(track, facts, voice)
    _attributes_merge(track, facts, voice)


def _plain_merge(track: Track, facts: TrackFacts, voice: Voice) -> None:
    for name in PLAIN:
        given, held = getattr(facts, name), getattr(track, name)
        may_say = voice is Voice.FIRST or not _is_known(held)
        if voice is Voice.ALONE or (_is_known(given) and may_say):
            setattr(track, name, given)


def _date_merge(track: Track, facts: TrackFacts, voice: Voice) -> None:
    is_open = track.released_on is None and track.year in (None, facts.year)
    if (
        voice is Voice.ALONE
        or (voice is Voice.FIRST and facts.year is not None)
        or (is_open and facts.year is not None)
    ):
        track.released_on = facts.released_on
        track.released_precision = facts.released_precision
        track.year = facts.year


def _audio_merge(track: Track, facts: TrackFacts, voice: Voice) -> None:
    if not facts.audio_path:
        return
    if voice is Voice.LATER and track.audio_path not in ("", facts.audio_path):
        return
    track.audio_path = facts.audio_path
    # The length of what plays is measured, whatever a table says.
    if facts.duration_ms is not None:
        track.duration_ms = facts.duration_ms


def _attributes_merge(track: Track, facts: TrackFacts, voice: Voice) -> None:
    sources = dict(track.attribute_sources)
    if voice is Voice.ALONE:
        # What it said before in the same way, and doesn't say now, isn't so any more.
        for name in [n for n in sources if sources[n] in facts.renewed]:
            setattr(track, name, None)
            del sources[name]
    for name, value in facts.attributes.items():
        source = facts.attribute_sources[name]
        if value is not None and _wins(track, sources, name, source, voice):
            setattr(track, name, value)
            sources[name] = source
    track.attribute_sources = sources


def _wins(
    track: Track, sources: dict[str, str], name: str, source: str, voice: Voice
) -> bool:
    if getattr(track, name) is None:
        return True
    # An attribute that nobody signed was put in by hand.
    held = attribute_rank(name, sources.get(name, ""))
    new = attribute_rank(name, source)
    return new > held or (new == held and voice is not Voice.LATER)


def _is_known(value: object) -> bool:
    return value is not None and value != ""
