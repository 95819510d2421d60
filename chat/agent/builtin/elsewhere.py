"""Other lists of the listener's, and songs put into one: "add this to my road trip list".

The list at hand stays as it is. The other one gets a version of its own, which undo
takes back, here as long as nothing else was changed, and on its own page always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from catalog.names import name_key
from catalog.search.near_names import errors_allowed
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import given_for
from chat.agent.builtin.gathering import MAX_SIZE, Measure, gather
from chat.agent.builtin.ledger import tell_relaxed, tell_shortage
from chat.agent.builtin.refusing import tell_never
from chat.agent.builtin.unknowing import is_of_nobody, known_here
from chat.agent.constraints import STANDING
from chat.agent.quoting import quoted
from chat.agent.state import Given
from chat.agent.understanding.reading import AddSome

ADD_COUNT = 4
# Songs that are told by name; of more only their number.
NAMED_SONGS = 4
NAMED_LISTS = 3
# Words that tell no list from another.
_FILLING = frozenset({"my", "the", "our", "playlist", "list", "songs", "music"})


@dataclass(frozen=True)
class Other:
    """Another list of the listener's; is_near where its name was said a little otherwise."""

    pk: int
    title: str
    is_near: bool


def is_at_hand(desk: Desk, name: str) -> bool:
    """Say whether a name means the list of this talk."""
    key = _key(name)
    return not key or key == _key(desk.tools.content().title)


def add_to_named(desk: Desk, act: AddSome) -> None:
    """Put songs into the listener's list of a name, or say that there is none."""
    other = named_list(desk, act.playlist, undone="added nothing")
    if other is None:
        _offer_name(desk, act.playlist)
        return
    held = desk.tools.tracks_of_list(other.pk)
    tracks = _tracks(desk, act, held)
    if never := desk.tools.refused_among(tracks):
        tell_never(desk, tracks=sorted(never))
        tracks = [track for track in tracks if track not in never]
    if not tracks:
        return
    new = coming(act, tracks, held)
    version = None
    if new:
        again = act.is_repeat
        version = desk.tools.add_to_playlist(other.pk, new, again=again)
    if version is None:
        what = "That is" if len(tracks) == 1 else "All of those are"
        desk.say(f"{what} in {quoted(other.title)} already.")
        return
    desk.state = replace(desk.state, added_to=(other.pk, version))
    _tell(desk, other, new, len(held) + len(new))


def coming(act: AddSome, tracks: Sequence[int], held: Sequence[int]) -> list[int]:
    """Return which of some songs come into a list that holds others, as often as they do."""
    if act.is_again:
        return list(tracks)
    return [t for t in tracks for _ in range(act.times - held.count(t))]


def named_list(desk: Desk, name: str, *, undone: str) -> Other | None:
    """Return the listener's other list of a name, telling of one that is spelt near it.

    None where there is none, which is told with those that are, and what was not done.
    """
    lists = desk.tools.listeners_lists()
    other = list_named(name, lists)
    if other is None:
        desk.say(f"You have no list called {quoted(name)}, so I {undone}.")
        _tell_lists(desk, [title for _, title in lists])
    elif other.is_near:
        desk.say(f"I took {quoted(name)} for {quoted(other.title)}.")
    return other


def take_back(desk: Desk) -> bool:
    """Undo what was put into another list last; say whether there was such a thing."""
    if desk.state.added_to is None or desk.moves:
        return False
    playlist, version = desk.state.added_to
    desk.state = replace(desk.state, added_to=None)
    shown = desk.tools.undo_addition(playlist, version)
    if shown is None:
        desk.say(
            "That other list has been changed since, so I left it alone. "
            "Undo is on its own page."
        )
        return True
    count = phrases.songs(len(shown.track_ids))
    desk.say(f"Undone: {quoted(shown.title)} is as it was, with {count}.")
    return True


def _key(name: str) -> str:
    words = name_key(name).split()
    return " ".join(word for word in words if word not in _FILLING)


def list_named(name: str, lists: list[tuple[int, str]]) -> Other | None:
    """Return the list of a name, the latest changed; else the one spelt most alike."""
    said = _key(name)
    for pk, title in lists:
        if _key(title) == said:
            return Other(pk, title, is_near=False)
    letters = said.replace(" ", "")
    best = errors_allowed(len(letters)) + 1
    found: Other | None = None
    for pk, title in lists:
        errors = OSA.distance(letters, _key(title).replace(" ", ""))
        if errors < best:
            best, found = errors, Other(pk, title, is_near=errors > 0)
    return found


def _tracks(desk: Desk, act: AddSome, held: tuple[int, ...]) -> list[int]:
    """Return the songs that are meant, or found; says so where there are none."""
    pointed = desk.resolve(act.references)
    wanted = act.wanted
    if pointed and not act.is_likeness:
        return pointed[: wanted.count or len(pointed)]
    if is_of_nobody(desk, wanted):
        return []
    if wanted.is_empty and not pointed:
        desk.say("Which songs? One of this list, an artist or a kind of music will do.")
        return []
    given = given_for(desk, Given(), wanted)
    kept = (
        constraint
        for constraint in desk.state.given.constraints
        if constraint.is_refused or constraint.kind in STANDING
    )
    asked = given.constraints
    given = replace(
        given.having(kept).having(asked),
        seeds=(*given.seeds, *pointed),
        arc=None,
        is_mixed=False,
    )
    given = known_here(desk, given)
    count = min(wanted.count or ADD_COUNT, MAX_SIZE)
    minutes = wanted.minutes if not wanted.count else None
    kind = phrases.kind_of(wanted)
    # A time is met by the songs that come in, whatever is there.
    beside = held if minutes is None else ()
    result = gather(desk, given, Measure(count, minutes), beside=beside)
    found = [hit.track_id for hit in result.hits]
    if not found:
        desk.say(f"I found no {kind or 'songs'} to add there.")
        return []
    desk.found_count += len(found)
    tell_relaxed(desk, result, given)
    if minutes is None:
        tell_shortage(desk, count, len(found), kind)
    return found


def _tell(desk: Desk, other: Other, new: list[int], size: int) -> None:
    songs = desk.tools.songs(new)
    what = phrases.songs(len(new))
    if len(new) <= NAMED_SONGS:
        credits = (songs[t].credit for t in dict.fromkeys(new) if t in songs)
        names = phrases.listed(credits)
        what = f"{what}, {names}," if names else what
    desk.say(
        f"Added {what} to your list {quoted(other.title)}, which has {size} now. "
        "The list here is as it was."
    )


def _tell_lists(desk: Desk, titles: list[str]) -> None:
    titled = [title for title in dict.fromkeys(titles) if title.strip()]
    if titled:
        some = titled[:NAMED_LISTS]
        newest = "Your newest are" if len(titled) > len(some) else "You have"
        desk.say(f"{newest} {phrases.listed(map(quoted, some))}.")


def _offer_name(desk: Desk, name: str) -> None:
    desk.say(
        f"Say “call this list {quoted(name)[1:-1]}” and the one here has that name."
    )
    desk.offers.append(f"call this list {name}")
