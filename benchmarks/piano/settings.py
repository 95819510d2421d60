"""How made piano pieces are composed, played and recorded, by setting."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.demo.synth.spectra import struck
from catalog.demo.synth.voices import Timbre

MAJORS = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 4, 5, 7, 9, 10), (0, 2, 4, 6, 7, 9, 11))
MINORS = ((0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 8, 11), (0, 2, 3, 5, 7, 9, 10))


@dataclass(frozen=True)
class Setting:
    """Where and how pieces are played.

    timbres: of the demo library's synthesiser; none where another plays. modes: how many
    scales beyond the plainest. noise: "hiss" of a tape, or a "room" in which people and
    machines murmur. gain_db: how far the level is off, at random. is_strict: pieces
    follow the same relations of cues to feeling; else each draws relations of its own.
    """

    timbres: tuple[Timbre, ...]
    progressions: tuple[tuple[int, ...], ...]
    textures: tuple[str, ...]
    beats_per_bar: tuple[int, ...]
    modes: int
    rubato: float
    room_s: tuple[float, float]
    wet: float
    cutoff_hz: tuple[float, float]
    hiss_db: tuple[float, float]
    bit_rates: tuple[int, ...]
    noise: str = "hiss"
    gain_db: float = 3.0
    is_strict: bool = True


SETTINGS = {
    "keys": Setting(
        timbres=(
            Timbre(struck(0.55, 0.7, 0.22), 3.2, ring_s=0.35, breath=0.25),
            Timbre(struck(0.9, 0.8, 0.3), 3.2, ring_s=0.4, breath=0.3),
        ),
        progressions=((0, 4, 5, 3), (0, 3, 4, 4), (5, 3, 0, 4), (0, 5, 3, 4)),
        textures=("block", "alberti", "broken"),
        beats_per_bar=(4,),
        modes=1,
        rubato=0.01,
        room_s=(0.3, 0.9),
        wet=0.12,
        cutoff_hz=(7000, 16_000),
        hiss_db=(-75, -55),
        bit_rates=(128_000, 192_000),
    ),
    "hall": Setting(
        timbres=(
            Timbre(struck(0.35, 0.6, 0.16), 3.2, ring_s=0.5, breath=0.15),
            Timbre(struck(1.3, 0.8, 0.4), 3.2, ring_s=0.6, breath=0.5),
            Timbre(struck(0.7, 0.9, 0.3), 3.2, ring_s=0.3, unison_cents=4),
        ),
        progressions=((0, 1, 4, 0), (0, 3, 0, 4), (3, 4, 2, 5), (0, 2, 3, 1), (5, 1)),
        textures=("octaves", "arpeggio", "stride", "block"),
        beats_per_bar=(3, 4),
        modes=2,
        rubato=0.03,
        room_s=(1.0, 2.4),
        wet=0.3,
        cutoff_hz=(4000, 12_000),
        hiss_db=(-65, -42),
        bit_rates=(64_000, 96_000),
    ),
    # Sampled strings of a grand piano, in all textures: what the axes are learned on.
    "sampled": Setting(
        timbres=(),
        progressions=(
            *((0, 4, 5, 3), (0, 3, 4, 4), (5, 3, 0, 4), (0, 5, 3, 4)),
            *((0, 1, 4, 0), (0, 3, 0, 4), (3, 4, 2, 5), (0, 2, 3, 1), (5, 1)),
        ),
        textures=("block", "alberti", "broken", "octaves", "arpeggio", "stride"),
        beats_per_bar=(3, 4),
        modes=2,
        rubato=0.02,
        room_s=(0.4, 2.0),
        wet=0.2,
        cutoff_hz=(5000, 16_000),
        hiss_db=(-70, -42),
        bit_rates=(64_000, 128_000),
        is_strict=False,
    ),
    # Stiff strings, added up partial by partial, in a noisy room.
    "upright": Setting(
        timbres=(),
        progressions=((0, 6, 5, 4), (0, 3, 6, 2), (5, 4, 3, 4), (0, 0, 3, 0), (1, 4)),
        textures=("chorale", "ostinato", "stride", "broken"),
        beats_per_bar=(2, 3, 4),
        modes=1,
        rubato=0.025,
        room_s=(0.3, 1.2),
        wet=0.25,
        cutoff_hz=(3500, 9000),
        hiss_db=(-52, -36),
        bit_rates=(64_000,),
        noise="room",
        gain_db=8.0,
        is_strict=False,
    ),
}
