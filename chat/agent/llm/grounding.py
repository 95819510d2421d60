"""Checks a model's prose while it streams: what isn't so is left out.

Words are held back until their sentence is whole, and a sentence goes out or doesn't.
It is left out when it

- names a song or an artist that no tool returned: in quotes or emphasis, as
  "X by Y", as a line of a list, or as a run of capitalised words. What the listener
  named may be said in a denial or a question ("I don't have X");
- holds a number that is no fact of the songs it names (of any known song where it
  names none), no count of this turn and none of the listener's own;
- says that something was changed where nothing was, or was saved somewhere;
- holds a link, or the remains of a tool call.

What it can't catch: a title of one word without quotes or "by"; one in lower case
throughout; a claim in words alone ("it's his best", "slower than the last"); a fact of
one song said of another where a sentence names several. Names in languages that
capitalise common nouns are taken for titles now and then, and their sentence is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from catalog.names import name_key
from chat.agent.llm.known import Known

# A sentence that doesn't end is checked as it is at this length.
HELD_CHARS = 600

_END = re.compile(r"[.!?…]+[\"”’»)*_]*(?=\s)|\n+")
# Ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:feat|ft|vs|mr|mrs|ms|dr|st|no|vol|pt|op|e\.g|i\.e)|(?:^|\n)\s*\d{1,3})\.$",
    re.I,
)

_QUOTED = re.compile(
    r"“([^”]{1,200})”|\"([^\"]{1,200})\"|«([^»]{1,200})»|„([^“”]{1,200})[“”]"
    r"|‘([^’]{1,200})’(?!\w)|(?<!\w)'([^'\n]{2,200}?)'(?!\w)"
    r"|\*\*([^*]{1,200})\*\*|\*([^*]{1,200})\*|(?<!\w)_([^_]{1,200})_(?!\w)"
    r"|`([^`]{1,200})`"
)
_OPENING = {"“": "”", "«": "»", "„": "“”", "‘": "’"}
_LINE = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+(?P<item>.+)$")
_PARTS = re.compile(r"\s+(?:by|–|—|-)\s+|:\s+|\s*[(\[|]")

_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w'’.&/-]*"
_SMALL = r"(?:of|the|and|in|a|an|to|for|on|at|with|from|de|la|le|du|von|y|&)"
_RUN = re.compile(rf"{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD})+")
_BY = re.compile(rf"\bby\s+(?P<who>{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD})*)")

# Capitalised for where they stand, and not as names.
_PLAIN_WORDS = """
a added after all also an and another any as at before but by cut each enjoy ends
every first for from gone has have here hope how i i'd i'll i'm i've if in instead it
it's its keep kept last let let's like list make made maybe moved my next no none not nr number
now of ok okay on one only or out perhaps playlist put removed say song songs so sorry
starting starts still sure swapped tell than thanks that that's the their them then
there these they this those to took track tracks try two up very want was we welcome
what when which while with would yes you your bpm lufs english spanish french german
italian portuguese japanese korean january february march april may june july august
september october november december monday tuesday wednesday thursday friday saturday
sunday spotify listenbrainz
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())

_DENIES = re.compile(
    r"n['’]t\b|\b(?:no|not|none|nothing|never|without|cannot|unfortunately|sorry|unknown"
    r"|lacks?|missing|neither|nor)\b|\?\s*$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bI(?:['’]ve| have|['’]d| did)?(?: just| also| now| already)? (?:added|removed|took"
    r"|taken|put|replaced|moved|swapped|renamed|undid|undone|cleared|emptied|made|built"
    r"|created|updated|changed|cut|kept|dropped|reordered|shuffled)\b"
    r"|^\W*(?:added|removed|replaced|moved|swapped|renamed|undone|done|cleared|updated"
    r"|reordered|shuffled)\b|\bhere(?:['’]s| is| are) (?:your|the|a|an)\b.*\b(?:playlist|list|mix)\b",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"\b(?:saved|exported|uploaded|synced|published|sent|e-?mailed|shared|posted)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?:|www\.|\]\(", re.IGNORECASE)
