"""Which of the recordings that a service offers is surely the song.

The same base title in the same version, an artist in common, and lengths that are near:
a cover, a live take or a karaoke version isn't the song. What shares less is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from catalog.names import name_key
from catalog.recordings.songs import Found, Offer, Song
from catalog.versions import title_parts

# Two releases of one recording differ by their fades; a radio edit by more.
NEAR_MS = 5_000
NEAR_OFFERS = 3
# Of 100: titles below have hardly a word in common.
NEAR_ENOUGH = 55.0
# Differing in these, two recordings are still the same to a listener.
ALIKE = {"", "remaster"}


def best_of(song: Song, offers: Iterable[Offer], *, is_named: bool = False) -> Found:
    """Choose among offers; is_named: they were found by the song's own ISRC or id.

    Such names a recording, but some are wrong: title or artist must agree.
    """
    unique = list({offer.ref: offer for offer in offers}.values())
    sure = [offer for offer in unique if is_same(song, offer, is_named=is_named)]
    if sure:
        return Found(min(sure, key=lambda offer: _apart_ms(song, offer)).ref)
    near = sorted(unique, key=lambda offer: -_nearness(song, offer))
    kept = [offer for offer in near if _nearness(song, offer) >= NEAR_ENOUGH]
    return Found("", tuple(kept[:NEAR_OFFERS]))


def is_same(song: Song, offer: Offer, *, is_named: bool = False) -> bool:
    """Say whether an offer is surely the song."""
    ours, theirs = title_parts(song.title), title_parts(offer.title)
    has_title = name_key(ours.base) == name_key(theirs.base)
    has_artist = bool(_keys(song.artists) & _keys(offer.artists))
    if is_named:
        return has_title or has_artist
    is_version = (
        ours.version == theirs.version or {ours.version, theirs.version} <= ALIKE
    )
    return has_title and has_artist and is_version and _apart_ms(song, offer) <= NEAR_MS


def _keys(names: Sequence[str]) -> set[str]:
    return {name_key(name) for name in names}


def _apart_ms(song: Song, offer: Offer) -> int:
    """Return how far lengths are apart; 0 where one isn't known."""
    if song.duration_ms is None or offer.duration_ms is None:
        return 0
    return abs(song.duration_ms - offer.duration_ms)


def _nearness(song: Song, offer: Offer) -> float:
    """Return 0 to 100: how much of the title agrees, and whether an artist does."""
    base = name_key(title_parts(song.title).base)
    title = fuzz.token_set_ratio(base, name_key(title_parts(offer.title).base))
    artist = max(
        (
            fuzz.ratio(ours, theirs)
            for ours in _keys(song.artists)
            for theirs in _keys(offer.artists)
        ),
        default=0.0,
    )
    return float(0.6 * title + 0.4 * artist)
