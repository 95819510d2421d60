"""Reads a message: names first, then clauses, then what each clause asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from catalog.search.lists import STOP_WORDS
from chat.agent.understanding.clauses import Clause, clauses_of
from chat.agent.understanding.eras import era_said
from chat.agent.understanding.lexicon import Leaning, comparative_words, mood_words
from chat.agent.understanding.numbers import NUMBER, count_said, minutes_said, number_of
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    AskHelp,
    Mood,
    MoreLike,
    ReactTo,
    Reading,
    RenameTo,
    Resize,
    Shift,
    StartOver,
    TakeOut,
    Titled,
    Undo,
    Wanted,
    WhyThis,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.smalltalk import small_talk
from chat.agent.understanding.spans import LookUp, Named, name_keys, named_in
from chat.agent.understanding.tokens import tokenised

_UNDO = re.compile(
    r"\bundo\b|\bgo back\b|\brevert\b|\btake (?:that|it) back\b"
    r"|\bput (?:it|them|that|those) back\b|\brestore\b|\bbring (?:it|them|that) back\b"
)
_HELP = re.compile(
    r"^(?:help|\?)$|\bhelp me$|\bwhat (?:can|do) you do\b|\bhow (?:does|do) (?:this|it|you) work"
    r"|\bwhat can i (?:say|do|ask)\b|\bhow do i\b"
)
_START_OVER = re.compile(
    r"\bstart (?:over|again|afresh|from scratch)\b|\b(?:clear|empty|reset)\b"
    r"(?: (?:it|everything|all|the|my|this|whole|list|playlist))*$"
    r"|\bremove everything$|\bdelete everything$|\bremove all(?: songs| tracks| of them)?$"
)
_RENAME = re.compile(
    r"^(?:please |now |can you |could you )*(?:rename|call|name|title)\b"
    r"(?: (?:it|this|that|the (?:play)?list|my (?:play)?list|this (?:play)?list))?"
    r"(?: (?:to|as))? [\"'“‘]?(?P<title>.+?)[\"'”’]?$"
)
_TAKE_OUT = re.compile(
    r"\b(?:remove|delete|take (?:\w+ ){0,4}out|take out|get rid of|throw (?:\w+ )?out"
    r"|drop|kick out|lose|ditch|skip|cut(?! (?:it|this|the list|the playlist) (?:down )?to))\b"
)
_WHY = re.compile(r"\bwhy\b|\bhow come\b|\bexplain\b|\bwhat made you\b")
_ADD = re.compile(
    r"\b(?:add|include|insert|throw in|put in|mix in|sprinkle|append|chuck in)\b"
    r"|\b(?:throw|put|mix) (?:\w+ ){0,4}in\b"
    r"|^(?:give me |play |and |some |a few |a bit |a little |can i have )*"
    r"(?:some more|a few more|more|another|one more|two more|\d+ more)\b(?! like\b)"
)
_MORE_LIKE = re.compile(
    r"\b(?:like|similar to|along the lines of|in the (?:style|vein) of|resembling|"
    r"reminds? me of|close to)\b"
)
_LIKE_ME = re.compile(
    r"\bi(?:'d| would)? (?:really |do |quite |also |absolutely )*(?:like|love|enjoy|liked|loved|adore)\b"
)
_DISLIKE = re.compile(
    r"\bi (?:really )?(?:don't|do not|didn't) (?:really )?(?:like|enjoy|want|care for)\b"
    r"|\bi (?:hate|dislike|can't stand)\b|\bnot (?:this|that|the)\b|\bnot (?:a fan of|my)\b"
)
_RESIZE = re.compile(
    r"\b(?P<shorter>shorter|shorten|fewer songs|less songs|too long|trim)\b"
    r"|\b(?P<longer>longer|lengthen|extend|too short|more songs|more tracks)\b"
)
_RESIZE_TO = re.compile(
    rf"\b(?:make|cut|trim|shorten|reduce|extend|keep|limit)\b.*?\b(?:it|this|that|them|list|"
    rf"playlist)?\s?(?:down |up )?(?:to |only )?(?P<n>{NUMBER})"
    r"(?: songs?| tracks?| tunes?| pieces?| long)?$"
)
_PHRASAL: tuple[tuple[re.Pattern[str], tuple[Leaning, ...]], ...] = tuple(
    (re.compile(pattern), tuple(Leaning(a, s) for a, s in leanings))  # type: ignore[arg-type]
    for pattern, leanings in (
        (r"\bslow (?:\w+ ){0,2}down\b", [("tempo_bpm", -1)]),
        (r"\bspeed (?:\w+ ){0,2}up\b", [("tempo_bpm", 1)]),
        (
            r"\b(?:tone|calm|bring|turn|take|tune|settle) (?:it|this|that|things|them) down\b",
            [("energy", -1)],
        ),
        (
            r"\b(?:turn|pump|amp|kick|pick|ramp) (?:it|this|that|things|them) up\b",
            [("energy", 1)],
        ),
        (
            r"\b(?:liven|spice|perk|cheer|brighten|lighten) (?:it|this|that|things|them) up\b",
            [("energy", 1), ("valence", 1)],
        ),
    )
)
_COMPARED = re.compile(
    r"\b(?P<way>more|less|a bit|a little|bit|little|much|slightly|even|way|far|too|not so|"
    r"not as|not that|not too|make it|make this|make them|keep it|something)\s+"
)
_REFINES = re.compile(
    r"^(?:but|only|just|no|without|not|except|less|fewer|nothing|keep|also|make (?:it|them|"
    r"this|the (?:play)?list)|and|with|excluding|anything but|everything but)\b"
)
_COUNT_MORE = re.compile(rf"\b(?P<n>{NUMBER}) more\b")
_BPM = re.compile(r"\b(?P<bpm>\d{2,3}) ?(?:bpm|beats per minute)\b")
_UNKNOWN_AFTER = re.compile(
    r"\b(?:by|from|like|similar to|artist|band)\s+(?P<name>(?:[A-Z][\w'’.&-]*"
    r"(?:\s+(?:of|the|and|&|de|la|von|van)\s+(?=[A-Z])|\s+(?=[A-Z]))?)+)"
)
_NOT_NAMES = frozenset({"I", "I'm", "I'd", "It", "The", "A", "My", "This", "That"})

# Words of requests and commands, which say nothing of how the music is.
_COMMAND_WORDS = STOP_WORDS | frozenset(
    [
        "add",
        "ones",
        "one",
        "except",
        "without",
        "except",
        "excluding",
        "only",
        "anything",
        "everything",
        "all",
        "else",
        "same",
        "please",
        "similar",
        "artist",
        "artists",
        "band",
        "bands",
        "singer",
        "remove",
        "keep",
        "less",
        "no",
        "not",
        "too",
        "bit",
        "couple",
        "few",
        "lots",
        "hour",
        "hours",
        "minute",
        "minutes",
        "min",
        "mins",
        "half",
        "recommend",
        "suggest",
        "show",
        "find",
        "want",
        "wanna",
        "gonna",
        "let",
        "lets",
        "us",
        "dont",
        "im",
        "id",
        "ive",
        "can't",
        "bpm",
        "around",
        "make",
        "made",
        "making",
        "give",
        "new",
        "old",
        "before",
        "after",
        "since",
        "early",
        "late",
        "mid",
        "from",
        "between",
        "of",
        "years",
        "year",
        "decade",
        "last",
        "past",
        "first",
        "second",
        "third",
        "songs",
        "long",
        "longer",
        "short",
        "shorter",
        "hi",
        "hello",
        "hey",
        "thanks",
        "what",
        "which",
        "who",
        "whose",
        "when",
        "where",
        "how",
        "why",
        "do",
        "does",
        "did",
        "doing",
        "have",
        "has",
        "had",
        "i'm",
        "you're",
        "it's",
        "that's",
        "there's",
        "here",
        "right",
        "now",
        "today",
        "tonight",
        "help",
        "start",
        "over",
        "again",
        "also",
        "but",
        "then",
        "than",
        "ever",
        "never",
        "any",
        "while",
        "got",
        "going",
        "go",
        "come",
        "put",
        "throw",
        "take",
        "out",
        "up",
        "down",
        "mix",
        "genre",
        "genres",
        "style",
        "styles",
        "vibe",
        "vibes",
        "type",
        "kinda",
        "sorta",
        "yeah",
        "yes",
        "ok",
        "okay",
        "well",
        "oh",
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
        "his",
        "their",
    ]
)


def read_message(text: str, look_up: LookUp, *, this_year: int) -> Reading:
    """Read a message. `look_up` is called once, with every key it could hold."""
    tokens = tokenised(text)
    if not tokens:
        return Reading(())
    known = look_up(name_keys(text, tokens))
    named = named_in(text, tokens, known)
    talk = small_talk(text, has_names=any(n.kind != "mood" for n in named))
    if talk is not None:
        return Reading((talk,))
    acts: list[Act] = []
    for clause in clauses_of(text, tokens, named):
        act = _act_of(clause, text, this_year, is_first=not acts)
        if act is None:
            continue
        _append(acts, act)
    return Reading(tuple(acts))


def _append(acts: list[Act], act: Act) -> None:
    """Add an act; two wishes in a row for what to find become one."""
    before = acts[-1] if acts else None
    if isinstance(before, Ask) and isinstance(act, Ask):
        acts[-1] = Ask(_joined(before.wanted, act.wanted), before.is_fresh)
    elif isinstance(before, AddSome) and isinstance(act, Ask):
        joined = _joined(before.wanted, act.wanted)
        acts[-1] = AddSome(joined, before.references)
    else:
        acts.append(act)


def _act_of(clause: Clause, text: str, this_year: int, *, is_first: bool) -> Act | None:
    plain = clause.masked
    if _HELP.search(plain):
        return AskHelp()
    rename = _RENAME.search(clause.text)
    if rename:
        start = clause.start + clause.text.index(rename["title"], rename.start("title"))
        title = text[start : start + len(rename["title"])].strip(" \"'“”‘’.!")
        return RenameTo(title[:120]) if title else None
    references = (
        *references_in(plain),
        *(Titled(int(n.key)) for n in clause.named if n.kind == "title"),
    )
    if _UNDO.search(plain):
        return Undo()
    if _START_OVER.search(plain) and not clause.named:
        return StartOver()
    wanted = _wanted(clause, text, this_year)
    if _WHY.search(plain):
        return WhyThis(references)
    if _TAKE_OUT.search(plain):
        return TakeOut(_positive(wanted), references)
    if _DISLIKE.search(plain) and references:
        return ReactTo(references, "dislike")
    if _ADD.search(plain) and not _is_shift_of_more(clause):
        if wanted.is_empty and not references:
            more = _COUNT_MORE.search(plain)
            count = number_of(more["n"]) if more else wanted.count
            return Resize(count, wanted.minutes, 1)
        return AddSome(wanted, references)
    if _LIKE_ME.search(plain) and references:
        return ReactTo(references, "like")
    if _MORE_LIKE.search(plain) and references:
        return MoreLike(references)
    resize = _resize(plain)
    if resize is not None and not clause.named:
        return resize
    shift = _shift(clause, is_first=is_first)
    if shift is not None:
        return shift
    if wanted.is_empty and (wanted.count or wanted.minutes):
        return Resize(wanted.count, wanted.minutes, 0)
    if wanted.is_empty and not wanted.unknown_names:
        return None
    is_fresh = is_first and not _REFINES.search(plain) and not _only_refuses(wanted)
    return Ask(wanted, is_fresh=is_fresh)


def _only_refuses(wanted: Wanted) -> bool:
    refused = wanted.without_genres or wanted.without_artists
    rest = replace(wanted, without_genres=(), without_artists=())
    return bool(refused) and rest.is_empty


def _is_shift_of_more(clause: Clause) -> bool:
    """Say whether "more" is "more upbeat", which moves the list, and not "more jazz"."""
    if re.search(r"\b(?:add|include|insert|put|throw|mix)\b", clause.masked):
        return False
    compared = "|".join(
        re.escape(n.text.lower())
        for n in clause.named
        if n.kind == "mood" and n.key in comparative_words()
    )
    return bool(compared) and bool(
        re.search(rf"\bmore (?:\w+ )?(?:{compared})\b", clause.masked)
    )


def _resize(plain: str) -> Resize | None:
    to = _RESIZE_TO.search(plain)
    count = number_of(to["n"]) if to else count_said(plain)
    minutes = minutes_said(plain)
    match = _RESIZE.search(plain)
    if match is not None:
        return Resize(count, minutes, -1 if match["shorter"] else 1)
    return Resize(count, minutes, 0) if to and to["n"] not in ("a", "an") else None


def _shift(clause: Clause, *, is_first: bool) -> Shift | None:
    """Read a comparative: "more upbeat", "less sad", "slower", "too loud"."""
    for pattern, leanings in _PHRASAL:
        match = pattern.search(clause.masked)
        if match:
            return Shift(match.group(), leanings)
    compared = comparative_words()
    found: list[Leaning] = []
    phrases: list[str] = []
    compares = _COMPARED.search(clause.masked) is not None
    for named in clause.named:
        is_comparative = named.text.lower().endswith("er") and named.key in compared
        if named.kind != "mood" or named.key not in compared:
            continue
        if not (compares or is_comparative):
            continue
        way = _way(clause, named)
        if way is None and not is_comparative:
            continue
        sign = -1 if way == "less" else 1
        found.extend(Leaning(x.attribute, x.step * sign) for x in compared[named.key])
        prefix = "" if is_comparative else ("less " if sign < 0 else "more ")
        phrases.append(prefix + named.text.lower())
    if not found:
        return None
    return Shift(" and ".join(phrases), tuple(dict.fromkeys(found)))


def _way(clause: Clause, named: Named) -> str | None:
    """Return "more" or "less" as the words before a mood word say, None for neither.

    "too slow" asks for less of it, "a bit faster" for more, "not so loud" for less.
    """
    before = [t.key for t in clause.tokens if t.end <= named.start][-4:]
    if "less" in before or "too" in before or named.is_negated:
        return "less"
    if "more" in before:
        return "more"
    # "make it happy" moves the list; "something happy" asks for another one.
    return "more" if before[:2] in (["make", "it"], ["make", "them"]) else None


def _wanted(clause: Clause, text: str, this_year: int) -> Wanted:
    era = era_said(clause.text, this_year=this_year)
    in_era = (
        range(clause.start + era.start, clause.start + era.end) if era else range(0)
    )
    named = [n for n in clause.named if n.start not in in_era]
    is_likeness = _MORE_LIKE.search(clause.masked) and not _LIKE_ME.search(
        clause.masked
    )
    artists = [n for n in named if n.kind == "artist" and not n.is_negated]
    moods = tuple(_mood(n) for n in named if n.kind == "mood")
    tempo = _BPM.search(clause.text)
    unknown = _unknown_names(clause, text)
    return Wanted(
        words=_content_words(clause, in_era, unknown),
        moods=tuple(mood for mood in moods if mood is not None),
        genres=_keys(n for n in named if n.kind == "genre" and not n.is_negated),
        without_genres=_keys(n for n in named if n.kind == "genre" and n.is_negated),
        artists=() if is_likeness else tuple(int(n.key) for n in artists),
        like_artists=tuple(int(n.key) for n in artists) if is_likeness else (),
        without_artists=tuple(
            int(n.key) for n in named if n.kind == "artist" and n.is_negated
        ),
        like_tracks=tuple(int(n.key) for n in named if n.kind == "title"),
        unknown_names=tuple(name for name, _ in unknown),
        year_from=era.year_from if era else None,
        year_to=era.year_to if era else None,
        era_words=era.words if era else "",
        tempo_bpm=int(tempo["bpm"]) if tempo else None,
        count=count_said(clause.masked),
        minutes=minutes_said(clause.masked),
    )


def _positive(wanted: Wanted) -> Wanted:
    """Read names after "remove" as what to remove, however they were negated."""
    return Wanted(
        moods=wanted.moods,
        genres=(*wanted.genres, *wanted.without_genres),
        artists=(*wanted.artists, *wanted.without_artists, *wanted.like_artists),
        unknown_names=wanted.unknown_names,
        year_from=wanted.year_from,
        year_to=wanted.year_to,
    )


def _mood(named: Named) -> Mood | None:
    leanings = mood_words().get(named.key)
    if leanings is None:
        leanings = comparative_words()[named.key]
    if not named.is_negated:
        return Mood(named.text.lower(), leanings)
    # "not too slow" is not "fast": the other half, and nothing stronger.
    turned = tuple(
        Leaning(x.attribute, -1 if x.step > 0 else 1) for x in leanings if x.step
    )
    return Mood(f"not {named.text.lower()}", turned) if turned else None


def _keys(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.key for n in named))


def _content_words(
    clause: Clause, in_era: range, unknown: list[tuple[str, range]]
) -> tuple[str, ...]:
    """Return the words that may tell of the music: no commands, artists or refusals."""
    hidden = [
        range(n.start, n.end)
        for n in clause.named
        if n.kind in ("artist", "title") or n.is_negated
    ]
    hidden.extend(range(place.start, place.stop) for _, place in unknown)
    return tuple(
        token.key
        for token in clause.tokens
        if token.start not in in_era
        and not any(token.start in place for place in hidden)
        and token.key not in _COMMAND_WORDS
        and not any(char.isdigit() for char in token.key)
        and len(token.key) > 1
    )


def _unknown_names(clause: Clause, text: str) -> list[tuple[str, range]]:
    """Return capitalised names that stand where an artist stands and aren't known."""
    if any(n.kind in ("artist", "title") for n in clause.named):
        return []
    written = text[clause.start : clause.start + len(clause.text)]
    names = []
    for match in _UNKNOWN_AFTER.finditer(written):
        name = match["name"].strip()
        start = clause.start + match.start("name")
        is_known_word = any(start <= n.start < start + len(name) for n in clause.named)
        if name and name not in _NOT_NAMES and not is_known_word:
            names.append((name, range(start, start + len(name))))
    return names


def _joined(first: Wanted, second: Wanted) -> Wanted:
    return Wanted(
        words=tuple(dict.fromkeys((*first.words, *second.words))),
        moods=tuple(dict.fromkeys((*first.moods, *second.moods))),
        genres=tuple(dict.fromkeys((*first.genres, *second.genres))),
        without_genres=(*first.without_genres, *second.without_genres),
        artists=(*first.artists, *second.artists),
        without_artists=(*first.without_artists, *second.without_artists),
        like_artists=(*first.like_artists, *second.like_artists),
        like_tracks=(*first.like_tracks, *second.like_tracks),
        unknown_names=(*first.unknown_names, *second.unknown_names),
        year_from=first.year_from or second.year_from,
        year_to=first.year_to or second.year_to,
        era_words=first.era_words or second.era_words,
        tempo_bpm=first.tempo_bpm or second.tempo_bpm,
        count=first.count or second.count,
        minutes=first.minutes or second.minutes,
    )
