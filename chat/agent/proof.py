"""Why a song is here: a line of stored facts, held against what was asked.

Pure: a song's facts, what was given, and what the search says of the hit go in. A fact
that isn't stored isn't told, and one that misses what was asked says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.genres import genre_family, genre_name
from catalog.known_artists import known_genres
from catalog.names import name_key
from catalog.search.query import Wish
from catalog.search.result import HitReason
from chat.agent.asking import keeps, keeps_wish
from chat.agent.constraints import Constraint
from chat.agent.events import Fact, Proof
from chat.agent.quoting import cleaned, quoted
from chat.agent.songs import Song
from chat.agent.state import Given

# A line is read at a glance; the rest is told when somebody asks why.
LINE_FACTS = 4
LINE_ATTRIBUTES = 2

ATTRIBUTE_NAMES: dict[str, str] = {
    "energy": "energy",
    "valence": "valence",
    "tempo_bpm": "tempo",
    "danceability": "danceability",
    "acousticness": "acousticness",
    "instrumentalness": "instrumentalness",
    "loudness_lufs": "loudness",
    "popularity": "popularity",
}
_UNITS: dict[str, str] = {"tempo_bpm": " BPM", "loudness_lufs": " LUFS"}
_WHOLE = frozenset({"tempo_bpm", "loudness_lufs", "popularity"})

# What the search says that is told from the facts themselves here.
_TOLD_HERE = frozenset(
    {"seed", "taste", "year", "genre", "attribute", "filter", "relaxed"}
)
_DEMANDS = frozenset(
    {
        "tempo",
        "duration",
        "language",
        "version",
        "instrumental",
        "explicit",
        "instrument",
        "place",
    }
)


def proof_of(
    song: Song,
    *,
    given: Given,
    reasons: Sequence[HitReason] = (),
    others: Mapping[int, Song] | None = None,
    liked: Iterable[int] = (),
    is_kept: bool = False,
) -> Proof:
    """Prove a song from stored facts.

    reasons: what the search said of it; none for a song that stayed. others: the songs
    that reasons point to. liked: what the listener likes. is_kept: it was in the list
    before.
    """
    liked = frozenset(liked)
    facts = (
        *_year(song, given),
        *_genres(song, given),
        *_attributes(song, given.wishes),
        *_demands(song, given),
        *_on_path(song, given),
        *_nearness(reasons, others or {}, liked),
        *_said_by_search(reasons, given.words),
        *_standing(song, liked, is_kept=is_kept),
    )
    return Proof(_line(facts), facts)


def telling_fact(fact: Fact) -> str:
    """Return a fact as it is told when somebody asks why, with how near it is."""
    if fact.track_id is None or fact.value is None:
        return fact.text
    return f"{fact.text} (likeness {fact.value:.2f} of 1)"


def clock(ms: float) -> str:
    """Return a length as clocks show it: "5:54"."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes}:{seconds:02d}"


def number(attribute: str, value: float) -> str:
    """Return a value with its unit, as people read it: "0.71", "124 BPM"."""
    unit = _UNITS.get(attribute, "")
    return f"{value:.0f}{unit}" if attribute in _WHOLE else f"{value:.2f}{unit}"


def _line(facts: Sequence[Fact]) -> str:
    """Return the facts that weigh most: what fails first, then what was asked."""
    attributes = [f for f in facts if f.kind == "attribute"]
    attributes.sort(key=lambda fact: fact.keeps is not False)
    dropped = set(map(id, attributes[LINE_ATTRIBUTES:]))
    told = [fact for fact in facts if id(fact) not in dropped]
    while len(told) > LINE_FACTS:
        spare = [f for f in reversed(told) if f.keeps is not False]
        told.remove(spare[0] if spare else told[-1])
    return " · ".join(fact.text for fact in told)


def _year(song: Song, given: Given) -> Iterator[Fact]:
    low, high = given.years
    if song.year is None:
        return
    if low is None and high is None:
        yield Fact("year", str(song.year), value=song.year)
        return
    is_of_then = (low or 0) <= song.year <= (high or song.year)
    text = str(song.year)
    if not is_of_then:
        text += f", asked for {_span(low, high)}"
    yield Fact("year", text, "year", song.year, low, high, keeps=is_of_then)


def _genres(song: Song, given: Given) -> Iterator[Fact]:
    wanted = {tag for genre in given.genres for tag in genre_family(genre)}
    if not wanted:
        return
    asked = sorted(wanted & song.genres)
    if asked:
        # The genre that was said itself, before a kind of it.
        said = [genre for genre in given.genres if genre in song.genres]
        yield Fact("genre", genre_name((said or asked)[0]), keeps=True)
        return
    known = [g for g in known_genres(song.artists) if name_key(g) in wanted]
    if known:
        yield Fact("genre", f"by an artist known for {known[0]}")
    elif song.genres:
        names = " or ".join(map(genre_name, given.genres))
        has = genre_name(sorted(song.genres)[0])
        yield Fact("genre", f"{cleaned(has)}, asked for {names}", keeps=False)
    else:
        names = " or ".join(map(genre_name, given.genres))
        yield Fact("genre", f"no genre noted, asked for {names}")


