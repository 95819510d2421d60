"""The instruments: how strong each overtone of each of them is, and when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.demo.synth.voices import Overtones, Timbre

Grid = NDArray[np.float64]


def _plucked(position: float, slope: float, decay: float, damping: float) -> Overtones:
    """A string plucked at a fraction of its length; highs die sooner than lows."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        comb = np.abs(np.sin(np.pi * k * position)) + 0.04
        fall = (decay + damping * k * (hz / 220) ** 0.3) * (hz / 220) ** 0.25
        return np.asarray(comb / k ** (slope - 0.35 * bright) * np.exp(-t * fall))

    return overtones


def _struck(slope: float, decay: float, damping: float) -> Overtones:
    """A hammered string, as in a piano: two rates of decay."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        fall = (decay + damping * k) * (hz / 260) ** 0.5
        start = np.exp(-k * (hz / 2600) * (1.3 - 0.8 * bright)) / k**slope
        two_rates = 0.75 * np.exp(-t * fall * 2.2) + 0.35 * np.exp(-t * fall * 0.5)
        return np.asarray(start * two_rates)

    return overtones


def _bars(partials: dict[int, tuple[float, float]]) -> Overtones:
    """Bells, bars and tines: a few partials, each (strength, decay per second)."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        out = np.zeros((t.shape[0], k.shape[1]))
        for number, (strength, decay) in partials.items():
            if number <= k.shape[1]:
                lift = (0.5 + bright) if number > 1 else 1.0
                out[:, number - 1] = strength * lift * np.exp(-t[:, 0] * decay)
        return out

    return overtones


