"""The instruments that play single notes, by name."""

from catalog.demo.synth.spectra import (
    bars,
    drawbars,
    formant,
    plucked,
    struck,
    swept,
)
from catalog.demo.synth.voices import Timbre

TIMBRES: dict[str, Timbre] = {
    # Strings under fingers
    "nylon guitar": Timbre(
        plucked(0.28, 1.5, 1.1, 0.55), 2.0, ring_s=0.5, breath=0.5, gain=1.0
    ),
    "steel guitar": Timbre(
        plucked(0.16, 1.05, 1.0, 0.3), 2.2, ring_s=0.6, breath=0.6, gain=0.85
    ),
    "electric guitar": Timbre(
        plucked(0.22, 1.2, 0.8, 0.22), 2.4, ring_s=0.25, breath=0.3, gain=0.95
    ),
    "muted guitar": Timbre(
        plucked(0.12, 1.1, 9.0, 1.2), 0.5, ring_s=0.08, breath=0.8, gain=1.98
    ),
    "twang guitar": Timbre(
        plucked(0.09, 0.9, 1.4, 0.25),
        1.8,
        ring_s=0.35,
        breath=0.5,
        vibrato_hz=5.5,
        vibrato_cents=9,
        gain=0.8,
    ),
    "pedal steel": Timbre(
        plucked(0.2, 1.15, 0.35, 0.12),
        3.0,
        attack_s=0.05,
        ring_s=0.5,
        vibrato_hz=5.2,
        vibrato_cents=22,
        gain=0.8,
    ),
    "lead guitar": Timbre(
        formant(((900, 700, 1.0), (2600, 1200, 0.8)), 0.75, bloom_s=0.02),
        1.0,
        release_s=0.12,
        vibrato_hz=5.6,
        vibrato_cents=20,
        gain=0.85,
    ),
    "power guitar": Timbre(
        plucked(0.13, 0.95, 0.45, 0.1),
        2.0,
        release_s=0.05,
        breath=0.4,
        unison_cents=6,
    ),
    "chug guitar": Timbre(
        plucked(0.1, 1.0, 7.0, 0.5), 0.6, release_s=0.03, breath=0.9, unison_cents=6
    ),
    "banjo": Timbre(
        plucked(0.08, 0.85, 4.5, 0.5), 1.0, ring_s=0.15, breath=0.8, gain=1.76
    ),
    "mandolin": Timbre(
        plucked(0.11, 0.95, 3.0, 0.4),
        1.2,
        ring_s=0.2,
        breath=0.5,
        unison_cents=7,
        gain=1.65,
    ),
    "harp": Timbre(plucked(0.4, 1.7, 1.3, 0.5), 2.4, ring_s=1.0, breath=0.2, gain=1.5),
    "pizzicato": Timbre(
        plucked(0.3, 1.5, 6.0, 1.3), 0.8, ring_s=0.3, breath=0.6, gain=2.2
    ),
    "clavinet": Timbre(
        plucked(0.07, 0.75, 4.0, 0.25), 0.8, release_s=0.04, breath=0.6, gain=1.27
    ),
    "upright bass": Timbre(
        plucked(0.3, 1.7, 1.6, 0.55), 1.6, release_s=0.07, breath=0.5, gain=1.5
    ),
    "finger bass": Timbre(
        plucked(0.2, 1.5, 0.9, 0.4), 1.8, release_s=0.05, breath=0.2, gain=1.4
    ),
    "pick bass": Timbre(
        plucked(0.1, 1.05, 0.9, 0.2), 1.8, release_s=0.04, breath=0.5, gain=1.15
    ),
    "slap bass": Timbre(
        plucked(0.07, 0.95, 1.5, 0.35), 1.2, release_s=0.04, breath=0.8, gain=1.2
    ),
    # Keys, bars and bells
    "piano": Timbre(struck(0.55, 0.7, 0.22), 3.2, ring_s=0.35, breath=0.25),
    "felt piano": Timbre(
        struck(1.35, 0.8, 0.45), 3.2, attack_s=0.012, ring_s=0.6, breath=0.5
    ),
    "electric piano": Timbre(
        bars({1: (1, 0.9), 2: (0.28, 1.8), 3: (0.1, 3), 7: (0.1, 9), 14: (0.07, 16)}),
        2.6,
        ring_s=0.3,
        unison_cents=3,
    ),
    "digital piano": Timbre(
        bars({1: (1, 0.8), 2: (0.12, 1.5), 3: (0.2, 3), 9: (0.12, 5), 15: (0.12, 9)}),
        2.6,
        ring_s=0.5,
        unison_cents=8,
    ),
    "vibraphone": Timbre(
        bars({1: (1, 1.0), 4: (0.3, 2.6), 10: (0.08, 9)}),
        3.0,
        ring_s=0.9,
        breath=0.15,
        gain=1.22,
    ),
    "marimba": Timbre(
        bars({1: (1, 4.5), 4: (0.4, 11), 9: (0.15, 26)}),
        1.2,
        ring_s=0.4,
        breath=0.5,
        gain=1.6,
    ),
    "glockenspiel": Timbre(
        bars({1: (1, 1.8), 3: (0.3, 5), 6: (0.15, 11)}), 2.2, ring_s=1.0, gain=1.5
    ),
    "bells": Timbre(
        bars(
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
        bars({1: (1, 2.4), 3: (0.1, 5), 5: (0.22, 8)}), 1.8, ring_s=0.8, gain=1.32
    ),
    "steel drum": Timbre(
        bars({1: (1, 3.2), 2: (0.6, 4), 3: (0.3, 7), 5: (0.12, 14)}),
        1.2,
        ring_s=0.4,
        breath=0.2,
        unison_cents=7,
        gain=1.4,
    ),
    "organ": Timbre(
        drawbars({1: 0.8, 2: 1.0, 3: 0.8, 4: 0.5, 6: 0.25, 8: 0.4}),
        1.0,
        release_s=0.04,
        vibrato_hz=6.4,
        vibrato_cents=8,
        breath=0.25,
        gain=0.62,
    ),
    "soft organ": Timbre(
        drawbars({1: 1.0, 2: 0.8, 3: 0.35, 8: 0.1}),
        1.0,
        attack_s=0.02,
        release_s=0.1,
        vibrato_hz=5.6,
        vibrato_cents=10,
        gain=0.65,
    ),
    "accordion": Timbre(
        formant(((700, 600, 1), (2200, 1200, 0.7)), 0.8),
        0.6,
        attack_s=0.03,
        release_s=0.07,
        unison_cents=12,
        gain=0.84,
    ),
    # Winds, bows and voices
    "flute": Timbre(
        formant(((600, 500, 1), (1300, 700, 0.35)), 1.9, bloom_s=0.05),
        1.0,
        attack_s=0.05,
        release_s=0.1,
        vibrato_hz=5.0,
        vibrato_cents=16,
        breath=0.5,
        breath_hold=0.12,
    ),
    "whistle": Timbre(
        formant(((1500, 1200, 1),), 2.1, bloom_s=0.02),
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
        formant(((500, 500, 1), (1600, 700, 0.6)), 1.1, odd=0.12),
        1.0,
        attack_s=0.03,
        release_s=0.08,
        vibrato_hz=4.6,
        vibrato_cents=7,
        breath=0.2,
    ),
    "oboe": Timbre(
        formant(((1100, 350, 1.4), (2900, 600, 0.6)), 0.9),
        1.0,
        attack_s=0.035,
        release_s=0.08,
        vibrato_hz=5.2,
        vibrato_cents=14,
        gain=0.8,
    ),
    "saxophone": Timbre(
        formant(((520, 300, 1.2), (1250, 450, 1.0), (2600, 700, 0.5)), 0.95),
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
        formant(((1200, 600, 1.2), (2400, 900, 0.8)), 0.75, bloom_s=0.07),
        1.0,
        attack_s=0.025,
        release_s=0.07,
        vibrato_hz=5.2,
        vibrato_cents=16,
        gain=0.8,
    ),
    "muted trumpet": Timbre(
        formant(((1800, 400, 1.6), (3200, 600, 0.7)), 0.95),
        1.0,
        attack_s=0.03,
        release_s=0.08,
        vibrato_hz=5.0,
        vibrato_cents=20,
        breath=0.3,
        gain=0.75,
    ),
    "trombone": Timbre(
        formant(((480, 300, 1.2), (1100, 500, 0.8)), 1.0, bloom_s=0.08),
        1.0,
        attack_s=0.04,
        release_s=0.08,
        vibrato_hz=4.8,
        vibrato_cents=12,
    ),
    "brass": Timbre(
        swept(500, 5200, 1.6, rise_s=0.05),
        1.4,
        attack_s=0.025,
        release_s=0.09,
        unison_cents=9,
        gain=0.8,
    ),
    "horns": Timbre(
        formant(((420, 260, 1.2), (900, 400, 0.6)), 1.15, bloom_s=0.1),
        1.2,
        attack_s=0.06,
        release_s=0.16,
        unison_cents=7,
    ),
    "violin": Timbre(
        formant(((480, 160, 0.9), (1050, 350, 1), (2700, 900, 0.8)), 0.85),
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
        formant(((520, 200, 0.9), (1200, 400, 1.1), (3000, 1000, 1.0)), 0.8),
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
        formant(((250, 130, 1.1), (600, 250, 1), (1500, 600, 0.5)), 0.95),
        1.2,
        attack_s=0.07,
        release_s=0.14,
        vibrato_hz=5.3,
        vibrato_cents=18,
        breath=0.2,
        breath_hold=0.04,
    ),
    "spiccato": Timbre(
        swept(350, 4200, 9.0, rise_s=0.012),
        0.6,
        attack_s=0.012,
        release_s=0.12,
        unison_cents=10,
        breath=0.5,
    ),
    "voice aah": Timbre(
        formant(((730, 130, 1.5), (1150, 160, 1.1), (2500, 300, 0.45)), 0.9),
        1.0,
        attack_s=0.06,
        release_s=0.14,
        vibrato_hz=5.4,
        vibrato_cents=24,
        unison_cents=6,
        gain=0.9,
    ),
    "voice ooh": Timbre(
        formant(((330, 110, 1.6), (800, 150, 0.7), (2300, 300, 0.12)), 1.2),
        1.0,
        attack_s=0.08,
        release_s=0.18,
        vibrato_hz=5.2,
        vibrato_cents=22,
        unison_cents=7,
    ),
    # Machines
    "sine lead": Timbre(
        drawbars({1: 1.0, 2: 0.16, 3: 0.05}),
        1.0,
        attack_s=0.02,
        release_s=0.12,
        vibrato_hz=5.5,
        vibrato_cents=16,
    ),
    "square lead": Timbre(
        swept(1400, 5200, 3.0, odd=True),
        1.0,
        release_s=0.07,
        vibrato_hz=5.8,
        vibrato_cents=12,
        unison_cents=8,
        gain=0.7,
    ),
    "saw lead": Timbre(
        swept(1800, 7500, 2.2),
        1.2,
        release_s=0.08,
        vibrato_hz=5.8,
        vibrato_cents=12,
        unison_cents=14,
        gain=0.75,
    ),
    "synth pluck": Timbre(
        swept(320, 6500, 11.0, 0.3), 0.7, release_s=0.22, unison_cents=11, gain=1.36
    ),
    "soft pluck": Timbre(
        swept(260, 2600, 6.0, 0.1), 1.0, release_s=0.4, unison_cents=7, gain=1.44
    ),
    "stab": Timbre(
        swept(420, 4200, 10.0, 0.15), 0.5, release_s=0.1, unison_cents=16, gain=1.2
    ),
    "synth bass": Timbre(
        swept(160, 1900, 7.0, 0.3), 0.8, release_s=0.05, unison_cents=5, gain=1.25
    ),
    "square bass": Timbre(
        swept(260, 1700, 5.0, 0.1, odd=True), 0.8, release_s=0.04, gain=1.2
    ),
    "acid bass": Timbre(swept(210, 3200, 8.0, 1.5), 0.5, release_s=0.03, gain=0.95),
    "sub bass": Timbre(
        drawbars({1: 1.0, 2: 0.12, 3: 0.06}),
        1.0,
        attack_s=0.008,
        release_s=0.08,
        gain=1.5,
    ),
    "808 bass": Timbre(
        bars({1: (1, 0.9), 2: (0.22, 2.0), 3: (0.16, 3.5)}),
        2.0,
        release_s=0.12,
        drop_semitones=14,
        gain=1.6,
    ),
    "reese bass": Timbre(
        swept(420, 1500, 1.2),
        1.5,
        attack_s=0.01,
        release_s=0.06,
        unison_cents=28,
        gain=1.3,
    ),
    "rumble": Timbre(swept(130, 420, 9.0), 0.6, release_s=0.05, gain=1.4),
}
