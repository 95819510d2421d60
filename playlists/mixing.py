"""An order in which each song goes over into the next: keys that fit, tempos that are near.

Keys stand on the Camelot wheel: twelve numbers by fifths, A for minor and B for major
(C major is 8B, A minor 8A). One step along it, or the other letter of a number, is heard
as staying in the key. Tempos are near also as half or double of each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

# What a pitch fader takes without being heard; further off the beats part.
TEMPO_REACH = 0.06
# What a step costs by its distance on the wheel; from three on keys clash.
_KEY_COSTS = (0.0, 1.0, 2.5, 4.0)
_MOST_TEMPO_COST = 4.0
# A step to half or double the tempo keeps the beat, and still is a change.
_OCTAVE_COST = 0.5
# Of what isn't known nothing can be said: worse than what fits, better than a clash.
_UNKNOWN_COST = 2.0
# So many songs are put in the best of all orders; of more a good one is looked for.
EXACT_UP_TO = 11
# From so many songs a path is begun, and the best is mended.
_STARTS = 16


@dataclass(frozen=True)
class Sound:
    """What of a song matters where it meets another; None for unknown.

    pitch_class: of the tonic, 0 is C.
    """

    pitch_class: int | None = None
    is_major: bool | None = None
    tempo_bpm: float | None = None
    energy: float | None = None

    @property
    def place(self) -> tuple[int, bool] | None:
        """Return its number (1 to 12) on the Camelot wheel, and whether it is major."""
        if self.pitch_class is None or self.is_major is None:
            return None
        major = self.pitch_class if self.is_major else self.pitch_class + 3
        return (major * 7 + 7) % 12 + 1, self.is_major

    @property
    def camelot(self) -> str:
        """Name its key as mixing people do: "8A"; "" where it isn't known."""
        if self.place is None:
            return ""
        number, is_major = self.place
        return f"{number}{'B' if is_major else 'A'}"

    @property
    def is_known(self) -> bool:
        """Say whether there is anything to go by."""
        return self.place is not None or bool(self.tempo_bpm)


def key_steps(one: Sound, other: Sound) -> int | None:
    """Return how far apart two keys are on the wheel, the letter a step as well."""
    if one.place is None or other.place is None:
        return None
    apart = (one.place[0] - other.place[0]) % 12
    return min(apart, 12 - apart) + (one.place[1] != other.place[1])


def tempo_gap(one: Sound, other: Sound) -> tuple[float, bool] | None:
    """Return by which share two tempos differ, and whether as half or double ones."""
    if not one.tempo_bpm or not other.tempo_bpm:
        return None
    # The same from either side to the last bit, as paths are walked both ways.
    slower, faster = sorted((one.tempo_bpm, other.tempo_bpm))
    octaves = log2(faster / slower)
    return 2 ** abs(octaves - round(octaves)) - 1, round(octaves) != 0


def goes_over(one: Sound, other: Sound) -> bool:
    """Say whether two songs are known to go over into each other."""
    steps, gap = key_steps(one, other), tempo_gap(one, other)
    return (
        steps is not None and steps <= 1 and gap is not None and gap[0] <= TEMPO_REACH
    )


def steps_smooth(sounds: Sequence[Sound]) -> int:
    """Count the songs that go over into the next one."""
    return sum(map(goes_over, sounds, sounds[1:]))


def step_cost(one: Sound, other: Sound) -> float:
    """Return how much is heard where one song follows on the other; 0 is nothing."""
    steps, gap = key_steps(one, other), tempo_gap(one, other)
    key = _UNKNOWN_COST if steps is None else _KEY_COSTS[min(steps, 3)]
    if gap is None:
        return key + _UNKNOWN_COST
    tempo = min(gap[0] / TEMPO_REACH, _MOST_TEMPO_COST)
    return key + tempo + _OCTAVE_COST * gap[1]


def mixed(tracks: Sequence[int], sounds: Mapping[int, Sound]) -> tuple[int, ...]:
    """Return tracks in an order of small steps, from its calmer end.

    Up to `EXACT_UP_TO` songs stand in the best order that there is. Of more, a path is
    begun from several songs by going to the nearest one left, and the best of these is
    mended by turning stretches round and by moving single songs, until neither helps:
    a second for 500 songs.
    Those of which neither key nor tempo is known follow as they stood. O(n^2) memory.
    """
    known = [t for t in tracks if t in sounds and sounds[t].is_known]
    rest = [t for t in tracks if t not in set(known)]
    if len(known) > 2:
        costs = np.array(
            [[step_cost(sounds[a], sounds[b]) for b in known] for a in known]
        )
        places = _best_path(costs) if len(known) <= EXACT_UP_TO else _good_path(costs)
        known = [known[place] for place in places]
    return (*_from_calm(known, sounds), *rest)