def _attributes(song: Song, wishes: Iterable[Wish]) -> Iterator[Fact]:
    for wish in sorted(wishes, key=lambda wish: -wish.weight):
        value = song.facts.get(wish.attribute)
        if value is None:
            continue
        name = ATTRIBUTE_NAMES[wish.attribute]
        is_kept = keeps_wish(song, wish)
        asked = _asked(wish, value)
        label = "" if wish.attribute == "tempo_bpm" else f"{name} "
        text = f"{label}{_exact(wish, value, beside=value)}, asked for {asked}"
        yield Fact(
            "attribute",
            text,
            wish.attribute,
            value,
            wish.low,
            wish.high,
            keeps=is_kept,
        )


def _demands(song: Song, given: Given) -> Iterator[Fact]:
    """Yield what is stored about demands: a language, a voice, a tempo, a length."""
    for held in given.constraints:
        if held.is_refused or held.kind not in _DEMANDS:
            continue
        if text := _stored(song, held):
            is_kept = keeps(song, held)
            if not is_kept:
                text += f", asked for {cleaned(held.words)}"
            yield Fact("filter", text, held.kind, keeps=is_kept)


def _stored(song: Song, held: Constraint) -> str:
    """Return what is stored of a song on a demand; "" for nothing."""
    match held.kind:
        case "tempo" if song.facts["tempo_bpm"] is not None:
            return number("tempo_bpm", song.facts["tempo_bpm"])
        case "duration" if song.duration_ms is not None:
            return f"{clock(song.duration_ms)} long"
        case "language" if song.language:
            return f"language {cleaned(song.language)}"
        case "version":
            return f"{song.version or 'original'} version"
        case "instrumental" if song.facts["instrumentalness"] is not None:
            return f"instrumentalness {song.facts['instrumentalness']:.2f}"
        case "instrument" | "place" if keeps(song, held):
            return f"tagged {cleaned(held.key)}"
        case "explicit" if song.is_explicit is not None:
            return "explicit" if song.is_explicit else "not explicit"
    return ""


def _on_path(song: Song, given: Given) -> Iterator[Fact]:
    """Yield where a song stands on the path that was asked for, if one was."""
    if given.arc is None:
        return
    wished = {wish.attribute for wish in given.wishes}
    for axis in given.arc.axes():
        value = song.facts.get(axis)
        if value is not None and axis not in wished:
            label = "" if axis == "tempo_bpm" else f"{ATTRIBUTE_NAMES[axis]} "
            text = f"{label}{number(axis, value)} on the way “{given.arc.words}”"
            yield Fact("attribute", text, axis, value)


def _asked(wish: Wish, value: float) -> str:
    def bound(end: float) -> str:
        # A limit is a round number to people: "at least 0.6" and not "0.60".
        said = _exact(wish, end, beside=value)
        return said.rstrip("0").rstrip(".") if "." in said else said

    if wish.low is not None and wish.high is not None:
        return f"{bound(wish.low)} to {bound(wish.high)}"
    if wish.low is not None:
        return f"at least {bound(wish.low)}"
    return f"at most {bound(wish.high)}" if wish.high is not None else "any"


def _exact(wish: Wish, figure: float, *, beside: float) -> str:
    """Return a number with the digits it takes to show on which side a value lies."""
    if not _rounding_hides(wish, beside):
        return number(wish.attribute, figure)
    digits = 1 if wish.attribute in _WHOLE else 4
    return f"{figure:.{digits}f}{_UNITS.get(wish.attribute, '')}"


def _rounding_hides(wish: Wish, value: float) -> bool:
    digits = 0 if wish.attribute in _WHOLE else 2
    rounded = round(value, digits)
    return any(
        (value < end) != (rounded < round(end, digits))
        or (value > end) != (rounded > round(end, digits))
        for end in (wish.low, wish.high)
        if end is not None
    )


def _nearness(
    reasons: Iterable[HitReason], others: Mapping[int, Song], liked: frozenset[int]
) -> Iterator[Fact]:
    for reason in reasons:
        if reason.kind not in ("seed", "taste"):
            continue
        if reason.near_to is None:
            yield Fact(reason.kind, reason.text)
            return
        other = others.get(reason.near_to)
        if other is None:
            continue
        text = f"nearest to {quoted(other.title)}"
        if other.track_id in liked:
            text += " that you liked"
        yield Fact(reason.kind, text, value=reason.likeness, track_id=other.track_id)
        return  # the nearest of all is enough


def _said_by_search(
    reasons: Iterable[HitReason], words: Sequence[str]
) -> Iterator[Fact]:
    for reason in reasons:
        if reason.kind in _TOLD_HERE:
            continue
        text = cleaned(reason.text)
        if reason.kind == "words" and words:
            text = f"near to your words: {cleaned(' '.join(words))}"
        yield Fact(reason.kind, text)


def _standing(song: Song, liked: frozenset[int], *, is_kept: bool) -> Iterator[Fact]:
    if song.track_id in liked:
        yield Fact("liked", "you like it")
    if is_kept:
        yield Fact("kept", "was in the list before")


def _span(low: int | None, high: int | None) -> str:
    if low is None:
        return f"{high} or before"
    if high is None:
        return f"{low} or later"
    return str(low) if low == high else f"{low} to {high}"
