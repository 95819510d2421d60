"""What the model is shown before it says anything: the list, and what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.names import name_key
from chat.agent.builtin.pinning import pointed_at
from chat.agent.llm.showing import Json, as_result, plain, reading_json
from chat.agent.understanding.wish import (
    Wanted,
)

if TYPE_CHECKING:
    from chat.agent.llm.toolbox import Toolbox

LISTED_SONGS = 60
FULLY_LISTED_SONGS = 30
EARLIER_CHARS = 400


def first_look(
    box: Toolbox, earlier: Sequence[tuple[str, str]], *, done: str = ""
) -> str:
    """Return the list, what is in force and how the message was understood. Blocks.

    earlier: what was said before, and replied, oldest first. done: what the site did
    about the message already, and told the listener.
    """
    content = box.desk.tools.content()
    listed = box.songs_json(
        content.tracks[:LISTED_SONGS],
        is_brief=len(content.tracks) > FULLY_LISTED_SONGS,
    )
    pointed = [pointed_at(act) for act in box.reading.acts]
    named = [track for wanted in _wanted(box) for track in wanted.like_tracks]
    box.learn([*named, *(track for tracks in pointed for track in tracks)])
    artists = _artist_names(box)
    spoken_of = box.desk.state.spoken_of
    return as_result(
        {
            "understood": reading_json(
                box.reading, artists=artists, handles=box.handles, pointed=pointed
            ),
            "done_and_told_already": plain(done, max_chars=EARLIER_CHARS),
            "in_force": _in_force(box, artists),
            "wanted_size": box.bounds.search.size,
            "playlist": {
                "title": plain(content.title),
                "size": len(content.tracks),
                "songs": listed,
            },
            "spoken_of": box.handles.of(spoken_of)
            if spoken_of is not None and spoken_of in box.known.songs
            else None,
            "earlier": [
                {
                    "listener": plain(said, max_chars=EARLIER_CHARS),
                    "you": plain(reply, max_chars=EARLIER_CHARS),
                }
                for said, reply in earlier
            ],
        }
    )


def _in_force(box: Toolbox, artists: dict[int, str]) -> list[Json]:
    told = (
        {
            "kind": held.kind,
            "what": plain(
                artists.get(held.artist, "")
                if held.artist is not None
                else held.key or held.words
            ),
            "low": held.low,
            "high": held.high,
            "must": held.is_hard,
            "refused": held.is_refused,
            "except": [
                *(plain(artists.get(pk, "")) for pk in held.except_artists),
                *held.except_genres,
            ],
        }
        for held in box.bounds.search.constraints
    )
    return [
        {key: value for key, value in one.items() if value not in (None, "", False, [])}
        for one in told
    ]


def _artist_names(box: Toolbox) -> dict[int, str]:
    """Return the names of all artists that the reading or what is given names."""
    wanted = _wanted(box)
    constraints = [c for want in wanted for c in want.constraints]
    constraints.extend(box.bounds.search.constraints)
    ids = {c.artist for c in constraints if c.artist is not None}
    ids |= {pk for c in constraints for pk in c.except_artists}
    ids |= {pk for want in wanted for e in want.exceptions for pk in e.except_artists}
    for want in wanted:
        ids |= {*want.artists, *want.without_artists, *want.like_artists}
    names = box.desk.tools.artist_names(ids)
    box.known.artists.update(map(name_key, names.values()))
    return names


def _wanted(box: Toolbox) -> list[Wanted]:
    named = (
        getattr(act, name, None)
        for act in box.reading.acts
        for name in ("wanted", "gone")
    )
    return [wanted for wanted in named if isinstance(wanted, Wanted)]