def place_among(track: int, tracks: Sequence[int], sounds: Mapping[int, Sound]) -> int:
    """Return where a song goes into an order so that its steps cost least; the last of
    equally good places. One of which nothing is known goes to the end."""
    if not sounds.get(track, Sound()).is_known:
        return len(tracks)

    def cost(place: int) -> float:
        before = [sounds[t] for t in tracks[:place][-1:] if t in sounds]
        after = [sounds[t] for t in tracks[place : place + 1] if t in sounds]
        row = [*before, sounds[track], *after]
        added = sum(map(step_cost, row, row[1:]))
        return added - sum(step_cost(a, b) for a in before for b in after)

    return min(range(len(tracks), -1, -1), key=cost)


def _from_calm(tracks: list[int], sounds: Mapping[int, Sound]) -> list[int]:
    """Return the order from its calmer end: read from either, its steps are the same."""
    half = len(tracks) // 2
    first, last = (
        [e for t in part if (e := sounds[t].energy) is not None]
        for part in (tracks[:half], tracks[len(tracks) - half :])
    )
    if first and last and np.mean(first) > np.mean(last):
        return tracks[::-1]
    return tracks


def _best_path(costs: np.ndarray) -> list[int]:
    """Return the path of least cost through all places: Held and Karp's, O(2^n n^2)."""
    count = len(costs)
    least = np.full((1 << count, count), np.inf)
    before = np.zeros((1 << count, count), int)
    for place in range(count):
        least[1 << place, place] = 0
    for held in range(1, 1 << count):
        for place in range(count):
            if not held >> place & 1 or held == 1 << place:
                continue
            others = least[held ^ 1 << place] + costs[:, place]
            before[held, place] = np.argmin(others)
            least[held, place] = others[before[held, place]]
    held, place = (1 << count) - 1, int(np.argmin(least[-1]))
    path = [place]
    while held != 1 << place:
        held, place = held ^ 1 << place, int(before[held, place])
        path.append(place)
    return path[::-1]


def _good_path(costs: np.ndarray) -> list[int]:
    """Return a path that no turn of a stretch and no move of a song makes better."""
    starts = np.linspace(0, len(costs) - 1, _STARTS).astype(int)
    paths = (_nearest_path(costs, start) for start in dict.fromkeys(starts.tolist()))
    path = min(paths, key=lambda p: float(costs[p[:-1], p[1:]].sum()))
    # With a place that costs nothing to come to, a path is a round trip.
    round_trip = np.pad(costs, ((0, 1), (0, 1)))
    trip = np.append(path, len(costs))
    while _turned(round_trip, trip) or _moved(round_trip, trip):
        pass
    at = int(np.flatnonzero(trip == len(costs))[0])
    return [int(place) for place in np.roll(trip, -at)[1:]]


def _nearest_path(costs: np.ndarray, start: int) -> np.ndarray:
    left = costs.copy()
    path = [start]
    for _ in range(len(costs) - 1):
        left[:, path[-1]] = np.inf
        path.append(int(np.argmin(left[path[-1]])))
    return np.array(path)


# What is gained by less is no gain: sums of floats differ by such.
_GAIN = 1e-9


def _turned(costs: np.ndarray, trip: np.ndarray) -> bool:
    """Turn round the stretch that gains most, in place; say whether one gains."""
    following = np.roll(trip, -1)
    now = costs[trip, following]
    # The stretch from behind i to j: i meets j, and what followed i what followed j.
    gains = now[:, None] + now[None, :]
    gains = gains - costs[np.ix_(trip, trip)] - costs[np.ix_(following, following)]
    gains[np.tril_indices(len(trip))] = -np.inf
    i, j = np.unravel_index(int(np.argmax(gains)), gains.shape)
    if gains[i, j] <= _GAIN:
        return False
    trip[i + 1 : j + 1] = trip[i + 1 : j + 1][::-1].copy()
    return True


def _moved(costs: np.ndarray, trip: np.ndarray) -> bool:
    """Move the song that gains most, in place; say whether one gains."""
    before, following = np.roll(trip, 1), np.roll(trip, -1)
    out = costs[before, trip] + costs[trip, following] - costs[before, following]
    # Song i between j and what follows j.
    into = costs[np.ix_(trip, trip)] + costs[np.ix_(trip, following)]
    gains = out[:, None] - (into - costs[trip, following][None, :])
    count = len(trip)
    places = np.arange(count)
    gains[places, places] = gains[places, places - 1] = -np.inf
    i, j = np.unravel_index(int(np.argmax(gains)), gains.shape)
    if gains[i, j] <= _GAIN:
        return False
    song = trip[i]
    rest = np.delete(trip, i)
    at = int(np.flatnonzero(rest == trip[j])[0]) + 1
    trip[:] = np.insert(rest, at, song)
    return True
