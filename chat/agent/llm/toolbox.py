"""The model's tools, bound to one turn: they check, carry out on the desk, and answer.

The same `Tools` and the same `Desk` as the built-in planner's, so that what is
remembered doesn't depend on who answered. A mistake of the model's is an answer that
says what to do instead; nothing of it changes anything. Blocks; runs on a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from catalog.names import name_key
from catalog.search.result import Hit, Result
from chat.agent.asking import keeps
from chat.agent.builtin import editing, finding, phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import Measure, gather
from chat.agent.builtin.pinning import pinned
from chat.agent.builtin.placing import in_order, settle_size
from chat.agent.llm import arguments, telling
from chat.agent.llm.accumulating import Call
from chat.agent.llm.arguments import BadArguments, Op, read_arguments
from chat.agent.llm.bounds import Bounds, bounds_of, narrowed
from chat.agent.llm.checking import Refusal, refuse_breaks
from chat.agent.llm.handles import Handles, UnknownHandle
from chat.agent.llm.holding import held_to_measure
from chat.agent.llm.known import MS_A_MINUTE, Known
from chat.agent.llm.looking import first_look
from chat.agent.llm.owed import Effect, Owed
from chat.agent.llm.showing import Json, as_result, plain, song_json
from chat.agent.opinions import Ungrounded
from chat.agent.state import Given
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    MoreLike,
    Reading,
    Shift,
    SmallTalk,
    Undo,
)
from playlists.edits import (
    Add,
    Clear,
    Content,
    Edit,
    EditRefused,
    Move,
    Remove,
    Rename,
    Replace,
    Stale,
    as_held,
    content_diff,
    content_edited,
    edits_rebased,
)

CHANGED_BY_HAND = (
    "the listener changed the list by hand just now, and that stays; look at it again, "
    "and change the list as it is, if that is still what was asked"
)
THERE = "it is in the list already; `again` is for listeners who ask for it twice"
# Of one turn; beyond, the model is going round in circles.
MAX_CALLS = 24


@dataclass(frozen=True)
class Searched:
    """A search of this turn: what it kept, and what is given once its songs are taken."""

    result: Result
    given: Given
    becomes: Given


class Toolbox:
    """The tools of one turn. See `arguments.TOOLS` for what each takes.

    reading: the model's share of the message. after: acts that the rules carry out
    once the model is done. effects: what was done. brought: songs that came in, in order. hits: what was found.
    let_in: of that, what a search brought when it had to let a condition go; and songs
    that the message names.
    """

    def __init__(
        self, desk: Desk, reading: Reading, *, said: str, after: Sequence[Act] = ()
    ) -> None:
        self.desk = desk
        self.reading = pinned(desk, reading)
        self.after = pinned(desk, Reading(tuple(after))).acts
        self.bounds: Bounds = bounds_of(desk, self.reading)
        self._owed = Owed(desk, self.reading)
        self.handles = Handles()
        self.known = Known(said=said)
        self.effects: set[Effect] = set()
        self.brought: list[int] = []
        self.hits: dict[int, Hit] = {}
        # Songs that are named by their titles come, whatever else is asked for.
        self.let_in: set[int] = {
            track
            for act in self.reading.acts
            if isinstance(act, Ask | AddSome)
            for track in act.wanted.like_tracks
        }
        self.searches: list[Searched] = []
        self.at_start = self._seen = desk.tools.content()
        self._call_count = 0
        self.know_list()

    def left(self) -> Reading:
        """Return what the message asks for and nothing was done about. Blocks."""
        return self._owed.left(self.effects)

    # --- calls --------------------------------------------------------------------------

    names = frozenset((*arguments.TOOLS, "look"))

    def call(self, call: Call) -> tuple[str, str]:
        """Carry out a call; return its result as JSON, and a word on it for people.

        Raises Stopped.
        """
        # The model took its time, in which the list may have been edited by hand.
        self.desk.tools.look_again()
        self._call_count += 1
        try:
            if self._call_count > MAX_CALLS:
                raise Refusal("that were too many calls; answer the listener now")
            if call.name == "look":
                self.know_list()
                return first_look(self, ()), ""
            result = self._carry_out(read_arguments(call.name, call.arguments))
            return as_result(result), _detail(result)
        except UnknownHandle as error:
            told = f"no tool gave you {error}; use ids of find_tracks or the playlist"
        except Ungrounded:
            told = "those songs are not from this talk; find them first"
        except (BadArguments, Refusal, EditRefused) as error:
            told = str(error)
        return as_result({"error": told}), "refused"

    def _carry_out(self, asked: arguments.Arguments) -> Json:
        match asked:
            case arguments.FindTracks():
                return self.find_tracks(asked)
            case arguments.EditPlaylist():
                return self.edit_playlist(asked.edits)
            case arguments.Undo():
                return self.undo()
            case arguments.SavePlaylist():
                return telling.save_playlist(self)
            case arguments.React():
                return telling.react(self, asked)
            case arguments.Explain():
                return telling.explain(self, asked.id)
            case arguments.MyTaste():
                return telling.my_taste(self)
        raise Refusal("there is no such tool")

    def find_tracks(self, asked: arguments.FindTracks) -> Json:
        """Search for what the model asks within what the listener asked."""
        tools = self.desk.tools
        like = self.handles.tracks(asked.like)
        keys = {name_key(name) for name in (*asked.artists, *asked.without_artists)}
        names = dict(tools.names_known(keys).artists)
        found = narrowed(
            self.bounds, asked, like=like, artists=names, levels=self.desk.levels
        )
        if self._asks_for_nobody() and not (
            found.search.constraints or found.search.seeds
        ):
            raise Refusal(
                "nothing here goes by the name that the listener said: search by genre or "
                "level for what it is like, or ask what they would like to hear"
            )
        held = tools.tracks()
        enough = self.bounds.enough or min(asked.count, finding.ENOUGH)
        measure = Measure(
            asked.count, self.bounds.minutes, enough=min(enough, asked.count)
        )
        beside = held if self.bounds.is_beside else ()
        search = self.bounds.apart_from(found.search)
        result = gather(self.desk, search, measure, beside=beside)
        self.note_found(result, found.search, becomes=found.becomes)
        hits = {hit.track_id: hit for hit in result.hits}
        kept = {hit.track_id for hit in result.kept_all}
        is_plain = found.search.constraints == self.bounds.search.constraints
        if self.hits:
            self.effects.discard("found nothing")
        elif is_plain:
            self.effects.add("found nothing")
        self.known.counts.update({len(hits), result.searched})
        songs = self.songs_json(hits)
        for told in songs:
            if self.handles.tracks([told["id"]])[0] not in kept:
                told["outside"] = "not all of what was asked; say so if you use it"
        notes = [*found.notes, *(f"let go: {s.was}" for s in result.ledger if s.gave)]
        if result.shortage:
            notes.append(plain(result.shortage.text))
        if not hits and not is_plain:
            notes.append("that was too narrow: search without conditions of your own")
        return {"songs": songs, "notes": notes}

    def _asks_for_nobody(self) -> bool:
        """Say whether all that is asked for is names that the catalog doesn't know."""
        wanted = [a.wanted for a in self.reading.acts if isinstance(a, Ask | AddSome)]
        return bool(wanted) and all(
            one.unknown_names and replace(one, words=()).is_empty for one in wanted
        )

    def note_found(
        self, result: Result, search: Given, *, becomes: Given | None = None
    ) -> None:
        """Note what a search brought, and what it had to let go for that."""
        kept = {hit.track_id for hit in result.kept_all}
        hits = {hit.track_id: hit for hit in result.hits}
        self.hits |= hits
        self.let_in |= (set(hits) - kept) | self._taken_for(kept, search)
        given = self.bounds.becomes if becomes is None else becomes
        self.searches.append(Searched(result, search, given))

    def _taken_for(self, kept: Iterable[int], search: Given) -> set[int]:
        """Return what a search took for a genre by its artist or sound, no tag saying so."""
        genres = [held for held in search.of("genre") if held.is_hard]
        songs = self.desk.tools.songs(kept).values() if genres else ()
        return {
            song.track_id
            for song in songs
            if not any(keeps(song, held) for held in genres)
        }

    def edit_playlist(self, ops: Sequence[Op]) -> Json:
        """Change the list, unless the outcome breaks what holds."""
        if not self.bounds.may_edit:
            raise Refusal("the listener asked for no change of the list")
        tools = self.desk.tools
        before = tools.content()
        meant = [edit for op in ops for edit in self._edits_of(op)]
        edits = edits_rebased(meant, self._seen, before) if self._is_behind() else meant
        if edits is None:
            raise Refusal(CHANGED_BY_HAND)
        after = content_edited(before, edits)
        refuse_breaks(self, before, after)
        self._refuse_losses(before, after)
        edits.extend(held_to_measure(self, before, after))
        after = content_edited(before, edits)
        edits.extend(self._titled(before, after, ops))
        if not self.desk.edit(edits, uses=set(after.tracks) - set(before.tracks)):
            held = {"changed": False, "size": len(before.tracks)}
            return held | ({"note": THERE} if any(o.op == "add" for o in ops) else {})
        return self._changed(before, tools.content())

    def _refuse_losses(self, before: Content, after: Content) -> None:
        """Refuse to take songs out where more were asked for, and nothing else."""
        lost = set(before.tracks) - set(after.tracks)
        acts = self.reading.acts
        if lost and acts and all(isinstance(a, AddSome | SmallTalk) for a in acts):
            raise Refusal("the listener asked for more songs, and for none to go")

    def _refuse_repeats(self) -> None:
        """Refuse a second place for a song, where a message that is read asks for none."""
        acts = self.reading.acts
        if acts and not any(isinstance(a, AddSome) and a.is_repeat for a in acts):
            raise Refusal("the listener didn't ask for a song to be there twice")

    def _edits_of(self, op: Op) -> list[Edit]:
        tracks = tuple(self.handles.tracks(op.ids))
        at = None if op.position is None else op.position - 1
        place = None if op.place is None else op.place - 1
        match op.op:
            case "set":
                named = as_held(self.handles.named(op.ids), self.desk.tools.tracks())
                # A path that was asked for is walked, whatever order the model gives.
                walked = in_order(self.desk, self.bounds.becomes, named)
                return [Clear(), Add(tuple(walked), again=True)]
            case "add" if op.again:
                self._refuse_repeats()
                return [Add(tuple(self.handles.named(op.ids)), at, again=True)]
            case "add":
                return [Add(tracks, at)]
            case "remove":
                return [Remove(tracks, None if place is None else (place,))]
            case "move":
                return [Move(tracks[0], at or 0, place)]
            case "replace":
                return [Replace(tracks[0], self.handles.tracks([op.by])[0], place)]
            case "rename":
                return [Rename(plain(op.title))]
            case "clear":
                return [Clear()]

    def _titled(
        self, before: Content, after: Content, ops: Sequence[Op]
    ) -> Iterable[Edit]:
        """Yield the title that a new list gets, where the model gives it none."""
        asks = [a for a in self.reading.acts if isinstance(a, Ask) and a.is_fresh]
        is_ours = not before.tracks or before.title == self.desk.state.auto_title
        if not asks or not after.tracks or not is_ours:
            return
        if any(op.op == "rename" for op in ops):
            return
        names = self.desk.tools.artist_names(self.bounds.becomes.artists)
        wanted = finding.as_held_by(self.bounds.becomes, asks[-1].wanted)
        title = phrases.list_title(wanted, names.values())
        if title:
            title = title[: finding.TITLE_CHARS]
            self.desk.state = replace(self.desk.state, auto_title=title)
            yield Rename(title)

    def _changed(self, before: Content, after: Content) -> Json:
        """Note what an edit did, for the state, the prose and the model."""
        diff = content_diff(before, after)
        self.known.has_changed = True
        if diff.added:
            self.effects.add("brought")
        if diff.removed:
            self.effects.add("took")
        if diff.moved:
            self.effects.add("moved")
        if before.title != after.title:
            self.effects.add("renamed")
        self._give(diff.added, is_new_list=not set(before.tracks) & set(after.tracks))
        self.known.counts.update({len(diff.added), len(diff.removed), len(diff.moved)})
        self.known.counts.add(len(set(before.tracks) & set(after.tracks)))
        self.know_list()
        return {
            "changed": True,
            "added": len(diff.added),
            "removed": len(diff.removed),
            "size": len(after.tracks),
            "minutes": round(self.desk.duration_ms() / MS_A_MINUTE),
        }

    def _give(self, added: Sequence[int], *, is_new_list: bool) -> None:
        """Take from now on what the list was made by, and show what came in."""
        taken = [
            search.becomes
            for search in self.searches
            if any(hit.track_id in added for hit in search.result.hits)
        ]
        if not self.bounds.is_beside or (is_new_list and added):
            self.desk.give(taken[-1] if taken else self.bounds.becomes)
        if not self.reads(Ask, MoreLike, Shift):
            # A list that was changed by hand, so to speak, is as long as it is wanted.
            settle_size(self.desk)
        if self.bounds.is_beside and self.bounds.becomes.artists:
            # A list of some artists is one of these too, from now on.
            named = self.bounds.search.of("artist")
            self.desk.give(self.desk.state.given.having(named))
        if added:
            self.brought.extend(t for t in added if t not in self.brought)
            self.desk.show(Result(tuple(self.hits.values()), (), 0), added)
            self.desk.point_at(added)
            if not self.bounds.is_beside:
                self.desk.speak_of(self.desk.tools.songs([added[0]])[added[0]])

    def undo(self) -> Json:
        """Go back, once in a turn and only where the message may ask for it."""
        if "undone" in self.effects:
            raise Refusal("that was undone already")
        if self.reading.acts:
            raise Refusal("the listener didn't ask to undo anything")
        if self._is_behind():
            raise Refusal(CHANGED_BY_HAND)
        before = self.desk.tools.content()
        editing.undo(self.desk, Undo())
        self.desk.says.clear()
        self.effects.add("undone")
        after = self.desk.tools.content()
        if before == after:
            return {"changed": False, "note": "there is nothing to undo"}
        self.known.has_changed = True
        self.know_list()
        return {"changed": True, "size": len(after.tracks)}

    def take_back(self) -> None:
        """Put the list back as the turn found it.

        "Calmer" is meant of that list, and not of one that went the wrong way. What was
        changed by hand in the meantime stays as it is.
        """
        was, tools = self.at_start, self.desk.tools
        tools.look_again()
        if tools.is_changed_by_hand:
            return
        edits: list[Edit] = [Clear(), Add(was.tracks, again=True), Rename(was.title)]
        with suppress(Stale):
            self.desk.edit(edits, uses=was.tracks)

    def _is_behind(self) -> bool:
        """Say whether the list isn't as the model knows it."""
        return self._seen != self.desk.tools.content()

    def reads(self, *kinds: type) -> bool:
        """Say whether the model's share holds an act of these kinds."""
        return any(isinstance(act, kinds) for act in self.reading.acts)

    # --- what is known ------------------------------------------------------------------

    def know_list(self) -> None:
        """Let the list as it is now be spoken of."""
        content = self._seen = self.desk.tools.content()
        state = self.desk.state
        spoken_of = () if state.spoken_of is None else (state.spoken_of,)
        self.learn([*content.tracks, *state.shown, *spoken_of])
        self.known.list_titles.add(name_key(content.title))
        self.known.list_size = len(content.tracks)
        self.known.counts.update(
            {len(content.tracks), round(self.desk.duration_ms() / MS_A_MINUTE)}
        )
        for held in (*self.bounds.search.constraints, *self.bounds.becomes.constraints):
            if held.kind == "years":
                spans = (held.low, held.high)
                self.known.years.update(int(y) for y in spans if y is not None)

    def learn(self, tracks: Iterable[int]) -> None:
        """Let songs be spoken of. Three queries for those that are new."""
        new = [t for t in tracks if t not in self.known.songs]
        if new:
            self.known.add_songs(self.desk.tools.songs(new).values())

    def songs_json(
        self, tracks: Iterable[int], *, is_brief: bool = False
    ) -> list[Json]:
        """Return what the model is told of songs; they may be spoken of from then on."""
        tracks = list(tracks)
        self.learn(tracks)
        return [
            song_json(
                self.known.songs[track],
                self.handles,
                why=[r.text for r in self.hits[track].reasons]
                if track in self.hits
                else (),
                is_brief=is_brief,
            )
            for track in tracks
            if track in self.known.songs
        ]


def _detail(result: Json) -> str:
    """Say in a few words what came of a call."""
    if "songs" in result:
        return f"{len(result['songs'])} found"
    if result.get("changed"):
        return f"{result['size']} songs in the list"
    return ""
