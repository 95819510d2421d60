"""How well known songs are: by what was measured, else by what everybody knows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.columns.postings import Rows, text_keys
from catalog.columns.view import View
from catalog.known_songs import known_song_keys

# A song that everybody knows is taken to be this popular (0 to 100) where nobody
# measured it: as the best known tenth of a percent of the Spotify features table are.
FAMOUS = 85.0


def fame_of(view: View, rows: Rows) -> NDArray[np.float64]:
    """Return the popularity of rows, 0 to 100; NaN where nobody knows it: (n,)."""
    fame = view.number("popularity")[rows]
    is_known = view.derived("songs that everybody knows", _is_known_song)[rows]
    return np.where(np.isnan(fame) & is_known, FAMOUS, fame)


def song_fame(view: View) -> NDArray[np.float64]:
    """Return how popular each row's song is in its best known version, 0 to 100: (n,).

    Catalogs have hits a second time, from collections and reissues that few play. NaN
    where nobody knows it.
    """
    return view.derived("fame of songs", _song_fame)


def _song_fame(view: View) -> NDArray[np.float64]:
    fame = np.array(view.number("popularity"))
    is_known = view.derived("songs that everybody knows", _is_known_song)
    fame[is_known] = np.fmax(fame[is_known], FAMOUS)
    songs, song_of = np.unique(view.flag("song"), return_inverse=True)
    best = np.full(len(songs), np.nan)
    np.fmax.at(best, song_of, fame)
    has_song = view.flag("song") != 0
    fame[has_song] = best[song_of[has_song]]
    return fame


def _is_known_song(view: View) -> NDArray[np.bool_]:
    return np.isin(view.flag("song"), text_keys(known_song_keys()))
