"""What the built-in planner says: short sentences that claim only what is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from catalog.documents import DECADES
from catalog.genres import genre_name
from catalog.search.query import Wish
from chat.agent.constraints import Constraint
from chat.agent.quoting import quoted
from chat.agent.understanding.lexicon import manner_of
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.reading import (
    Reading,
)
from chat.agent.understanding.wish import (
    Wanted,
)


def listed(names: Iterable[str]) -> str:
    """Join names as in a sentence."""
    names = list(names)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


# Words for songs of some kind, which "songs" doesn't follow.
_SONGS_SAID = frozenset(
    {
        "hits",
        "bangers",
        "classics",
        "anthems",
        "ballads",
        "cuts",
        "gems",
        "oldies",
        "jams",
    }
)


def kind_of(wanted: Wanted) -> str:
    """Say what kind of songs is wanted: "slow, warm 90s jazz"; "" if that's open."""
    moods = [
        phrase
        for phrase in map(_phrase, _said(wanted))
        if manner_of(phrase) == "quality"
    ]
    genres = [genre_name(key) for key in wanted.genres]
    era = wanted.era_words.removeprefix("the ") if wanted.era_words else ""
    is_adjective = era.endswith("s") and " " not in era
    nouns = [phrase for phrase in moods if phrase.rpartition(" ")[2] in _SONGS_SAID]
    likes = dict.fromkeys(phrase for phrase in moods if phrase not in nouns)
    parts = [", ".join(likes), era if is_adjective else ""]
    parts.append(" and ".join(genres) or listed(one.text for one in wanted.portions))
    parts.extend(nouns[:1])
    return " ".join(part for part in parts if part)


def occasion_of(wanted: Wanted) -> str:
    """Say what the songs are for: "a party"; "" if that isn't said."""
    phrases = map(_phrase, _said(wanted))
    return next((p for p in phrases if manner_of(p) == "occasion"), "")


def _said(wanted: Wanted) -> tuple[Mood, ...]:
    """Return the moods that words named: one that was inferred is told as such."""
    return tuple(mood for mood in wanted.moods if not mood.is_inferred)


def inferred(wanted: Wanted) -> str:
    """Return what to call a mood that no word named; "" for none."""
    return next((m.phrase for m in wanted.moods if m.is_inferred), "")


def understood(wanted: Wanted, artists: Iterable[str]) -> str:
    """Name all that was understood of a wish: "sad, rock, the eighties, Nina Vale"."""
    parts = [
        *map(_phrase, _said(wanted)),
        *map(genre_name, wanted.genres),
        *(one.text for one in wanted.portions),
        *(f"no {genre_name(key)}" for key in wanted.without_genres),
        *(("no " if c.is_refused else "") + c.words for c in _tagged(wanted)),
        wanted.era_words,
        *artists,
        songs(wanted.count) if wanted.count else "",
        f"{wanted.minutes} minutes" if wanted.minutes else "",
    ]
    return ", ".join(part for part in parts if part)


def _tagged(wanted: Wanted) -> tuple[Constraint, ...]:
    return tuple(c for c in wanted.constraints if c.kind in ("instrument", "place"))


def _phrase(mood: Mood) -> str:
    """Return a mood word without the article that it was said with."""
    return mood.phrase.strip().removeprefix("the ").removeprefix("a ")


def nothing_called(name: str) -> tuple[str, ...]:
    """Tell that the catalog has nothing of a name."""
    return (
        f"Nothing in this catalog goes by {quoted(name)}.",
        f"I know no {quoted(name)}: this catalog has nothing of that name.",
    )


def not_found(*, is_empty: bool) -> tuple[str, ...]:
    """Say that nothing in the list is what was pointed at."""
    if is_empty:
        return ("The list is empty so far. What would you like to hear?",)
    return (
        "I didn't find that in the list. Name an artist, a genre or a number.",
        "Which one? An artist, a genre or a number in the list will do.",
    )


def untagged(held: Constraint) -> tuple[str, ...]:
    """Tell that no song is marked with an instrument or as being from a place."""
    what = quoted(held.words)
    if held.is_refused:
        return (f"No song here is marked with {what}, so I can't tell which have it.",)
    return (
        f"No song here is marked with {what}, so I went by the words alone.",
        f"Nothing in this catalog says {what}; I searched by the words instead.",
    )


def tags_relaxed(words: Iterable[str], kept: int) -> tuple[str, ...]:
    """Tell how many songs are marked with what was asked, where others came beside."""
    what = listed(map(quoted, words))
    if not kept:
        return (f"No song that fits is marked with {what}; I went by the words alone.",)
    return (
        f"{songs(kept)} of these {'is' if kept == 1 else 'are'} marked with {what};"
        " the others I found by the words alone.",
    )


def opening(reading: Reading, wanted: Wanted | None) -> tuple[str, ...]:
    """Return what may be said before the search, from the words alone."""
    if wanted is None:
        return ("Let me see. ", "One moment. ", "Sure. ", "All right. ")
    kind, occasion = kind_of(wanted), occasion_of(wanted)
    feels = any(manner_of(_phrase(m)) == "feeling" for m in _said(wanted))
    comfort = "Sorry it's one of those days. " if feels else ""
    is_named = bool(wanted.genres or wanted.portions)
    is_said = is_named or kind.rpartition(" ")[2] in _SONGS_SAID
    what = kind if is_said or not kind else f"{kind} songs"
    mood = inferred(wanted)
    if mood:
        # A guess is told as one, so that it can be set right.
        return (
            f"That sounds like {mood}. Let me find {what or 'songs'} for it. ",
            f"I hear {mood} in that, so I'll look for {what or 'songs'} to match. ",
        )
    if occasion:
        what = f"{what or 'songs'} for {occasion}"
    if not what:
        return tuple(
            comfort + words
            for words in ("Let me listen around. ", "Let me look. ", "Let me see. ")
        )
    if comfort:
        return (
            f"{comfort}Let me find {what}. ",
            f"{comfort}I'll look for {what}. ",
        )
    return (
        f"Looking for {what}. ",
        f"{what[:1].upper()}{what[1:]}, let me listen. ",
        f"Let me find {what}. ",
    )


