"""Decides whether a message is for another assistant: the head's odds against music's words.

The rule of this file: weights are log-odds, so that evidence adds up. They were set on
sentences of domains and folds that the head hadn't seen; docs/understanding.md says what
came of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chat.agent.understanding.addressee.head import odds_for_others
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    AskHelp,
    Forget,
    Recall,
    SmallTalk,
    StartOver,
    SwapPlaces,
    WhyNot,
    WhyOrder,
)
from chat.agent.understanding.spans import Named
from chat.agent.understanding.tales import untagged
from chat.agent.understanding.tokens import OTHER_SCRIPT
from chat.agent.understanding.wish import Wanted

# Nobody says these of anything but music; what names songs may always search.
_SURELY_MUSIC = re.compile(
    r"\b(?:songs?|playlists?|play lists?|albums?(?! of photo)|tunes?|soundtracks?|lyrics"
    r"|artists?|singers?|musicians?|melod(?:y|ies)|remix\w*|mixtapes?|theme (?:song|tune)"
    r"|(?<!^)tracks?(?! (?:my|record)))\b"
)
_MUSIC = re.compile(
    r"\b(?:(?<!live )music\w*|bands?|genres?|bpm|instrumentals?|vocals?)\b"
)
_PERHAPS_MUSIC = re.compile(
    r"\b(?:listen(?:ing)?|hear|sing(?:s|ing)?|sounds?|dance|dancing|vibes?|beats?|concerts?"
    r"|mellow|upbeat|(?:something|anything|some) (?:else|more|new|\w+y|\w+ing|slow|fast|sad"
    r"|calm|loud|soft|dark|warm)|similar to|more (?:of|from|by|\w+ by)|(?:show|add|play) more)\b"
)
_LEAD = r"(?:(?:please|can you|could you|would you|will you|i want(?: you)? to|hey|ok|now|just|let's) )*"
_PLAYS = re.compile(rf"^{_LEAD}(?:play|hear|put on|listen to|queue|spin|blast)\b")
_ADDS = re.compile(
    rf"^{_LEAD}(?:add|put|include|insert|stick|throw|toss|chuck)\b.*\b(?:to|on|onto|in|into)\b"
    r"|\bto (?:go|be) (?:on|in|into)\b.*\blist$"
)
# Other things that are played, looked for and added to.
_OTHER_MEDIUM = re.compile(
    r"\b(?:movies?|films?|tv|television|(?:the|a|my|this) show|shows|series|episodes?|trailers?|(?:video )?games?"
    r"|podcasts?|audiobooks?|books?|novels?|news|videos?|documentar(?:y|ies)|cartoons?|sagas?"
    r"|paintings?|photographs?|chess|trivia|highlights|hangman|quiz)\b"
)
# What somebody is doing, or a time or way that has its mood: "driving alone at night".
_SCENE = re.compile(
    r"(?:(?:just|still|me|us|late night|early morning|alone) )*"
    r"(?!(?:look|search|wonder|need|want|book|reserv|order|hop|try|remind|rat|giv|ask)\w*ing\b"
    r"|(?:find|check|sett|turn|switch|navigat|call|text|rain|snow|schedul|bring|anyth|someth|noth|everyth|dur|cous|spr)ing\b)"
    r"[a-z]{2,}ing (?!me\b|up\b)(?:[a-z' -]+)"
    r"|an? (?:(?!table|reservation)[a-z]+ ){0,3}"
    r"(?:drive|walk|ride|stroll|run|hike|swim|evening|night|morning|afternoon|sunday|sunset"
    r"|sunrise|date|party|trip|journey|wedding|breakup|storm|summer|winter|autumn)"
    r"(?: [a-z' -]+)?"
)
_OTHER_LIST = re.compile(
    r"\b(?:shopping|grocery|to[- ]?do|guest|packing|watch|reading|wish|contact) ?list\b"
    r"|\b(?:cart|basket|calendar|inbox|contacts?|notes?|agenda|schedule|trash)\b"
)

SURELY_MUSIC, MUSIC, PERHAPS_MUSIC = -9.0, -5.0, -2.0
PLAYS, ADDS, WISHES, EDITS = -5.0, -5.0, -3.5, -6.0
# Nothing of what was said is left over; it asks of the list, of memory or for help.
ONLY_WISHES, ASKS = -6.0, -9.0
OTHER_THING = 3.0
# A scene asks nobody for anything, so that only music can answer it.
SCENE = -7.0
# Many towns and dishes are artists too.
_OF_NAMES = {"genre": -4.5, "artist": -3.0, "title": -3.0}


@dataclass(frozen=True)
class Addressed:
    """A message, and what the head makes of it: asked for when it is needed, and once.

    odds: log-odds that another assistant is meant, where the head isn't to be asked.
    """

    text: str
    odds: float | None = None
    ask: Callable[[str], float] = odds_for_others

    def is_for_others(
        self, *, named: Sequence[Named] = (), acts: Sequence[Act] = ()
    ) -> bool:
        """Say whether another assistant is meant: for weather, tables, alarms, films.

        named: the names that the catalog and the taxonomy know in it. acts: what it
        would ask of this one. What is in other letters than the head's isn't judged.
        Raises UnusableAddressee.
        """
        if OTHER_SCRIPT.search(self.text):
            return False
        odds = self.ask(self.text) if self.odds is None else self.odds
        return odds + _evidence(self.text, named, acts) > 0


def _evidence(text: str, named: Sequence[Named], acts: Sequence[Act]) -> float:
    plain = " ".join(text.lower().replace("’", "'").split())
    sum_of = min(
        [0.0, *(_OF_NAMES.get(n.kind, 0.0) for n in named), *map(_of_act, acts)]
    )
    if _SURELY_MUSIC.search(plain):
        return sum_of + SURELY_MUSIC
    if _MUSIC.search(plain):
        return sum_of + MUSIC
    if _SCENE.fullmatch(plain.rstrip(".! ")):
        return sum_of + SCENE
    if _PERHAPS_MUSIC.search(plain):
        sum_of += PERHAPS_MUSIC
    if _OTHER_LIST.search(plain):
        return sum_of + OTHER_THING
    if _ADDS.search(plain):
        return sum_of + ADDS
    if _OTHER_MEDIUM.search(plain):
        return sum_of + OTHER_THING
    return sum_of + (PLAYS if _PLAYS.match(plain) else 0.0)


def _of_act(act: Act) -> float:
    """Weigh an act by how plain its words are: "order it by energy" is no order at a shop."""
    match act:
        case Ask(wanted=wanted) | AddSome(wanted=wanted):
            if _is_of_words(wanted):
                return 0.0
            heard = {word for mood in wanted.moods for word in mood.phrase.split()}
            is_whole = not (set(wanted.words) - heard or wanted.unknown_names)
            return ONLY_WISHES if is_whole else WISHES
        case SmallTalk():
            return 0.0
        case (
            AskHelp() | StartOver() | Forget() | Recall() | WhyNot() | WhyOrder()
        ) | SwapPlaces():
            return ASKS
        case _:
            return ASKS if getattr(act, "references", ()) else EDITS


def _is_of_words(wanted: Wanted) -> bool:
    return replace(
        untagged(wanted), words=(), unknown_names=(), count=None, minutes=None
    ).is_empty
