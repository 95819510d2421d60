"""Commands as people give them to a player: "put X on my Y list", "play Z on Spotify".

Two parts of such a command say nothing of the music and stand in its way: the playlist
that it is for, and the service. They are found by the tagger and blanked, and what is
left is read as any message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chat.agent.understanding.addressee.deciding import Addressed
from chat.agent.understanding.learned import COMMAND_SURE
from chat.agent.understanding.pointing import (
    ALL_SONGS,
    Place,
    Reference,
    Titled,
)
from chat.agent.understanding.reading import (
    AddSome,
    Ask,
    MoreLike,
    Reading,
    Resize,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.smalltalk import SAVES_LIST
from chat.agent.understanding.tagging.labels import Tag
from chat.agent.understanding.tagging.tagger import Tagging
from chat.agent.understanding.wanted import joined
from chat.agent.understanding.wish import (
    Wanted,
)

MAX_LIST_NAME = 80

_TO = (
    r"(?:(?:to|into|onto|in|on|for|within|at)\s+)?"
    r"(?:(?:the|a|an|this|that|my|our|his|her|their|your)\s+)?"
)
_LIST = r"(?:song\s+|music\s+)?(?:play\s?lists?|lists?|mix)"
# What stands before a list's name and after it, and belongs to neither.
_BEFORE = re.compile(
    rf"{_TO}(?:[\w'’]+['’]s\s+)?(?:{_LIST}\s+)?"
    r"(?:(?:my|the)\s+)?(?:(?:called|named|titled|entitled|of)\s+)?(?:the\s+)?[\"“'‘]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[\"”'’]?(?:\s+(?:my\s+|the\s+)?{_LIST})?\b", re.IGNORECASE)
_BEFORE_SERVICE = re.compile(
    r"(?:,\s*)?\b(?:(?:on|from|in|off|via|using|through|with|over|at|by)\s+)?"
    r"(?:(?:the|my)\s+)?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:please\s+)?(?:open|use|using|launch|start|go to|turn on|on|via|through)"
    r"(?:\s+up)?\s+$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|and|to|then)*\s*", re.IGNORECASE)
# A list's name stands behind one of these, or before the word list: in "add “Late Train”"
# nothing says that it is one.
_IS_FOR = re.compile(
    rf"\b(?:to|into|onto|in|on|for|within|at|called|named|titled|entitled|of|{_LIST})"
    r"\W+(?:[\w'’]+\W+){0,4}$",
    re.IGNORECASE,
)
_IS_A_LIST = re.compile(rf"[\"”'’]?\s+(?:my\s+|the\s+)?{_LIST}\b", re.IGNORECASE)
# Whatever a tagger makes of a sentence, one without these adds nothing to any list.
_ADDS = re.compile(
    r"\b(?:add|put|place|includ\w+|insert|throw|stick|drop|append|save|need|want|like"
    r"|playlists?|lists?)\b",
    re.IGNORECASE,
)
# The plain way to say which list, for where the tagger sees no command in it.
_MY_LIST = re.compile(
    r"\b(?:add|put|place|save|stick|throw|drop|insert|include)\b.+?"
    r"\b(?:to|on|onto|in|into)\s+(?:my|our)\s+"
    rf"(?P<name>(?!{_LIST}\b)[^\n,.;:!?]{{1,{MAX_LIST_NAME}}}?)\s+{_LIST}\b",
    re.IGNORECASE,
)
# Words that tell one list from no other: the one at hand is meant.
_AT_HAND = frozenset({"current", "new", "whole", "entire", "own", "last", "first"})
# All that is in the list at hand goes to the other one.
_WHOLE = re.compile(
    r"\b(?:everything|(?:this|the(?: whole| entire)?) (?:play\s?list|list)"
    r"|all (?:of )?(?:this|these|them|those|it)|all (?:the|these|those) "
    r"(?:songs|tracks|tunes))\b",
    re.IGNORECASE,
)
# "Call it Blend" names a list that is there.
_RENAMES = re.compile(
    r"\b(?:call|name|rename|title) (?:it|this|that|the)\b", re.IGNORECASE
)
# "Sort my playlist by year" adds nothing to a list called year.
_SORTS = re.compile(r"^\W*(?:\w+\W+){0,2}(?:sort|order|arrange|rank)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    """A message with what it says of playlist and service taken out.

    text: as long as the message, so that places are kept. playlist, service: as
    written, "" for none.
    """

    text: str
    playlist: str = ""
    service: str = ""


def command_read(text: str, tagging: Tagging, addressed: Addressed) -> Command:
    """Take out which playlist a command is for, and which service is to play it.

    addressed: a list of another assistant's ("milk to my shopping list") stays in.
    """
    is_other = _RENAMES.search(text) or _SORTS.search(text)
    if tagging.intent == "add" and _ADDS.search(text) and not is_other:
        for tag in tagging.slots:
            if tag.kind == "playlist" and _is_list(text, tag):
                left = blanked(text, *_list_place(text, tag))
                return Command(left, playlist=tag.of(text)[:MAX_LIST_NAME])
    said = None if _RENAMES.search(text) else _MY_LIST.search(text)
    if said and (said["name"].lower() in _AT_HAND or addressed.is_for_others()):
        said = None
    if said is not None:
        tag = Tag("playlist", *said.span("name"))
        return Command(blanked(text, *_list_place(text, tag)), playlist=said["name"])
    # "Play jazz and save it to Spotify": there it is no player.
    is_player = tagging.intent == "play" and not SAVES_LIST.search(text)
    if is_player and tagging.sureness >= COMMAND_SURE:
        for tag in tagging.slots:
            if tag.kind == "service":
                left = blanked(text, *_service_place(text, tag))
                return Command(left, service=tag.of(text))
    return Command(text)


def carried_by(command: Command, reading: Reading) -> Reading:
    """Return a reading of the rest of a command with what was taken out of it."""
    if command.playlist:
        return _added_to(command, reading)
    if command.service and not reading.acts:
        return replace(reading, acts=(Ask(Wanted(), is_fresh=True),))
    return reading


def _added_to(command: Command, reading: Reading) -> Reading:
    """Return one addition to a named list, of all that the rest of a command says."""
    wanted = Wanted()
    references: tuple[Reference, ...] = ()
    is_likeness, is_again, times = False, False, 1
    for act in reading.acts:
        match act:
            case Ask():
                # "Put Night School on my list" wants the song, not ones like it.
                references += tuple(map(Titled, act.wanted.like_tracks))
                wanted = joined(wanted, replace(act.wanted, like_tracks=()))
            case AddSome():
                wanted = joined(wanted, act.wanted)
                references += act.references
                is_likeness = is_likeness or act.is_likeness
                is_again, times = act.is_again, act.times
            case MoreLike():
                references += act.references
                is_likeness = True
            case Resize():
                wanted = replace(wanted, count=act.count, minutes=act.minutes)
    if wanted.is_empty and not is_likeness and _WHOLE.search(command.text):
        references = (Place(1, ALL_SONGS, is_of_playlist=True),)
    elif wanted.is_empty and not references:
        # "Put the second one": nothing else needs doing with it.
        references = references_in(command.text.lower())
    addition = AddSome(
        wanted,
        references,
        is_likeness,
        playlist=command.playlist,
        times=times,
        is_again=is_again,
    )
    return replace(reading, acts=(addition,))


def _is_list(text: str, tag: Tag) -> bool:
    return bool(_IS_FOR.search(text, 0, tag.start) or _IS_A_LIST.match(text, tag.end))


def _list_place(text: str, tag: Tag) -> tuple[int, int]:
    before = _BEFORE.search(text, 0, tag.start)
    after = _AFTER.match(text, tag.end)
    return before.start() if before else tag.start, after.end() if after else tag.end


def _service_place(text: str, tag: Tag) -> tuple[int, int]:
    opening = _OPENING.search(text, 0, tag.start)
    if opening:
        joined = _JOINED.match(text, tag.end)
        return opening.start(), joined.end() if joined else tag.end
    before = _BEFORE_SERVICE.search(text, 0, tag.start)
    return before.start() if before else tag.start, tag.end


def blanked(text: str, start: int, end: int) -> str:
    """Return a text with some of it blanked, every character in its place."""
    return text[:start] + " " * (end - start) + text[end:]
