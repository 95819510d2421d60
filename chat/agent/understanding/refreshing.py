"""Reads that a list is to be refreshed by itself: "refresh this every week".

Only what says so is taken out of the message; whatever else it asks for is read as ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chat.agent.understanding.numbers import NUMBER_WORDS, number_of
from chat.agent.understanding.reading import Every, Refresh

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = "|".join(_DAYS)
_EVERY = (
    r"(?:daily|weekly|monthly|(?:every|each) (?:single )?(?:day|night|morning|evening|week(?:end)?|month)"
    rf"|once (?:a|per|every) (?:day|week|month)|(?:every|each|on) (?:{_DAY})s?)"
)
_LIST = r"(?:(?:the|my|this|that|whole|our) )*(?:play)?list"
_IT = rf"(?:it|this|that|them|these|{_LIST}|the (?:songs|tracks|music)|{_LIST}'s songs)"
_RENEWS = r"(?:(?:auto(?:matically)?|self)[- ]?)?(?:refresh|renew|update|freshen up|freshen|rotate)"
_PART = r"(?:half|a third|a quarter|some|a few|part|most|all|\d{1,3} ?(?:%|percent)|(?:\d{1,2}|[a-z]+) songs?)"
_NO_MORE = r"(?:stop|quit|end|cancel|turn off|switch off|disable|no more|don't|do not|never|drop)"
_NOUN = rf"(?:(?:the|any|this|automatic|{_EVERY}) )*(?:refreshing|refreshes|refresh|updating|updates|renewing|renewals?)"
_STOP = re.compile(
    rf"\b{_NO_MORE} (?:(?:keep|keeping) {_IT} fresh|{_NOUN}(?: (?:of )?{_IT})?)"
    r"(?: (?:any ?more|any longer|by itself|automatically))?(?=$|[.,!?]| and\b| please\b)"
    rf"|\bstop (?:changing|rotating|renewing|updating) {_IT}(?: (?:by itself|automatically|{_EVERY}))?$"
)
_PAUSE = re.compile(rf"\b(?:pause|suspend|hold) {_NOUN}(?: (?:of )?{_IT})?\b")
_RESUME = re.compile(
    rf"\b(?:resume|unpause|continue|restart|go on with|turn on) {_NOUN}(?: (?:of )?{_IT})?\b"
    rf"|\bstart refreshing(?: {_IT})? again\b"
)
_KEEP = re.compile(
    rf"\bkeep(?:ing)? {_IT} (?:always )?(?:fresh|alive|living|up[- ]to[- ]date)\b"
    rf"|\b(?:make|turn) {_IT} (?:into )?(?:a )?living(?: (?:play)?list)?\b"
    rf"|\b(?:please |can you |could you )*{_RENEWS} {_IT}(?: (?:for me|by itself|automatically))?(?= {_EVERY}\b)"
    rf"|\b{_RENEWS}(?= {_EVERY}\b)"
    rf"|\b(?:set up |do |make |give it |i want |i'd like )*an? (?:daily|weekly|monthly|automatic) (?:refresh|update|renewal)\b"
    rf"|\b(?:swap(?: out)?|change|replace|exchange|rotate) {_PART}(?: of (?:{_IT}|the songs|its songs))?(?: for (?:new|fresh|other) (?:ones|songs))?(?= {_EVERY}\b)"
    rf"|(?:^|(?<=[,.;!?] )|\b(?:and|then|please|i want|give me|bring in|add|put in|i'd like|get me) )"
    rf"(?:(?:{_PART}|\d{{1,2}}|[a-z]+) )?(?:new|fresh)(?: songs| ones| music)?(?= {_EVERY}\b)"
)
_NOW = re.compile(
    rf"^(?:please |can you |could you |now )*(?:refresh|renew|freshen up) {_IT}(?: (?:now|once|right now|please))*[.!?]*$"
)
_CADENCE = re.compile(
    rf"\b{_EVERY}\b|(?<!for )(?<!in )(?<!within )\b(?:a|per) (?:day|week|month)\b"
)
_SHARE = re.compile(
    r"(?:\b(?:with|using|to|at|by|bringing|and) )*\b(?:about |around |roughly )?"
    r"(?:(?P<percent>\d{1,3}) ?(?:%|percent)|(?P<words>half|a half|a third|one third|two thirds|a quarter"
    r"|three quarters|most|mostly|all|a few|some)|(?P<count>\d{1,2}|(?!new\b)[a-z]+(?= (?:new|fresh) (?:songs?|ones))))"
    r"(?: of (?:it|them|the songs|its songs|the list))?(?: (?:being |are |is )?(?:new|fresh|other)(?: songs?| ones?| music)?| songs)?\b"
)
_PERCENTS = {
    "half": 50,
    "a half": 50,
    "a third": 33,
    "one third": 33,
    "two thirds": 67,
    "a quarter": 25,
    "three quarters": 75,
    "most": 75,
    "mostly": 75,
    "all": 100,
    "a few": 25,
    "some": 25,
}
_NUMBER = r"(?P<n>\d{1,3}|" + "|".join(w for w in NUMBER_WORDS) + ")"
_RESTS = re.compile(
    r"(?:,? ?\b(?:and|but|with) )?\b(?:(?:no|without|don't|do not|never|not) (?:any )?(?:repeat\w*|bring\w* back|play\w*)"
    r"(?: (?:a|any|the same|old) (?:songs?|one)| songs?| it| them| anything)?(?: again)?"
    r"|no song (?:twice|again|comes back))"
    rf" (?:for|within|in) (?:the (?:last|next) |at least )?(?:{_NUMBER} )?(?P<unit>week|month|year)s?\b"
)
_WEEKS = {"week": 1.0, "month": 52 / 12, "year": 52.0}


_ENDS = (
    (_STOP, Refresh("stop")),
    (_PAUSE, Refresh("pause")),
    (_RESUME, Refresh("resume")),
)


@dataclass(frozen=True)
class RefreshSaid:
    """That a list is to be refreshed, and where in the message that stands."""

    act: Refresh
    spans: tuple[tuple[int, int], ...]


def refresh_said(text: str) -> RefreshSaid | None:
    """Find how a list is to be refreshed, in lower case; None where that isn't said."""
    plain = text.replace("’", "'")
    for pattern, act in _ENDS:
        match = pattern.search(plain)
        if match:
            return RefreshSaid(act, (match.span(),))
    if _NOW.match(plain):
        return RefreshSaid(Refresh("now"), ((0, len(text)),))
    kept = _KEEP.search(plain)
    if kept is None:
        return None
    return _details(plain, kept)


