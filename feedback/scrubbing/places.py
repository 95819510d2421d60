"""Streets with house numbers, post codes, and where somebody works or learns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback.scrubbing.found import Found, Kind

_CAP = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_STREETS = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|"
    r"terrace|way|close|crescent|square|sq|parkway|pkwy|highway|hwy|row|gardens|grove|hill|mews|"
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|"
    r"Terrace|Way|Close|Crescent|Square|Sq|Parkway|Pkwy|Highway|Hwy|Row|Gardens|Grove|Hill|Mews)\b"
)
# What may follow: a town, a state, a post code.
_TOWN = rf"(?:,?\s+(?:(?:[A-Z]{{2}}\s+)?\d{{4,5}}(?:-\d{{4}})?(?:\s+{_CAP})?|[A-Z]{{1,2}}\d[A-Z\d]?\s*\d[A-Z]{{2}}))"
_PLACE = rf"(?:,\s*{_CAP}(?:\s{_CAP})*)?{_TOWN}?"
_FLAT = r"(?:(?:flat|apt|apartment|unit|suite|room|Flat|Apt|Apartment|Unit|Suite|Room)\.?\s*\w{1,4},?\s+)?"
_ADDRESSES = (
    re.compile(
        rf"\b{_FLAT}\d{{1,5}}[a-zA-Z]?,?\s+(?:[\w'’.-]+\s+){{1,3}}?{_STREETS}{_PLACE}"
    ),
    re.compile(
        rf"\b\d{{1,4}}(?:\s?bis)?,?\s+(?i:rue|avenue|boulevard|place|quai|impasse|chemin|allée)\s+"
        rf"(?:d[eu]s?\s+|de\s+la\s+|de\s+l['’])?\w[\w'’-]*(?:\s{_CAP})*{_PLACE}"
    ),
    re.compile(
        rf"\b(?i:calle|avenida|avda|paseo|plaza|via|viale|piazza|corso|rua|praça|rue|οδός|"
        rf"улица|ул\.)\s+(?:\w[\w'’.-]*,?\s+){{1,4}}?(?:n[ºo°.]\s*)?\d{{1,4}}[a-z]?\b{_PLACE}"
    ),
    re.compile(
        rf"\b[^\W\d_][\w-]*(?i:straße|strasse|str\.|weg|platz|allee|gasse|laan|straat|gatan|"
        rf"vägen)\s+\d{{1,4}}[a-z]?\b{_PLACE}"
    ),
    re.compile(rf"\b(?:{_CAP}\s+){{1,3}}{_STREETS}\s+\d{{1,4}}[a-z]?\b{_PLACE}"),
    re.compile(rf"(?<=μένω )(?:στην? |στο )?{_CAP}\s+\d{{1,4}}\b{_PLACE}"),
    re.compile(
        rf"(?:(?<=live at )|(?<=living at )|(?<=wohne in der )){_CAP}(?:\s{_CAP})*\s+\d{{1,4}}\b{_PLACE}"
    ),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b"),
    re.compile(r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"),
)
_BODIES = (
    r"(?:High School|Middle School|Primary School|Grammar School|Elementary(?: School)?|"
    r"Secondary School|School|University|College|Academy|Hospital|Clinic|Institute|Gymnasium|"
    r"GmbH|AG|Inc|Ltd|LLC|Corp|Company|Bakery|Church|Universität|Klinik|Schule)\b\.?"
)
_SEVERAL = rf"{_CAP}(?:\s+(?:(?:of|the|&|and|de|du|la|le)\s+)*{_CAP})*"
_BODY = re.compile(
    rf"\b{_CAP}(?:\s+(?:&\s+)?{_CAP}){{0,3}}\s+{_BODIES}|\bUniversity of {_CAP}"
)
_AT = re.compile(
    r"(?:\b(?:work(?:ing|s)?|job|teach(?:ing)?|nurse|teacher|doctor|intern(?:ing)?|"
    r"engineer|chef|waiter|cook|volunteer(?:ing)?|employed|drive)\s+(?:at|for|by)"
    r"|\b(?:student|stud(?:y|ying)|i'm|I'm|I am|pupil|kids?(?: are)?|shift|office|internship|"
    r"campus|(?:am|i'm|I'm) an? \w+)\s+at|\battend(?:s|ing)?|"
    r"\b(?:my|our) (?:school|office|company|employer|workplace|church) is|\barbeite (?:bei|in|an)(?: der)?|"
    r"\btravaille (?:chez|à|pour)|\btrabajo en|\btrabalho (?:na|no|em)|"
    r"\blavoro (?:da|per|in|alla)|\bwerk bij|\bjobbar på|\bδουλεύω (?:στ\w+)|"
    rf"\bpracuję w|\bработаю в)\s+(?:the\s+)?(?P<said>{_SEVERAL})"
)


def places_in(text: str) -> Iterator[Found]:
    """Find addresses, and names of bodies that somebody belongs to."""
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            yield Found(*match.span(), Kind.ADDRESS)
    for match in _BODY.finditer(text):
        yield Found(*match.span(), Kind.ORGANISATION, 0.2)
    for match in _AT.finditer(text):
        yield Found(*match.span("said"), Kind.ORGANISATION, 0.2)
