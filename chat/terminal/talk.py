"""A talk in the terminal: what is typed becomes requests, frames become text."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from queue import Empty
from typing import Any

from chat.terminal.connection import Connection, Frame, NotConnected
from chat.terminal.screen import Screen

# Whatever a site needs to answer a request that isn't a message.
ANSWER_TIMEOUT_S = 15.0
REACTIONS = ("like", "dislike", "more", "none")
REASONS = ("not_for_me", "wrong_mood", "unknown", "overplayed")


class Misused(Exception):
    """A command that can't be read; says how it goes."""


class Talk:
    """One conversation at a time, with its list."""

    def __init__(self, connection: Connection, screen: Screen) -> None:
        self.connection = connection
        self.screen = screen
        self.conversation: str | None = None
        self.playlist: dict[str, Any] | None = None
        self.running: str | None = None
        self._asked = 0

    def enter(self, line: str) -> bool:
        """Do what a typed line says. Returns False when the person wants to leave."""
        line = line.strip()
        if line in ("/quit", "/exit"):
            return False
        try:
            if line.startswith("/"):
                self._command(*line[1:].split())
            elif line:
                self.say(line)
        except Misused as misused:
            self.screen.wrong(str(misused))
        except NotConnected:
            self.screen.wrong("Not connected just now. Nothing was sent; try again.")
        return True

    def say(self, text: str) -> None:
        """Say something, and show the reply until it is over. Ctrl-C stops it."""
        request: dict[str, Any] = {"type": "message.send", "text": text}
        if self.conversation is not None:
            request["conversation"] = self.conversation
        name = self._send(**request)
        taken = ("message.accepted", "message.queued")
        first = self._until(lambda f: f["type"] in taken and f.get("id") == name, name)
        if first is None:
            return
        self.conversation = str(first["conversation"])
        self.connection.follow(first["conversation"])
        self.running = first["message"]
        self._hear_out(first["message"])

    def catch_up(self) -> None:
        """Show what has come in the meantime, from other tabs too."""
        while True:
            try:
                self._show(self.connection.frames.get_nowait())
            except Empty:
                return

    def _hear_out(self, message: str) -> None:
        def is_over(frame: Frame) -> bool:
            return (frame["type"], frame.get("message")) == ("message.done", message)

        while self.running is not None:
            try:
                self._until(is_over, None, timeout_s=None)
            except KeyboardInterrupt:
                try:
                    self.connection.send(type="message.stop", message=message)
                except NotConnected:
                    self.screen.wrong("Not connected: it can't be stopped just now.")

    def _command(self, name: str = "", *arguments: str) -> None:
        if name in REACTIONS:
            place, reason = self._reacted(name, *arguments)
            track = self._song(name, *place)
            self._send_and_wait(
                "reaction",
                type="reaction.set",
                track=track["id"],
                value=name,
                reason=reason,
                conversation=self.conversation,
            )
            self.screen.note(f"{name}: {track['title']}")
            return
        commands: dict[str, Callable[..., None]] = {
            "list": self._show_list,
            "why": self._why,
            "remove": self._remove,
            "never": self._never,
            "move": self._move,
            "rename": self._rename,
            "undo": self._undo,
            "new": self._begin_anew,
            "stop": self._stop,
            "help": self.screen.help,
        }
        if name not in commands:
            raise Misused(f"There is no command /{name}. /help lists them.")
        try:
            signature(commands[name]).bind(*arguments)
        except TypeError:
            raise Misused(f"/{name} goes otherwise: see /help.") from None
        commands[name](*arguments)

    def _show_list(self) -> None:
        playlist = self._listed()
        self.screen.songs(playlist["title"], playlist["tracks"])

    def _why(self, place: str) -> None:
        self._song("why", place)
        self.say(f"why number {place}?")

    def _remove(self, *places: str) -> None:
        tracks = [self._song("remove", place)["id"] for place in places]
        if not tracks:
            raise Misused("/remove wants the number of a song, as in /remove 3.")
        at = [int(place) - 1 for place in places]
        self._edit({"op": "remove", "tracks": tracks, "places": at})

    def _never(self, place: str) -> None:
        track = self._song("never", place)
        self._send_and_wait("never", type="never.set", track=track["id"])
        self.screen.note(f"Never again: {track['title']}")

    def _reacted(self, name: str, *arguments: str) -> tuple[tuple[str, ...], str]:
        """Return what names a song, and why it is disliked; "" where that isn't said."""
        if name != "dislike" or len(arguments) < 2:
            return arguments, ""
        *place, reason = arguments
        if reason not in REASONS:
            raise Misused(f"Why? One of {', '.join(REASONS)}.")
        return tuple(place), reason

    def _move(self, place: str, to: str) -> None:
        track = self._song("move", place)
        self._song("move", to)
        at = {"position": int(to) - 1, "place": int(place) - 1}
        self._edit({"op": "move", "track": track["id"], **at})

    def _rename(self, *words: str) -> None:
        self._listed()
        if not words:
            raise Misused("/rename wants a title.")
        self._edit({"op": "rename", "title": " ".join(words)})

    def _undo(self) -> None:
        # A choice that left the list as it was is taken back without a list.
        self.catch_up()
        self._send_and_wait(
            "playlist",
            "constraints",
            type="playlist.undo",
            **self._listed_now(),
        )

    def _begin_anew(self) -> None:
        self.conversation = self.playlist = None
        self.screen.note("A new conversation. What are you in the mood for?")

    def _stop(self) -> None:
        self.screen.note(
            "Nothing is being written. While something is, Ctrl-C stops it."
        )

    def _edit(self, op: dict[str, Any]) -> None:
        now = self._listed_now()
        self._send_and_wait("playlist", type="playlist.edit", **now, ops=[op])

    def _listed_now(self) -> dict[str, Any]:
        """Name the list as it is shown: another version is not what is meant."""
        playlist = self._listed()
        return {"playlist": playlist["id"], "base": playlist["version"]}

    def _listed(self) -> dict[str, Any]:
        if self.playlist is None:
            raise Misused("There is no list yet. Ask for some music first.")
        return self.playlist

    def _song(self, command: str, place: str = "") -> dict[str, Any]:
        tracks = self._listed()["tracks"]
        if not place.isdecimal() or not 1 <= int(place) <= len(tracks):
            raise Misused(
                f"/{command} wants the number of a song, 1 to {len(tracks)}, "
                f"as in /{command} 1."
            )
        track: dict[str, Any] = tracks[int(place) - 1]
        return track

    def _send(self, **request: Any) -> str:
        self._asked += 1
        name = f"terminal-{self._asked}"
        self.connection.send(**request, id=name)
        return name

    def _send_and_wait(self, *kinds: str, **request: Any) -> None:
        name = self._send(**request)
        self._until(
            lambda frame: (
                frame["type"] in kinds
                or (frame["type"] == "playlist.state" and frame["id"] == name)
            ),
            name,
        )

    def _until(
        self,
        is_it: Callable[[Frame], bool],
        name: str | None,
        *,
        timeout_s: float | None = ANSWER_TIMEOUT_S,
    ) -> Frame | None:
        """Show frames up to the one that is meant; None for an error in its place."""
        while True:
            try:
                frame = self.connection.frames.get(timeout=timeout_s)
            except Empty:
                self.screen.wrong("The site doesn't answer.")
                return None
            self._show(frame)
            if is_it(frame):
                return frame
            if frame["type"] == "error" and name and frame.get("id") == name:
                return None
            if frame["type"] == "local.refused":
                self.running = None
                return None

    def _show(self, frame: Frame) -> None:
        screen = self.screen
        is_here = frame.get("conversation") in (None, self.conversation)
        match frame["type"]:
            case "message.delta" if is_here:
                screen.words(frame["text"])
            case "step" if is_here and frame["status"] == "started":
                screen.note(f"… {frame['detail'] or frame['name']}")
            case "playlist" if is_here or self._is_ours(frame):
                self._take_list(frame)
            case "playlist.state" if self._is_ours(frame):
                self.playlist = frame["playlist"]
            case "reaction":
                self._take_reaction(frame)
            case "constraints" if is_here and frame["constraints"]:
                screen.given(frame["constraints"])
            case "message.queued" if is_here:
                screen.note("That waits until this reply is over.")
            case "message.done" if frame["message"] == self.running:
                self.running = None
                screen.end_words()
                if frame.get("interrupted"):
                    screen.note("This reply broke off. Say it again.", "yellow")
                elif frame["stopped"]:
                    screen.note("Stopped.")
                if frame.get("suggestions"):
                    screen.suggestions(frame["suggestions"])
            case "error":
                screen.wrong(frame["detail"])
            case "local.lost":
                screen.note("The line is cut. Trying again…", "yellow")
            case "local.back":
                screen.note("Connected again.", "green")
            case "local.refused":
                screen.wrong(frame["detail"])

    def _is_ours(self, frame: Frame) -> bool:
        return (
            self.playlist is not None and frame["playlist"]["id"] == self.playlist["id"]
        )

    def _take_list(self, frame: Frame) -> None:
        self.playlist = frame["playlist"]
        diff = frame["change"].get("diff")
        title = frame["playlist"]["title"]
        self.screen.songs(
            f"{title} ({diff['text']})" if diff else title, frame["playlist"]["tracks"]
        )

    def _take_reaction(self, frame: Frame) -> None:
        for track in self.playlist["tracks"] if self.playlist else ():
            if track["id"] == frame["track"]:
                track["reaction"] = frame["value"]
