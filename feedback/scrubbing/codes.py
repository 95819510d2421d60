"""What follows a pattern: e-mails, web addresses, handles, phones and other numbers.

Phone numbers are found by `phonenumbers` (Google's libphonenumber) for the countries
that listeners most likely write from, and by a rule of ours for those it takes for
invalid: "555-867-5309" belongs to nobody, and yet somebody means it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from feedback.scrubbing import cues
from feedback.scrubbing.found import Found, Kind

# Parts are bounded everywhere, so that no message is searched over and over.
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}"
    r"(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]{1,63}){0,5}"
    r"\s?(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,24}\b"
    r"|(?<![\w.-])[\w.-]{1,64}(?: [\w.-]{1,64}){0,3}? at \w{1,63}(?: dot \w{1,63}){0,5}"
    r" dot [a-z]{2,6}\b",
    re.IGNORECASE,
)
_TOP = (
    "com|net|org|edu|gov|info|biz|io|co|app|dev|me|tv|fm|gg|ly|be|de|fr|es|it|pt|nl|se|no|"
    "dk|fi|pl|ru|gr|tr|uk|us|ca|au|nz|ie|ch|at|jp|cn|kr|in|br|mx|ar|cl|za|eu|xyz|online|"
    "site|club|live|music|band|blog|link|page|to|cc|ai"
)
_URL = re.compile(
    r"\b(?:https?|ftp|rtmp)://\S+|\bspotify:\w+:\S+|\bwww\.\S+"
    rf"|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:{_TOP})/\S*"
    rf"|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:{_TOP})\b(?![\w@'’-])",
    re.IGNORECASE,
)
# A service that everyone knows tells nobody apart.
_KNOWN_SITES = cues.words_of(
    "last.fm spotify.com youtube.com bandcamp.com soundcloud.com tidal.com",
    "deezer.com discogs.com music.apple.com listenbrainz.org musicbrainz.org",
)
_SITES = (
    r"insta(?:gram)?|ig|snap(?:chat)?|twitter|tik ?tok|telegram|discord|steam|psn|xbox|"
    r"twitch|soundcloud|bandcamp|youtube|kik|skype|wechat|mastodon|threads|bluesky|facebook|fb|gamer ?tag|"
    r"user ?name|nick(?:name)?|handle|login|usuario|pseudo|benutzername|nutzername"
)
_HANDLE = re.compile(
    r"(?<![\w.@])@[\w][\w.-]*\w|\bu/[\w-]{3,}|\b\w{2,32}#\d{4}\b"
    rf"|\b(?:{_SITES})\b(?:\s+(?:id|name|handle|account|user|channel))?\s*"
    r"(?:(?:is|ist|es|est|as|under)\b|['’]s\b|[:=])?\s*(?P<said>@?[\w.-]*\w(?:#\d{4})?)",
    re.IGNORECASE,
)
_IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)|(?<![0-9a-f:])[0-9a-f:]{0,39}:[0-9a-f:]{1,39}:[0-9a-f:.]{0,39}",
    re.I,
)
_SECRET = re.compile(
    r"\b(?:pass(?:word|code|phrase)|pin|pwd|contraseña|passwort|mot de passe|"
    r"wachtwoord|senha|κωδικός)\b(?:\s+(?:code|number))?\s*(?:is|ist|es|est|:|=)\s*"
    r"(?P<said>\S+)",
    re.IGNORECASE,
)
# Two letters and what a bank adds; groups of digits; letters and digits of a document.
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")
_DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\d ./()–-]*\d)?(?![\w]*\d|[.,]\d)")
_DOCUMENT = re.compile(
    r"\b(?:passport|passeport|pasaporte|reisepass|licen[cs]e|plate|registration|"
    r"national insurance|insurance|social security|student|customer|client|member(?:ship)?|"
    r"order|account|sort|card|iban|ssn|dni|nif|tax|id|policy|tracking|booking|ticket|"
    r"ausweis|kundennummer|konto|αφμ|ταυτότητα)\b"
    r"(?:\s+(?:no|nr|number|num|code|id|card))?\.?\s*(?:is|ist|:|=|#|no\.?)?\s*"
    r"(?P<said>(?=[A-Z\d -]*\d)[A-Z\d](?:[A-Z\d-]| (?=[A-Z]{0,3}\d|[A-Z]{1,3}\b))*)",
)
_MONTHS = (
    "jan(?:uary|uar|vier|eiro)?|feb(?:ruary|ruar)?|mar(?:ch|zo|s|ço)?|märz|apr(?:il|ile)?|"
    "may|mai|mayo|maggio|jun(?:e|i|io)?|juin|jul(?:y|i|io)?|juillet|aug(?:ust)?|août|"
    "agosto|sep(?:t|tember|tembre|tiembre)?|o[ck]t(?:ober|obre|ubre)?|ottobre|"
    "nov(?:ember|embre|iembre)?|de[cz](?:ember|embre)?|diciembre|enero|febrero|abril|"
    "janvier|février|gennaio|febbraio"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_DATE = re.compile(
    rf"\b(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    rf"|{_DAY}\s+(?:of\s+|de\s+)?(?:{_MONTHS})\.?(?:\s*,?\s*(?:de\s+|del\s+)?\d{{4}})?"
    rf"|(?:{_MONTHS})\.?\s+{_DAY}(?:\s*,?\s*\d{{4}})?)\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:born|birth\w*|b-?day|dob|d\.o\.b|geboren|geburtstag|née?|naissance|nací|nacid[oa]|"
    r"cumpleaños|nat[oa]|compleanno|nasci|aniversário|jarig|född|urodz\w+|doğum\w*|"
    r"γεννήθηκα|γενέθλια|родил\w+|рождения)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(?:released?|came out|out on|album|record|single|chart\w*|live|concert|"
    r"recorded|session|tour|festival|remaster\w*)\b",
    re.IGNORECASE,
)
_WORDS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_SPELLED = re.compile(rf"\b(?:(?:{_WORDS}|\d)\b[\s,-]*){{6,}}(?<=\w)", re.IGNORECASE)
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\s*[-–/.]?\s*(?:(?:1[5-9]|20)\d\d|\d\d))*")

REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "GR", "NL", "BR", "IN", "AU", "MX")
PHONE_DIGITS = range(7, 13)
# Of what looks like a number, in one message.
MAX_TRIES = 50
CALLED = re.compile(
    r"\b(?:call|ring|text|phone|tel|mobile|cell|fax|whatsapp|number|nummer|numéro|número|"
    r"teléfono|telefone|telefono|llámame|ruf|appelle|liga|τηλ\w*|στο|телефон|هاتف)\b[^\d+]*$",
    re.IGNORECASE,
)


def codes_in(text: str) -> Iterator[Found]:
    """Find what follows a pattern, the surer first; several may overlap."""
    for pattern, kind in (
        (_EMAIL, Kind.EMAIL),
        (_SECRET, Kind.SECRET),
        (_IBAN, Kind.NUMBER),
    ):
        yield from _all(pattern, text, kind)
    for match in _URL.finditer(text):
        if match.group().casefold() not in _KNOWN_SITES:
            end = (
                match.end() - len(match.group()) + len(match.group().rstrip(".,;:!?)"))
            )
            yield Found(match.start(), end, Kind.URL)
    yield from _handles(text)
    yield from _addresses_of_machines(text)
    yield from _dates(text)
    yield from _all(_DOCUMENT, text, Kind.NUMBER)
    yield from _numbers(text)


def _all(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Found]:
    for match in pattern.finditer(text):
        group = "said" if "said" in match.groupdict() and match["said"] else 0
        yield Found(*match.span(group), kind)


def _handles(text: str) -> Iterator[Found]:
    for match in _HANDLE.finditer(text):
        said = match["said"]
        if said is None:
            yield Found(*match.span(), Kind.HANDLE)
        elif _is_said(match.group()) or re.search(r"[\d_.@]", said):
            yield Found(*match.span("said"), Kind.HANDLE)


def _is_said(handle: str) -> bool:
    """Say whether a handle is announced: "my insta is …", "snapchat: …"."""
    return (
        re.search(r"[:=]|(?:\b(?:is|ist|es|est|as|under)|['’]s)\s", handle) is not None
    )


def _addresses_of_machines(text: str) -> Iterator[Found]:
    for match in _IP.finditer(text):
        try:
            ipaddress.ip_address(match.group())
        except ValueError:
            continue
        yield Found(*match.span(), Kind.IP)


def _dates(text: str) -> Iterator[Found]:
    """Find dates to the day: of a birth, or with a year and of no release."""
    for match in _DATE.finditer(text):
        is_birth = _BIRTH.search(text) is not None
        has_year = re.search(r"\d{4}|[./-]\d\d$", match.group()) is not None
        if is_birth or (has_year and not _RELEASE.search(text)):
            yield Found(*match.span(), Kind.DATE, 0.0 if is_birth else 0.4)


def _numbers(text: str) -> Iterator[Found]:
    for region in REGIONS:
        for phone in PhoneNumberMatcher(text, region, Leniency.VALID, MAX_TRIES):
            if not _YEARS.fullmatch(phone.raw_string):
                yield Found(phone.start, phone.end, Kind.PHONE)
    yield from _all(_SPELLED, text, Kind.PHONE)
    for match in _DIGITS.finditer(text):
        said = match.group()
        count = sum(c.isdigit() for c in said)
        if _YEARS.fullmatch(said):
            continue
        is_called = CALLED.search(cues.before(text, match.start())) is not None
        if is_called and count >= 5:
            yield Found(*match.span(), Kind.PHONE)
        elif count in PHONE_DIGITS and not said.isdigit():
            yield Found(*match.span(), Kind.PHONE, 0.3)
        elif count >= max(PHONE_DIGITS) - 2 and (count > 9 or not said.endswith("000")):
            yield Found(*match.span(), Kind.NUMBER, 0.1)
