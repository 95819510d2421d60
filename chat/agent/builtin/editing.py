"""Acts that change the list without a search: take out, shorten, rename, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from catalog.genres import genre_name
from chat.agent.builtin import choosing, elsewhere, phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import sized
from chat.agent.builtin.matching import artists_by_name, matching, matching_all
from chat.agent.builtin.placing import settle_size, tell_length, tell_number
from chat.agent.builtin.retiming import retime
from chat.agent.events import PlaylistMoved
from chat.agent.lasting import lasting
from chat.agent.quoting import quoted
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.understanding.reading import (
    KeepOnly,
    Redo,
    RenameTo,
    Resize,
    StartOver,
    TakeOut,
    Undo,
)
from chat.agent.understanding.wanted import kinds_of
from chat.agent.understanding.wish import (
    Wanted,
)
from chat.agent.wanting import refused
from playlists.edits import Clear, EditRefused, Rename, Stale, removal

SHORTER_BY_ONE_IN = 3
# More songs that go at once say nothing of each.
SINGLED_OUT = 3


def take_out(desk: Desk, act: TakeOut) -> None:
    """Take songs out, and keep what was refused from coming back."""
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    by_name = artists_by_name(act.wanted, songs)
    pointed = desk.artists_of(act.references)
    artists = dict.fromkeys((*act.wanted.artists, *by_name, *pointed))
    wanted = replace(act.wanted, artists=tuple(artists))
    places = set(desk.places(act.references))
    if not wanted.is_empty:
        meant = _meant(desk, songs, wanted, is_together=act.is_together)
        places.update(meant[-act.count :] if act.count else meant)
    if not places:
        desk.say(*_nothing_to_take_out(desk, wanted))
        return
    # Of a song that stays at another place nothing is said by this.
    stay = {track for place, track in enumerate(tracks) if place not in places}
    gone = {tracks[place] for place in places} - stay
    is_of_some = act.is_together or act.count is not None
    if (wanted.is_empty or is_of_some) and len(gone) <= SINGLED_OUT:
        desk.tools.note_removed(gone)
    desk.edit([removal(tracks, places)])
    settle_size(desk)
    given = desk.state.given
    if not is_of_some:
        # Who takes out the slow songs of an artist refuses neither them nor the others.
        given = given.having(refused(wanted))
    desk.give(replace(given, seeds=tuple(s for s in given.seeds if s not in gone)))
    left = len(desk.tools.tracks())
    what = _what(desk, wanted, [songs[tracks[p]] for p in sorted(places)])
    desk.say(
        f"Removed {what}. {left} left.",
        f"{what[:1].upper()}{what[1:]} went out; {left} stay.",
    )


def _meant(
    desk: Desk, songs: dict[int, Song], wanted: Wanted, *, is_together: bool
) -> list[int]:
    """Return the places of the list's songs that are as wanted, in all or in any of it."""
    is_meant = matching_all if is_together else matching
    tracks = desk.tools.tracks()
    return [p for p, t in enumerate(tracks) if is_meant(desk, songs[t], wanted)]


def _what(desk: Desk, wanted: Wanted, gone: list[Song]) -> str:
    count = f"{len(gone)} song{'s' if len(gone) != 1 else ''}"
    if wanted.artists and len(kinds_of(wanted)) == 1:
        names = desk.tools.artist_names(wanted.artists).values()
        return f"{count} by {phrases.listed(names)}"
    if wanted.genres and len(kinds_of(wanted)) == 1:
        return f"{count} of {phrases.listed(map(genre_name, wanted.genres))}"
    return gone[0].credit if len(gone) == 1 else count


def _nothing_to_take_out(desk: Desk, wanted: Wanted) -> tuple[str, ...]:
    if wanted.artists:
        names = phrases.listed(desk.tools.artist_names(wanted.artists).values())
        return (f"There is nothing by {names} in the list.",)
    if wanted.unknown_names:
        return (f"There is nothing by {phrases.listed(wanted.unknown_names)} here.",)
    if wanted.genres:
        kind = phrases.listed(map(genre_name, wanted.genres))
        return (f"There is no {kind} in the list.",)
    if wanted.era_words:
        return (f"Nothing in the list is from that time ({wanted.era_words}).",)
    if wanted.constraints:
        words = phrases.listed(quoted(held.words) for held in wanted.constraints)
        return (f"No song in the list is of that kind ({words}).",)
    return phrases.not_found(is_empty=not desk.tools.tracks())


