"""Makes what tests need: listeners, artists, tracks, and places in a space."""

from __future__ import annotations

import itertools
import uuid
from datetime import date

import numpy as np

from accounts.models import User
from catalog.models import Artist, Space, Tag, Track, TrackArtist, TrackSource
from catalog.names import name_key
from catalog.spaces import embeddings_store, space_ensure
from feedback.models import DonatedRecord

_numbers = itertools.count(1)


def make_user(username="ada", **fields):
    """Make a listener; the cast is ada, who owns, bob, another one, and eve."""
    user = User(username=username, **fields)
    user.set_password("correct horse battery")
    user.save()
    return user


def make_artist(name=None):
    """Make an artist, or fetch the one of that name."""
    name = name or f"Artist {next(_numbers)}"
    artist = Artist(name=name)
    found = Artist.objects.filter(name=name).first()
    if found is None:
        artist.save()
        found = artist
    return found


def make_track(title=None, *, artist=None, genres=(), moods=(), document="", **fields):
    """Make a track; `artist` is an Artist or a name."""
    number = next(_numbers)
    fields.setdefault("source", Track.Source.TABLE)
    key = fields.pop("source_key", f"test-{number}")
    fields.setdefault("duration_ms", 180_000)
    title = title or f"Song {number}"
    if not isinstance(artist, Artist):
        artist = make_artist(artist)
    words = document or f"{title} by {artist.name}. {' '.join((*genres, *moods))}"
    track = Track.objects.create(title=title, document=words, **fields)
    TrackSource.objects.create(track=track, kind=track.source, key=key)
    TrackArtist.objects.create(track=track, artist=artist, position=0)
    for kind, names in ((Tag.Kind.GENRE, genres), (Tag.Kind.MOOD, moods)):
        for name in names:
            track.tags.add(make_tag(kind, name))
    return track


def make_tag(kind, name):
    """Make a tag, or fetch the one of that name."""
    held = Tag.objects.filter(kind=kind, name=name).first()
    if held is None:
        held = Tag(kind=kind, name=name)
        held.save()
    return held


def make_audio_space(dimensions=8):
    """Make the current audio space, unstandardised."""
    return space_ensure(
        slug="test-audio",
        kind=Space.Kind.AUDIO,
        model_id="test-audio",
        revision="1",
        dimensions=dimensions,
    )


def place(space, track, vector):
    """Put a track at a place; the vector is made unit length."""
    values = np.asarray(vector, np.float32)
    unit = values / np.linalg.norm(values)
    embeddings_store(space, [track.pk], unit[None, :])
    return unit


# energy, valence, tempo (BPM), acousticness, year
_GENRES = {
    "ambient": (0.10, 0.35, 70, 0.7, 2005),
    "folk": (0.30, 0.50, 95, 0.9, 1972),
    "jazz": (0.45, 0.60, 120, 0.7, 1959),
    "soul": (0.50, 0.65, 100, 0.5, 1968),
    "hip hop": (0.65, 0.55, 92, 0.1, 1994),
    "house": (0.80, 0.75, 124, 0.05, 1999),
    "pop": (0.70, 0.80, 116, 0.2, 1985),
    "metal": (0.95, 0.30, 150, 0.01, 1991),
}


def make_record(text="slow songs for rain", **fields):
    """Make a record as somebody gave it, of nobody unless told whose."""
    defaults = {
        "pseudonym": uuid.uuid4().hex,
        "key_id": "test",
        "turn_key": uuid.uuid4().hex,
        "for_release": True,
        "for_site": False,
        "consent_version": 1,
        "language": "en",
        "week": date(2026, 11, 23),
    }
    return DonatedRecord.objects.create(text=text, **defaults | fields)


def make_catalog(per_genre=12):
    """Make eight genres of tracks that spread around their genre's typical values.

    Each genre has three artists ("Jazz One", …) and a direction of its own in an
    audio space, in which energy and valence show too. Deterministic. Some ten
    statements: hundreds of tests begin with it.
    """
    chance = np.random.default_rng(7)
    space = make_audio_space(len(_GENRES) + 2)
    tracks, vectors, genres, artists = [], [], [], []
    for g, (genre, (energy, valence, tempo, acoustic, year)) in enumerate(
        _GENRES.items()
    ):
        for i in range(per_genre):
            e, v, a = np.clip(
                (energy, valence, acoustic) + chance.normal(0, 0.12, 3), 0.01, 0.99
            )
            name = f"{genre.title()} {('One', 'Two', 'Three')[i % 3]}"
            title = f"{genre.title()} Piece {i + 1}"
            track = Track(
                title=title,
                key=name_key(title),
                document=f"{title} by {name}. {genre}",
                source=Track.Source.TABLE,
                duration_ms=180_000,
                energy=float(e),
                valence=float(v),
                acousticness=float(a),
                danceability=float(np.clip(e * 0.7 + chance.normal(0, 0.1), 0, 1)),
                instrumentalness=float(chance.uniform()),
                tempo_bpm=float(tempo + chance.normal(0, 8)),
                popularity=int(chance.integers(0, 101)),
                year=year + int(chance.integers(0, 8)),
            )
            vector = np.zeros(len(_GENRES) + 2)
            vector[g] = 1.0
            vector[-2:] = 2 * e - 1, 2 * v - 1
            vectors.append(vector + chance.normal(0, 0.1, len(vector)))
            tracks.append(track)
            genres.append(genre)
            artists.append(name)
    _save_all(tracks, artists=artists, genres=genres)
    units = np.array(vectors, np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    embeddings_store(space, [track.pk for track in tracks], units)
    return tracks


def _save_all(tracks, *, artists, genres):
    """Save tracks with one artist and one genre each, as new ones."""
    Track.objects.bulk_create(tracks)
    TrackSource.objects.bulk_create(
        TrackSource(track=track, kind=track.source, key=f"test-{next(_numbers)}")
        for track in tracks
    )
    by_name = {name: make_artist(name) for name in dict.fromkeys(artists)}
    TrackArtist.objects.bulk_create(
        TrackArtist(track=track, artist=by_name[name], position=0)
        for track, name in zip(tracks, artists, strict=True)
    )
    tags = {name: make_tag(Tag.Kind.GENRE, name) for name in dict.fromkeys(genres)}
    Track.tags.through.objects.bulk_create(
        Track.tags.through(track=track, tag=tags[name])
        for track, name in zip(tracks, genres, strict=True)
    )
