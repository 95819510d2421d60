"""Choosing songs that last so long together: "an hour", "45 minutes"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# A list is as long as was asked when it is within this share of it.
TOLERANCE = 0.03
# Nearer than this nobody tells the difference, so better songs matter more.
_NEAR_ENOUGH = 0.01
# Each round exchanges a song; a few bring any list of usual songs to its time.
_ROUNDS = 12
# What a song lasts where the catalog doesn't know: the middle of pop songs.
UNKNOWN_MS = 210_000

# How little a change is worth, how far off the time it leaves the sum, and its places.
_Change = tuple[float, float, tuple[int, ...]]


def lasting(
    lengths_ms: Sequence[int | None], *, target_ms: int, fixed: int = 0
) -> tuple[int, ...]:
    """Choose songs, by their places in a row, the best first, that last a time.

    The first `fixed` are in for certain. The rest of the row is taken from its head
    until the time is full; then songs are exchanged for some further down, as few and
    as near by as bring the sum within one hundredth of the time. Where exchanges don't
    lead within `TOLERANCE`, all sums are gone through, so that it is met wherever songs
    of the row meet it. At least one is chosen where there are any. A song of unknown
    length counts as one of usual length.
    """
    lengths = np.array([UNKNOWN_MS if ms is None else ms for ms in lengths_ms], int)
    if not len(lengths):
        return ()
    count = _prefix(lengths, target_ms, max(fixed, 1))
    chosen = np.zeros(len(lengths), bool)
    chosen[:count] = True
    for _ in range(_ROUNDS):
        gap = target_ms - int(lengths[chosen].sum())
        if abs(gap) <= _NEAR_ENOUGH * target_ms:
            break
        change = _best_change(lengths, chosen, gap, fixed, _NEAR_ENOUGH * target_ms)
        if change is None:
            break
        for place in change:
            chosen[place] = not chosen[place]
    if abs(target_ms - int(lengths[chosen].sum())) > TOLERANCE * target_ms:
        exact = _summing_up(lengths.tolist(), target_ms, fixed)
        if exact is not None:
            return exact
    return tuple(int(place) for place in np.flatnonzero(chosen))


# Sums are told apart by so much, which is less than a list's tolerance many times over.
_UNIT_MS = 500


def _summing_up(
    lengths: Sequence[int], target_ms: int, fixed: int
) -> tuple[int, ...] | None:
    """Return songs from as near the head as can be whose sum meets a time; None for none.

    The first `fixed` are in. Each whole number holds, as bits, the sums that the row up
    to there can have: 200 songs and a day take some tens of milliseconds.
    """
    units = [round(ms / _UNIT_MS) for ms in lengths]
    low = int(target_ms * (1 - TOLERANCE) / _UNIT_MS) + 1
    high = int(target_ms * (1 + TOLERANCE) / _UNIT_MS)
    within = ((1 << max(0, high - low + 1)) - 1) << low
    sums = [1]
    for place, unit in enumerate(units):
        taken = sums[-1] << unit & (1 << high + 1) - 1
        sums.append(taken if place < fixed else sums[-1] | taken)
        if place + 1 >= fixed and (met := sums[-1] & within):
            return _traced(sums, units, _nearest_bit(met, target_ms // _UNIT_MS), fixed)
    return None


def _nearest_bit(bits: int, to: int) -> int:
    """Return the set bit that lies nearest."""
    below = (bits & (1 << to + 1) - 1).bit_length() - 1
    above_bits = bits >> to
    if not above_bits:
        return below
    above = to + (above_bits & -above_bits).bit_length() - 1
    return above if below < 0 or above - to < to - below else below


def _traced(
    sums: Sequence[int], units: Sequence[int], sum_units: int, fixed: int
) -> tuple[int, ...]:
    """Return the places that make up a sum, of what can be left out the last first."""
    chosen = []
    for place in range(len(sums) - 2, -1, -1):
        if place >= fixed and sums[place] >> sum_units & 1:
            continue
        chosen.append(place)
        sum_units -= units[place]
    return tuple(chosen[::-1])


def counted(
    lengths_ms: Sequence[int | None], *, count: int, target_ms: int
) -> tuple[int, ...]:
    """Choose just so many songs, by their places in a row, that last a time together.

    The row's head is taken, and songs are exchanged for some further down until the sum
    is within `TOLERANCE` of the time. Nothing is chosen where no exchange leads there.
    """
    lengths = np.array([UNKNOWN_MS if ms is None else ms for ms in lengths_ms], int)
    if not 0 < count <= len(lengths):
        return ()
    chosen = np.zeros(len(lengths), bool)
    chosen[:count] = True
    gap = target_ms - int(lengths[chosen].sum())
    # Each song leaves at most once or so on the way.
    for _ in range(_ROUNDS + count):
        if abs(gap) <= _NEAR_ENOUGH * target_ms:
            break
        exchange = _best_exchange(lengths, chosen, gap, 0, _NEAR_ENOUGH * target_ms)
        if exchange is None or exchange[1] >= abs(gap):
            break
        for place in exchange[2]:
            chosen[place] = not chosen[place]
        gap = target_ms - int(lengths[chosen].sum())
    if abs(gap) > TOLERANCE * target_ms:
        return ()
    return tuple(int(place) for place in np.flatnonzero(chosen))


def _prefix(lengths: np.ndarray, target_ms: int, least: int) -> int:
    """Return how many songs from the head come nearest to the time."""
    sums = np.cumsum(lengths)
    return max(least, int(np.argmin(np.abs(sums - target_ms))) + 1)


def _best_change(
    lengths: np.ndarray, chosen: np.ndarray, gap: int, fixed: int, near: float
) -> tuple[int, ...] | None:
    """Return the places to turn over: an exchange, one more, or one less.

    Of those that bring the sum near, the one that loses least rank; else the one that
    comes nearest. None where nothing brings it nearer.
    """
    inside = np.flatnonzero(chosen)
    out = inside[inside >= fixed]
    into = np.flatnonzero(~chosen)
    exchange = _best_exchange(lengths, chosen, gap, fixed, near)
    changes: list[_Change] = [exchange] if exchange else []
    for places, sign in ((into, 1), (out[1:] if not fixed else out, -1)):
        if len(places):
            left = np.abs(gap - sign * lengths[places])
            at = int(np.argmin(left))
            worth_of = 0.0 if left[at] <= near else len(lengths) + float(left[at])
            changes.append((worth_of, float(left[at]), (int(places[at]),)))
    if not changes:
        return None
    _, left_over, change = min(changes)
    return change if left_over < abs(gap) else None


def _best_exchange(
    lengths: np.ndarray, chosen: np.ndarray, gap: int, fixed: int, near: float
) -> _Change | None:
    """Return the exchange of a song for another that is worth most; None for none."""
    inside = np.flatnonzero(chosen)
    out = inside[inside >= fixed]
    into = np.flatnonzero(~chosen)
    if not len(out) or not len(into):
        return None
    left = np.abs(gap - (lengths[into][None, :] - lengths[out][:, None]))
    ranks = into[None, :] - out[:, None]
    worth = np.where(left <= near, ranks, len(lengths) + left)
    i, j = np.unravel_index(int(np.argmin(worth)), worth.shape)
    return float(worth[i, j]), float(left[i, j]), (int(out[i]), int(into[j]))