def keep_only(desk: Desk, act: KeepOnly) -> None:
    """Take everything out but some songs."""
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    by_name = artists_by_name(act.wanted, songs)
    wanted = replace(act.wanted, artists=(*act.wanted.artists, *by_name))
    stay = set(desk.places(act.references))
    if not wanted.is_empty:
        stay.update(_meant(desk, songs, wanted, is_together=act.is_together))
    if not stay:
        desk.say(*_nothing_to_take_out(desk, wanted))
        return
    gone = set(range(len(tracks))) - stay
    if not gone:
        desk.say("The list is just those songs already.")
        return
    desk.edit([removal(tracks, gone)])
    settle_size(desk)
    count = f"{len(stay)} song{'s' if len(stay) != 1 else ''}"
    desk.say(f"Kept {count} and took out {len(gone)}.", f"{count} left.")


def shorten(desk: Desk, act: Resize) -> None:
    """Make the list shorter from its end; liked songs go last."""
    tracks = desk.tools.tracks()
    if not tracks:
        desk.give(sized(desk.state.given, act.count, act.minutes))
        desk.say(*phrases.not_found(is_empty=True))
        return
    if act.direction < 0 and _is_short(desk, act, len(tracks)):
        desk.say("The list is that short already.")
        return
    size = act.count or len(tracks) - max(1, len(tracks) // SHORTER_BY_ONE_IN)
    if act.by:
        size = max(1, len(tracks) - act.by)
    if act.times:
        size = max(1, round(len(tracks) * act.times))
    liked = set(desk.tools.opinions().liked)
    order = sorted(range(len(tracks)), key=lambda i: (tracks[i] not in liked, i))
    if act.minutes is not None:
        songs = desk.tools.songs(tracks)
        lengths = [songs[tracks[i]].duration_ms for i in order]
        chosen = lasting(lengths, target_ms=act.minutes * 60_000)
        order = [order[place] for place in chosen]
        size = len(order)
    stay = set(order[:size])
    desk.edit([removal(tracks, set(range(len(tracks))) - stay)])
    desk.give(
        replace(desk.state.given, size=len(stay), minutes=act.minutes, is_counted=False)
    )
    if act.minutes is not None:
        retime(desk, act.minutes)
    if desk.tools.tracks() == tracks:
        desk.say("The list is that short already.")
        return
    left = phrases.songs(len(desk.tools.tracks()))
    desk.say(f"Cut to {left}.", f"{left} now.", f"Shorter, with {left}.")
    if act.minutes is not None:
        tell_length(desk, act.minutes)
        tell_number(desk, act.count, act.minutes)


def _is_short(desk: Desk, act: Resize, size: int) -> bool:
    """Say whether the list is no longer than it may be at most."""
    if act.minutes is not None:
        return desk.duration_ms() <= act.minutes * 60_000
    return act.count is not None and size <= act.count


def rename(desk: Desk, act: RenameTo) -> None:
    """Give the playlist a title."""
    desk.edit([Rename(act.title)])
    desk.say(f"It's called “{act.title}” now.", f"Renamed to “{act.title}”.")


def undo(desk: Desk, act: Undo) -> None:
    """Go back to the list before, and to what was given then."""
    if elsewhere.take_back(desk) or choosing.take_back(desk):
        return
    steps = _stepped(desk, desk.tools.undo, act.times)
    if not steps:
        desk.say("There is nothing to undo yet.", "Nothing to take back so far.")
        return
    count = phrases.songs(len(desk.tools.tracks()))
    if act.times > steps:
        desk.say(f"I undid all that there was, {steps} of {act.times}: {count} now.")
    elif steps > 1:
        desk.say(f"I undid the last {steps} changes: {count} now.")
    else:
        desk.say(
            f"Undone: the list is as it was, {count}.",
            f"Back to the list before, with {count}.",
        )


def redo(desk: Desk, act: Redo) -> None:
    """Go forward again to the list that undo went back from."""
    if not _stepped(desk, desk.tools.redo, 1):
        desk.say(
            "There is nothing to redo: no change was undone last.",
            "Nothing was undone that I could bring back.",
        )
        return
    count = phrases.songs(len(desk.tools.tracks()))
    desk.say(f"Done again: {count} now.", f"The change is back, with {count}.")


def _stepped(desk: Desk, step: Callable[[], PlaylistMoved | None], times: int) -> int:
    """Go so many steps back or on, and take as given what was then; return how many."""
    done = 0
    while done < times:
        try:
            moved = step()
        except Stale:
            raise
        except EditRefused:
            break
        if moved is None:
            break
        desk.moves.append(moved)
        done += 1
        desk.give(desk.state.given_at.get(desk.tools.version_like, desk.state.given))
    if done:
        desk.state = replace(desk.state, shown=desk.tools.tracks())
    return done


def start_over(desk: Desk, act: StartOver) -> None:
    """Forget what was asked, and empty the list."""
    desk.edit([Clear()])
    desk.give(Given())
    desk.state = replace(desk.state, said=(), shown=(), spoken_of=None, artist=None)
    desk.say(
        "A clean slate. What would you like to hear?",
        "All cleared. What are you in the mood for?",
    )
