"""Acts that are answered in words: like and dislike, help, small talk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils import timezone

from chat.agent.asking import is_fame_said
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.understanding.pointing import (
    NextTo,
    OfFirstList,
    Place,
    Reference,
    ThatOne,
    Titled,
)
from chat.agent.understanding.reading import (
    AskHelp,
    OtherLanguage,
    ReactTo,
    SmallTalk,
)
from chat.agent.understanding.reasons import Reason
from feedback.holding import RESTS
from feedback.models import Reaction
from playlists.edits import Remove

HELP = (
    "Tell me a mood, a genre, a time or an artist: “something slow and warm”, "
    "“90s hip-hop”, “an hour for cooking”. Then shape the list: “more like the "
    "second one”, “more upbeat”, “add some jazz”, “remove number 3”, “nothing by "
    "that band”, “make it shorter”, “undo”, “why this one?”. Like and dislike buttons "
    "help me too."
)

OFF_TOPIC = (
    "That is beyond me: I only know music. What would you like to hear?",
    "I can't help with that. What I do is find songs and make playlists of them: a "
    "mood, a genre or an artist is enough to begin with.",
    "That's for another assistant; I look after the music. Tell me a mood, a time or "
    "an artist, and I make a list of it.",
    "I'm a music companion and nothing else, so that I can't do. Shall I find you "
    "something to listen to meanwhile?",
)


def react_to(desk: Desk, act: ReactTo) -> None:
    """Note what the listener says of songs; disliked ones leave the list."""
    pointed = desk.resolve(act.references)
    songs = desk.tools.songs(pointed)
    if not songs:
        desk.say("Which song do you mean? Tell me its number in the list.")
        return
    value = Reaction.Value.LIKE if act.value == "like" else Reaction.Value.DISLIKE
    if act.value == "like" and (held := still_disliked(desk, songs, [act])):
        refused = phrases.listed(songs[track].credit for track in held)
        songs = {track: song for track, song in songs.items() if track not in held}
        pointed = [track for track in pointed if track in songs]
        desk.say(
            f"You didn't like {refused} before, and I keep to that. If you do now, say "
            "so with the title or the number in the list."
        )
        if not songs:
            return
    if act.value == "dislike" and (held := still_liked(desk, songs, [act])):
        kept = phrases.listed(songs[track].credit for track in held)
        songs = {track: song for track, song in songs.items() if track not in held}
        pointed = [track for track in pointed if track in songs]
        it, stays = ("it", "stays") if len(held) == 1 else ("them", "stay")
        desk.say(
            f"You liked {kept}, so {it} I kept: say so with the title or the number in "
            "the list if that has changed.",
            f"{kept} {stays}, since you liked {it}. If you don't any more, name the "
            "title or the number in the list.",
        )
        if not songs:
            return
    for track in songs:
        desk.tools.react(track, value, act.reason)
    names = phrases.listed(song.credit for song in songs.values())
    if act.value == "like":
        desk.speak_of(songs[pointed[0]])
        desk.say(
            f"Noted: you like {names}.",
            f"Glad you like {names}.",
        )
        return
    went = desk.edit([Remove(tuple(songs))])
    gone = ", and out of the list" if went else ""
    if act.reason:
        desk.say(
            f"Noted: {names}, {_WHY[act.reason]}{gone}.{_so_then(desk, act.reason)}"
        )
        return
    desk.say(f"Noted, not {names}{gone}.", f"{names}: not for you{gone}.")


def _so_then(desk: Desk, reason: Reason) -> str:
    """Say what follows from why a song isn't wanted."""
    match reason:
        case "wrong_mood":
            return " It stays out of this talk; elsewhere it may come."
        case "unknown" if is_fame_said(desk.state.given):
            return " It stays out of this talk."
        case "unknown":
            return " It stays out of this talk, and better known ones come first here."
        case "overplayed":
            return f" It rests until {phrases.day(timezone.now() + RESTS)}."
    return ""


_WHY: Mapping[Reason, str] = {
    "not_for_me": "not for you",
    "wrong_mood": "the wrong mood for now",
    "unknown": "unknown to you",
    "overplayed": "heard too often",
}


