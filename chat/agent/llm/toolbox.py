"""The model's tools, bound to one turn: they check, carry out on the desk, and answer.

The same `Tools` and the same `Desk` as the built-in planner's, so that what is
remembered doesn't depend on who answered. A mistake of the model's is an answer that
says what to do instead; nothing of it changes anything. Blocks; runs on a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.names import name_key
from catalog.search.result import Hit, Result
from chat.agent.asking import violations
from chat.agent.builtin import editing, finding, phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import Measure, gather
from chat.agent.builtin.placing import in_order
from chat.agent.llm import arguments
from chat.agent.llm.accumulating import Call
from chat.agent.llm.arguments import BadArguments, Op, read_arguments
from chat.agent.llm.bounds import Bounds, bounds_of, narrowed
from chat.agent.llm.handles import Handles, UnknownHandle
from chat.agent.llm.known import MS_A_MINUTE, Known
from chat.agent.llm.owed import Effect, Owed
from chat.agent.llm.pinning import pinned, pointed_at
from chat.agent.llm.showing import Json, as_result, plain, reading_json, song_json
from chat.agent.state import Given
from chat.agent.tools import Ungrounded
from chat.agent.understanding.reading import (
    Ask,
    ReactTo,
    Reading,
    SmallTalk,
    TakeOut,
    Undo,
    Wanted,
)
from feedback.models import Reaction
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
    content_diff,
    content_edited,
)

LISTED_SONGS = 60
FULLY_LISTED_SONGS = 30
TASTE_SONGS = 20
# Of one turn; beyond, the model is going round in circles.
MAX_CALLS = 24


class Refusal(Exception):
    """A call that isn't carried out; the message tells the model why."""


