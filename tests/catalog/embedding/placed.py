"""Tracks of songs, and where they lie in a space."""

import numpy as np

from catalog.models import Embedding
from tests.factories import make_track


def make_tracks(songs, count=5):
    return [make_track(audio_path=str(song)) for song in songs[:count]]


def vector_of(space, track):
    row = Embedding.objects.get(space=space, track=track)
    return np.asarray(row.vector, np.float32)
