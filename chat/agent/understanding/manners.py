"""Languages, voices, words and versions that songs are asked for in, and new ones."""

from __future__ import annotations

import re

from catalog.models import Track
from chat.agent.constraints import Constraint, Kind
from chat.agent.understanding.demand import Reader, said
from chat.agent.understanding.language_names import LANGUAGE_NAMES, language_code

_SONGS = r"(?:songs?|tracks?|tunes?|versions?|recordings?|music|ones?|stuff|cuts?|takes?|pieces?)"
_LANGUAGE = "|".join(sorted(LANGUAGE_NAMES, key=len, reverse=True))
_VOICE = r"(?:vocals?|singing|singers?|lyrics|words|voices?)"
_VERSION_NOUNS = r"(?:versions?|recordings?|songs?|tracks?|music|ones?|takes?|performances?|albums?|sessions?|sets?)"

# "More instrumental" moves the list and demands nothing.
_NO_DEGREE = (
    r"(?<!more )(?<!less )(?<!too )(?<!so )(?<!as )(?<!very )(?<!bit )(?<!fewer )"
)


def _plain(kind: Kind, *, is_refused: bool = False, key: str = "") -> Reader:
    def read(match: re.Match[str]) -> Constraint:
        return Constraint(kind, said(match), is_refused=is_refused, key=key)

    return read


def _language(match: re.Match[str]) -> Constraint | None:
    groups = match.groupdict()
    name = groups.get("in") or groups.get("of") or groups.get("spoken") or ""
    code = language_code(name)
    if not code:
        return None
    return Constraint("language", f"in {name.title()}", key=code)


MANNERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            rf"\b(?:sung |lyrics |vocals |only )?in (?:the )?(?P<in>{_LANGUAGE})"
            r"(?: language)?(?: only)?\b"
        ),
        _language,
    ),
    (
        re.compile(
            rf"\b(?P<of>{_LANGUAGE})(?=(?:[- ](?:language|speaking|sung|language))? (?:{_SONGS}|lyrics|vocals|hits|only)\b)"
            r"(?:[- ](?:language|speaking|sung))?(?: (?:lyrics|vocals))?"
            rf"|\b(?P<spoken>{_LANGUAGE})[- ](?:language|speaking|sung)\b"
        ),
        _language,
    ),
    (
        re.compile(
            rf"\b(?:clean(?= (?:_+|{_SONGS}|lyrics|version|only|language)(?!\w))(?: (?:lyrics|versions?|language))?"
            r"|(?:kid|family|child|work|office|radio)(?:s|ren)?[- ]?(?:friendly|safe|appropriate)"
            r"|safe for (?:kids|work|children|the family)|suitable for (?:kids|children)"
            r"|g[- ]rated|censored|^clean(?: (?:only|please))?$|only clean|keep it clean|clean only)\b"
        ),
        _plain("explicit", is_refused=True),
    ),
    (
        re.compile(
            r"\b(?:explicit(?: (?:lyrics|content|language))?|uncensored|swearing|swear words|profanity"
            r"|cursing|curse words|cussing|bad language|dirty (?:lyrics|words)|parental advisory)\b"
        ),
        _plain("explicit"),
    ),
    (
        re.compile(
            rf"{_NO_DEGREE}\b(?:only |just |strictly |purely |all )?instrumentals?(?: only)?\b(?! hip)"
            rf"|\b(?:no|without|zero|minus|free of)(?: any| the)? {_VOICE}\b|\bno one sing(?:s|ing)\b"
            r"|\bnobody sing(?:s|ing)\b|\bwordless\b|\bnon[- ]vocal\b|\bvocal[- ]free\b"
        ),
        _plain("instrumental"),
    ),
    (
        re.compile(
            rf"\bwith (?:some )?{_VOICE}\b|\b(?:sung|vocal) (?=(?:songs|music|tracks|ones)\b)"
        ),
        _plain("instrumental", is_refused=True),
    ),
    (
        re.compile(
            rf"\b(?:recorded |performed )?live (?:{_VERSION_NOUNS}\b|(?=_))"
            r"|\b(?:only live|live only|recorded live|live at|in concert)\b"
            r"|(?<=\bno )live\b|(?<=\bnot )live\b|(?<=\bnothing )live\b"
        ),
        _plain("version", key=Track.Version.LIVE.value),
    ),
    (
        re.compile(r"\bremix(?:es|ed)?(?: (?:versions?))?\b"),
        _plain("version", key=Track.Version.REMIX.value),
    ),
    (
        re.compile(r"(?<!album )\b(?:covers|covered|cover (?:versions?|songs?))\b"),
        _plain("version", key=Track.Version.COVER.value),
    ),
    (
        re.compile(r"\bkaraoke (?=versions?|tracks?\b)(?:versions?|tracks?)"),
        _plain("version", key=Track.Version.KARAOKE.value),
    ),
    (
        re.compile(r"\bdemos?(?: (?:versions?|recordings?))?\b"),
        _plain("version", key=Track.Version.DEMO.value),
    ),
    (
        re.compile(r"\bremaster(?:s|ed)?(?: (?:versions?))?\b"),
        _plain("version", key=Track.Version.REMASTER.value),
    ),
    (
        re.compile(r"\bacoustic (?:versions?|takes?|renditions?)\b"),
        _plain("version", key=Track.Version.ACOUSTIC.value),
    ),
    (
        re.compile(
            r"\b(?:that |which |songs |ones |something |anything |stuff |music |what )*(?:i|we)(?: have|'ve)?"
            r"(?: probably| likely| maybe| might| may| definitely| really| surely)*"
            r" (?:haven't|have not|havent|never|don't|do not|didn't)(?: yet)?"
            r" (?:heard|hear|know|knew|listened to|had|come across)(?: (?:yet|before|lately|recently|already|so far))*"
            r"|\bnot (?:heard|played|had) (?:yet|before|lately|recently)\b|\b(?:that(?:'s| is| are) )?new to me\b"
            r"|\b(?:nothing|no songs?|not what|none) (?:that )?(?:i|we)(?:'ve| have)? (?:already |recently )?"
            r"(?:heard|had|know|played)(?: (?:already|before|lately|recently))*"
            r"|\bsomething (?:completely |totally |entirely )?(?:new|fresh)\b(?! (?:and|from|by|wave))"
            r"|\b(?:no repeats|unheard|undiscovered)\b"
        ),
        _plain("unheard"),
    ),
)