class Toolbox:
    """The tools of one turn. See `arguments.TOOLS` for what each takes."""

    def __init__(self, desk: Desk, reading: Reading, *, said: str) -> None:
        self.desk = desk
        self.reading = pinned(desk, reading)
        self.bounds: Bounds = bounds_of(desk, self.reading)
        self._owed = Owed(desk, self.reading)
        self.handles = Handles()
        self.known = Known(said=said)
        self.effects: set[Effect] = set()
        self.brought: list[int] = []
        self._hits: dict[int, Hit] = {}
        self._let_in: set[int] = set()
        self._searches: list[tuple[Result, Given, Given]] = []
        self._has_found = False
        self._call_count = 0
        self._at_start = desk.tools.content()
        self._know_list()

    # --- what the model is shown first ------------------------------------------------

    def look(self, earlier: Sequence[tuple[str, str]]) -> str:
        """Return the list, what is in force and how the message was understood."""
        tools, state = self.desk.tools, self.desk.state
        content = tools.content()
        listed = self._songs_json(
            content.tracks[:LISTED_SONGS],
            is_brief=len(content.tracks) > FULLY_LISTED_SONGS,
        )
        pointed = [pointed_at(act) for act in self.reading.acts]
        named = [t for want in self._wanted() for t in want.like_tracks]
        self._learn([*named, *(t for tracks in pointed for t in tracks)])
        artists = self._artist_names()
        understood = reading_json(
            self.reading, artists=artists, handles=self.handles, pointed=pointed
        )
        return as_result(
            {
                "understood": understood,
                "in_force": self._in_force(artists),
                "wanted_size": self.bounds.search.size,
                "playlist": {
                    "title": plain(content.title),
                    "size": len(content.tracks),
                    "songs": listed,
                },
                "spoken_of": self.handles.of(state.spoken_of)
                if state.spoken_of in self.known.songs
                else None,
                "earlier": [
                    {
                        "listener": plain(said, max_chars=400),
                        "you": plain(reply, max_chars=400),
                    }
                    for said, reply in earlier
                ],
            }
        )

    def _in_force(self, artists: dict[int, str]) -> list[Json]:
        return [
            {
                key: value
                for key, value in {
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
                }.items()
                if value not in (None, "", False)
            }
            for held in self.bounds.search.constraints
        ]

    def _artist_names(self) -> dict[int, str]:
        """Return the names of all artists that the reading or what is given names."""
        wanted = self._wanted()
        constraints = [c for want in wanted for c in want.constraints]
        constraints.extend(self.bounds.search.constraints)
        ids = {c.artist for c in constraints if c.artist is not None}
        for want in wanted:
            ids |= {*want.artists, *want.without_artists, *want.like_artists}
        names = self.desk.tools.artist_names(ids)
        self.known.artists.update(map(name_key, names.values()))
        return names

    def _wanted(self) -> list[Wanted]:
        named = (
            getattr(act, name, None)
            for act in self.reading.acts
            for name in ("wanted", "gone")
        )
        return [wanted for wanted in named if isinstance(wanted, Wanted)]

    def left(self) -> Reading:
        """Return what the message asks for and nothing was done about. Blocks."""
        return self._owed.left(self.effects)

    # --- calls --------------------------------------------------------------------------

    names = frozenset((*arguments.TOOLS, "look"))

    def call(self, call: Call) -> tuple[str, str]:
        """Carry out a call; return its result as JSON, and a word on it for people.

        Raises Stopped.
        """
        self._call_count += 1
        try:
            if self._call_count > MAX_CALLS:
                raise Refusal("that were too many calls; answer the listener now")
            if call.name == "look":
                return self.look(()), ""
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
            case arguments.React():
                return self.react(asked)
            case arguments.Explain():
                return self.explain(asked.id)
            case arguments.MyTaste():
                return self.my_taste()
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
        held = tools.tracks()
        enough = self.bounds.enough or min(asked.count, finding.ENOUGH)
        measure = Measure(
            asked.count, self.bounds.minutes, enough=min(enough, asked.count)
        )
        beside = held if self.bounds.is_beside else ()
        result = gather(self.desk, found.search, measure, beside=beside)
        hits = {hit.track_id: hit for hit in result.hits}
        kept = {hit.track_id for hit in result.kept_all}
        self._hits |= hits
        self._let_in |= set(hits) - kept
        self._searches.append((result, found.search, found.becomes))
        self._has_found = self._has_found or bool(hits)
        if self._has_found:
            self.effects.discard("found nothing")
        else:
            self.effects.add("found nothing")
        self.known.counts.update({len(hits), result.searched})
        songs = self._songs_json(hits)
        for told in songs:
            if self.handles.tracks([told["id"]])[0] not in kept:
                told["outside"] = "not all of what was asked; say so if you use it"
        notes = [*found.notes, *(f"let go: {s.was}" for s in result.ledger if s.gave)]
        if result.shortage:
            notes.append(plain(result.shortage.text))
        return {"songs": songs, "notes": notes}

    def edit_playlist(self, ops: Sequence[Op]) -> Json:
        """Change the list, unless the outcome breaks what holds."""
        if not self.bounds.may_edit:
            raise Refusal("the listener asked for no change of the list")
        tools = self.desk.tools
        before = tools.content()
        edits = [edit for op in ops for edit in self._edits_of(op)]
        after = content_edited(before, edits)
        self._refuse_breaks(before, after)
        edits.extend(self._titled(before, after, ops))
        if not self.desk.edit(edits, uses=set(after.tracks) - set(before.tracks)):
            return {"changed": False, "size": len(before.tracks)}
        return self._changed(before, tools.content())

    def _edits_of(self, op: Op) -> list[Edit]:
        tracks = tuple(self.handles.tracks(op.ids))
        at = None if op.position is None else op.position - 1
        match op.op:
            case "set":
                # A path that was asked for is walked, whatever order the model gives.
                walked = in_order(self.desk, self.bounds.becomes, tracks)
                return [Clear(), Add(tuple(walked))]
            case "add":
                return [Add(tracks, at)]
            case "remove":
                return [Remove(tracks)]
            case "move":
                return [Move(tracks[0], at or 0)]
            case "replace":
                return [Replace(tracks[0], self.handles.tracks([op.by])[0])]
            case "rename":
                return [Rename(plain(op.title))]
            case "clear":
                return [Clear()]

    def _refuse_breaks(self, before: Content, after: Content) -> None:
        """Refuse what would put in a disliked song, or break what was asked for."""
        new = [t for t in after.tracks if t not in before.tracks]
        if not new:
            return
        tools = self.desk.tools
        songs = tools.songs(after.tracks)
        disliked = [t for t in new if t in tools.opinions().disliked]
        if disliked:
            raise Refusal(
                f"the listener dislikes {self._named(disliked)}; leave it out"
            )
        broken = self._broken(self.bounds.search, [t for t in new if t in songs])
        if self.bounds.is_of_list:
            broken |= self._broken(self.bounds.becomes, after.tracks)
        if broken:
            told = (f"{self._named(ids)} {why}" for why, ids in broken.items())
            raise Refusal(
                f"{'; '.join(told)}; leave them out (op set makes a new list)"
            )

    def _broken(self, given: Given, tracks: Iterable[int]) -> dict[str, list[int]]:
        """Return the songs that break each condition, by what it says to the model."""
        songs = self.desk.tools.songs(tracks)
        heard = self.desk.tools.heard_lately()
        broken: dict[str, list[int]] = {}
        for violation in violations(given, songs.values(), heard=heard):
            held = violation.constraint
            ids = [t for t in violation.track_ids if t not in self._let_in]
            what = held.words or held.key or held.kind
            verb = (
                "are what was refused" if held.is_refused else "are not what was asked"
            )
            if ids:
                broken[f"{verb} ({held.kind}: {plain(what)})"] = ids
        return broken

    def _named(self, tracks: Iterable[int]) -> str:
        return ", ".join(self.handles.of(track) for track in tracks)

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
        title = phrases.list_title(asks[-1].wanted, names.values())
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
        self._know_list()
        return {
            "changed": True,
            "added": len(diff.added),
            "removed": len(diff.removed),
            "size": len(after.tracks),
            "minutes": round(self.desk.duration_ms() / MS_A_MINUTE),
        }

    def _give(self, added: Sequence[int], *, is_new_list: bool) -> None:
        """Take from now on what the list was made by, and show what came in."""
        searched = [
            (search, becomes)
            for result, search, becomes in self._searches
            if any(hit.track_id in added for hit in result.hits)
        ]
        search, becomes = (
            searched[-1] if searched else (self.bounds.search, self.bounds.becomes)
        )
        if not self.bounds.is_beside or is_new_list and added:
            self.desk.give(becomes)
        if added:
            self.brought.extend(t for t in added if t not in self.brought)
            self.desk.show(Result(tuple(self._hits.values()), (), 0), added)
            if not self.bounds.is_beside:
                self.desk.speak_of(self.desk.tools.songs([added[0]])[added[0]])

    def undo(self) -> Json:
        """Go back, once in a turn and only where the message may ask for it."""
        if "undone" in self.effects:
            raise Refusal("that was undone already")
        if self.reading.acts and not self._reads(Undo):
            raise Refusal("the listener didn't ask to undo anything")
        before = self.desk.tools.content()
        editing.undo(self.desk, Undo())
        self.desk.says.clear()
        self.effects.add("undone")
        after = self.desk.tools.content()
        if before == after:
            return {"changed": False, "note": "there is nothing to undo"}
        self.known.has_changed = True
        self._know_list()
        return {"changed": True, "size": len(after.tracks)}

    def react(self, asked: arguments.React) -> Json:
        """Note an opinion, where the message may hold one."""
        is_displeased = SmallTalk("displeased") in self.reading.acts
        may_react = self._reads(ReactTo, TakeOut) or is_displeased
        if self.reading.acts and not may_react:
            raise Refusal("the listener didn't say that they like or dislike a song")
        tracks = [t for t in self.handles.tracks(asked.ids) if t in self.known.songs]
        if not tracks:
            raise Refusal("those songs are not in the catalog any more")
        value = Reaction.Value.LIKE if asked.value == "like" else Reaction.Value.DISLIKE
        for track in tracks:
            self.desk.tools.react(track, value)
        self.effects.add("reacted")
        self.known.has_changed = True
        self.known.counts.add(len(tracks))
        if asked.value == "like":
            self.desk.speak_of(self.known.songs[tracks[0]])
        elif self.desk.edit([Remove(tuple(tracks))]):
            self.effects.add("took")
            self._know_list()
        return {"noted": len(tracks), "size": len(self.desk.tools.tracks())}

    def _reads(self, *kinds: type) -> bool:
        return any(isinstance(act, kinds) for act in self.reading.acts)

    def explain(self, handle: str) -> Json:
        """Return the stored reasons of a song."""
        track = self.handles.tracks([handle])[0]
        if track not in self.known.songs:
            raise Refusal("that song is not in the catalog any more")
        self.desk.speak_of(self.known.songs[track])
        why = [*self.desk.state.reasons.get(track, ())]
        if track in self.desk.tools.opinions().liked:
            why.append("the listener likes it")
        song = song_json(self.known.songs[track], self.handles)
        return {"song": song, "why": list(map(plain, why)) or ["put there by hand"]}

    def my_taste(self) -> Json:
        """Return what the listener has liked and disliked, newest first."""
        opinions = self.desk.tools.opinions()
        return {
            "liked": self._songs_json(opinions.liked[:TASTE_SONGS], is_brief=True),
            "disliked": self._songs_json(
                opinions.disliked[:TASTE_SONGS], is_brief=True
            ),
        }

    # --- at the end ---------------------------------------------------------------------

    def settle(self) -> None:
        """Take out what breaks the conditions after all, and tell what was let go."""
        desk = self.desk
        changed = self.effects & {"brought", "took"}
        if changed and self.bounds.is_of_list and "undone" not in self.effects:
            broken = self._broken(self.bounds.becomes, desk.tools.tracks())
            gone = tuple({track for ids in broken.values() for track in ids})
            if gone and desk.edit([Remove(gone)]):
                count = phrases.songs(len(gone))
                desk.say(f"I took out {count} that didn't fit what you asked for.")
        brought = set(self.brought)
        for result, search, _ in self._searches:
            hits = tuple(hit for hit in result.hits if hit.track_id in brought)
            if hits and any(hit.step is not None for hit in hits):
                finding._tell_relaxed(desk, replace(result, hits=hits), search)

    def tell_changes(self) -> None:
        """Say what became of the list, in place of a model that said nothing."""
        diff = content_diff(self._at_start, self.desk.tools.content())
        songs = self.desk.tools.songs(diff.added[:1])
        stayed = self.known.list_size - len(diff.added)
        if diff.added:
            first = songs[diff.added[0]].credit
            self.desk.say(
                *phrases.made(len(diff.added), stayed, len(diff.removed), first)
            )
        elif diff.removed:
            left = phrases.songs(self.known.list_size)
            self.desk.say(f"{phrases.songs(len(diff.removed))} went out; {left} left.")
        elif "undone" in self.effects or self.known.has_changed:
            self.desk.say("Done.")
        else:
            self.desk.say("I found nothing that fits, so the list is as it was.")

    def found_among(self, tracks: Iterable[int]) -> list[int]:
        """Return those tracks that a search of this turn found and the list lacks."""
        held = self.desk.tools.tracks()
        return [t for t in tracks if t in self._hits and t not in held]

    def mention(self, tracks: Sequence[int]) -> None:
        """Show songs that were spoken of and stay out of the list."""
        self.desk.show(Result(tuple(self._hits.values()), (), 0), tracks)

    # --- what is known ------------------------------------------------------------------

    def _know_list(self) -> None:
        content = self.desk.tools.content()
        state = self.desk.state
        spoken_of = () if state.spoken_of is None else (state.spoken_of,)
        self._learn([*content.tracks, *state.shown, *spoken_of])
        self.known.list_titles.add(name_key(content.title))
        self.known.list_size = len(content.tracks)
        self.known.counts.update(
            {len(content.tracks), round(self.desk.duration_ms() / MS_A_MINUTE)}
        )
        for held in (*self.bounds.search.constraints, *self.bounds.becomes.constraints):
            if held.kind == "years":
                spans = (held.low, held.high)
                self.known.years.update(int(y) for y in spans if y is not None)

    def _learn(self, tracks: Iterable[int]) -> None:
        new = [t for t in tracks if t not in self.known.songs]
        if new:
            self.known.add_songs(self.desk.tools.songs(new).values())

    def _songs_json(
        self, tracks: Iterable[int], *, is_brief: bool = False
    ) -> list[Json]:
        tracks = list(tracks)
        self._learn(tracks)
        return [
            song_json(
                self.known.songs[track],
                self.handles,
                why=[r.text for r in self._hits[track].reasons]
                if track in self._hits
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