_MACHINE = re.compile(r"</?tool|<\||\btool_call|[{}]|\bt\d{1,3}\b")

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<place>#|no\. ?)?(?P<whole>\d{1,6})(?P<rest>[.,:]\d{1,3})?"
    r"(?P<unit>\s?%|['’]?s\b)?(?![\d])",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:number|track|song|place|position|first|last|top|nr)\s+$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|a dozen)\b(?:\s+[\w'’-]+){0,2}?\s+(?:songs?|tracks?|tunes?|pieces?|titles?)\b",
    re.IGNORECASE,
)
_COUNT_WORDS = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_COUNTS = {word: count for count, word in enumerate(_COUNT_WORDS.split(), start=2)}
_COUNTS |= {"a dozen": 12, "thirty": 30, "forty": 40, "fifty": 50}


class Prose:
    """One reply's words, checked against what is known."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._held = ""
        self.said = ""
        self.left_out = 0

    @property
    def mentioned(self) -> list[int]:
        """The songs that were named, in the order of the text."""
        return self._known.tracks_named_in(self.said)

    def begin(self) -> None:
        """Begin with another answer: what is held of one that broke off is dropped."""
        self._held = "" if not self.said or self.said[-1:].isspace() else " "

    def take(self, words: str) -> str:
        """Take the next words; return what may be said now."""
        self._held += words
        out = ""
        while (end := self._end_of_sentence()) is not None:
            out += self._checked(self._held[:end])
            self._held = self._held[end:]
        return self._noted(out)

    def rest(self) -> str:
        """Return what is left at the end, if it may be said."""
        out = self._checked(self._held)
        self._held = ""
        return self._noted(out)

    def _noted(self, out: str) -> str:
        if not self.said:
            out = out.lstrip()
        self.said += out
        return out

    def _end_of_sentence(self) -> int | None:
        for match in _END.finditer(self._held):
            before = self._held[: match.end()]
            if not _SHORT.search(before) and not _is_open(before):
                return match.end()
        return len(self._held) if len(self._held) > HELD_CHARS else None

    def _checked(self, sentence: str) -> str:
        if not sentence.strip() or is_grounded(sentence, self._known):
            return sentence
        self.left_out += 1
        # The break after it goes on parting what stands around it.
        return "\n" if sentence.endswith("\n") and self.said else ""


def _is_open(text: str) -> bool:
    """Say whether a quotation has begun and not ended."""
    if text.count('"') % 2:
        return True
    for opening, closing in _OPENING.items():
        at = text.rfind(opening)
        if at >= 0 and not any(c in text[at + 1 :] for c in closing):
            return opening != "‘"
    return False


def is_grounded(sentence: str, known: Known) -> bool:
    """Say whether a sentence says only what is known. Microseconds."""
    if _LINK.search(sentence) or _MACHINE.search(sentence):
        return False
    denies = _DENIES.search(sentence) is not None
    if not denies and _SAVED.search(sentence):
        return False
    if not denies and not known.has_changed and _CHANGED.search(sentence):
        return False
    return _names_hold(sentence, known, denies=denies) and _numbers_hold(
        sentence, known
    )


def _names_hold(sentence: str, known: Known, *, denies: bool) -> bool:
    heard = f" {name_key(known.said)} "

    def may_say(name: str) -> bool:
        if known.is_name(name):
            return True
        return denies and f" {name_key(name)} " in heard

    item = _LINE.match(sentence)
    if item and _PARTS.search(item["item"]):
        title = _PARTS.split(item["item"])[0].strip(" “”\"'‘’«»*_`")
        if not (known.is_song(title) or (denies and may_say(title))):
            return False
    rest = sentence
    for quoted in _QUOTED.finditer(sentence):
        name = next(group for group in quoted.groups() if group is not None)
        parts = [name, *_PARTS.split(name)[:2]] if _PARTS.search(name) else [name]
        if not (
            may_say(name) or all(may_say(part) for part in parts[1:]) and parts[1:]
        ):
            return False
        rest = rest.replace(quoted.group(), ", ")
    for match in _BY.finditer(rest):
        if not _is_of_names(match["who"].split(), may_say):
            return False
    return all(
        _is_of_names(run.split(), may_say) for run in map(str.strip, _RUN.findall(rest))
    )


def _is_of_names(words: list[str], may_say: Callable[[str], bool]) -> bool:
    """Say whether words can be parted into names that may be said and plain words."""
    fits = [True] + [False] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(end):
            if not fits[start]:
                continue
            name = " ".join(words[start:end]).strip(".,;:!?")
            is_plain = end - start == 1 and (
                name.lower().replace("’", "'") in _PLAIN
                or name[:1].islower()
                or name.isdigit()
            )
            if is_plain or may_say(name) or may_say(re.sub(r"['’]s$", "", name)):
                fits[end] = True
                break
    return fits[-1]


def _numbers_hold(sentence: str, known: Known) -> bool:
    named = known.tracks_named_in(sentence)
    plain = _without_names(sentence, known)
    about = named if len(named) == 1 else list(known.songs)
    heard = {int(number) for number in re.findall(r"\d{1,6}", known.said)}
    counts = known.counts | heard
    for match in _COUNTED.finditer(plain):
        if _COUNTS[match["count"].lower()] not in counts | _counts_said(known.said):
            return False
    whole = known.whole_numbers(about) | counts | known.years
    fractions = known.fractions(about)
    for match in _NUMBER.finditer(plain):
        number, rest, unit = (
            int(match["whole"]),
            match["rest"] or "",
            match["unit"] or "",
        )
        before, after = plain[: match.start()], plain[match.end() :]
        is_line = not before.strip() and after[:1] in (".", ")")
        is_place = match["place"] or is_line or _PLACED.search(before)
        if f" {name_key(match['whole'] + rest)} " in known.reasons:
            continue  # a stored reason says so
        if is_place and 1 <= number <= max(known.list_size, 1) and not rest:
            continue
        if unit.strip() == "%":
            holds = any(abs(value * 100 - number) <= 0.5 for value in fractions)
        elif unit:
            holds = _is_decade(number, whole)
        elif rest.startswith(":"):
            holds = number * 60 + int(rest[1:]) in whole
        elif rest:
            value, digits = float(f"{number}.{rest[1:]}"), len(rest) - 1
            near = 0.5 * 10**-digits + 1e-9
            exact = {*fractions, *_decimals(about, known)}
            holds = any(abs(fact - value) <= near for fact in exact)
        else:
            holds = number in whole
        if not holds:
            return False
    return True


def _without_names(sentence: str, known: Known) -> str:
    """Take known titles and artists out, whose digits are no claims ("99 Problems")."""
    names = {known.songs[t].title for t in known.tracks_named_in(sentence)}
    for song in known.songs.values():
        names.update(artist for artist in song.artists if artist in sentence)
    for name in sorted(names, key=len, reverse=True):
        sentence = re.sub(re.escape(name), "", sentence, flags=re.IGNORECASE)
    return sentence


def _counts_said(said: str) -> set[int]:
    words = said.lower()
    return {n for word, n in _COUNTS.items() if re.search(rf"\b{word}\b", words)}


def _is_decade(number: int, whole: set[int]) -> bool:
    """Say whether some known year lies in a decade, said as "1990s" or "90s"."""
    if number in whole and number >= 100:
        return True
    if number < 100:
        return any(
            year // 10 * 10 % 100 == number for year in whole if year > 1000
        ) or number in {n for n in whole if n < 100}
    return any(year // 10 * 10 == number for year in whole)


def _decimals(tracks: list[int], known: Known) -> set[float]:
    facts = (known.songs[t].facts for t in tracks)
    return {value for fact in facts for value in fact.values() if value is not None}
