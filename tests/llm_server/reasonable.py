"""A model that plays its part: reads what was understood, and calls tools sensibly.

It keeps no state: what it has done so far stands in the request, as for a real one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.llm_server.replies import OPENAI, Called, Reply, Style

Json = dict[str, Any]
SEARCHES = ("Ask", "MoreLike", "Shift", "AddSome")
DEFAULT_ADDED = 4


class Reasonable:
    """Answers any request of the planner's; `style` says how its server cuts streams."""

    def __init__(self, style: Style = OPENAI) -> None:
        self.style = style

    def __call__(self, request: Json) -> Reply:
        seen = Seen(request)
        steps = seen.steps()
        called = next(steps, None)
        if called is not None and request.get("tools"):
            return Reply(calls=(called,), style=self.style)
        return Reply(text=seen.words(), style=self.style)


class Seen:
    """What a request holds: the first look, and the results of calls since."""

    def __init__(self, request: Json) -> None:
        results = [
            json.loads(message["content"])
            for message in request["messages"]
            if message["role"] == "tool"
        ]
        self.look: Json = results[0]
        self.results = results[1:]
        self.playlist: list[Json] = self.look["playlist"]["songs"]

    def steps(self) -> Iterator[Called]:
        """Yield the calls that are left to make: at most one is asked for at a time."""
        given = iter(self.results)
        for act in self.look["understood"]:
            plan = self._plan(act)
            result = None
            while True:
                try:
                    called = plan.send(result) if result is not None else next(plan)
                except StopIteration:
                    break
                result = next(given, None)
                if result is None:
                    yield called
                    return

    def _plan(self, act: Json) -> Any:
        """Yield an act's calls, and be sent each one's result."""
        kind = act["does"]
        if kind in SEARCHES or (kind == "Resize" and self._grows(act)):
            yield from self._find_and_edit(act)
        elif kind == "Resize":
            size = act.get("count") or max(1, len(self.playlist) * 2 // 3)
            yield _edit("remove", [s["id"] for s in self.playlist[size:]])
        elif kind == "TakeOut":
            gone = [s["id"] for s in self.playlist if self._is_meant(s, act)]
            if gone:
                yield _edit("remove", gone)
        elif kind == "KeepOnly":
            stay = [s["id"] for s in self.playlist if self._is_meant(s, act)]
            if stay:
                yield _edit("set", stay)
        elif kind == "ReplaceWith":
            yield from self._replace(act)
        elif kind in ("MoveTo", "SwapPlaces", "Arrange"):
            order = self._ordered(act)
            if order:
                yield _edit("set", order)
        elif kind == "RenameTo":
            yield Called(
                "edit_playlist", {"edits": [{"op": "rename", "title": act["title"]}]}
            )
        elif kind == "Undo":
            yield Called("undo")
        elif kind == "StartOver":
            yield Called("edit_playlist", {"edits": [{"op": "clear"}]})
        elif kind == "ReactTo" and act.get("songs"):
            yield Called("react", {"ids": act["songs"], "value": act["value"]})
        elif kind == "WhyThis":
            pointed = act.get("songs") or [self.look.get("spoken_of")]
            if pointed[0]:
                yield Called("explain", {"id": pointed[0]})

    def _find_and_edit(self, act: Json) -> Any:
        adds = act["does"] in ("AddSome", "Resize")
        pointed = act.get("songs", [])
        if act["does"] == "AddSome" and pointed and not act.get("is_likeness"):
            yield _edit("add", pointed)
            return
        count = act.get("count") or (
            DEFAULT_ADDED if adds else self.look["wanted_size"]
        )
        asked: Json = {"count": count, "words": " ".join(act.get("words", []))}
        asked |= {
            name: act[name]
            for name in ("genres", "without_genres", "artists", "without_artists")
            if act.get(name)
        }
        if pointed:
            asked["like"] = pointed
        found = yield Called("find_tracks", asked)
        ids = [song["id"] for song in found.get("songs", [])]
        if act["does"] == "MoreLike":
            ids = [*pointed, *ids][:count]
        if ids:
            yield _edit("add" if adds else "set", ids)

    def _replace(self, act: Json) -> Any:
        going = [s["id"] for s in self.playlist if self._is_meant(s, act)]
        if not going:
            return
        found = yield Called("find_tracks", {"count": len(going) + 4})
        listed = {song["id"] for song in self.playlist}
        new = [s["id"] for s in found.get("songs", []) if s["id"] not in listed]
        edits = [
            {"op": "replace", "ids": [old], "by": by}
            for old, by in zip(going, new, strict=False)
        ]
        if edits:
            yield Called("edit_playlist", {"edits": edits})

    def _ordered(self, act: Json) -> list[str]:
        """Return the list in the order that was asked for, [] where it can't tell."""
        ids = [song["id"] for song in self.playlist]
        pointed = [i for i in act.get("songs", []) if i in ids]
        if act["does"] == "SwapPlaces" and len(pointed) == 2:
            one, two = map(ids.index, pointed)
            ids[one], ids[two] = ids[two], ids[one]
            return ids
        if act["does"] == "MoveTo" and pointed:
            rest = [i for i in ids if i not in pointed]
            place = act.get("spot", {}).get("position", -1)
            if act.get("steps") or "reference" in act.get("spot", {}):
                return []
            at = len(rest) + place + 1 if place < 0 else place - 1
            return [*rest[:at], *pointed, *rest[at:]]
        by = act.get("by")
        if by == "reverse":
            return ids[::-1]
        if by in ("title", "year", "energy", "valence", "tempo_bpm"):
            songs = sorted(
                self.playlist,
                key=lambda song: song.get(by, 0),
                reverse=act.get("is_descending", False),
            )
            return [song["id"] for song in songs]
        return []

    def _grows(self, act: Json) -> bool:
        if act.get("direction"):
            return bool(act["direction"] > 0)
        return (act.get("count") or 0) > len(self.playlist)

    def _is_meant(self, song: Json, act: Json) -> bool:
        if song["id"] in act.get("songs", []):
            return True
        wanted = {name.lower() for name in act.get("artists", [])}
        if wanted & {name.lower() for name in song.get("artists", [])}:
            return True
        genres = {name.lower() for name in act.get("genres", [])}
        return bool(genres & {name.lower() for name in song.get("genres", [])})

    def words(self) -> str:
        """Say what was done, and no more."""
        changed = [r for r in self.results if r.get("changed")]
        found = [r for r in self.results if r.get("songs")]
        if changed and found:
            first = found[-1]["songs"][0]["title"]
            size = changed[-1]["size"]
            return f"The list has {size} songs now. “{first}” is among them."
        if any("noted" in result for result in self.results):
            return "I'll remember that."
        if changed:
            return "That is done. Say the word if it should change again."
        if self.results and "why" in self.results[-1]:
            return f"It is here because of this: {self.results[-1]['why'][0]}."
        if self.results:
            return "I found nothing for that, so the list is as it was."
        return "Hello there. What would you like to hear?"


def _edit(op: str, ids: list[str]) -> Called:
    return Called("edit_playlist", {"edits": [{"op": op, "ids": ids}]})
