"""Rows as dialogues of the Conversational Playlist Curation Dataset, for its evaluators.

Each row that approves of a song is a dialogue of one turn, as nothing ties the turns of a
conversation together: its words, what was liked and disliked, and the goal, which is what
was liked. (Chaganty et al., "Beyond single items", SIGIR 2023.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.names import name_key


def dialogues_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a dialogue for each row, as told in rows.py, that approves of a song."""
    for row in rows:
        if row["approved"]:
            yield _dialogue(row)


def _dialogue(row: Mapping[str, Any]) -> dict[str, Any]:
    liked = [_id(song) for song in row["approved"]]
    disliked = [_id(song) for song in row["refused"]]
    turn = {
        "user_query": row["text"],
        "system_response": "",
        "search_queries": [],
        "liked_results": liked,
        "disliked_results": disliked,
    }
    songs = [*row["approved"], *row["refused"]]
    return {
        "id": row["id"],
        "turns": [turn],
        "tracks": {_id(song): _facts(song) for song in songs},
        "goal_playlist": liked,
    }


def _facts(song: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "track_ids": _id(song),
        "track_titles": song["title"],
        "track_artists": song["artists"],
        "track_release_titles": "",
        "track_cluster_ids": _cluster(song),
    }


def _id(song: Mapping[str, Any]) -> str:
    named = song["track"] or song["musicbrainz"] or song["isrc"]
    return named or _cluster(song)


def _cluster(song: Mapping[str, Any]) -> str:
    """Return what all tracks of one title and the same artists have in common."""
    names = [song["title"], *sorted(song["artists"])]
    return hashlib.md5(
        "\t".join(map(name_key, names)).encode(), usedforsecurity=False
    ).hexdigest()