def _swept(
    floor_hz: float,
    peak_hz: float,
    decay: float,
    resonance: float = 0.0,
    *,
    slope: float = 1.0,
    odd: bool = False,
    rise_s: float = 0.0,
) -> Overtones:
    """A saw or (odd) square through a low-pass that opens and closes again."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        opening = np.exp(-t * decay)
        if rise_s:
            opening = opening * (1 - np.exp(-t / rise_s))
        cutoff = floor_hz + (peak_hz - floor_hz) * opening * (0.45 + 0.75 * bright)
        ratio = k * hz / cutoff
        filtered = 1 / (1 + ratio**4)
        if resonance:
            filtered = filtered + resonance * np.exp(-((ratio - 1) ** 2) * 18)
        wave = 1 / k**slope
        if odd:
            wave = wave * (0.04 + (k % 2))
        return np.asarray(wave * filtered)

    return overtones


def _formant(
    peaks: tuple[tuple[float, float, float], ...],
    slope: float = 1.0,
    *,
    bloom_s: float = 0.05,
    odd: float = 1.0,
) -> Overtones:
    """Winds, bows and throats: a source through fixed resonances.

    peaks: (centre in Hz, width in Hz, strength). odd: the strength of even overtones.
    """

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        body = np.full_like(k, 0.12)
        for centre, width, strength in peaks:
            body = body + strength * np.exp(-(((k * hz - centre) / width) ** 2))
        source = np.where(k % 2 == 0, odd, 1.0) / k ** (slope - 0.3 * bright)
        # Highs speak later than lows and hold the tone.
        speak = 1 - np.exp(-(t + 0.004) / (bloom_s * (0.4 + 0.16 * k)))
        return np.asarray(source * body * speak)

    return overtones


def _drawbars(levels: dict[int, float]) -> Overtones:
    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        out = np.zeros((t.shape[0], k.shape[1]))
        for number, level in levels.items():
            if number <= k.shape[1]:
                out[:, number - 1] = level
        return out

    return overtones


TIMBRES: dict[str, Timbre] = {
    # Strings under fingers
    "nylon guitar": Timbre(
        _plucked(0.28, 1.5, 1.1, 0.55), 2.0, ring_s=0.5, breath=0.5, gain=1.0
    ),
    "steel guitar": Timbre(
        _plucked(0.16, 1.05, 1.0, 0.3), 2.2, ring_s=0.6, breath=0.6, gain=0.85
    ),
    "electric guitar": Timbre(
        _plucked(0.22, 1.2, 0.8, 0.22), 2.4, ring_s=0.25, breath=0.3, gain=0.95
    ),
    "muted guitar": Timbre(
        _plucked(0.12, 1.1, 9.0, 1.2), 0.5, ring_s=0.08, breath=0.8, gain=1.98
    ),
    "twang guitar": Timbre(
        _plucked(0.09, 0.9, 1.4, 0.25),
        1.8,
        ring_s=0.35,
        breath=0.5,
        vibrato_hz=5.5,
        vibrato_cents=9,
        gain=0.8,
    ),
    "pedal steel": Timbre(
        _plucked(0.2, 1.15, 0.35, 0.12),
        3.0,
        attack_s=0.05,
        ring_s=0.5,
        vibrato_hz=5.2,
        vibrato_cents=22,
        gain=0.8,
    ),
    "lead guitar": Timbre(
        _formant(((900, 700, 1.0), (2600, 1200, 0.8)), 0.75, bloom_s=0.02),
        1.0,
        release_s=0.12,
        vibrato_hz=5.6,
        vibrato_cents=20,
        gain=0.85,
    ),
    "power guitar": Timbre(
        _plucked(0.13, 0.95, 0.45, 0.1),
        2.0,
        release_s=0.05,
        breath=0.4,
        unison_cents=6,
    ),
    "chug guitar": Timbre(
        _plucked(0.1, 1.0, 7.0, 0.5), 0.6, release_s=0.03, breath=0.9, unison_cents=6
    ),
    "banjo": Timbre(
        _plucked(0.08, 0.85, 4.5, 0.5), 1.0, ring_s=0.15, breath=0.8, gain=1.76
    ),
    "mandolin": Timbre(
        _plucked(0.11, 0.95, 3.0, 0.4),
        1.2,
        ring_s=0.2,
        breath=0.5,
        unison_cents=7,
        gain=1.65,
    ),
    "harp": Timbre(_plucked(0.4, 1.7, 1.3, 0.5), 2.4, ring_s=1.0, breath=0.2, gain=1.5),
    "pizzicato": Timbre(
        _plucked(0.3, 1.5, 6.0, 1.3), 0.8, ring_s=0.3, breath=0.6, gain=2.2
    ),
    "clavinet": Timbre(
        _plucked(0.07, 0.75, 4.0, 0.25), 0.8, release_s=0.04, breath=0.6, gain=1.27
    ),
    "upright bass": Timbre(
        _plucked(0.3, 1.7, 1.6, 0.55), 1.6, release_s=0.07, breath=0.5, gain=1.5
    ),
    "finger bass": Timbre(
        _plucked(0.2, 1.5, 0.9, 0.4), 1.8, release_s=0.05, breath=0.2, gain=1.4
    ),
    "pick bass": Timbre(
        _plucked(0.1, 1.05, 0.9, 0.2), 1.8, release_s=0.04, breath=0.5, gain=1.15
    ),
    "slap bass": Timbre(
        _plucked(0.07, 0.95, 1.5, 0.35), 1.2, release_s=0.04, breath=0.8, gain=1.2
    ),
    # Keys, bars and bells
    "piano": Timbre(_struck(0.55, 0.7, 0.22), 3.2, ring_s=0.35, breath=0.25),
    "felt piano": Timbre(
        _struck(1.35, 0.8, 0.45), 3.2, attack_s=0.012, ring_s=0.6, breath=0.5
    ),
    "electric piano": Timbre(
        _bars({1: (1, 0.9), 2: (0.28, 1.8), 3: (0.1, 3), 7: (0.1, 9), 14: (0.07, 16)}),
        2.6,
        ring_s=0.3,
        unison_cents=3,
    ),
    "digital piano": Timbre(
        _bars({1: (1, 0.8), 2: (0.12, 1.5), 3: (0.2, 3), 9: (0.12, 5), 15: (0.12, 9)}),
        2.6,
        ring_s=0.5,
        unison_cents=8,
    ),
    "vibraphone": Timbre(
        _bars({1: (1, 1.0), 4: (0.3, 2.6), 10: (0.08, 9)}),
        3.0,
        ring_s=0.9,
        breath=0.15,
        gain=1.22,
    ),
    "marimba": Timbre(
        _bars({1: (1, 4.5), 4: (0.4, 11), 9: (0.15, 26)}),
        1.2,
        ring_s=0.4,
        breath=0.5,
        gain=1.6,
    ),
    "glockenspiel": Timbre(
        _bars({1: (1, 1.8), 3: (0.3, 5), 6: (0.15, 11)}), 2.2, ring_s=1.0, gain=1.5
    ),
    "bells": Timbre(
        _bars(
            {
                1: (0.8, 0.7),
                2: (0.5, 1.1),
                3: (0.45, 1.6),
                5: (0.3, 2.6),
                8: (0.14, 4),
                13: (0.07, 7),
            }
        ),
        4.0,
        ring_s=2.2,
        unison_cents=5,
        gain=0.96,
    ),
    "music box": Timbre(
        _bars({1: (1, 2.4), 3: (0.1, 5), 5: (0.22, 8)}), 1.8, ring_s=0.8, gain=1.32
    ),
    "steel drum": Timbre(
        _bars({1: (1, 3.2), 2: (0.6, 4), 3: (0.3, 7), 5: (0.12, 14)}),
        1.2,
        ring_s=0.4,
        breath=0.2,
        unison_cents=7,
        gain=1.4,
    ),
    "organ": Timbre(
        _drawbars({1: 0.8, 2: 1.0, 3: 0.8, 4: 0.5, 6: 0.25, 8: 0.4}),
        1.0,
        release_s=0.04,
        vibrato_hz=6.4,
        vibrato_cents=8,
        breath=0.25,
        gain=0.62,
    ),
    "soft organ": Timbre(
        _drawbars({1: 1.0, 2: 0.8, 3: 0.35, 8: 0.1}),
        1.0,
        attack_s=0.02,
        release_s=0.1,
        vibrato_hz=5.6,
        vibrato_cents=10,
        gain=0.65,
    ),
    "accordion": Timbre(
        _formant(((700, 600, 1), (2200, 1200, 0.7)), 0.8),
        0.6,
        attack_s=0.03,
        release_s=0.07,
        unison_cents=12,
        gain=0.84,
    ),
    # Winds, bows and voices
    "flute": Timbre(
        _formant(((600, 500, 1), (1300, 700, 0.35)), 1.9, bloom_s=0.05),
        1.0,
        attack_s=0.05,
        release_s=0.1,
        vibrato_hz=5.0,
        vibrato_cents=16,
        breath=0.5,
        breath_hold=0.12,
    ),
    "whistle": Timbre(
        _formant(((1500, 1200, 1),), 2.1, bloom_s=0.02),
        0.6,
        attack_s=0.02,
        release_s=0.06,
        vibrato_hz=5.5,
        vibrato_cents=14,
        breath=0.5,
        breath_hold=0.06,
        gain=0.8,
    ),
    "clarinet": Timbre(
        _formant(((500, 500, 1), (1600, 700, 0.6)), 1.1, odd=0.12),
        1.0,
        attack_s=0.03,
        release_s=0.08,
        vibrato_hz=4.6,
        vibrato_cents=7,
        breath=0.2,
    ),
    "oboe": Timbre(
        _formant(((1100, 350, 1.4), (2900, 600, 0.6)), 0.9),
        1.0,
        attack_s=0.035,
        release_s=0.08,
        vibrato_hz=5.2,
        vibrato_cents=14,
        gain=0.8,
    ),
    "saxophone": Timbre(
        _formant(((520, 300, 1.2), (1250, 450, 1.0), (2600, 700, 0.5)), 0.95),
        1.0,
        attack_s=0.03,
        release_s=0.09,
        vibrato_hz=4.9,
        vibrato_cents=24,
        breath=0.6,
        breath_hold=0.06,
        gain=0.95,
    ),
    "trumpet": Timbre(
        _formant(((1200, 600, 1.2), (2400, 900, 0.8)), 0.75, bloom_s=0.07),
        1.0,
        attack_s=0.025,
        release_s=0.07,
        vibrato_hz=5.2,
        vibrato_cents=16,
        gain=0.8,
    ),
    "muted trumpet": Timbre(
        _formant(((1800, 400, 1.6), (3200, 600, 0.7)), 0.95),
        1.0,
        attack_s=0.03,
        release_s=0.08,
        vibrato_hz=5.0,
        vibrato_cents=20,
        breath=0.3,
        gain=0.75,
    ),
    "trombone": Timbre(
        _formant(((480, 300, 1.2), (1100, 500, 0.8)), 1.0, bloom_s=0.08),
        1.0,
        attack_s=0.04,
        release_s=0.08,
        vibrato_hz=4.8,
        vibrato_cents=12,
    ),
    "brass": Timbre(
        _swept(500, 5200, 1.6, rise_s=0.05),
        1.4,
        attack_s=0.025,
        release_s=0.09,
        unison_cents=9,
        gain=0.8,
    ),
    "horns": Timbre(
        _formant(((420, 260, 1.2), (900, 400, 0.6)), 1.15, bloom_s=0.1),
        1.2,
        attack_s=0.06,
        release_s=0.16,
        unison_cents=7,
    ),
    "violin": Timbre(
        _formant(((480, 160, 0.9), (1050, 350, 1), (2700, 900, 0.8)), 0.85),
        1.0,
        attack_s=0.06,
        release_s=0.1,
        vibrato_hz=5.7,
        vibrato_cents=22,
        breath=0.2,
        breath_hold=0.05,
        gain=0.75,
    ),
    "fiddle": Timbre(
        _formant(((520, 200, 0.9), (1200, 400, 1.1), (3000, 1000, 1.0)), 0.8),
        0.7,
        attack_s=0.025,
        release_s=0.05,
        vibrato_hz=6,
        vibrato_cents=10,
        breath=0.5,
        breath_hold=0.06,
        gain=0.72,
    ),
    "cello": Timbre(
        _formant(((250, 130, 1.1), (600, 250, 1), (1500, 600, 0.5)), 0.95),
        1.2,
        attack_s=0.07,
        release_s=0.14,
        vibrato_hz=5.3,
        vibrato_cents=18,
        breath=0.2,
        breath_hold=0.04,
    ),
    "spiccato": Timbre(
        _swept(350, 4200, 9.0, rise_s=0.012),
        0.6,
        attack_s=0.012,
        release_s=0.12,
        unison_cents=10,
        breath=0.5,
    ),
    "voice aah": Timbre(
        _formant(((730, 130, 1.5), (1150, 160, 1.1), (2500, 300, 0.45)), 0.9),
        1.0,
        attack_s=0.06,
        release_s=0.14,
        vibrato_hz=5.4,
        vibrato_cents=24,
        unison_cents=6,
        gain=0.9,
    ),
    "voice ooh": Timbre(
        _formant(((330, 110, 1.6), (800, 150, 0.7), (2300, 300, 0.12)), 1.2),
        1.0,
        attack_s=0.08,
        release_s=0.18,
        vibrato_hz=5.2,
        vibrato_cents=22,
        unison_cents=7,
    ),
    # Machines
    "sine lead": Timbre(
        _drawbars({1: 1.0, 2: 0.16, 3: 0.05}),
        1.0,
        attack_s=0.02,
        release_s=0.12,
        vibrato_hz=5.5,
        vibrato_cents=16,
    ),
    "square lead": Timbre(
        _swept(1400, 5200, 3.0, odd=True),
        1.0,
        release_s=0.07,
        vibrato_hz=5.8,
        vibrato_cents=12,
        unison_cents=8,
        gain=0.7,
    ),
    "saw lead": Timbre(
        _swept(1800, 7500, 2.2),
        1.2,
        release_s=0.08,
        vibrato_hz=5.8,
        vibrato_cents=12,
        unison_cents=14,
        gain=0.75,
    ),
    "synth pluck": Timbre(
        _swept(320, 6500, 11.0, 0.3), 0.7, release_s=0.22, unison_cents=11, gain=1.36
    ),
    "soft pluck": Timbre(
        _swept(260, 2600, 6.0, 0.1), 1.0, release_s=0.4, unison_cents=7, gain=1.44
    ),
    "stab": Timbre(
        _swept(420, 4200, 10.0, 0.15), 0.5, release_s=0.1, unison_cents=16, gain=1.2
    ),
    "synth bass": Timbre(
        _swept(160, 1900, 7.0, 0.3), 0.8, release_s=0.05, unison_cents=5, gain=1.25
    ),
    "square bass": Timbre(
        _swept(260, 1700, 5.0, 0.1, odd=True), 0.8, release_s=0.04, gain=1.2
    ),
    "acid bass": Timbre(_swept(210, 3200, 8.0, 1.5), 0.5, release_s=0.03, gain=0.95),
    "sub bass": Timbre(
        _drawbars({1: 1.0, 2: 0.12, 3: 0.06}),
        1.0,
        attack_s=0.008,
        release_s=0.08,
        gain=1.5,
    ),
    "808 bass": Timbre(
        _bars({1: (1, 0.9), 2: (0.22, 2.0), 3: (0.16, 3.5)}),
        2.0,
        release_s=0.12,
        drop_semitones=14,
        gain=1.6,
    ),
    "reese bass": Timbre(
        _swept(420, 1500, 1.2),
        1.5,
        attack_s=0.01,
        release_s=0.06,
        unison_cents=28,
        gain=1.3,
    ),
    "rumble": Timbre(_swept(130, 420, 9.0), 0.6, release_s=0.05, gain=1.4),
}