def list_title(wanted: Wanted, artists: Iterable[str]) -> str:
    """Return a title for a list, "" where the wish gives none."""
    kind, occasion = kind_of(wanted), occasion_of(wanted)
    names = listed(artists)
    title = kind or names
    if kind and names:
        title = f"{kind} by {names}"
    if occasion:
        title = f"{title} for {occasion}" if title else f"For {occasion}"
    return title[:1].upper() + title[1:]


def songs(count: int) -> str:
    """Return a number of songs in words."""
    return f"{count} song" if count == 1 else f"{count} songs"


def minutes(length_ms: int) -> str:
    """Say how long something plays: "59 minutes", "an hour", "1 hour 5 minutes"."""
    total = max(1, round(length_ms / 60_000))
    hours, rest = divmod(total, 60)
    parts = []
    if hours:
        parts.append("an hour" if total == 60 else f"{hours} hour{'s' * (hours > 1)}")
    if rest:
        parts.append(f"{rest} minute{'s' * (rest > 1)}")
    return " ".join(parts)


def day(when: datetime) -> str:
    """Tell a day: "1 March 2027"."""
    return f"{when.day} {when:%B %Y}"


def made(new: int, stayed: int, went: int, first: str) -> tuple[str, ...]:
    """Announce a list. `first` is its first song with its artists."""
    if new == 0:
        left = f" {went} went out." if went else ""
        return (
            f"{songs(stayed)} of the list fit; I found no others.{left}",
            f"Nothing new fits, so {songs(stayed)} stay.{left}"
            if stayed != 1
            else f"Nothing new fits, so one song stays.{left}",
        )
    if stayed:
        kept = "one stays" if stayed == 1 else f"{stayed} stay"
        them = "it" if stayed == 1 else "them"
        return (
            f"{songs(new)} came in and {kept}; {first} opens the list.",
            f"I kept {stayed} and found {new} to go with {them}. "
            f"It starts with {first}.",
        )
    if new == 1:
        return (f"Just one song fits: {first}.", f"I found one: {first}.")
    return (
        f"Here are {new} songs, starting with {first}.",
        f"I'd begin with {first}. There are {new} songs in the list.",
        f"{new} songs for you. First up: {first}.",
    )


def added(count: int, kind: str) -> tuple[str, ...]:
    """Announce songs that were added."""
    what = f"{kind} song" if kind else "song"
    what += "" if count == 1 else "s"
    return (
        f"Added {count} {what}.",
        f"{count} more {what} went in.",
        f"Done: {count} {what} added.",
    )


def relaxed(wishes: Sequence[Wish]) -> tuple[str, ...]:
    """Tell which wishes had to be let go."""
    words = listed(dict.fromkeys(f"“{wish.words}”" for wish in wishes))
    return (
        f"Not enough songs are all of that, so I took {words} less strictly.",
        f"To find enough I had to loosen {words}.",
    )


def range_relaxed(asked: str, kept: int) -> tuple[str, ...]:
    """Tell that a tempo or a length gave way; kept: how many songs keep it."""
    if not kept:
        return (
            f"No such song here is “{asked}”, so these come near.",
            f"Nothing like that is “{asked}”; these are the nearest.",
        )
    number = "one" if kept == 1 else str(kept)
    return (
        f"Only {number} of them {'is' if kept == 1 else 'are'} “{asked}”; "
        "the rest come near.",
        f"I found {number} that {'is' if kept == 1 else 'are'} “{asked}”, and the "
        "others come near.",
    )


def years_relaxed(
    asked: tuple[int | None, int | None], kept: int, years: Sequence[int]
) -> tuple[str, ...]:
    """Tell that songs of other years came in, and of which.

    asked: first and last year; kept: how many songs are from then. years: of the songs
    that came in instead, where they are known.
    """
    wanted = era(*asked)
    others = era(min(years), max(years)) if years else "times that nobody noted"
    if not kept:
        return (
            f"Nothing like that here is from {wanted}; the nearest are from {others}.",
            f"I found none from {wanted}, so these are from {others}.",
        )
    number = "one" if kept == 1 else str(kept)
    return (
        f"I only found {number} from {wanted}, so the rest are from {others}.",
        f"Just {number} of that kind {'is' if kept == 1 else 'are'} from {wanted}; "
        f"the others are from {others}.",
    )


def era(first: int | None, last: int | None) -> str:
    """Say a span of years: "the nineties", "the late eighties", "1987 to 1994"."""
    if first is None or last is None:
        if first is None:
            return f"{last} or before"
        return f"{first} or later"
    if first == last:
        return str(first)
    decade = first // 10 * 10
    if last // 10 * 10 != decade:
        return f"{first} to {last}"
    name = DECADES.get(decade % 100) if decade < 2000 else None
    name = name or f"{decade}s"
    if (first, last) == (decade, decade + 9):
        return f"the {name}"
    if last <= decade + 4:
        return f"the early {name}"
    if first >= decade + 5:
        return f"the late {name}"
    return f"{first} to {last}"


def unknown_names(names: Sequence[str]) -> tuple[str, ...]:
    """Tell that names aren't in the catalog."""
    who = listed(names)
    return (
        f"I don't know {who}: nothing in this catalog goes by that name. ",
        f"There is no {who} in this catalog. ",
    )