def _details(plain: str, kept: re.Match[str]) -> RefreshSaid:
    spans = [kept.span()]
    every: Every | None = None
    weekday = None
    cadence = _CADENCE.search(plain, kept.start())
    if cadence is not None:
        every, weekday = _cadence(cadence.group())
        spans.append(cadence.span())
    rests = _RESTS.search(plain)
    weeks = None
    if rests is not None:
        number = number_of(rests["n"]) if rests["n"] else 1
        weeks = round(number * _WEEKS[rests["unit"]])
        spans.append(rests.span())
    percent = count = None
    for share in _SHARE.finditer(plain, kept.start()):
        if rests is not None and rests.start() <= share.start() < rests.end():
            continue
        percent, count = _share(share)
        if percent is not None or count is not None:
            spans.append(share.span())
            break
    act = Refresh("keep", every, weekday, percent, count, weeks)
    return RefreshSaid(act, tuple(spans))


def _cadence(words: str) -> tuple[Every, int | None]:
    day = next((i for i, name in enumerate(_DAYS) if name in words), None)
    if day is not None:
        return "week", day
    if "weekend" in words:
        return "week", 5
    if re.search(r"\b(?:daily|day|night|morning|evening)\b", words):
        return "day", None
    return ("month" if "month" in words else "week"), None


def _share(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["percent"]:
        return min(100, max(1, int(match["percent"]))), None
    if match["words"]:
        return _PERCENTS[match["words"]], None
    word = match["count"]
    if word.isdigit() or word in NUMBER_WORDS:
        return None, max(1, number_of(word))
    return None, None
