"""Which version of a song a title names: live, a remix, a remaster, and so on.

The rule of this file: a version is only read where titles name one, that is in brackets
and behind a dash ("Song (Live at Wembley)", "Song - 2011 Remaster"), never in the title
itself ("Live and Let Die", "Cover Me", "Demo"). What isn't recognised stays part of the
title: two recordings kept apart do less harm than two that became one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog.models import Track
from catalog.models.words import PART
from catalog.names import name_key

Version = Track.Version

# A B-tree's row holds about 2,700 bytes, and a character takes up to four.
BASE_LENGTH, ARTIST_LENGTH, DETAIL_LENGTH = 400, 200, 200

# Words on either side that make "live" and "cover" a verb or a noun of the title.
_NOT_LIVE = r"to|i|we|you|u|they|who|will|can|cant|must|should|long|lets|let|never|only|and|people|how|ill"
_LIVED_IN = (
    r"(?:the )?(?:moment|now|love|peace|sin|fear|hope|dream|dreams|color|colour|me|you)"
)
_NOT_COVER = r"take|under|for|my|your|the|no|blow|run|a|album|to"
_LANGUAGE = (
    r"english|spanish|spanglish|french|german|italian|portuguese|japanese|korean|chinese"
    r"|mandarin|romanian|russian|espanol|espanola|castellano|ingles|portugues|deutsch"
)

# Patterns are searched in the qualifier's name key (no marks, no case, one space), and
# the first that is found names the version: what changes a recording most stands first.
_VERSIONS: Final = tuple(
    (version, re.compile(pattern))
    for version, pattern in (
        (
            Version.KARAOKE,
            r"\bkaraoke\b|\bbacking track\b|\bsing a ?long\b"
            r"|\bin the style of\b|\bmade famous by\b|\boriginally performed by\b",
        ),
        (
            Version.COVER,
            r"^cover$|^cover (?:version|of|by)\b|^tribute(?: to\b|$)"
            rf"|^(?!(?:.* )?(?:{_NOT_COVER}) cover)(?:.+ )cover(?: version)?$"
            r"|^re ?recorded\b|\bre ?recording\b",
        ),
        (
            Version.INSTRUMENTAL,
            r"\binstrumentals?\b|\binstrumentale?\b|\bno vocals\b",
        ),
        (
            Version.LIVE,
            r"^live(?: (?:version|sessions?|performance|recording|take|acoustic"
            r"|unplugged|\d|bonus|mix|edit|video|remaster|medley|studio|lounge|bbc|mtv"
            r"|kexp|audio|track|album)\b.*)?$"
            rf"|^(?:recorded |acoustic |performed )?live (?:at|from) \w"
            rf"|^(?:recorded |acoustic |performed )?live in (?!{_LIVED_IN}$)\w"
            r"|^(?:recorded |acoustic |performed )?live on (?!my own$|forever$)\w"
            r"|^live(?: and)? (?:solo|direct)\b|\blive (?:version|sessions?|take)\b"
            rf"|^(?!(?:.* )?(?:{_NOT_LIVE}) live$)(?:.+ )?live(?: \d{{4}})?$"
            r"|\bunplugged\b|\b(?:en|ao|al) vivo\b|\ben (?:directo|vivo|concert|public)\b"
            r"|^in concert\b|\blive lounge\b|\bpeel session\b|\blive \d{4}\b",
        ),
        (
            Version.ACOUSTIC,
            r"\bacoustic\b|\bacustic[oa]\b|\bacoustique\b|\bakustik\b"
            r"|^stripped(?: down)?(?: version)?$|\bpiano version\b",
        ),
        (
            Version.DEMO,
            r"^demos?$|\bdemo$|\bdemo (?:version|take|recording|mix|\d{4})"
            r"|^(?:early|rough|alternate|alternative) (?:version|take|mix|demo)\b"
            r"|\bouttake\b|^home recording\b",
        ),
        (
            Version.REMIX,
            r"\bremix(?:ed|es)?\b|\brmx\b|\bbootleg\b|\bre ?work(?:ed)?\b|\bmash ?up\b"
            r"|\brefix\b|\bvip(?: mix)?$|\bdub(?: mix)?$|\bflip$|\bchopped\b"
            r"|\bslowed\b|\bsped up\b|\bnightcore\b",
        ),
        (
            Version.EDIT,
            r"\bre ?edit\b|\bedit(?:ed|ion)?$|\bedit(?:ed)? version\b|^radio\b|\bradio "
            r"(?:mix|version|cut)\b|\bsingle (?:mix|version)\b|\b(?:7|12)(?: inch)?$"
            r"|\bextended\b|\bshort(?:er)? (?:version|mix|cut)\b|^clean(?: version)?$"
            r"|\bcensored\b|\bmono(?: version| mix)?$|\bvideo (?:mix|version)\b"
            r"|^(?:full|long) (?:version|mix)\b|^mixed$"
            rf"|^(?:{_LANGUAGE})(?: mix)?$",
        ),
        (
            Version.REMASTER,
            r"\bremaster(?:ed|s|ing)?\b|\bremasterizad[oa]\b|\bremasterise\b"
            r"|^\d{4} (?:stereo )?mix$",
        ),
        # Whoever's mix it is, it's not the first one; "in the mix" is a title.
        (Version.REMIX, r"^(?!in )(?:\S+ )+mix$"),
        # A version in another language, sung anew, of another year: not the same.
        (Version.EDIT, r"\b(?:version|versao|ver|verison)(?: \d{4})?$"),
    )
)
_ORDER: Final = tuple(dict.fromkeys(version for version, _ in _VERSIONS))
# It says of itself that it's what people mean anyway.
_ORIGINAL: Final = re.compile(
    r"^(?:the )?(?:original|album|full album|lp|main|explicit|dirty|uncensored|studio"
    r"|stereo|standard|uncut|bonus|official|full length|non album|amended)"
    r"(?: (?:original|album|lp|main|explicit|mix|version|track|ver|studio|stereo|music"
    r"|video|audio|lyrics?|hd|hq|cut))*$"
    r"|^(?:lyrics?|lyric video|music video|audio|visuali[sz]er|hd|hq)$"
)
_FEATURED: Final = re.compile(
    r"^(?:feat|ft|featuring|prod|produced by|duet with|w)\b"
    r"|^with (?!you\b|me\b|u\b|a\b|the\b|my\b|your\b|or\b|out\b|love\b|it\b|him\b"
    r"|her\b|them\b|us\b|no\b|every|all\b|some)"
)
_FEATURED_OPEN: Final = re.compile(
    r"(?i)(?<!\d)(?<!six)(?<!ten)(?<!five)\s(?:feat\.?|featuring|ft\.)\s+\S.*$"
)
# Without bracket or dash only what no title would end in.
_OPEN_ENDING: Final = re.compile(
    r"(?i)\s+((?:radio|single)\s+edit|(?:live|acoustic|demo|karaoke|instrumental"
    r"|remastered|album|extended)\s+version|extended\s+mix|original\s+mix"
    r"|remaster(?:ed)?\s+\d{4}|\d{4}\s+remaster(?:ed)?)$"
)
_DASH: Final = re.compile(r"\s+[-‐-―−]+\s*|[-‐-―−]\s+|\s~\s")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "<": ">"}
_SEVERAL: Final = re.compile(r"[;/]|\s[-‐-―−]\s")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NOISE_WORDS = """a acoustic acustico acustica acoustique al and at ao by cover demo
    digital digitally directo edit edited en for from in instrumental karaoke live mix
    mixed of on original rmx remaster remastered remasterizado remasters remix remixed
    session sessions take the track unplugged ver version verison vivo"""
_NOISE: Final = frozenset(_NOISE_WORDS.split())


@dataclass(frozen=True)
class TitleParts:
    """A title, taken apart.

    base: the title without its version and its guests. version: of Track.Version, ""
    for what people mean by the title. detail: which one of that version it is (whose
    remix, which concert), as sorted words, so that "2011 Remaster" and "Remastered
    2011" are one and two remixes are two.
    """

    base: str
    version: str = Version.ORIGINAL.value
    detail: str = ""


@lru_cache(maxsize=16384)
def title_parts(title: str) -> TitleParts:
    """Take a title apart into song, version and detail.

    A title that is nothing but a version ("Live", "(Demo)") is the song's own.
    """
    qualifiers: list[_Qualifier] = []
    base = _brackets_taken(_tails_taken(title, qualifiers), qualifiers)
    base = _FEATURED_OPEN.sub("", base)
    # What stood behind a bracket is an ending now: "Song (feat. X) - Live [HD]".
    base = _tails_taken(base, qualifiers)
    ending = _OPEN_ENDING.search(base)
    if ending:
        qualifiers.append(_Qualifier.read(ending[1]))
        base = base[: ending.start()]
    base = " ".join(base.split())
    if not base.strip(" ()[]{}-.,"):
        return TitleParts(" ".join(title.split()))
    named = [q for q in qualifiers if q.versions]
    if not named:
        return TitleParts(base)
    version = min((v for q in named for v in q.versions), key=_ORDER.index)
    return TitleParts(base, version.value, _detail(named))


def song_key(title: str, artist_keys: Sequence[str]) -> str:
    """Return what all versions of a song share: its base title and first artist.

    artist_keys: name keys in the order of the credits. Returns "" without an artist:
    "Intro" alone says nothing of kin.
    """
    return song_key_of(title_parts(title), artist_keys)


def song_key_of(parts: TitleParts, artist_keys: Sequence[str]) -> str:
    """Return the song key of a title already taken apart."""
    if not artist_keys or not artist_keys[0]:
        return ""
    base = name_key(parts.base)[:BASE_LENGTH].rstrip()
    return base + PART + artist_keys[0][:ARTIST_LENGTH].rstrip()


@dataclass(frozen=True)
class _Qualifier:
    """What stood in one bracket or behind a dash, as a key, and the versions in it."""

    key: str
    versions: frozenset[Version]
    is_known: bool

    @classmethod
    def read(cls, text: str) -> _Qualifier:
        """Read a qualifier; several may share a bracket ("Radio Edit; 2017 Remaster")."""
        spoken = text.replace("@", " at ")
        parts = [spoken, *_SEVERAL.split(spoken)]
        keys = list(dict.fromkeys(name_key(part) for part in parts))
        versions = frozenset(v for key in keys if (v := _version_of(key)))
        return cls(keys[0], versions, bool(versions) or _is_said_beside(keys[0]))


def _tails_taken(title: str, qualifiers: list[_Qualifier]) -> str:
    """Take known qualifiers behind dashes off the end of a title."""
    while True:
        # The last dash first; its tail may be but the end of one: "Live - April 1978".
        for dash in reversed([d for d in _dashes(title) if title[: d.start()].strip()]):
            qualifier = _Qualifier.read(title[dash.end() :])
            if qualifier.is_known:
                qualifiers.append(qualifier)
                title = title[: dash.start()].rstrip()
                break
        else:
            return title


def _dashes(title: str) -> Iterator[re.Match[str]]:
    """Yield the parting dashes that stand in no bracket."""
    inside = [range(start, end) for start, end in _bracketed(title)]
    for match in _DASH.finditer(title):
        if not any(match.start() in span for span in inside):
            yield match


def _brackets_taken(title: str, qualifiers: list[_Qualifier]) -> str:
    """Take known qualifiers in brackets out of a title, wherever they stand."""
    for start, end in reversed(list(_bracketed(title))):
        qualifier = _Qualifier.read(title[start + 1 : end - 1])
        if qualifier.is_known:
            qualifiers.append(qualifier)
            title = title[:start].rstrip() + " " + title[end:].lstrip()
    return title.strip()


def _bracketed(title: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the outermost brackets that are closed."""
    start, closing = -1, ""
    depth = 0
    for place, sign in enumerate(title):
        if depth == 0 and sign in _BRACKETS:
            start, closing, depth = place, _BRACKETS[sign], 1
        elif depth and sign == title[start]:
            depth += 1
        elif depth and sign == closing:
            depth -= 1
            if depth == 0:
                yield start, place + 1


def _is_said_beside(key: str) -> bool:
    return bool(_ORIGINAL.search(key) or _FEATURED.search(key))


def _version_of(key: str) -> Track.Version | None:
    if _is_said_beside(key):
        return None
    for version, pattern in _VERSIONS:
        if pattern.search(key):
            return version
    return None


def _detail(named: Sequence[_Qualifier]) -> str:
    words: set[str] = set()
    for qualifier in named:
        if qualifier.versions == {Version.REMASTER}:
            words.update(_YEAR.findall(qualifier.key))
        else:
            words.update(w for w in qualifier.key.split() if w not in _NOISE)
    return " ".join(sorted(words))[:DETAIL_LENGTH].rstrip()
