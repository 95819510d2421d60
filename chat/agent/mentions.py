"""Songs and lists as the page puts them into a message: “Title” by Artist, my playlist “X”.

Titles hold any words, quotes and the names of other things in them; what is written
just so is looked up as a whole, and nothing inside of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from catalog.models import Track
from catalog.names import name_key
from catalog.search.known_names import tracks_titled
from chat.agent.quoting import named, quoted
from chat.agent.understanding.spans import Mentioned

_BY = re.compile(r"[”\"] by (?=\S)")
_OWN_LIST = re.compile(
    r"\b(?:my|the|this) (?:play)?list (?P<title>“[^“”\n]+”|\"[^\"\n]+\")", re.IGNORECASE
)


def songs_mentioned(text: str, known: Collection[int]) -> tuple[Mentioned, ...]:
    """Find the songs that a message names by title and artists. Two queries at most.

    known: those that the talk holds; of several songs alike one of these is meant.
    """
    places = list(_quoted_titles(text))
    if not places:
        return ()
    titled = tracks_titled({name_key(title) for _, title, _ in places})
    names = _credits(track for tracks in titled.values() for track in tracks)
    found: list[Mentioned] = []
    for start, title, rest in places:
        if found and start < found[-1].end:
            continue
        tracks = sorted(
            titled.get(name_key(title), []), key=lambda track: track.pk not in known
        )
        for track in tracks:
            length = _credit_length(text[rest:], names[track.pk])
            if length:
                found.append(Mentioned(start, rest + length, track.pk))
                break
    return tuple(found)


def without_own_title(text: str, title_of: Callable[[], str]) -> str:
    """Blank the title of the list at hand where a message calls it by that.

    “My playlist” says which one; every character stays in its place. title_of: asked
    only where a message may hold it.
    """
    for match in _OWN_LIST.finditer(text):
        if name_key(match["title"]) == name_key(quoted(title_of())):
            start, end = match.span("title")
            return text[:start] + " " * (end - start) + text[end:]
    return text


def _quoted_titles(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield where quotes open, what is in them, and where the artists behind "by" begin."""
    at = 0
    for by in _BY.finditer(text):
        opens = max(text.rfind(sign, at, by.start()) for sign in '“"')
        if opens >= 0:
            yield opens, text[opens + 1 : by.start()], by.end()
        at = by.end()


def _credits(tracks: Iterator[Track]) -> dict[int, list[str]]:
    pks = [track.pk for track in tracks]
    found = Track.objects.prefetch_related("credits__artist").in_bulk(pks)
    return {
        pk: [credit.artist.name for credit in track.credits.all()]
        for pk, track in found.items()
    }


def _credit_length(text: str, artists: list[str]) -> int:
    """Return how many characters of a text are a song's artists; 0 for others."""
    names = [named(name) for name in artists]
    ways = {" and ".join(names), ", ".join(names), *names[:1]}
    if len(names) > 2:
        ways.add(f"{', '.join(names[:-1])} and {names[-1]}")
    for way in sorted(filter(None, ways), key=len, reverse=True):
        is_whole = not text[len(way) : len(way) + 1].isalnum()
        if is_whole and text[: len(way)].casefold() == way.casefold():
            return len(way)
    return 0
