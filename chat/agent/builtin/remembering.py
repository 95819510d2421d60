"""What is remembered, told and forgotten: of this talk, and for good.

What was asked for is the talk's own and lives in its state; what was liked is the
listener's and lives in the feedback's room. Forgetting one leaves the other alone, and
says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from catalog.genres import genre_family, genre_name
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.constraints import Constraint
from chat.agent.labels import library_words
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.state import Given, State
from chat.agent.taste import Summary, summary_of
from chat.agent.understanding.reading import (
    Forget,
    Recall,
)
from chat.agent.understanding.wish import (
    Wanted,
)
from chat.agent.wanting import constraints_of

FOR_GOOD = "forget all my likes and dislikes for good"
# Likes that are named one by one.
NAMED = 3


def recall(desk: Desk, act: Recall) -> None:
    """Tell what is remembered, apart by where it holds."""
    if act.of in ("all", "session"):
        held = asked_for(desk, desk.state.given)
        desk.say(
            f"In this talk you asked for {held}."
            if held
            else "In this talk nothing is asked for so far."
        )
    if act.of in ("all", "taste"):
        _tell_taste(desk)
    if act.of == "all" and desk.tools.opinions().liked:
        desk.say("Your likes count in every talk; what you ask for counts in this one.")


def asked_for(desk: Desk, given: Given) -> str:
    """Say what is given in words: "jazz, nothing by Ada and 1990 to 1999"."""
    names = desk.tools.artist_names((*given.artists, *given.without_artists))
    parts = [_constraint_said(held, names) for held in given.constraints]
    parts += [f"{round(100 * part.share)} % {part.text}" for part in given.parts]
    if given.words:
        parts.append(f"something to do with {quoted(' '.join(given.words))}")
    if given.seeds:
        songs = desk.tools.songs(given.seeds[:NAMED])
        near = [song.credit for song in songs.values()]
        parts.append(f"songs near to {phrases.listed(near)}")
    elif given.library is not None:
        parts.append(f"songs near to {library_words(given.library)}")
    if given.arc is not None:
        parts.append(f"the order {quoted(given.arc.words)}")
    if given.is_mixed:
        parts.append("an order for mixing")
    if given.minutes is not None:
        parts.append(phrases.minutes(given.minutes * 60_000))
    return phrases.listed(dict.fromkeys(part for part in parts if part))


def _constraint_said(held: Constraint, names: dict[int, str]) -> str:
    match held.kind:
        case "artist" if held.artist is not None:
            what = f"songs by {named(names.get(held.artist, 'somebody'))}"
        case "genre":
            what = genre_name(held.key)
        case "years":
            low = None if held.low is None else int(held.low)
            high = None if held.high is None else int(held.high)
            what = f"songs from {phrases.era(low, high)}"
        case _:
            what = quoted(held.words) if held.words else held.kind
    return f"no {what}" if held.is_refused else what


def _tell_taste(desk: Desk) -> None:
    opinions = desk.tools.opinions()
    if not opinions.liked and not opinions.disliked:
        desk.say(
            "I know of no song that you like or dislike. The thumbs beside a song tell me."
        )
        return
    liked = list(desk.tools.songs(opinions.liked).values())
    if liked:
        desk.say(f"You like {_summed_up(summary_of(liked), liked)}.")
    disliked = list(desk.tools.songs(opinions.disliked).values())
    if disliked:
        desk.say(f"Not for you: {_some_of(disliked)}.")
    desk.offers.append("forget my likes")


def _summed_up(summary: Summary, songs: list[Song]) -> str:
    parts = [_some_of(songs)]
    if summary.genres:
        counted = (f"{named(genre)} ({count})" for genre, count in summary.genres)
        parts.append(f"most of it {phrases.listed(counted)}")
    if summary.artists:
        parts.append(f"often by {phrases.listed(named(n) for n, _ in summary.artists)}")
    if summary.count > 1 and summary.years is not None:
        first, last = summary.years
        parts.append(f"from {first}" if first == last else f"from {first} to {last}")
    if summary.count > 1 and summary.energy is not None:
        parts.append(f"with a median energy of {summary.energy:.2f}")
    return ", ".join(parts)


def _some_of(songs: list[Song]) -> str:
    """Name a few songs, and say how many there are."""
    few = [song.credit for song in songs[:NAMED]]
    if len(songs) <= NAMED:
        return phrases.listed(few)
    return f"{phrases.songs(len(songs))}, {phrases.listed(few)} among them"


def forget(desk: Desk, act: Forget) -> None:
    """Forget what was named, all that was said, the last message, or likes."""
    match act.what:
        case "said":
            _forget_said(desk)
        case "last":
            _forget_last(desk)
        case "likes":
            _forget_likes(desk, is_sure=act.is_sure)
        case "named":
            _forget_named(desk, act)


def _forget_said(desk: Desk) -> None:
    held = asked_for(desk, desk.state.given)
    desk.give(Given(size=desk.state.given.size))
    if not held:
        desk.say("There is nothing to forget: nothing is asked for in this talk.")
        return
    desk.say(f"Forgotten: {held}. The list stays until you ask for something else.")
    if desk.tools.opinions().liked:
        desk.say("What you like stays; that is yours in every talk.")


def _forget_last(desk: Desk) -> None:
    """Bring memory and list back to before the last message."""
    last = desk.tools.last_said()
    if last is None:
        desk.say("There is no message before this one.")
        return
    before = State.from_json(last.state_before)
    version = last.version_before
    moved = desk.tools.return_to(version) if version is not None else None
    desk.state = replace(before, version=None)
    if moved is not None:
        desk.moves.append(moved)
    desk.say(
        f"As if {quoted(last.text)} had not been said: the list is as it was before, "
        f"{phrases.songs(len(desk.tools.tracks()))}."
        if moved
        else f"As if {quoted(last.text)} had not been said; the list hadn't changed by it."
    )


def _forget_likes(desk: Desk, *, is_sure: bool) -> None:
    opinions = desk.tools.opinions()
    count = len(opinions.liked) + len(opinions.refused)
    if not count:
        desk.say("There is nothing to forget: no song is liked or disliked.")
        return
    if not is_sure:
        likes = f"{len(opinions.liked)} like{'s' * (len(opinions.liked) != 1)}"
        others = f"{len(opinions.refused)} dislike{'s' * (len(opinions.refused) != 1)}"
        desk.say(
            f"That would take back {likes} and {others}, in every talk. Say "
            f"“{FOR_GOOD}” and I will."
        )
        desk.offers.append(FOR_GOOD)
        return
    desk.tools.unreact((*opinions.liked, *opinions.refused))
    desk.say("Done: no like and no dislike is held any more, in any talk.")


def _forget_named(desk: Desk, act: Forget) -> None:
    given = desk.state.given
    gone = meant(desk, act.wanted, given)
    words = tuple(w for w in given.words if w not in set(act.wanted.words))
    seeds = tuple(s for s in given.seeds if s not in set(act.wanted.like_tracks))
    after = replace(given.lacking(held.id for held in gone), words=words, seeds=seeds)
    after = after.without_parts(
        part
        for part in given.parts
        if meant(desk, act.wanted, Given(constraints=part.constraints))
    )
    taken_back = desk.tools.unreact(act.wanted.like_tracks)
    if after == given and not taken_back:
        desk.say(f"I don't remember anything about {quoted(act.name)} from this talk.")
    else:
        desk.give(after)
        rest = asked_for(desk, after)
        still = f" Still asked for: {rest}." if rest else ""
        desk.say(f"Forgotten: {quoted(act.name)}.{still}")
    _tell_likes_that_stay(desk, act.wanted)


def meant(desk: Desk, wanted: Wanted, given: Given) -> list[Constraint]:
    """Return the constraints in force that are what was named, asked or refused."""
    named_ids = {held.id for held in constraints_of(wanted, desk.levels)}
    said = {mood.phrase for mood in wanted.moods}
    has_years = wanted.year_from is not None or wanted.year_to is not None
    return [
        held
        for held in given.constraints
        if (held.id in named_ids and held.kind != "attribute")
        or (held.kind == "attribute" and held.words in said)
        or (held.kind == "years" and has_years)
    ]


def _tell_likes_that_stay(desk: Desk, wanted: Wanted) -> None:
    """Tell of lasting likes of the kind that was named: those aren't the talk's."""
    liked = desk.tools.songs(desk.tools.opinions().liked).values()
    count = sum(_is_of(song, wanted) for song in liked)
    if count:
        desk.say(
            f"{phrases.songs(count).capitalize()} of that kind stay among your likes; "
            "the thumbs take each back."
        )


def _is_of(song: Song, wanted: Wanted) -> bool:
    return bool(
        _families(wanted.genres) & song.genres
        or set(wanted.artists).intersection(song.artist_ids)
    )


def _families(genres: Iterable[str]) -> frozenset[str]:
    return frozenset(tag for genre in genres for tag in genre_family(genre))