def still_disliked(
    desk: Desk, track_ids: Collection[int], acts: Iterable[ReactTo]
) -> list[int]:
    """Return those of the tracks that are disliked and that no act likes by name.

    "I like her style" speaks of songs in general: it takes back no dislike of one.
    """
    singled = [
        reference
        for act in acts
        if act.value == "like"
        for reference in act.references
        if _is_one_song(reference)
    ]
    disliked = set(desk.tools.opinions().disliked).difference(desk.resolve(singled))
    return [track for track in track_ids if track in disliked]


def still_liked(
    desk: Desk, track_ids: Collection[int], acts: Iterable[ReactTo]
) -> list[int]:
    """Return those of the tracks that are liked and that no act dislikes by name.

    "I don't like the ones you added" takes back no like that was given to one of them.
    """
    singled = [
        reference
        for act in acts
        if act.value == "dislike"
        for reference in act.references
        if isinstance(reference, ThatOne) or _is_one_song(reference)
    ]
    liked = set(desk.tools.opinions().liked).difference(desk.resolve(singled))
    return [track for track in track_ids if track in liked]


def _is_one_song(reference: Reference) -> bool:
    """Say whether words name one song, by its title or by where it stands."""
    match reference:
        case Place(count=count) | OfFirstList(place=Place(count=count)):
            return count == 1
        case NextTo(reference=other):
            return _is_one_song(other)
        case _:
            return isinstance(reference, Titled)


def help_out(desk: Desk, act: AskHelp) -> None:
    """Say what can be asked for."""
    desk.say(HELP)


def answer_language(desk: Desk, act: OtherLanguage) -> None:
    """Say which language a message seems to be in, and what was understood of it."""
    language = " or ".join(act.names)
    wanted = act.wanted
    names: list[str] = []
    if wanted is not None:
        ids = (*wanted.artists, *wanted.like_artists)
        names = list(desk.tools.artist_names(ids).values())
        songs = desk.tools.songs(wanted.like_tracks).values()
        names.extend(song.credit for song in songs)
    told = phrases.understood(wanted, names) if wanted is not None else ""
    if told:
        desk.say(
            f"I read that as {language}; I understood: {told}. I understand English best.",
            f"That looks like {language}. I understood: {told}. English is what I "
            "understand best.",
        )
        return
    desk.say(
        f"I read that as {language}, and English is what I understand best. Genres, "
        "artists and years I know in any language.",
        f"That looks like {language}. I understand English best; a genre, an artist or "
        "a year will do in any language.",
    )


def talk(desk: Desk, act: SmallTalk) -> None:
    """Answer what isn't about music, and lead back to it."""
    match act.kind:
        case "greeting":
            desk.say(
                "Hello! What would you like to hear?",
                "Hi there. How are you feeling, and what should it sound like?",
            )
        case "thanks":
            desk.say("You're welcome. Enjoy!", "With pleasure.", "Glad it fits.")
        case "acknowledged":
            desk.say(
                "All right. Say the word when you want to hear something.",
                "Fine with me. I'm here when the list should change.",
            )
        case "displeased":
            desk.say(
                "What should be different: calmer, happier, another genre?",
                "Let's change it. Slower, brighter, or something else altogether?",
            )
        case "question":
            desk.say(
                "That I can't answer; I know songs by how they sound. Name a genre, a "
                "mood or an artist, and I'll play you some.",
                "I'm better at finding songs than at talking about them. Shall I look "
                "for a genre, a mood or an artist?",
            )
        case "unable":
            desk.say(
                "That I can't do in words. I can add songs, take them out, make the list "
                "longer or shorter, rename it and undo.",
            )
        case "saving":
            desk.say(
                "The list is kept here. The buttons beside it save it at a music service, "
                "or download it as M3U8, which most players open, XSPF, JSPF or CSV.",
                "It stays here as it is. Beside the list are buttons to save it at a music "
                "service and to download it as a file: M3U8, XSPF, JSPF or CSV.",
            )
        case "farewell":
            desk.say("See you. The list stays here.", "Until next time!")
        case "identity":
            desk.say(
                "I'm the music companion of this site: I listen to words and songs and "
                "make playlists from its catalog."
            )
        case "off_topic":
            desk.say(*OFF_TOPIC)
