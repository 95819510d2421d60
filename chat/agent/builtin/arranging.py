"""Acts that change the order of the list: moves, swaps, sorting, a path, an old list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.adding import add_some
from chat.agent.builtin.alternating import spread_artists
from chat.agent.builtin.desk import LISTS_REMEMBERED, Desk
from chat.agent.builtin.finding import ask
from chat.agent.builtin.matching import matching
from chat.agent.builtin.placing import in_order, spot_of
from chat.agent.builtin.sorting import sort_key
from chat.agent.understanding.pointing import (
    Order,
    Reference,
)
from chat.agent.understanding.reading import (
    AddSome,
    Arrange,
    Ask,
    DropRepeats,
    Follow,
    GoBackTo,
    MoveTo,
    SwapPlaces,
)
from chat.agent.understanding.wish import (
    Wanted,
)
from playlists.edits import Add, Clear, Edit, Move, Reorder, Swap, removal
from playlists.mixing import TEMPO_REACH, Sound, mixed, steps_smooth
from playlists.shuffling import shuffled

WHICH = (
    "Which song do you mean? Tell me its number in the list.",
    "I'm not sure which one that is. A number from the list helps me.",
)
# An order that has no word of its own here is told by whoever makes it.
_SAID: dict[Order, str] = {
    "title": "title",
    "artist": "artist",
    "genre": "genre",
    "year": "year",
    "duration": "length",
    "energy": "energy",
    "valence": "mood, from sad to happy",
    "tempo_bpm": "tempo",
    "danceability": "danceability",
    "acousticness": "how acoustic they are",
    "instrumentalness": "how instrumental they are",
    "popularity": "popularity",
}


def move_to(desk: Desk, act: MoveTo) -> None:
    """Put songs at another place; those of several keep their order."""
    tracks = desk.tools.tracks()
    if act.is_one and not tracks:
        ask(desk, Ask(act.wanted, is_fresh=True))
        return
    places = _moving(desk, act, tracks)
    if not places and _comes_in(desk, act, tracks):
        return
    if not places:
        desk.say(*WHICH)
        return
    moving = [tracks[place] for place in places]
    rest = [track for place, track in enumerate(tracks) if place not in places]
    if act.steps:
        at = max(0, places[0] + act.steps)
    else:
        at = _place_among(desk, act, places, rest)
    after = (*rest[:at], *moving, *rest[at:])
    songs = desk.tools.songs(moving)
    desk.point_at(moving)
    desk.speak_of(songs[moving[0]])
    edits: list[Edit] = [Reorder(after)]
    if len(moving) == 1:
        is_twice = tracks.count(moving[0]) > 1
        edits = [Move(moving[0], at, place=places[0] if is_twice else None)]
    if not desk.edit(edits):
        desk.say("It stands there already.", "That is where it is.")
        return
    what = songs[moving[0]].credit if len(moving) == 1 else phrases.songs(len(moving))
    first = min(at, len(rest)) + 1
    desk.say(
        f"Moved {what} to number {first}.",
        f"{what} now stands at number {first}."
        if len(moving) == 1
        else f"{what} now stand from number {first} on.",
    )


def _comes_in(desk: Desk, act: MoveTo, tracks: Sequence[int]) -> bool:
    """Put songs in that are named and not in the list: "put Billie Jean at number 3"."""
    if act.is_one:
        one = AddSome(replace(act.wanted, count=1), (), spot=act.spot)
        add_some(desk, one)
        return True
    if act.steps or not act.spot or not desk.resolve_named(act.references):
        return False
    # A song that was named just now, or only spoken of: "do you have X? Put it at 3".
    add_some(desk, AddSome(Wanted(), act.references, spot=act.spot))
    return True


def _moving(desk: Desk, act: MoveTo, tracks: Sequence[int]) -> list[int]:
    """Return the places of what moves: of a song that is named, its first."""
    if act.references:
        return [place for r in act.references for place in _one_each(desk, r)]
    songs = desk.tools.songs(tracks)
    found = [p for p, t in enumerate(tracks) if matching(desk, songs[t], act.wanted)]
    return found[:1] if act.is_one else found


def _one_each(desk: Desk, reference: Reference) -> Iterable[int]:
    """Return the places that a reference points at, the first of each song."""
    tracks = desk.tools.tracks()
    firsts: dict[int, int] = {}
    for place in desk.places((reference,)):
        firsts.setdefault(tracks[place], place)
    return firsts.values()


def _place_among(
    desk: Desk, act: MoveTo, places: Sequence[int], rest: Sequence[int]
) -> int:
    """Return the place among the others (from 0) where the moving ones go."""
    spot = act.spot
    if spot is None or spot.reference is None:
        position = -1 if spot is None else spot.position
        return len(rest) if position < 0 else min(position - 1, len(rest))
    at = spot_of(desk, spot)
    if at is None:
        return len(rest)
    return sum(place not in places for place in range(at))


def swap_places(desk: Desk, act: SwapPlaces) -> None:
    """Let two songs change places."""
    tracks = desk.tools.tracks()
    places = [p for r in (act.first, act.second) for p in [*_one_each(desk, r)][:1]]
    if len(set(places)) != 2:
        desk.say(*WHICH)
        return
    both = [tracks[place] for place in places]
    desk.edit([Swap(both[0], both[1], *places)])
    desk.point_at(both)
    songs = desk.tools.songs(both)
    desk.say(f"Swapped {songs[both[0]].credit} and {songs[both[1]].credit}.")


def arrange(desk: Desk, act: Arrange) -> None:
    """Put the whole list in an order; a path that it followed is left."""
    tracks = desk.tools.tracks()
    if len(tracks) < 2:
        desk.say("There is nothing to put in order yet.")
        return
    if act.by == "mix":
        mix(desk, tracks)
        return
    if act.by == "apart":
        spread_artists(desk)
        return
    songs = desk.tools.songs(tracks)
    arc = desk.state.given.arc
    is_mixed = False
    unknown = 0
    if act.by == "reverse":
        order = tracks[::-1]
        arc = arc and arc.reversed()
        is_mixed = desk.state.given.is_mixed
        said = "The list is turned round."
    elif act.by == "shuffle":
        credits = {t: song.artist_ids for t, song in songs.items()}
        order = shuffled(tracks, credits, desk.chance)
        arc = None
        said = "Shuffled."
    else:
        keys = {
            t: key for t in tracks if (key := sort_key(songs[t], act.by)) is not None
        }
        known = [t for t in tracks if t in keys]
        known.sort(key=keys.__getitem__, reverse=act.is_descending)
        unknown = len(tracks) - len(known)
        order = (*known, *(t for t in tracks if t not in keys))
        arc = None
        said = f"Sorted by {_SAID[act.by]}{', downwards' if act.is_descending else ''}."
    changed = desk.edit([Reorder(order)])
    desk.give(replace(desk.state.given, arc=arc, is_mixed=is_mixed))
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    desk.say(said if changed else "It is in that order already.")
    if unknown:
        verb = "stands" if unknown == 1 else "stand"
        desk.say(
            f"Of {phrases.songs(unknown)} that isn't known: {'it' if unknown == 1 else 'they'} "
            f"{verb} at the end."
        )


def mix(desk: Desk, tracks: Sequence[int]) -> None:
    """Put the whole list in an order of small steps in key and tempo, and say how small."""
    songs = desk.tools.songs(tracks)
    sounds = {track: song.sound for track, song in songs.items()}
    order = mixed([t for t in tracks if t in songs], sounds)
    known = [t for t in order if sounds[t].is_known]
    if len(known) < 2:
        desk.say("Neither keys nor tempos of these songs are known, so they stay put.")
        return
    before = steps_smooth([sounds[t] for t in tracks if t in sounds])
    changed = desk.edit([Reorder(order)])
    desk.give(replace(desk.state.given, arc=None, is_mixed=True))
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    after = steps_smooth([sounds[t] for t in order])
    steps = len(order) - 1
    was = f", {before} before" if changed and before != after else ""
    said = "In order for mixing" if changed else "It is in that order already"
    desk.say(
        f"{said}: {after} of {steps} transitions go over smoothly{was}, at most a step on "
        f"the Camelot wheel and {TEMPO_REACH:.0%} in tempo (half or double counts as the "
        "same)."
    )
    first, second = (f"{songs[t].credit}{_heard(sounds[t])}" for t in order[:2])
    desk.say(f"It begins with {first} and goes on to {second}.")
    unknown = len(order) - len(known)
    if unknown:
        verb = "stands" if unknown == 1 else "stand"
        desk.say(
            f"Of {phrases.songs(unknown)} neither key nor tempo is known: "
            f"{'it' if unknown == 1 else 'they'} {verb} at the end."
        )


def _heard(sound: Sound) -> str:
    """Say key and tempo as far as they are known: " (8A, 124 BPM)"."""
    tempo = f"{sound.tempo_bpm:.0f} BPM" if sound.tempo_bpm else ""
    told = ", ".join(part for part in (sound.camelot, tempo) if part)
    return f" ({told})" if told else ""


def follow(desk: Desk, act: Follow) -> None:
    """Put the list along a path, and keep to it in later edits."""
    tracks = desk.tools.tracks()
    if not tracks:
        ask(desk, Ask(Wanted(arc=act.arc), is_fresh=True))
        return
    given = replace(desk.state.given, arc=act.arc, is_mixed=False)
    changed = desk.edit([Reorder(tuple(in_order(desk, given, tracks)))])
    desk.give(given)
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    songs = desk.tools.songs(desk.tools.tracks())
    first, last = songs[desk.tools.tracks()[0]], songs[desk.tools.tracks()[-1]]
    if not changed:
        desk.say("The list goes that way already.")
        return
    desk.say(
        f"The list goes that way now: from {first.credit} to {last.credit}.",
        f"In that order it begins with {first.credit} and ends with {last.credit}.",
    )


def drop_repeats(desk: Desk, act: DropRepeats) -> None:
    """Leave the first version of each song, or the first songs of each artist."""
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    keys = desk.tools.song_keys(tracks)
    seen: Counter[object] = Counter()
    gone = []
    for place, track in enumerate(tracks):
        names: set[object] = {keys[track]} if keys.get(track) else {track}
        if act.of == "artist":
            names = set(songs[track].artist_ids[:1]) or {track}
        if all(seen[name] < act.most for name in names):
            seen.update(names)
        else:
            gone.append(place)
    if not gone:
        desk.say(
            "No song is in the list twice."
            if act.of == "song"
            else "No artist is in the list twice."
            if act.most == 1
            else f"No artist is in the list more than {act.most} times."
        )
        return
    desk.edit([removal(tracks, gone)])
    desk.give(replace(desk.state.given, size=len(tracks) - len(gone)))
    desk.say(f"Took out {phrases.songs(len(gone))}; {len(tracks) - len(gone)} stay.")


def go_back_to(desk: Desk, act: GoBackTo) -> None:
    """Bring back an earlier list of the talk."""
    lists = desk.state.lists
    # Of many lists those between the first and the newest are forgotten.
    is_forgotten = act.number > 1 and len(lists) > LISTS_REMEMBERED
    if is_forgotten or act.number > len(lists):
        desk.say(
            "I don't have that list any more; undo goes back step by step."
            if is_forgotten
            else "There was no list before this one."
            if act.number == 1
            else f"There were only {len(lists)} lists so far."
        )
        return
    known = desk.tools.songs(lists[act.number - 1])
    order = [t for t in lists[act.number - 1] if t in known]
    if not order:
        desk.say("None of the songs of that list is here any more.")
        return
    if not desk.edit([Clear(), Add(tuple(order), again=True)], uses=order):
        desk.say("That is the list that you see.")
        return
    desk.state = replace(desk.state, shown=tuple(order))
    given = replace(desk.state.given, size=len(order), minutes=None)
    desk.give(replace(given, arc=None, is_mixed=False))
    which = "The first list" if act.number == 1 else f"List number {act.number}"
    desk.say(f"{which} is back, with {phrases.songs(len(order))}.")
