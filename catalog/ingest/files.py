"""An audio file's facts: its tags, its sound, its cover."""

from __future__ import annotations

from pathlib import Path

from catalog.audio.content import content_hash
from catalog.audio.tags import read_tags
from catalog.ingest.covers import cover_keep
from catalog.ingest.facts import Attribute, Refused, TrackFacts
from catalog.ingest.folder import file_fingerprint
from catalog.ingest.heard import file_listen
from catalog.ingest.merging import MEASURED, TAGS
from catalog.models import Embedding, Space, Tag, Track


def file_facts(source_key: str, *, root: str, space: Space) -> TrackFacts:
    """Read an audio file, and listen to it unless its sound is known in the space.

    source_key: its absolute path; root: the folder of the import. Raises Refused where
    it is gone and DecodeError where it can't be listened to.
    """
    path = Path(source_key)
    try:
        # Before it is read: a change in the meantime is then seen by the next import.
        fingerprint = file_fingerprint(path.stat())
    except OSError as error:
        raise Refused("It's no longer there.") from error
    content = content_hash(path)
    heard = None if _is_heard(content, space) else file_listen(path)
    tags = read_tags(path, root=Path(root))
    told: dict[str, Attribute] = {}
    if tags.replaygain_db is not None:
        told["replaygain_db"] = tags.replaygain_db
    measures = heard.measures if heard else {}
    return TrackFacts(
        source=Track.Source.FILE,
        source_key=source_key,
        fingerprint=fingerprint,
        content_hash=content,
        title=tags.title,
        artists=tags.artists,
        album=tags.album,
        album_artist=tags.album_artist,
        is_compilation=tags.is_compilation,
        tags=(
            *((Tag.Kind.GENRE.value, name) for name in tags.genres),
            *((Tag.Kind.MOOD.value, name) for name in tags.moods),
        ),
        released_on=tags.released_on,
        released_precision=tags.released_precision,
        year=tags.released_on.year if tags.released_on else None,
        duration_ms=heard.duration_ms if heard else None,
        isrc=tags.isrc,
        musicbrainz_id=tags.musicbrainz_id,
        is_explicit=tags.is_explicit,
        language=tags.language,
        licence=tags.licence,
        audio_path=source_key,
        cover_path=cover_keep(tags.cover, path),
        attributes=measures | told,
        attribute_sources=dict.fromkeys(measures, MEASURED) | dict.fromkeys(told, TAGS),
        renewed=frozenset({TAGS, MEASURED} if heard else {TAGS}),
        raw=heard.raw if heard else None,
    )


def _is_heard(content: str, space: Space) -> bool:
    same = Embedding.objects.filter(
        space=space, track__sources__content_hash=content, track__sources__kind="file"
    )
    return same.exists()
