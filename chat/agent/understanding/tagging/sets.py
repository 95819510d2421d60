"""Reads the public sets that the tagger learns from and is measured on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat.agent.understanding.tagging.labels import Head, Intent, Tag

DATA = Path(__file__).parent / "data"
_NAME_KINDS = {"Artist": "artist", "WoA": "work"}
# SNIPS's slots, by what we call them.
_SLOT_KINDS = {
    "artist": "artist", "track": "title", "entity_name": "title", "album": "album",
    "playlist": "playlist", "playlist_owner": "owner", "genre": "genre", "year": "year",
    "sort": "sort", "service": "service", "music_item": "item",
}  # fmt: skip
_SNIPS_INTENTS: dict[str, Intent] = {"AddToPlaylist": "add", "PlayMusic": "play"}


class UnreadableSet(Exception):
    """A file isn't what it was given as; the message says what was expected."""


@dataclass(frozen=True)
class Segment:
    """Words in a row, and what kind of name they are; "" for none."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Example:
    """One sentence, what is known of it, and of which heads that is the whole truth."""

    segments: tuple[Segment, ...]
    heads: tuple[Head, ...] = ()
    intent: Intent | None = None

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(segment.text for segment in self.segments)

    @property
    def spans(self) -> tuple[Tag, ...]:
        """Its names, with their places."""
        return tuple(_spans(self.segments))


def _spans(segments: Iterable[Segment]) -> Iterator[Tag]:
    at = 0
    for segment in segments:
        end = at + len(segment.text)
        if segment.kind:
            lead = len(segment.text) - len(segment.text.lstrip())
            yield Tag(segment.kind, at + lead, at + len(segment.text.rstrip()))
        at = end


def names_read(path: Path) -> list[Example]:
    """Read a BIO file of artists and works: "word TAB tag", sentences apart by a blank.

    Tags are O, B-Artist, I-Artist, B-WoA, I-WoA (music-ner, Epure and Hennequin, EACL
    2023). Raises UnreadableSet.
    """
    examples: list[Example] = []
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        word, tab, tag = line.rstrip("\n").partition("\t")
        if not word.strip():
            if words:
                examples.append(_named(words, tags))
            words, tags = [], []
            continue
        kind = tag.strip().partition("-")[2]
        if not tab or (tag.strip() != "O" and kind not in _NAME_KINDS):
            raise UnreadableSet(
                f"{path.name}, line {number}: expected a word, a tab, and one of O, "
                "B-Artist, I-Artist, B-WoA, I-WoA."
            )
        words.append(word)
        tags.append(tag.strip())
    if words:
        examples.append(_named(words, tags))
    if not examples:
        raise UnreadableSet(f"{path.name} holds no sentence.")
    return examples


def _named(words: list[str], tags: list[str]) -> Example:
    segments: list[Segment] = []
    for word, tag in zip(words, tags, strict=True):
        edge, _, kind = tag.partition("-")
        kind = _NAME_KINDS.get(kind, "")
        goes_on = edge != "B" and bool(segments) and segments[-1].kind == kind
        if goes_on:
            segments[-1] = Segment(f"{segments[-1].text} {word}", kind)
            continue
        if segments:
            segments.append(Segment(" "))
        segments.append(Segment(word, kind))
    return Example(_merged(segments), ("names",), "music")


def _merged(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    merged: list[Segment] = []
    for segment in segments:
        if merged and not merged[-1].kind and not segment.kind:
            merged[-1] = Segment(merged[-1].text + segment.text)
        else:
            merged.append(segment)
    return tuple(merged)


def commands_read(path: Path) -> list[Example]:
    """Read a SNIPS file of one intent: {"PlayMusic": [{"data": [{"text", "entity"}]}]}.

    Intents other than AddToPlaylist and PlayMusic are "other", without any name. Raises
    UnreadableSet.
    """
    try:
        content = json.loads(_text(path))
        ((intent, rows),) = content.items()
        examples = [_command(intent, row["data"]) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSet(
            f"{path.name}: expected SNIPS's JSON of one intent, "
            '{"PlayMusic": [{"data": [{"text": "…", "entity": "…"}, …]}, …]}.'
        ) from error
    if not examples:
        raise UnreadableSet(f"{path.name} holds no sentence.")
    return examples


def _command(intent: str, parts: list[dict[str, Any]]) -> Example:
    known = _SNIPS_INTENTS.get(intent, "other")
    segments = _merged(
        Segment(
            str(part["text"]),
            _SLOT_KINDS.get(part.get("entity", ""), "") if known != "other" else "",
        )
        for part in parts
    )
    return Example(segments, ("slots",), known)


def talk_read(path: Path) -> list[Example]:
    """Read what people say in CPCD's dialogues: talk of music, its names unknown.

    Raises UnreadableSet.
    """
    try:
        dialogues = [json.loads(line) for line in _text(path).splitlines() if line]
        said = [turn["user_query"] for talk in dialogues for turn in talk["turns"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableSet(
            f"{path.name}: expected a dialogue a line, with turns of user_query."
        ) from error
    return [Example((Segment(text),), (), "music") for text in said if text.strip()]


def own_examples() -> list[Example]:
    """Read our own sentences: of talk with this agent, and of other assistants' trade."""
    return [
        *_own("agent_talk.txt", "music"),
        *_own("other_requests.txt", "other"),
    ]


def _own(name: str, intent: Intent) -> Iterator[Example]:
    for line in _text(DATA / name).splitlines():
        if line and not line.startswith("#"):
            yield Example(tuple(_marked(line)), ("names", "slots"), intent)


def _marked(line: str) -> Iterator[Segment]:
    """Cut "some [genre jazz] please" into segments."""
    for part in re.split(r"(\[[^\]]+\])", line):
        kind, _, words = part.strip("[]").partition(" ")
        if part.startswith("["):
            yield Segment(words, kind)
        elif part:
            yield Segment(part)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSet(f"{path} can't be read: {error.strerror}.") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Some of SNIPS's files are Latin-1.
        return data.decode("latin-1")
