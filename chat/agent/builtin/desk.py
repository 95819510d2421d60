"""What a turn works on: the state so far, and what has been done and is to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeVar

from catalog.search.levels import Levels
from catalog.search.result import Result
from chat.agent.builtin.sorting import sort_key
from chat.agent.events import Copied, PlaylistMoved, Proof, Reason
from chat.agent.proof import proof_of, telling_fact
from chat.agent.quoting import cleaned
from chat.agent.songs import Song
from chat.agent.state import Given, State
from chat.agent.suggestions import is_understood, suggested
from chat.agent.tools import Tools
from chat.agent.understanding.pointing import (
    EveryNth,
    Half,
    NextTo,
    OfArtist,
    OfFirstList,
    Place,
    Reference,
    SongsOf,
    ThatOne,
    TheirSongs,
    TheRest,
    Those,
    Titled,
    Utmost,
)
from chat.agent.understanding.reading import (
    Reading,
)
from playlists.edits import Edit, places_of

T = TypeVar("T")

# Lists shown later than the first one, and songs of "those", that a memory holds.
LISTS_REMEMBERED, POINTED_REMEMBERED = 5, 50
# What an act changes of a desk, besides the lists that it has changed.
_OF_AN_ACT = (
    "state",
    "says",
    "shown",
    "reasons",
    "proofs",
    "plays",
    "found_count",
    "offers",
)


@dataclass
class Desk:
    """The work of one turn, filled by the acts in their order."""

    tools: Tools
    state: State
    levels: Levels
    chance: Random
    says: dict[str, str] = field(default_factory=dict)
    moves: list[PlaylistMoved] = field(default_factory=list)
    copies: list[Copied] = field(default_factory=list)
    shown: tuple[int, ...] = ()
    reasons: dict[int, tuple[Reason, ...]] = field(default_factory=dict)
    proofs: dict[int, Proof] = field(default_factory=dict)
    plays: int | None = None
    found_count: int = 0
    offers: list[str] = field(default_factory=list)
    suggestions: tuple[str, ...] = ()
    keeps_named: bool = False
    given_at_start: Given = field(init=False)
    tracks_at_start: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.given_at_start = self.state.given
        self.tracks_at_start = frozenset(self.tools.tracks())
        if self.state.version != self.tools.version_at_start:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """Forget what is about a list that was changed by hand; but for rulings out."""
        if self.tools.began_with(self.state.version):
            here = self.tools.tracks()
            shown = tuple(t for t in self.state.shown if t in here)
            self.state = replace(self.state, shown=shown)
        else:
            self.state = replace(
                self.state, shown=(), added_to=None, given_unlisted=None
            )

    def kept(self) -> dict[str, Any]:
        """Return what an act changes here, to be put back where it is done again."""
        return {name: copy(getattr(self, name)) for name in _OF_AN_ACT}

    def put_back(self, kept: Mapping[str, Any]) -> None:
        """Leave the desk as it was, where no list was changed since."""
        for name, value in kept.items():
            setattr(self, name, value)

    def settle(self) -> None:
        """Bring what was shown in line with the list as it is at the turn's end."""
        tracks = self.tools.tracks()
        self.shown = tuple(t for t in self.shown if t in tracks)
        self.plays = self.plays if self.plays in self.shown else None
        shown = self.state.shown if self.shown or not self.moves else ()
        version = self.moves[-1].after_version if self.moves else None
        version = version or self.tools.version_at_start
        self.state = replace(
            self.state,
            shown=tuple(t for t in shown if t in tracks),
            lists=self._listed(tracks) if self.moves else self.state.lists,
            version=version,
            added_to=None if self.moves else self.state.added_to,
            given_unlisted=None if self.moves else self.state.given_unlisted,
        )
        self.state = self.state.remembering(version, self.state.given)
        if (self.moves or self.shown) and not self.keeps_named:
            self.state = replace(
                self.state,
                named=(),
                named_artists=(),
            )
        if self.moves:
            self.state = replace(self.state, is_of_list=True)

    def suggest(self, read: Callable[[str], Reading]) -> None:
        """Think of requests that fit next.

        read: how the talk reads a message; an offer that it wouldn't understand, for
        the sake of a name, isn't made. Three queries, and two for each offer.
        """
        tracks = self.tools.tracks()
        songs = self.tools.songs(tracks)
        offers = [words for words in self.offers if is_understood(read(words))]
        self.state = replace(self.state, offered=offers[0] if offers else "")
        self.suggestions = suggested(
            [songs[track] for track in tracks if track in songs],
            given=self.state.given,
            levels=self.levels,
            offers=offers,
            can_undo=bool(self.moves),
            chance=self.chance,
        )

    def say(self, *variants: str, topic: str = "") -> None:
        """Say one of several sentences; of one topic only the last is said."""
        self.says.pop(topic, None)
        self.says[topic or f"sentence {len(self.says)}"] = self.chance.choice(variants)

    @property
    def words(self) -> str:
        """All that is to be said."""
        return " ".join(self.says.values())

    def ask_for_more(self) -> None:
        """Ask what is wanted, where there is nothing to go on."""
        self.say(
            "I didn't catch what you'd like to hear. A mood, a genre or an artist?",
            "Tell me a little more: which mood, which time, which artist?",
        )

    def give(self, given: Given) -> None:
        """Take something as given from now on."""
        self.state = replace(self.state, given=given)

    def edit(self, edits: Sequence[Edit], *, uses: Iterable[int] = ()) -> bool:
        """Edit the playlist; say whether that changed it."""
        moved = self.tools.edit_playlist(edits, uses=uses)
        if moved is None:
            return False
        self.moves.append(moved)
        before = self.moves[0].before_version
        self.state = self.state.remembering(before, self.given_at_start)
        return True

    def show(
        self, result: Result, track_ids: Sequence[int], *, given: Given | None = None
    ) -> None:
        """Show tracks as cards, with the reasons that the search gave, and proven.

        given: what they were searched by, where that isn't what is given from now on.
        """
        self.shown = (*self.shown, *(t for t in track_ids if t not in self.shown))
        self.reasons.update(
            {
                hit.track_id: tuple(
                    Reason(r.kind, cleaned(r.text)) for r in hit.reasons
                )
                for hit in result.hits
            }
        )
        self._prove(result, track_ids, given or self.state.given)
        texts = {
            track: tuple(map(telling_fact, proof.facts))
            for track, proof in self.proofs.items()
        }
        in_play = {*self.tools.tracks(), *self.shown}
        kept = {**self.state.reasons, **texts}
        self.state = replace(
            self.state,
            shown=self.shown,
            reasons={t: why for t, why in kept.items() if t in in_play},
        )

    def _prove(self, result: Result, track_ids: Sequence[int], given: Given) -> None:
        """Hold each track against what was asked for it. Four queries."""
        reasons = {hit.track_id: hit.reasons for hit in result.hits}
        near = {r.near_to for why in reasons.values() for r in why if r.near_to}
        songs = self.tools.songs({*track_ids, *near})
        liked = self.tools.opinions().liked
        for track in track_ids:
            if track in songs:
                self.proofs[track] = proof_of(
                    songs[track],
                    given=given,
                    reasons=reasons.get(track, ()),
                    others=songs,
                    liked=liked,
                    is_kept=track not in reasons and track in self.tracks_at_start,
                )

    def resolve(self, references: Iterable[Reference]) -> list[int]:
        """Return the tracks that references point at, each once, in order.

        A place counts in the list that was shown last, "number 3" in the playlist. A song
        that was shown counts there as often as it stands in the playlist: of the one song
        that was shown, "the second one" is its second place.
        """
        found: list[int] = []
        for reference in references:
            match reference:
                case Titled(track_id=track):
                    found.append(track)
                case ThatOne():
                    found.extend(self._that_one())
                case TheirSongs() if self.state.artist is not None:
                    theirs = self.tools.tracks_by_artists([self.state.artist])
                    found.extend(theirs)
                case Place() as place:
                    found.extend(track for track, _ in self._at(place))
                case Those(count=count):
                    found.extend(self._those(count))
                case NextTo(step=step, reference=other):
                    tracks = self.tools.tracks()
                    found.extend(tracks[p] for p in self._next_to(other, step))
                case OfFirstList(place=place):
                    first = self.state.lists[0] if self.state.lists else ()
                    found.extend(_placed(first, place))
                case Utmost() as utmost:
                    found.extend(self._utmost(utmost))
                case SongsOf():
                    artists = self.artists_of((reference,))
                    found.extend(self.tools.tracks_by_artists(artists))
                case OfArtist(artist=artist):
                    songs = self.tools.songs(self.tools.tracks())
                    tracks = self.tools.tracks()
                    found.extend(t for t in tracks if artist in songs[t].artist_ids)
                case EveryNth(step=step, start=start):
                    found.extend(self.tools.tracks()[start - 1 :: step])
                case TheRest(of=others):
                    said = self.resolve(others) if others else self.state.pointed
                    found.extend(t for t in self.tools.tracks() if t not in said)
                case Half(number=number):
                    tracks = self.tools.tracks()
                    found.extend(tracks[p] for p in _half(len(tracks), number))
        return list(dict.fromkeys(found))

    def places(self, references: Iterable[Reference]) -> list[int]:
        """Return where in the playlist stands what references point at, from 0, in order.

        A song that is pointed at by anything but its place stands at all of its places.
        """
        tracks = self.tools.tracks()
        found: list[int] = []
        for reference in references:
            match reference:
                case Place() as place:
                    found.extend(p for _, p in self._at(place) if p is not None)
                case NextTo(step=step, reference=other):
                    found.extend(self._next_to(other, step))
                case Half(number=number):
                    found.extend(_half(len(tracks), number))
                case Titled(track_id=track, nth=nth) if nth:
                    rows = places_of(tracks, track)
                    found.extend(_placed(rows, Place(nth)))
                case _:
                    for track in self.resolve((reference,)):
                        found.extend(places_of(tracks, track))
        return list(dict.fromkeys(found))

    def resolve_named(self, references: Iterable[Reference]) -> list[int]:
        """Return the tracks that references point at, first of all those just named.

        What an answer named comes in by its place there: "add the second".
        """
        named = self.state.named
        found: list[int] = []
        for reference in references:
            match reference:
                case Those() if named:
                    found.extend(named)
                    self.keeps_named = True
                case Place(is_of_playlist=False) if named:
                    found.extend(_placed(named, reference))
                    self.keeps_named = True
                case _:
                    found.extend(self.resolve((reference,)))
        return list(dict.fromkeys(found))

    def artists_of(self, references: Iterable[Reference]) -> tuple[int, ...]:
        """Return the artists whose songs are pointed at as theirs, the first of each."""
        found: list[int] = []
        for reference in references:
            match reference:
                case TheirSongs() if self.state.artist is not None:
                    found.append(self.state.artist)
                case SongsOf(reference=other):
                    songs = self.tools.songs(self.resolve((other,)))
                    found.extend(pk for s in songs.values() for pk in s.artist_ids[:1])
        return tuple(dict.fromkeys(found))

    def _utmost(self, utmost: Utmost) -> Sequence[int]:
        """Return the songs of the list that are the most of something."""
        songs = self.tools.songs(self.tools.tracks())
        keys = {t: sort_key(song, utmost.by) for t, song in songs.items()}
        tracks = dict.fromkeys(self.tools.tracks())
        known = [t for t in tracks if keys.get(t) is not None]
        known.sort(key=lambda t: keys[t] or (0.0, ""), reverse=utmost.is_descending)
        return known[: utmost.count]

    def _that_one(self) -> list[int]:
        if self.state.spoken_of is not None:
            return [self.state.spoken_of]
        return list((self.state.shown or self.tools.tracks())[:1])

    def _at(self, place: Place) -> Sequence[tuple[int, int | None]]:
        """Return the songs at a place, each with where it stands in the playlist."""
        playlist, shown = self.tools.tracks(), self.state.shown
        rows: list[tuple[int, int | None]] = [(t, p) for p, t in enumerate(playlist)]
        if shown and shown != playlist and not place.is_of_playlist:
            rows = []
            for track in shown:
                places: list[int | None] = [*places_of(playlist, track)]
                rows.extend((track, place) for place in places or [None])
        return _placed(rows, place)

    def _those(self, count: int | None) -> Sequence[int]:
        """Return the songs dealt with last; of more than are meant the last ones."""
        held = set(self.tools.tracks())
        pointed = [track for track in self.state.pointed if track in held]
        if count is None or len(pointed) == count:
            return pointed
        if len(pointed) > count:
            return pointed[-count:]
        return (self.state.shown or self.tools.tracks())[:count]

    def _next_to(self, reference: Reference, step: int) -> Sequence[int]:
        """Return the place in the playlist beside the song that is pointed at."""
        beside = [place + step for place in self.places((reference,))[:1]]
        return [place for place in beside if 0 <= place < len(self.tools.tracks())]

    def point_at(self, track_ids: Iterable[int]) -> None:
        """Note which songs "those two" means from now on."""
        self.state = replace(self.state, pointed=tuple(track_ids)[:POINTED_REMEMBERED])

    def _listed(self, tracks: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """Return the lists shown so far, the first one and the newest."""
        lists = self.state.lists
        if not tracks or (lists and lists[-1] == tracks):
            return lists
        lists = (*lists, tracks)
        return (*lists[:1], *lists[1:][-LISTS_REMEMBERED:])

    def duration_ms(self) -> int:
        """Return how long the list plays, as far as that is known."""
        tracks = self.tools.tracks()
        songs = self.tools.songs(tracks)
        return sum(songs[t].duration_ms or 0 for t in tracks if t in songs)

    def speak_of(self, song: Song) -> None:
        """Note which song and artist "that one" and "him" mean from now on."""
        self.state = replace(
            self.state,
            spoken_of=song.track_id,
            artist=song.artist_ids[0] if song.artist_ids else self.state.artist,
            is_of_list=False,
        )

    def name_songs(self, songs: Sequence[Song]) -> None:
        """Note which songs an answer named, for "add them" and "play the second"."""
        if songs:
            self.speak_of(songs[0])
        self.state = replace(
            self.state,
            named=tuple(song.track_id for song in songs)[:POINTED_REMEMBERED],
            named_artists=(),
        )


def _placed(rows: Sequence[T], place: Place) -> Sequence[T]:
    if place.position < 0:
        start = len(rows) + place.position
        return rows[max(0, start) : max(0, start) + place.count]
    return rows[place.position - 1 : place.position - 1 + place.count]


def _half(size: int, number: int) -> range:
    middle = (size + 1) // 2
    return range(middle) if number == 1 else range(middle, size)
