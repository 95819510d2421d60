"""How long a piece is and how it unfolds: bars, sections and the clock."""

from __future__ import annotations

from dataclasses import dataclass

TARGET_S = 25.0
TAIL_S = 1.8


@dataclass(frozen=True)
class Bar:
    """One bar of the piece.

    level: 1 sparse .. 3 everyone plays; phrase: its place in a four-bar phrase;
    is_turn: the last bar before a new section, where fills belong.
    """

    index: int
    section: str
    level: int
    phrase: int
    is_turn: bool
    is_start: bool


@dataclass(frozen=True)
class Form:
    """The bars of one piece and its clock.

    swing: where the off-beat eighth falls within the beat (0.5 straight, 0.667
    triplet); swing_16: the same for sixteenths within the half-beat.
    """

    bars: tuple[Bar, ...]
    beats_per_bar: int
    beat_s: float
    swing: float
    swing_16: float

    @property
    def bar_s(self) -> float:
        """The length of a bar in seconds."""
        return self.beats_per_bar * self.beat_s

    @property
    def duration_s(self) -> float:
        """The length of the piece in whole milliseconds, the last sound included."""
        return round(len(self.bars) * self.bar_s + TAIL_S, 3)

    def seconds_at(self, beat: float) -> float:
        """Return when a beat (counted from 0) sounds, swing included."""
        whole = int(beat // 1)
        part = beat - whole
        if self.swing_16 != 0.5:
            half = 0.5 if part >= 0.5 else 0.0
            part = half + _swung((part - half) * 2, self.swing_16) / 2
        return (whole + _swung(part, self.swing)) * self.beat_s


def make_form(
    tempo_bpm: float, beats_per_bar: int, swing: float = 0.5, swing_16: float = 0.5
) -> Form:
    """Lay out about 25 seconds: intro, main, break, main again, ending."""
    beat_s = 60.0 / tempo_bpm
    bar_s = beats_per_bar * beat_s
    count = max(6, round((TARGET_S - TAIL_S) / bar_s))
    while count * bar_s + TAIL_S > 31.5:
        count -= 1
    return Form(_bars(count), beats_per_bar, beat_s, swing, swing_16)


def _bars(count: int) -> tuple[Bar, ...]:
    # The last bar is the final chord. What is left is shared out so that the two
    # main sections start at musical places and no section is empty.
    playing = count - 1
    if playing >= 14:
        intro, main, pause = 2, 4 if playing < 18 else 6, 2 if playing < 17 else 4
    elif playing >= 9:
        intro, main, pause = (2, 4, 1) if playing < 11 else (2, 4, 2)
    else:
        intro, main, pause = 1, max(2, playing // 2 - 1), 1
    final = playing - intro - main - pause
    sections = [
        ("intro", 1, intro),
        ("main", 2, main),
        ("break", 1, pause),
        ("final", 3, final),
        ("end", 3, 1),
    ]
    bars: list[Bar] = []
    for name, level, length in sections:
        for place in range(length):
            bars.append(
                Bar(
                    index=len(bars),
                    section=name,
                    level=level,
                    phrase=place % 4,
                    is_turn=place == length - 1 and name != "end",
                    is_start=place == 0,
                )
            )
    return tuple(bars)


def _swung(part: float, swing: float) -> float:
    if part < 0.5:
        return part * 2 * swing
    return swing + (part - 0.5) * 2 * (1 - swing)
