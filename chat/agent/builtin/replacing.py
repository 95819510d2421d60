"""Acts that put other songs in the places of some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.adding import given_beside
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import Measure, gather
from chat.agent.builtin.matching import artists_by_name, matching
from chat.agent.builtin.nearing import leans
from chat.agent.builtin.placing import settle_size
from chat.agent.builtin.unknowing import is_of_nobody, known_here
from chat.agent.lasting import UNKNOWN_MS
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.understanding.reading import ReplaceWith
from chat.agent.wanting import given_with, refused
from chat.agent.wishes import shift_wishes
from playlists.edits import Edit, Move, Replace, removal

# Among so many the one is chosen that lasts about as long, where a time is to be kept,
# or that goes the way that was asked for.
SPARE_SONGS = 8
SPARE_LEANING = 30


def replace_with(desk: Desk, act: ReplaceWith) -> None:
    """Put other songs in the places of those that go, which can't come back by this."""
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    going = _going(desk, act, tracks, songs)
    if not going:
        desk.say(*phrases.not_found(is_empty=not tracks))
        return
    if act.coming:
        _exchange(desk, going, desk.places(act.coming))
        return
    wanted = act.wanted
    if is_of_nobody(desk, wanted):
        return
    given = known_here(desk, _given(desk, act, [songs[tracks[p]] for p in going]))
    spare = SPARE_SONGS if desk.state.given.minutes is not None else 0
    spare = SPARE_LEANING if act.leanings else spare
    cap = spare if act.leanings else None
    measure = Measure(len(going) + spare, artist_cap=cap)
    result = gather(desk, replace(given, arc=None), measure, beside=tracks)
    coming = desk.tools.songs(hit.track_id for hit in result.hits)
    hits = [hit.track_id for hit in result.hits]
    if act.leanings:
        old = [songs[tracks[place]] for place in going]
        hits = [t for t in hits if leans(coming[t], old, act.leanings)]
    old_songs = [songs[tracks[place]] for place in going]
    pairs = _paired(desk, old_songs, [coming[t] for t in hits])
    if not pairs:
        kind = phrases.kind_of(wanted) or act.phrase
        desk.say(f"I found no {kind or 'other'} song to put there, so all stay.")
        return
    edits: list[Edit] = [
        Replace(
            old.track_id,
            by=new.track_id,
            place=place if tracks.count(old.track_id) > 1 else None,
        )
        for place, (old, new) in zip(going, pairs, strict=False)
    ]
    desk.edit(edits, uses=[new.track_id for _, new in pairs])
    if not act.references:
        desk.give(desk.state.given.having(refused(act.gone)))
    new_ids = [new.track_id for _, new in pairs]
    desk.show(result, new_ids)
    desk.point_at(new_ids)
    desk.speak_of(pairs[0][1])
    desk.found_count += len(pairs)
    _tell(desk, pairs, len(going))


def _exchange(desk: Desk, going: Sequence[int], coming: Sequence[int]) -> None:
    """Put one song of the list in the place of another, which leaves the list."""
    tracks = desk.tools.tracks()
    if len(going) != 1 or len(coming) != 1 or going == coming:
        desk.say(*phrases.not_found(is_empty=False))
        return
    gone, moved = tracks[going[0]], tracks[coming[0]]
    songs = desk.tools.songs((gone, moved))
    rest = [track for place, track in enumerate(tracks) if place != going[0]]
    at = going[0] - (coming[0] < going[0])
    was = coming[0] - (going[0] < coming[0])
    is_twice = rest.count(moved) > 1
    move = Move(moved, at, place=was if is_twice else None)
    desk.tools.note_removed({gone} - set(rest))
    desk.edit([removal(tracks, set(going)), move])
    settle_size(desk)
    desk.point_at([moved])
    desk.speak_of(songs[moved])
    desk.say(f"{songs[moved].credit} takes the place of {songs[gone].credit}.")


def _going(
    desk: Desk, act: ReplaceWith, tracks: Sequence[int], songs: dict[int, Song]
) -> list[int]:
    """Return the places of what goes."""
    if act.references:
        return desk.places(act.references)
    named = (*act.gone.artists, *artists_by_name(act.gone, songs))
    gone = replace(act.gone, artists=named)
    return [p for p, t in enumerate(tracks) if matching(desk, songs[t], gone)]


def _given(desk: Desk, act: ReplaceWith, going: Sequence[Song]) -> Given:
    """Return what the new songs keep: what is said of them, or what the list keeps."""
    base = desk.state.given
    if act.leanings:
        moved = shift_wishes(act.leanings, act.phrase, going, desk.levels)
        seeds = tuple(song.track_id for song in going)
        return replace(base.wishing(moved), seeds=seeds)
    if act.wanted.is_empty:
        return base.having(refused(act.gone))
    asked = given_with(Given(), act.wanted, levels=desk.levels)
    like = desk.tools.tracks_by_artists(act.wanted.like_artists, limit=5)
    return replace(given_beside(base, asked), seeds=(*asked.seeds, *like))


def _paired(
    desk: Desk, going: Sequence[Song], coming: Sequence[Song]
) -> list[tuple[Song, Song]]:
    """Give each song that goes the next one that comes, or one that lasts as long."""
    left = list(coming)
    keeps_time = desk.state.given.minutes is not None
    pairs = []
    for old in going:
        if not left:
            break
        new = min(left, key=lambda song: _gap(song, old)) if keeps_time else left[0]
        left.remove(new)
        pairs.append((old, new))
    return pairs


def _gap(one: Song, other: Song) -> int:
    return abs((one.duration_ms or UNKNOWN_MS) - (other.duration_ms or UNKNOWN_MS))


def _tell(desk: Desk, pairs: Sequence[tuple[Song, Song]], asked: int) -> None:
    if len(pairs) == 1:
        (old, new) = pairs[0]
        desk.say(
            f"{new.credit} takes the place of {old.credit}.",
            f"Replaced {old.credit} with {new.credit}.",
        )
    else:
        desk.say(f"Replaced {phrases.songs(len(pairs))}.")
    if len(pairs) < asked:
        desk.say(f"I found no more, so {phrases.songs(asked - len(pairs))} stayed.")
