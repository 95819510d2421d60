"""Orders in which songs take turns: two kinds by turns, an artist never twice in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.matching import matching
from chat.agent.songs import Song
from chat.agent.understanding.reading import TakeTurns
from playlists.edits import Reorder
from playlists.shuffling import apart


def take_turns(desk: Desk, act: TakeTurns) -> None:
    """Let songs of two kinds take turns; what is of neither, or too many, comes last."""
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    first, second = _parted(desk, act, tracks, songs)
    if not first or not second:
        desk.say("The list doesn't hold songs of both kinds, so it stays as it is.")
        return
    pairs = min(len(first), len(second))
    row = [t for pair in zip(first, second, strict=False) for t in pair]
    row.extend((*first[pairs : pairs + 1], *second[pairs:], *first[pairs + 1 :]))
    order = (*row, *(t for t in tracks if t not in row))
    changed = desk.edit([Reorder(order)])
    desk.give(replace(desk.state.given, arc=None, is_mixed=False))
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    if not changed:
        desk.say("They take turns already.")
        return
    desk.say("They take turns now, one of each.")
    if left := len(tracks) - 2 * pairs:
        desk.say(f"{phrases.songs(left).capitalize()} more had none to go with.")


def _parted(
    desk: Desk, act: TakeTurns, tracks: Sequence[int], songs: dict[int, Song]
) -> tuple[list[int], list[int]]:
    """Part the list in two: by what both moods measure, else by what each song is."""
    by = {m.leanings[0].attribute for w in (act.first, act.second) for m in w.moods}
    if act.first.moods and act.second.moods and len(by) == 1:
        attribute = by.pop()
        ranked = [t for t in tracks if songs[t].facts.get(attribute) is not None]
        ranked.sort(key=lambda t: songs[t].facts[attribute] or 0.0)
        half = len(ranked) // 2
        high = act.first.moods[0].leanings[0].step > 0
        low_half = [t for t in tracks if t in set(ranked[:half])]
        high_half = [t for t in tracks if t in set(ranked[half:])]
        return (high_half, low_half) if high else (low_half, high_half)
    first = [t for t in tracks if matching(desk, songs[t], act.first)]
    second = [t for t in tracks if matching(desk, songs[t], act.second)]
    return first, [t for t in second if t not in first]


def spread_artists(desk: Desk) -> None:
    """Let no artist follow on themselves, with as little moved as can be."""
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    order = apart(tracks, {t: song.artist_ids for t, song in songs.items()})
    changed = desk.edit([Reorder(order)])
    desk.give(replace(desk.state.given, arc=None, is_mixed=False))
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    runs = sum(
        bool(set(songs[one].artist_ids) & set(songs[other].artist_ids))
        for one, other in zip(order, order[1:], strict=False)
    )
    if not changed and not runs:
        desk.say("No artist stands twice in a row already.")
    elif runs:
        desk.say("I parted them as far as can be: there are too many by one artist.")
    else:
        desk.say("No artist stands twice in a row now.")
